//! `trueup collect`: seals artifacts in the CI job that made them.

use std::fmt::Write;

use crate::model::{counted, listed};
use crate::pipeline::{self, Collected, Collecting, Error};
use crate::sources::clock;

use super::args::{Collect, OutputFormat};
use super::{Exit, Streams};

/// Runs the command.
pub(super) fn run(args: &Collect, streams: &mut Streams) -> Result<Exit, Error> {
    let collecting = Collecting {
        dir: args.dir.clone(),
        paths: args.paths.clone(),
        out: args.out.clone(),
        bundle: args.bundle.clone(),
        exit_code: args.exit_code,
        command: args.command.clone(),
        shard: args.shard.clone(),
        at: clock::now(),
    };
    let collected = pipeline::collect(&collecting, &streams.environment)?;
    for warning in &collected.warnings {
        let label = streams.paint_err.yellow("warning");
        streams.complain(&format!("{label}: {warning}\n"));
    }
    if !args.quiet {
        let text = match args.format {
            OutputFormat::Json => super::json(&collected.statement),
            OutputFormat::Text => told(&collected),
        };
        args.format.print(&text, streams);
    }
    Ok(Exit::Go)
}

fn told(of: &Collected) -> String {
    let subjects = &of.statement.subject;
    let names: Vec<&str> = subjects.iter().map(|subject| subject.name.as_str()).collect();
    let mut text =
        format!("Sealed {}: {}.\n", counted(subjects.len() as u64, "file"), listed(&names, 6));
    let run = &of.statement.predicate;
    if let Some(commit) = &run.commit {
        let _ = writeln!(text, "Commit {commit}{}", if run.dirty { ", with changes" } else { "" });
    }
    if let Some(shard) = &run.shard {
        let _ = writeln!(text, "Part   {} of {}", shard.number, shard.of);
    }
    let _ = writeln!(text, "Seal   {}", of.seal.display());
    if let Some(bundle) = &of.bundle {
        let _ = writeln!(text, "Bundle {}", bundle.display());
    }
    text
}
