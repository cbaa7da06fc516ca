//! `trueup init`: proposes what would prove each item, and writes it into trueup.toml.

use serde_json::json;

use crate::catalog::Draft;
use crate::pipeline::{self, Error, Fate, Init, InitItem};
use crate::render::text::{self, InitLine, InitSummary};
use crate::sources::output::{Replacement, replace_files, write_file};

use super::args::{Init as Args, OutputFormat};
use super::{Exit, Streams};

/// Runs the command.
pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Exit, Error> {
    let found = pipeline::init(&args.dir, &args.artifacts)?;
    let changes = found.before.as_deref() != Some(found.after.as_str());
    let written = changes && !args.dry_run;
    if written {
        write(&found)?;
    }
    if !args.quiet {
        let text = match args.format {
            OutputFormat::Json => super::json(&document(&found, written)),
            OutputFormat::Text => {
                let lines: Vec<InitLine<'_>> = found.items.iter().filter_map(line).collect();
                let summary = InitSummary {
                    path: &found.path,
                    written,
                    changes,
                    artifacts: &found.artifacts,
                    addition: args.dry_run.then(|| addition(&found)),
                };
                text::init(&summary, &lines, streams.paint)
            }
        };
        args.format.print(&text, streams);
    }
    Ok(Exit::Go)
}

/// Writes the configuration: a new one, or the old one with more behind it, refused where it
/// changed since it was read.
fn write(found: &Init) -> Result<(), Error> {
    let Some(before) = &found.before else {
        return Ok(write_file(&found.on_disk, found.after.as_bytes())?);
    };
    let root = found.on_disk.ancestors().nth(found.path.split('/').count());
    let replacement = Replacement {
        path: found.path.clone(),
        before: before.clone().into_bytes(),
        after: found.after.clone().into_bytes(),
    };
    Ok(replace_files(root.unwrap_or(&found.on_disk), &[replacement])?)
}

/// What comes behind what is there.
fn addition(found: &Init) -> &str {
    let present = found.before.as_deref().map_or(0, str::len);
    found.after.get(present..).unwrap_or(&found.after)
}

fn line(item: &InitItem) -> Option<InitLine<'_>> {
    let (idea, how, lacks) = match &item.fate {
        Fate::Cancelled => return None,
        Fate::Bound => ("", "bound already".to_owned(), [].as_slice()),
        Fate::Unknown => ("", String::new(), [].as_slice()),
        Fate::Proposed(proposal) => {
            let how = proposal.draft.as_ref().map(how).unwrap_or_default();
            (proposal.idea.as_str(), how, proposal.lacks.as_slice())
        }
    };
    let (path, line, text) = (&item.checklist, item.line, &item.text);
    Some(InitLine { path, line, text, idea, how, lacks })
}

/// A draft in a line: its condition, or who is to sign.
fn how(draft: &Draft) -> String {
    match (&draft.condition, &draft.sign_off) {
        (Some(condition), _) => {
            let artifacts: Vec<&str> = draft.artifacts.iter().map(|of| of.glob.as_str()).collect();
            let from = if artifacts.is_empty() {
                String::new()
            } else {
                format!("  ({})", crate::model::listed(&artifacts, 3))
            };
            format!("{condition}{from}")
        }
        (None, Some(sign_off)) => {
            let each = if sign_off.each_release { ", anew for each release" } else { "" };
            format!("a sign-off within {}{each}", sign_off.max_age)
        }
        (None, None) => String::new(),
    }
}

fn document(found: &Init, written: bool) -> serde_json::Value {
    let items: Vec<serde_json::Value> = found.items.iter().map(item).collect();
    let artifacts = found.artifacts.iter();
    let artifacts: Vec<_> =
        artifacts.map(|(path, format)| json!({ "path": path, "format": format })).collect();
    let planned = found.planned.iter();
    let planned: Vec<_> =
        planned.map(|of| json!({ "workflow": of.workflow, "path": of.path })).collect();
    json!({
        "schema": "trueup/init/1",
        "path": found.path,
        "written": written,
        "addition": addition(found),
        "items": items,
        "artifacts": artifacts,
        "planned": planned,
    })
}

fn item(of: &InitItem) -> serde_json::Value {
    let (state, proposal) = match &of.fate {
        Fate::Bound => ("bound", None),
        Fate::Cancelled => ("cancelled", None),
        Fate::Unknown => ("unknown", None),
        Fate::Proposed(proposal) if proposal.draft.is_some() => ("proposed", Some(proposal)),
        Fate::Proposed(proposal) => ("lacking", Some(proposal)),
    };
    let draft = proposal.and_then(|proposal| proposal.draft.as_ref());
    json!({
        "checklist": of.checklist,
        "line": of.line,
        "item": of.address,
        "text": of.text,
        "state": state,
        "idea": proposal.map(|of| &of.idea),
        "why": proposal.map(|of| &of.why),
        "lacks": proposal.map(|of| &of.lacks),
        "condition": draft.and_then(|of| of.condition.as_ref()),
        "artifacts": draft.map(|of| of.artifacts.iter().map(|of| &of.glob).collect::<Vec<_>>()),
        "max_age": draft.and_then(|of| of.max_age.as_ref()),
        "sign_off": draft.is_some_and(|of| of.sign_off.is_some()),
    })
}
