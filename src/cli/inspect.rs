//! `trueup inspect`: what trueup reads from a file. Needs no repository and no configuration.

mod formats;

use std::io::Read;
use std::path::Path;

use rayon::prelude::*;
use serde_json::{Value as Json, json};

use crate::checklist::{self, Settings};
use crate::evidence::{self, Detail};
use crate::model::{Answer, Checklist, Item, Reading};
use crate::pipeline::{Error, assemble};
use crate::render::text;
use crate::snapshot::published;

use super::args::{Inspect, OutputFormat};
use super::{Exit, Streams};

/// Runs the command: exit 0 where every file could be read, 1 where some could not.
pub(super) fn run(args: &Inspect, streams: &mut Streams) -> Result<Exit, Error> {
    if args.formats {
        let text = match args.format {
            OutputFormat::Json => super::json(&formats::as_json()),
            OutputFormat::Text => formats::as_text(),
        };
        streams.print(&text);
        return Ok(Exit::Go);
    }
    if let Some(named) = &args.named
        && !evidence::format_ids().contains(&named.as_str())
    {
        return Err(Error::usage(format!("there is no format `{named}`"))
            .hinted("`trueup inspect --formats` lists them."));
    }
    let seen: Vec<Json> =
        args.files.par_iter().map(|path| inspect(&args.dir, path, args.named.as_deref())).collect();
    let all_read = seen.iter().all(|file| file.get("error").is_none_or(Json::is_null));
    if !args.quiet {
        let text = match args.format {
            OutputFormat::Json => super::json(&seen),
            OutputFormat::Text => text::inspected(&seen, streams.paint),
        };
        streams.print(&text);
    }
    Ok(if all_read { Exit::Go } else { Exit::NoGo })
}

fn inspect(dir: &Path, path: &Path, named: Option<&str>) -> Json {
    let name = path.to_string_lossy().into_owned();
    match bytes(dir, path) {
        Err(why) => json!({ "path": name, "kind": "unknown", "error": why }),
        Ok(bytes) if named.is_none() && is_checklist(&name, &bytes) => {
            checklist_seen(&checklist::read(&name, &bytes, &Settings::default()))
        }
        Ok(bytes) => {
            let answer = evidence::read(&name, &bytes, named, &Detail::default());
            match &answer {
                Answer::Read(reading) => artifact_seen(&name, reading),
                _ => refused(&name, &answer),
            }
        }
    }
}

fn bytes(dir: &Path, path: &Path) -> Result<Vec<u8>, String> {
    let refused = |fault: std::io::Error| format!("{} cannot be read: {fault}", path.display());
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(refused)?;
        return Ok(bytes);
    }
    std::fs::read(dir.join(path)).map_err(refused)
}

/// Markdown by its name, or by its tasks where the name says nothing (standard input).
fn is_checklist(name: &str, bytes: &[u8]) -> bool {
    crate::sources::files::is_markdown(name) || name == "-" && checklist::holds_tasks(bytes)
}

fn checklist_seen(of: &Checklist) -> Json {
    let metadata: serde_json::Map<String, Json> =
        of.metadata.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    json!({
        "path": of.path,
        "kind": "checklist",
        "title": of.title,
        "metadata": metadata,
        "template": of.template,
        "sections": assemble::sections(of),
        "items": of.items.iter().map(|item| item_seen(of, item)).collect::<Vec<_>>(),
        "procedures": of.procedures.iter().map(assemble::procedure).collect::<Vec<_>>(),
        "windows": windows(of),
        "problems": of.problems.iter().map(assemble::problem).collect::<Vec<_>>(),
    })
}

fn item_seen(checklist: &Checklist, item: &Item) -> Json {
    json!({
        "id": item.id,
        "address": item.address,
        "text": item.text,
        "line": item.line,
        "marker": item.marker.as_ref().map(|marker| &marker.text),
        "claim": item.claim,
        "kind": item.kind,
        "section": item.section,
        "depth": item.depth,
        "parent": item.parent.and_then(|at| checklist.items.get(at)).map(|of| &of.id),
        "note": item.note,
        "label": item.label,
        "priority": item.priority,
        "owner": item.owner,
        "due": item.due,
        "optional": item.optional,
    })
}

fn windows(of: &Checklist) -> Vec<Json> {
    of.sections
        .iter()
        .filter_map(|section| {
            let window = section.window?;
            Some(json!({
                "name": section.title,
                "section": section.slug,
                "line": section.line,
                "opens": window.opens,
                "ends": window.ends,
                "unit": window.unit.word(),
            }))
        })
        .collect()
}

fn artifact_seen(name: &str, reading: &Reading) -> Json {
    json!({
        "path": name,
        "kind": "artifact",
        "format": reading.format,
        "tool": reading.tool,
        "tool_version": reading.tool_version,
        "produced_at": reading.produced_at.as_ref().map(|made| &made.raw),
        "commit": reading.commit,
        "facts": published(&reading.facts),
        "warnings": reading.warnings,
        "invalid": reading.doubts.first().map(|doubt| &doubt.why),
    })
}

fn refused(name: &str, answer: &Answer) -> Json {
    let (format, why) = match answer {
        Answer::Broken { format, why } => (Some(*format), why.clone()),
        Answer::Ambiguous { candidates, shape } => (
            None,
            format!(
                "{} formats fit this file (`{shape}`): {}. Name one with --as.",
                candidates.len(),
                crate::model::listed(candidates, 4)
            ),
        ),
        Answer::Unknown { why } => (None, why.clone()),
        Answer::Read(_) => (None, String::new()),
    };
    json!({ "path": name, "kind": "unknown", "format": format, "error": why })
}
