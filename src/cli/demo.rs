//! `trueup demo`: an example repository with releases and evidence, and its report.

use std::path::Path;

use crate::demo;
use crate::model::Digest;
use crate::pipeline::{Error, Vaulting};
use crate::render::text;

use super::args::{Demo, Judging};
use super::publish::Publishing;
use super::{Exit, Streams, judging};

/// Runs the command.
pub(super) fn run(args: &Demo, streams: &mut Streams) -> Result<Exit, Error> {
    demo::write(&args.dir).map_err(refused)?;
    let clock = demo::clock().map_err(refused)?.to_string();
    let judging = Judging {
        dir: args.dir.clone(),
        artifacts: Vec::new(),
        at: None,
        as_of: Some(clock.clone()),
        deployed_at: None,
        release: None,
        no_history: false,
        no_cache: true,
        quiet: false,
    };
    let out = args.dir.join("readiness");
    let publishing = Publishing::begin(&out)?;
    let keep = |digest: &Digest, bytes: &[u8]| publishing.keep(digest, bytes);
    let vaulting = Vaulting { put: Some(&keep), secrets: false };
    let judged = judging::judge_for_site(&judging, vaulting, streams)?;
    let snapshot = publishing.finish(judged, &[])?.snapshot;
    streams.print(&text::check(&snapshot, streams.paint));
    streams.print(&epilogue(&args.dir, &out, &clock));
    Ok(Exit::Go)
}

fn refused(fault: demo::DemoError) -> Error {
    let error = match &fault {
        demo::DemoError::Write(why) if why.is_refusal() => Error::usage(fault.to_string()),
        _ => Error::failed(fault.to_string()),
    };
    match fault.hint() {
        Some(hint) => error.hinted(hint),
        None => error,
    }
}

fn epilogue(dir: &Path, out: &Path, clock: &str) -> String {
    let dir = dir.display();
    format!(
        "An example team's repository is in {dir}, its report in {}.\n\
         Try:  trueup check -C {dir} --as-of {clock}\n",
        out.join("index.html").display(),
    )
}
