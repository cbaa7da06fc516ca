//! `trueup inspect`: what trueup reads from a file. Needs no repository and no configuration.

mod formats;

use std::io::Read;
use std::path::Path;

use rayon::prelude::*;
use serde_json::{Value as Json, json};

use crate::checklist::{self, Settings};
use crate::evidence::archive::{self, Fault};
use crate::evidence::{self, Detail};
use crate::model::{
    Answer, Checklist, Directive, Figure, Item, Limits, Reading, Shape, Unit, archive_kind,
};
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
        args.format.print(&text, streams);
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
    let all_read = seen.iter().all(is_read);
    if !args.quiet {
        let text = match args.format {
            OutputFormat::Json => super::json(&seen),
            OutputFormat::Text => text::inspected(&seen, streams.paint),
        };
        args.format.print(&text, streams);
    }
    Ok(if all_read { Exit::Go } else { Exit::NoGo })
}

/// Whether a file, or all that lies in an archive, could be read.
fn is_read(file: &Json) -> bool {
    let entries = file.get("entries").and_then(Json::as_array);
    file.get("error").is_none_or(Json::is_null)
        && entries.is_none_or(|entries| entries.iter().all(is_read))
}

fn inspect(dir: &Path, path: &Path, named: Option<&str>) -> Json {
    let name = path.to_string_lossy().into_owned();
    match bytes(dir, path) {
        Err(why) => json!({ "path": name, "kind": "unknown", "error": why }),
        Ok(bytes) if archive_kind(&name).is_some() => archive_seen(&name, &bytes, named),
        Ok(bytes) if named.is_none() && is_checklist(&name, &bytes) => {
            checklist_seen(&checklist::read(&name, &bytes, &Settings::default()))
        }
        Ok(bytes) => file_seen(&name, &bytes, named),
    }
}

fn file_seen(name: &str, bytes: &[u8], named: Option<&str>) -> Json {
    let answer = evidence::read(name, bytes, named, &Detail::default());
    match &answer {
        Answer::Read(reading) => artifact_seen(name, reading),
        _ => refused(name, &answer),
    }
}

/// What lies in an archive, each file as it would be shown by itself.
fn archive_seen(name: &str, bytes: &[u8], named: Option<&str>) -> Json {
    let limits = Limits::default();
    let mut entries = Vec::new();
    let walked = archive::contents(name, bytes, &limits).and_then(|contents| {
        let visit = &mut |name: &str, bytes: Vec<u8>| entries.push(file_seen(name, &bytes, named));
        archive::each(name, bytes, &limits, &|_| true, visit)?;
        Ok(contents.skipped)
    });
    match walked {
        Err(Fault { why, .. }) => {
            let why = format!("{name} cannot be read: {why}");
            json!({ "path": name, "kind": "unknown", "error": why })
        }
        Ok(skipped) => {
            entries.extend(skipped.iter().map(|of| {
                let why = format!("{} cannot be read: {}", of.name, of.why);
                json!({ "path": of.name, "kind": "unknown", "error": why })
            }));
            json!({ "path": name, "kind": "archive", "entries": entries })
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
        "obligations": of.obligations,
        "problems": of.problems.iter().map(assemble::problem).collect::<Vec<_>>(),
    })
}

fn item_seen(checklist: &Checklist, item: &Item) -> Json {
    json!({
        "id": item.id,
        "address": item.address(),
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
        "required": item.required,
        "group": item.is_group(),
        "figures": item.figures.iter().map(figure).collect::<Vec<_>>(),
        "comments": item.directives.iter().map(comment).collect::<Vec<_>>(),
        "links": item.links.iter().map(|(path, _)| path).collect::<Vec<_>>(),
    })
}

/// A figure as it is read: what bounds, counts or changes, in the unit that it is written in.
fn figure(of: &Figure) -> Json {
    let (shape, operator, beside) = match of.shape {
        Shape::Limit { operator, .. } => ("limit", Some(operator.sign()), None),
        Shape::Count { .. } => ("count", None, None),
        Shape::Change { from, .. } => ("change", None, Some(("from", from))),
        Shape::Share { whole, .. } => ("share", None, Some(("of", whole))),
    };
    let mut seen = json!({
        "text": of.text,
        "shape": shape,
        "value": of.value(),
        "unit": of.unit.map(Unit::word),
        "operator": operator,
        "metric": of.metric,
        "noun": of.noun,
        "percentile": of.percentile,
        "approximate": of.approximate,
    });
    if let Some((name, value)) = beside {
        seen[name] = value.into();
    }
    seen
}

fn comment(of: &Directive) -> Json {
    json!({ "key": of.key.word(), "value": of.value, "line": of.line })
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
        Answer::Broken { format, why, .. } => (Some(*format), why.clone()),
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
