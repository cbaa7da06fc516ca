//! What trueup reads from files, for a person.

mod checklist;

use std::fmt::Write;

use serde_json::Value as Json;

use crate::model::counted;

use super::paint::{Paint, safe};

/// Facts of one group that are shown before the rest is counted.
const SHOWN: usize = 40;

/// The whole of `trueup inspect`: the files in the order given, each as its JSON has it.
pub fn inspected(files: &[Json], paint: Paint) -> String {
    let mut out = String::new();
    for file in files {
        match text(file, "kind") {
            "archive" => {
                let entries = list(file, "entries");
                let count = counted(entries.len() as u64, "entry");
                let path = paint.bold(&safe(text(file, "path")));
                let _ = writeln!(out, "{path}  archive, {count}\n");
                out.push_str(inspected(entries, paint).trim_end());
                out.push('\n');
            }
            "checklist" => checklist::inspected(&mut out, file, paint),
            "artifact" => artifact(&mut out, file, paint),
            _ => refused(&mut out, file, paint),
        }
        out.push('\n');
    }
    out
}

fn text<'j>(of: &'j Json, name: &str) -> &'j str {
    of.get(name).and_then(Json::as_str).unwrap_or_default()
}

fn list<'j>(of: &'j Json, name: &str) -> &'j [Json] {
    of.get(name).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn artifact(out: &mut String, file: &Json, paint: Paint) {
    let path = paint.bold(&safe(text(file, "path")));
    let _ = writeln!(out, "{path}  {}", text(file, "format"));
    for name in ["tool", "tool_version", "produced_at", "commit"] {
        if let Some(value) = file.get(name).and_then(Json::as_str) {
            let _ = writeln!(out, "  {name:<14}{}", safe(value));
        }
    }
    if let Some(Json::Object(groups)) = file.get("facts") {
        for (group, members) in groups {
            let mut facts = Vec::new();
            flatten(group, members, &mut facts);
            for (path, value) in facts.iter().take(SHOWN) {
                let _ = writeln!(out, "  {} = {}", safe(path), safe(value));
            }
            if facts.len() > SHOWN {
                let _ = writeln!(out, "  and {} more of {group}", facts.len() - SHOWN);
            }
        }
    }
    for warning in list(file, "warnings") {
        let _ = writeln!(out, "  warning: {}", safe(warning.as_str().unwrap_or_default()));
    }
    if let Some(why) = file.get("invalid").and_then(Json::as_str) {
        let _ = writeln!(out, "  {} {}", paint.red("proves nothing:"), safe(why));
    }
}

/// `{"lines": {"pct": 71.2}}` → `coverage.lines.pct`, `71.2`; a list by its entries.
fn flatten(path: &str, value: &Json, facts: &mut Vec<(String, String)>) {
    match value {
        Json::Object(members) => {
            for (name, value) in members {
                flatten(&format!("{path}.{name}"), value, facts);
            }
        }
        Json::Array(entries) => {
            for entry in entries {
                let parts: Vec<String> = match entry {
                    Json::Object(members) => {
                        members.iter().map(|(name, value)| format!("{name} {value}")).collect()
                    }
                    other => vec![other.to_string()],
                };
                facts.push((format!("{path}[]"), parts.join(", ")));
            }
        }
        other => facts.push((path.to_owned(), other.to_string())),
    }
}

fn refused(out: &mut String, file: &Json, paint: Paint) {
    let _ = writeln!(
        out,
        "{}  {}: {}",
        paint.bold(&safe(text(file, "path"))),
        paint.red("not read"),
        safe(text(file, "error"))
    );
}
