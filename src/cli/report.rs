//! `trueup report`: the site and its snapshot, written whole or not at all.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::model::Digest;
use crate::pipeline::{self, Error, Put, Vaulting};
use crate::render::{beside, site};
use crate::snapshot::Snapshot;
use crate::sources::output::{Finished, within, write_file};

use super::args::Report;
use super::publish::{Beside, Published, Publishing};
use super::{Exit, Streams, check, judging, outputs, standing};

/// Runs the command.
pub(super) fn run(args: &Report, streams: &mut Streams) -> Result<Exit, Error> {
    let dir = &args.judging.dir;
    let out = dir.join(&args.out);
    let (mut asked, outputs) = outputs::parted(&args.outputs, dir, &out)?;
    let single = args.single_file.as_ref().map(|file| dir.join(file));
    let single = match single.as_ref().map(|file| within(&out, file)) {
        Some(Some(path)) => {
            asked.push(Beside { path, what: beside::SINGLE_FILE });
            None
        }
        _ => single,
    };
    single.iter().try_for_each(|file| outputs::free(file))?;
    let standing = standing::of(args, &out, streams)?;
    if let Some(stands) = standing.as_ref().and_then(|of| of.stands(&out)) {
        return Ok(stands.told(args, streams));
    }
    let publishing = Publishing::begin(&out)?;
    let keep = |digest: &Digest, bytes: &[u8]| publishing.keep(digest, bytes);
    let put: Option<Put<'_>> = if args.no_vault { None } else { Some(&keep) };
    let vaulting = Vaulting { put, secrets: args.vault_secrets };
    let judged = judging::judge_for_site(&args.judging, vaulting, streams)?;
    let recorded = match &args.judging.release {
        Some(release) => {
            let lost = pipeline::lost(dir, release, &judged.snapshot)?;
            let path = pipeline::record(dir, release, &judged.snapshot, args.force)?;
            if let Some(said) = lost {
                streams.complain(&format!("warning: {said}.\n"));
            }
            for said in pipeline::strangeness(dir, release, &judged.snapshot)? {
                streams.complain(&format!("warning: {said}.\n"));
            }
            Some(path)
        }
        None => None,
    };
    let Published { snapshot, pages, options, finished, .. } = publishing.finish(judged, &asked)?;
    if let Some(file) = &single {
        let page =
            site::draw_single(&snapshot, &options).map_err(|why| Error::failed(why.to_string()))?;
        write_file(file, &page)?;
    }
    check::publish(&snapshot, &outputs, dir, streams)?;
    unsigned(&finished, &args.out, streams);
    let written = Written {
        out: &args.out,
        index: out.join("index.html"),
        pages,
        recorded,
        single_file: args.single_file.as_deref(),
    };
    if let Some(standing) = standing {
        standing.remember(&out, written.text(&snapshot), check::by_gate(&snapshot));
    }
    if !args.judging.quiet {
        let text = match args.format.name {
            "json" => written.json(&snapshot),
            "text" => written.text(&snapshot),
            _ => check::drawn(args.format, &snapshot, streams.paint).unwrap_or_default(),
        };
        outputs::print(args.format, &text, streams);
    }
    Ok(if args.gate { check::by_gate(&snapshot) } else { Exit::Go })
}

/// Says which signatures went with the report before.
fn unsigned(finished: &Finished, out: &Path, streams: &mut Streams) {
    for name in &finished.unsigned {
        let out = out.display();
        streams.complain(&format!(
            "note: {out}/{name} was said over the report before, and went with it. Sign this one.\n"
        ));
    }
}

/// What a run wrote.
struct Written<'a> {
    /// The folder, as it was named.
    out: &'a Path,
    /// The page to open.
    index: PathBuf,
    pages: usize,
    /// The whole as one file, as it was named.
    single_file: Option<&'a Path>,
    /// The recorded snapshot.
    recorded: Option<String>,
}

impl Written<'_> {
    fn json(&self, snapshot: &Snapshot) -> String {
        super::json(&serde_json::json!({
            "out": self.out.to_string_lossy(),
            "pages": self.pages,
            "single_file": self.single_file.map(Path::to_string_lossy),
            "recorded": self.recorded,
            "gate": snapshot.summary.gate,
        }))
    }

    fn text(&self, snapshot: &Snapshot) -> String {
        let mut text = String::new();
        let _ = writeln!(text, "{}", snapshot.summary.gate.sentence);
        if let Some(path) = &self.recorded {
            let _ = writeln!(text, "Recorded in {path}.");
        }
        let _ = writeln!(text, "{} pages. Open {}", self.pages, self.index.display());
        text
    }
}
