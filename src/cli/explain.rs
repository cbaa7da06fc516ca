//! `trueup explain`: why an item has its status.

use crate::model::{Glob, nearest_address};
use crate::pipeline::Error;
use crate::render::text;

use super::args::{Explain, OutputFormat};
use super::{Exit, Streams, judging};

/// Runs the command.
pub(super) fn run(args: &Explain, streams: &mut Streams) -> Result<Exit, Error> {
    let snapshot = judging::judge(&args.judging, false, streams)?;
    let glob = Glob::new(&args.item).ok();
    let wanted =
        |name: &str| name == args.item || glob.as_ref().is_some_and(|glob| glob.matches(name));
    let found: Vec<_> = snapshot
        .checklists
        .iter()
        .flat_map(|checklist| checklist.items.iter().map(move |item| (&checklist.path, item)))
        .filter(|(path, item)| {
            wanted(&item.id) || wanted(&item.address) || format!("{path}#{}", item.id) == args.item
        })
        .collect();
    if found.is_empty() {
        return Err(unknown(&args.item, &snapshot));
    }
    let text = match args.format {
        OutputFormat::Json => {
            let items: Vec<_> = found
                .iter()
                .map(|(path, item)| serde_json::json!({ "checklist": path, "item": item }))
                .collect();
            super::json(&items)
        }
        OutputFormat::Text => {
            let parts: Vec<String> = found
                .iter()
                .map(|(path, item)| text::explain(&snapshot, path, item, streams.paint))
                .collect();
            parts.join("\n")
        }
    };
    args.format.print(&text, streams);
    Ok(Exit::Go)
}

fn unknown(wanted: &str, snapshot: &crate::snapshot::Snapshot) -> Error {
    let items = snapshot.checklists.iter().flat_map(|checklist| &checklist.items);
    let names = items.flat_map(|item| [item.address.as_str(), item.id.as_str()]);
    let error = Error::usage(format!("no item has the id or address `{wanted}`"));
    match nearest_address(wanted, names) {
        Some(name) => error.hinted(format!("Nearest: {name}.")),
        None => error.hinted("`trueup inspect FILE` lists a checklist's items with their ids."),
    }
}
