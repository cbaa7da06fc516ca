//! What trueup reads from a checklist, for a person: all that its JSON has.

use std::fmt::Write;

use serde_json::Value as Json;

use crate::model::{counted, plural};

use super::super::paint::{Paint, safe};
use super::{list, text};

/// One checklist.
pub(super) fn inspected(out: &mut String, file: &Json, paint: Paint) {
    head(out, file, paint);
    let mut section = "";
    for item in list(file, "items") {
        let here = list(item, "section").last().and_then(Json::as_str).unwrap_or_default();
        if here != section {
            section = here;
            let opens = window(file, item, section).map(|window| format!("  {}", span(window)));
            let opens = opens.unwrap_or_default();
            let _ = writeln!(out, "  {}{}", paint.bold(&safe(section)), paint.dim(&opens));
        }
        one_item(out, item, paint);
    }
    obligations(out, list(file, "obligations"), paint);
    procedures(out, list(file, "procedures"), paint);
    problems(out, list(file, "problems"), paint);
}

fn head(out: &mut String, file: &Json, paint: Paint) {
    let template = file.get("template").and_then(Json::as_bool) == Some(true);
    let kind = if template { "checklist, a template" } else { "checklist" };
    let _ = writeln!(out, "{}  {kind}", paint.bold(&safe(text(file, "path"))));
    if let Some(title) = file.get("title").and_then(Json::as_str) {
        let _ = writeln!(out, "  {}", safe(title));
    }
    if let Some(Json::Object(metadata)) = file.get("metadata") {
        for (name, value) in metadata {
            let value = value.as_str().unwrap_or_default();
            let _ = writeln!(out, "  {}: {}", safe(name), safe(value));
        }
    }
    let items = list(file, "items");
    let count = |kind: &str, claim: Option<&str>| {
        let is = |item: &&Json| {
            text(item, "kind") == kind && claim.is_none_or(|claim| text(item, "claim") == claim)
        };
        items.iter().filter(is).count() as u64
    };
    let mut parts = vec![format!(
        "{}: {} ticked",
        counted(count("task", None), "task"),
        count("task", Some("done"))
    )];
    for (number, what) in [
        (count("task", Some("cancelled")), "cancelled task"),
        (count("criterion", None), "criterion"),
        (count("table-row", None), "row"),
        (list(file, "obligations").len() as u64, "obligation"),
        (list(file, "procedures").len() as u64, "procedure"),
        (list(file, "problems").len() as u64, "problem"),
    ] {
        if number > 0 {
            parts.push(counted(number, what));
        }
    }
    let _ = writeln!(out, "  {}\n", parts.join("; "));
}

/// The window of the section called so that an item stands in.
fn window<'f>(file: &'f Json, item: &Json, section: &str) -> Option<&'f Json> {
    let line = |of: &Json| of.get("line").and_then(Json::as_u64);
    let around = |window: &&Json| text(window, "name") == section && line(window) <= line(item);
    list(file, "windows").iter().rev().find(around)
}

/// `until 24 hours after the deployment`, `1 to 2 weeks after the deployment`.
fn span(window: &Json) -> String {
    let number = |name| window.get(name).and_then(Json::as_i64).unwrap_or(0);
    let (opens, ends) = (number("opens"), number("ends"));
    let unit = text(window, "unit").trim_end_matches('s');
    match opens {
        0 => format!("until {} after the deployment", counted(ends.unsigned_abs(), unit)),
        1.. => format!("{opens} to {} after the deployment", counted(ends.unsigned_abs(), unit)),
        _ => format!("from {} before the deployment", counted(opens.unsigned_abs(), unit)),
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
    let said = said(item);
    if !said.is_empty() {
        let _ = writeln!(out, "        {indent}{}", paint.dim(&safe(&said.join("; "))));
    }
    for comment in list(item, "comments") {
        let (key, value) = (text(comment, "key"), text(comment, "value"));
        let _ = writeln!(out, "        {indent}{}", paint.dim(&safe(&format!("{key}: {value}"))));
    }
}

/// What an item says beside its text, each with its name.
fn said(item: &Json) -> Vec<String> {
    let mut parts = Vec::new();
    let boxed = item.get("marker").is_some_and(Json::is_string);
    match text(item, "claim") {
        claim @ ("cancelled" | "in-progress") => parts.push(claim.to_owned()),
        claim if !boxed && claim != "none" => parts.push(claim.to_owned()),
        _ => {}
    }
    for name in ["group", "optional", "required"] {
        if item.get(name).and_then(Json::as_bool) == Some(true) {
            parts.push(name.to_owned());
        }
    }
    for name in ["label", "priority", "owner", "due", "note"] {
        if let Some(value) = item.get(name).and_then(Json::as_str) {
            parts.push(format!("{name} {value}"));
        }
    }
    let figures: Vec<&str> =
        list(item, "figures").iter().map(|figure| text(figure, "text")).collect();
    if !figures.is_empty() {
        let what = plural(figures.len() as u64, "figure");
        parts.push(format!("{what} {}", figures.join(", ")));
    }
    let links: Vec<&str> = list(item, "links").iter().filter_map(Json::as_str).collect();
    if !links.is_empty() {
        parts.push(format!("{} {}", plural(links.len() as u64, "link"), links.join(", ")));
    }
    parts
}

fn obligations(out: &mut String, obligations: &[Json], paint: Paint) {
    if obligations.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n  {}", paint.bold("Obligations without a box"));
    for asked in obligations {
        let line = asked.get("line").and_then(Json::as_u64).unwrap_or(0);
        let _ = writeln!(out, "  {line:>5} {}", safe(text(asked, "text")));
    }
}

fn procedures(out: &mut String, procedures: &[Json], paint: Paint) {
    for procedure in procedures {
        let title = paint.bold(&safe(text(procedure, "title")));
        let _ = writeln!(out, "\n  {title}  {}", paint.dim(text(procedure, "kind")));
        for step in list(procedure, "steps") {
            let line = step.get("line").and_then(Json::as_u64).unwrap_or(0);
            let _ = writeln!(out, "  {line:>5} {}", safe(text(step, "command")));
            let names: Vec<String> = list(step, "names").iter().map(name).collect();
            if !names.is_empty() {
                let _ = writeln!(out, "        {}", paint.dim(&safe(&names.join("; "))));
            }
        }
    }
}

/// `script lint`, `host api.example.org`.
fn name(of: &Json) -> String {
    let missing = of.get("exists").and_then(Json::as_bool) == Some(false);
    let missing = if missing { ", not there" } else { "" };
    format!("{} {}{missing}", text(of, "kind"), text(of, "name"))
}

fn problems(out: &mut String, problems: &[Json], paint: Paint) {
    if problems.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n  {}", paint.bold("Problems"));
    for problem in problems {
        let line = problem.get("line").and_then(Json::as_u64);
        let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
        let code = text(problem, "code");
        let _ = writeln!(out, "  {place}[{code}] {}", safe(text(problem, "message")));
        if let Some(hint) = problem.get("hint").and_then(Json::as_str) {
            let _ = writeln!(out, "      {}", paint.dim(&safe(hint)));
        }
    }
}
