//! What trueup reads from files, for a person.

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
            "checklist" => checklist(&mut out, file, paint),
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

fn checklist(out: &mut String, file: &Json, paint: Paint) {
    let items = list(file, "items");
    let count = |name: &str, value: &str| {
        items.iter().filter(|item| text(item, name) == value).count() as u64
    };
    let _ = writeln!(out, "{}  checklist", paint.bold(&safe(text(file, "path"))));
    if let Some(title) = file.get("title").and_then(Json::as_str) {
        let _ = writeln!(out, "  {}", safe(title));
    }
    if let Some(Json::Object(metadata)) = file.get("metadata") {
        for (name, value) in metadata {
            let value = value.as_str().unwrap_or_default();
            let _ = writeln!(out, "  {}: {}", safe(name), safe(value));
        }
    }
    let _ = writeln!(
        out,
        "  {}: {} ticked; {}; {}\n",
        counted(count("kind", "task"), "task"),
        count("claim", "done"),
        counted(count("kind", "criterion"), "criterion"),
        counted(list(file, "procedures").len() as u64, "procedure"),
    );
    let mut section = "";
    for item in items {
        let here = list(item, "section").last().and_then(Json::as_str).unwrap_or_default();
        if here != section {
            section = here;
            let _ = writeln!(out, "  {}", paint.bold(&safe(section)));
        }
        one_item(out, item, paint);
    }
    for problem in list(file, "problems") {
        let line = problem.get("line").and_then(Json::as_u64).unwrap_or(0);
        let code = text(problem, "code");
        let _ = writeln!(out, "  line {line}: [{code}] {}", safe(text(problem, "message")));
    }
}

fn one_item(out: &mut String, item: &Json, paint: Paint) {
    let depth = item.get("depth").and_then(Json::as_u64).unwrap_or(0);
    let indent = "  ".repeat(usize::try_from(depth.min(20)).unwrap_or(0));
    let marker = match item.get("marker").and_then(Json::as_str) {
        Some(marker) => format!("[{}]", safe(marker)),
        None => format!("({})", text(item, "kind")),
    };
    let line = item.get("line").and_then(Json::as_u64).unwrap_or(0);
    let _ = writeln!(
        out,
        "  {line:>5} {indent}{marker} {}  {}",
        safe(text(item, "text")),
        paint.dim(&safe(text(item, "address"))),
    );
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
