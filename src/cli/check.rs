//! `trueup check`: reconcile, print, exit by the gate.

use crate::model::Glob;
use crate::pipeline::Error;
use crate::render::text;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::Item;

use super::args::{Check, OutputFormat};
use super::{Exit, Streams, judging};

/// Runs the command.
pub(super) fn run(args: &Check, streams: &mut Streams) -> Result<Exit, Error> {
    let glob = match &args.items {
        Some(written) => Some(Glob::new(written).map_err(|fault| Error::usage(fault.to_string()))?),
        None => None,
    };
    let json = args.format == OutputFormat::Json;
    let mut snapshot = judging::judge(&args.judging, json, streams)?;
    let exit = if args.exit_zero { Exit::Go } else { by_gate(&snapshot) };
    let wanted = |item: &Item| {
        glob.as_ref().is_none_or(|glob| glob.matches(&item.id) || glob.matches(&item.address))
    };
    if let Some(glob) = &glob {
        none_is_an_error(&snapshot, glob, &wanted)?;
        for checklist in &mut snapshot.checklists {
            checklist.items.retain(|item| wanted(item));
        }
    }
    if args.judging.quiet {
        return Ok(exit);
    }
    let text = match (args.format, &glob) {
        (OutputFormat::Json, _) => super::json(&snapshot),
        (OutputFormat::Text, Some(_)) => text::narrowed(&snapshot, streams.paint),
        (OutputFormat::Text, None) => text::check(&snapshot, streams.paint),
    };
    streams.print(&text);
    Ok(exit)
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
