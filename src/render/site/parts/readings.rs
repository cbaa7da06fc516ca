//! What an artifact's facts say, one by one: failing cases, findings, and figures by name. The facts
//! are another program's, so whatever has not the expected shape is passed over.

use serde::Serialize;
use serde_json::Value;

use crate::render::site::text::shortened;
use crate::snapshot::v1::Artifact;

/// A test case that did not pass.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Case {
    pub(in crate::render::site) name: String,
    pub(in crate::render::site) suite: Option<String>,
    pub(super) outcome: String,
    pub(in crate::render::site) message: Option<String>,
}

/// A finding.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Finding {
    pub(in crate::render::site) rule: Option<String>,
    pub(in crate::render::site) severity: String,
    pub(in crate::render::site) title: Option<String>,
    pub(in crate::render::site) package: Option<String>,
    pub(super) version: Option<String>,
    pub(super) fixed_in: Option<String>,
    pub(super) place: Option<String>,
    pub(super) suppressed: bool,
}

/// A source file that the tests did not touch everywhere.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Gap {
    pub(super) path: String,
    pub(super) covered: u64,
    pub(super) total: u64,
    pub(super) missed: u64,
    /// Covered of all, 0 to 100.
    pub(super) pct: f64,
}

/// A list of which not all stands in the snapshot.
pub(in crate::render::site) struct Listed<T> {
    pub(in crate::render::site) entries: Vec<T>,
    /// Those that the snapshot left out.
    pub(in crate::render::site) omitted: u64,
}

/// The most characters of a message that a page shows.
const MESSAGE: usize = 2000;

/// The cases that failed or could not run, in the file's order.
pub(in crate::render::site) fn cases(artifact: &Artifact) -> Listed<Case> {
    let group = artifact.facts.get("tests");
    let group = group.as_ref();
    let entries = array(group, "cases")
        .filter_map(|case| {
            let outcome = text(case, "outcome").unwrap_or_default();
            let bad = outcome == "failed" || outcome == "errored";
            bad.then(|| Case {
                name: text(case, "name").unwrap_or_else(|| "(no name)".to_owned()),
                suite: text(case, "suite"),
                outcome,
                message: text(case, "message").map(|message| shortened(&message, MESSAGE)),
            })
        })
        .collect();
    Listed { entries, omitted: number(group, "omitted") }
}

/// The findings, worst first.
pub(in crate::render::site) fn findings(artifact: &Artifact) -> Listed<Finding> {
    let group = artifact.facts.get("findings");
    let group = group.as_ref();
    let mut entries: Vec<Finding> = array(group, "list").map(finding).collect();
    entries.sort_by_key(|finding| (finding.suppressed, grade(&finding.severity)));
    Listed { entries, omitted: number(group, "omitted") }
}

/// The tool's own limits that did not hold.
pub(in crate::render::site) fn crossed(artifact: &Artifact) -> Listed<String> {
    let group = artifact.facts.get("thresholds");
    let group = group.as_ref();
    let entries = array(group, "crossed").filter_map(Value::as_str);
    Listed {
        entries: entries.map(|name| shortened(name, MESSAGE)).collect(),
        omitted: number(group, "omitted"),
    }
}

/// The files of which most was left out, worst first.
pub(in crate::render::site) fn gaps(artifact: &Artifact) -> Listed<Gap> {
    let group = artifact.facts.get("coverage");
    let group = group.as_ref();
    let entries = array(group, "uncovered").filter_map(|file| {
        let (covered, total) = (number(Some(file), "covered"), number(Some(file), "total"));
        let pct = covered as f64 * 100.0 / total.max(1) as f64;
        Some(Gap {
            path: text(file, "path")?,
            covered,
            total,
            missed: total.saturating_sub(covered),
            pct: (pct * 10.0).round() / 10.0,
        })
    });
    Listed { entries: entries.collect(), omitted: number(group, "omitted") }
}

