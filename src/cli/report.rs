//! `trueup report`: the site and its snapshot, written whole or not at all.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::diff::Diff;
use crate::pipeline::{self, Error};
use crate::render::site;
use crate::snapshot::Snapshot;
use crate::sources::digest::sha256;
use crate::sources::output::{FolderWriter, write_file};

use super::args::Report;
use super::{Exit, Streams, check, judging};

/// Runs the command.
pub(super) fn run(args: &Report, streams: &mut Streams) -> Result<Exit, Error> {
    let (mut snapshot, releases) = judging::judge_for_site(&args.judging, streams)?;
    let dir = &args.judging.dir;
    let recorded = match &args.judging.release {
        Some(release) => Some(pipeline::record(dir, release, &snapshot, args.force)?),
        None => None,
    };
    let out = dir.join(&args.out);
    releases.add_to(&mut snapshot);
    if let Some(file) = &args.single_file {
        let (_, options) = published(&snapshot);
        let page = site::draw_single(&snapshot, &options).map_err(drawing)?;
        write_file(&dir.join(file), &page)?;
    }
    let pages = write(&snapshot, releases.diffs, &out)?;
    check::publish(&snapshot, &args.outputs, dir, streams)?;
    if !args.judging.quiet {
        let written = Written {
            out: &args.out,
            index: out.join("index.html"),
            pages,
            recorded,
            single_file: args.single_file.as_deref(),
        };
        let text = match args.format.name {
            "json" => written.json(&snapshot),
            "text" => written.text(&snapshot),
            _ => check::drawn(args.format, &snapshot, streams.paint).unwrap_or_default(),
        };
        streams.print(&text);
    }
    Ok(if args.gate { check::by_gate(&snapshot) } else { Exit::Go })
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

/// The snapshot as it is published, and what the site says of it.
fn published(snapshot: &Snapshot) -> (String, site::Options) {
    let data = super::json(snapshot);
    let snapshot_sha256 = Some(sha256(data.as_bytes()).to_string());
    (data, site::Options { snapshot_sha256, ..site::Options::default() })
}

fn drawing(fault: site::SiteError) -> Error {
    Error::failed(fault.to_string())
}

/// Writes the site of `snapshot` and of what changed between the releases, and the snapshot itself;
/// returns the number of pages.
pub(super) fn write(snapshot: &Snapshot, diffs: Vec<Diff>, out: &Path) -> Result<usize, Error> {
    let folder = FolderWriter::begin(out)?;
    let (data, options) = published(snapshot);
    let options = site::Options { diffs, ..options };
    let mut pages = 0;
    let mut fault = None;
    site::draw_into(snapshot, &options, &mut |page| {
        pages += usize::from(page.path.ends_with(".html"));
        if fault.is_none() {
            fault = folder.file(&page.path, &page.bytes).err();
        }
    })
    .map_err(drawing)?;
    if let Some(fault) = fault {
        return Err(fault.into());
    }
    folder.file("snapshot.json", data.as_bytes())?;
    folder.finish()?;
    Ok(pages)
}
