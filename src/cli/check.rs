//! `trueup check`: reconcile, print, exit by the gate.

use std::path::Path;

use crate::diff::Diff;
use crate::model::{Glob, counted};
use crate::pipeline::Error;
use crate::render::markdown;
use crate::render::output::{JSON, Output, TEXT};
use crate::render::text::{self, Paint};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::Item;

use super::args::Check;
use super::diff::by_regression;
use super::{Exit, Streams, judging, outputs};

/// Runs the command.
pub(super) fn run(args: &Check, streams: &mut Streams) -> Result<Exit, Error> {
    let glob = match &args.items {
        Some(written) => Some(Glob::new(written).map_err(|fault| Error::usage(fault.to_string()))?),
        None => None,
    };
    let documents =
        args.format.documents || args.outputs.iter().any(outputs::ToFile::shows_documents);
    let (mut snapshot, diff) = judged(args, documents, streams)?;
    let exit = if args.exit_zero { Exit::Go } else { by_gate(&snapshot) };
    let regressed = diff.as_ref().map_or(Exit::Go, |diff| by_regression(diff, args.fail_on));
    let exit = if exit == Exit::Go { regressed } else { exit };
    let wanted = |item: &Item| {
        glob.as_ref().is_none_or(|glob| glob.matches(&item.id) || glob.matches(&item.address))
    };
    if let Some(glob) = &glob {
        none_is_an_error(&snapshot, glob, &wanted)?;
        for checklist in &mut snapshot.checklists {
            checklist.items.retain(|item| wanted(item));
        }
    }
    publish(&snapshot, &args.outputs, &args.judging.dir, streams)?;
    if args.judging.quiet {
        return Ok(exit);
    }
    if args.format.name == JSON.name {
        streams.document(&snapshot);
    } else {
        let text = match &glob {
            Some(_) if args.format.name == TEXT.name => text::narrowed(&snapshot, streams.paint),
            _ => drawn(args.format, &snapshot, streams.paint).unwrap_or_default(),
        };
        outputs::print(args.format, &text, streams);
    }
    if let Some(diff) = diff.filter(|diff| diff.worse() > 0) {
        if args.format.name == TEXT.name {
            streams.print(&format!("\n{}", text::diff(&diff, streams.paint)));
        } else {
            // What stands on standard output is of one format, and stays that.
            let regressions = counted(diff.worse(), "regression");
            streams.complain(&format!("{regressions} since {}\n", diff.from.name));
        }
    }
    Ok(exit)
}

/// The run, and what got worse since the earlier side where it was told to look.
fn judged(
    args: &Check,
    documents: bool,
    streams: &mut Streams,
) -> Result<(Snapshot, Option<Diff>), Error> {
    if args.fail_on.is_some() {
        let of = &args.judging;
        let (snapshot, mut diff) = judging::judge_compared(of, documents, &args.against, streams)?;
        let changes = std::mem::take(&mut diff.changes);
        diff.changes = changes.into_iter().filter(|change| diff.is_for_the_worse(change)).collect();
        return Ok((snapshot, Some(diff)));
    }
    let judge = if args.trust_mtime { judging::judge_untouched } else { judging::judge };
    Ok((judge(&args.judging, documents, streams)?, None))
}

/// Writes the outputs that were asked for, and the summary of the CI job.
pub(super) fn publish(
    snapshot: &Snapshot,
    files: &[outputs::ToFile],
    dir: &Path,
    streams: &mut Streams,
) -> Result<(), Error> {
    outputs::write(files, dir, |output| drawn(output, snapshot, Paint::PLAIN))?;
    outputs::summarize(|| markdown::snapshot(snapshot, Paint::PLAIN), streams);
    Ok(())
}

/// `snapshot` as `output` has it; `None` where that has no form for one.
pub(super) fn drawn(output: &Output, snapshot: &Snapshot, paint: Paint) -> Option<String> {
    output.snapshot.map(|draw| draw(snapshot, paint))
}

/// How the gate of a snapshot ends a command.
pub(super) fn by_gate(snapshot: &Snapshot) -> Exit {
    if snapshot.summary.gate.result == "no-go" { Exit::NoGo } else { Exit::Go }
}

fn none_is_an_error(
    snapshot: &Snapshot,
    glob: &Glob,
    wanted: &dyn Fn(&Item) -> bool,
) -> Result<(), Error> {
    let mut items = snapshot.checklists.iter().flat_map(|checklist| &checklist.items);
    if items.any(wanted) {
        return Ok(());
    }
    Err(Error::usage(format!("`{glob}` matches no item"))
        .hinted("`trueup check --format json` lists every item with its id and address."))
}