fn finding(value: &Value) -> Finding {
    let place = text(value, "path").map(|path| match value.get("line").and_then(Value::as_u64) {
        Some(line) => format!("{path}:{line}"),
        None => path,
    });
    let severity = text(value, "severity").filter(|severity| severity != "unknown");
    Finding {
        rule: text(value, "rule"),
        severity: severity.or_else(|| text(value, "level")).unwrap_or_else(|| "unknown".to_owned()),
        title: text(value, "title").map(|title| shortened(&title, MESSAGE)),
        package: text(value, "package"),
        version: text(value, "version"),
        fixed_in: text(value, "fixed_in"),
        place,
        suppressed: value.get("suppressed").and_then(Value::as_bool).unwrap_or(false),
    }
}

/// The order of severities, the scanners' and the linters' in one.
pub(super) fn grade(severity: &str) -> usize {
    GRADES.iter().position(|known| *known == severity).unwrap_or(GRADES.len())
}

/// Severities, worst first.
pub(super) const GRADES: [&str; 9] =
    ["critical", "high", "error", "medium", "warning", "low", "info", "note", "unknown"];

/// Every figure and text of the facts as `(name, value)`, in order of name.
pub(in crate::render::site) fn named(artifact: &Artifact) -> Vec<(String, Value)> {
    let mut rows = Vec::new();
    for (group, value) in artifact.facts.all_figures() {
        flatten(group, &value, 0, &mut rows);
    }
    rows
}

/// Deeper than any fact of the catalogue.
const DEEP: usize = 6;

fn flatten(name: &str, value: &Value, depth: usize, rows: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) if depth < DEEP => {
            for (member, value) in members {
                flatten(&format!("{name}.{member}"), value, depth + 1, rows);
            }
        }
        Value::Object(_) | Value::Array(_) | Value::Null => {}
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            rows.push((name.to_owned(), value.clone()));
        }
    }
}

/// A value as a condition would write it; long texts cut.
pub(in crate::render::site) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "not in the file".to_owned(),
        Value::String(text) if is_told(text) => shortened(text, 120),
        Value::String(text) => format!("\"{}\"", shortened(text, 120)),
        Value::Array(entries) => format!("a list of {}", entries.len()),
        Value::Object(members) => format!("a map of {}", members.len()),
        Value::Number(number) if number.is_f64() => figure(number.as_f64().unwrap_or_default()),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// Whether a value is told in words, as lists and what was gone through are: `1 of 2 entries`.
fn is_told(text: &str) -> bool {
    let sized = ["a list of ", "a map of ", "a text of "].iter().any(|of| text.starts_with(of));
    let is_count = |word: Option<&str>| word.is_some_and(|word| word.parse::<u64>().is_ok());
    let mut words = text.split([' ', ',']);
    let walked = is_count(words.next()) && words.next() == Some("of") && is_count(words.next());
    sized || walked && matches!(words.next(), Some("entry" | "entries" | "case" | "cases"))
}

/// A fraction with at most six places; what is smaller stands as it is.
fn figure(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded == 0.0 && value != 0.0 { value.to_string() } else { rounded.to_string() }
}

fn array<'v>(group: Option<&'v Value>, name: &str) -> impl Iterator<Item = &'v Value> {
    group.and_then(|group| group.get(name)).and_then(Value::as_array).into_iter().flatten()
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A count of `group`; 0 where it is not carried.
pub(in crate::render::site) fn number(group: Option<&Value>, name: &str) -> u64 {
    group.and_then(|group| group.get(name)).and_then(Value::as_u64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_in_words_stands_without_quotes() {
        for told in [
            "a list of 2",
            "1 of 2 entries, not a/Dockerfile",
            "0 of 1 entry, not a",
            "7 of 7 cases",
        ] {
            assert_eq!(shown(&Value::from(told)), told);
        }
        for text in ["success", "1 of a kind", "2 of 3", "of 1 entries"] {
            assert_eq!(shown(&Value::from(text)), format!("\"{text}\""));
        }
    }
}
