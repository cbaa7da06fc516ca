//! Real files with known figures, where `TRUEUP_CORPUS` names a folder that holds them.
//!
//! Every public fact that `evidence/EXPECTED.tsv` names must come out as it stands there.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::evidence::{Detail, by_id, read};
use crate::facts::{Facts, Value};
use crate::model::Answer;

/// The facts that are promised to users; a row may name further figures of its tool.
const PUBLIC: &[&str] = &[
    "tests.",
    "findings.",
    "coverage.lines.",
    "coverage.branches.",
    "coverage.functions.",
    "coverage.statements.",
    "components.total",
    "metrics.",
    "thresholds.",
    "ci.",
    "provenance.builder",
    "provenance.predicate_type",
    "provenance.subjects",
    "provenance.source_commit",
    "provenance.signed",
    "dashboards.title",
    "dashboards.panels",
    "deployment.",
    "alerts.",
];

/// Formats whose files cannot be told apart.
const ALIKE: &[&[&str]] =
    &[&["npm-audit", "pnpm-audit", "yarn-audit"], &["jest-json", "vitest-json"]];

struct Row {
    path: String,
    format: String,
    expected: Vec<(String, String)>,
    note: String,
}

fn corpus() -> Option<PathBuf> {
    let Some(root) = std::env::var_os("TRUEUP_CORPUS") else {
        println!("skipped: TRUEUP_CORPUS names no corpus");
        return None;
    };
    Some(PathBuf::from(root).join("evidence"))
}

fn rows(root: &std::path::Path) -> Vec<Row> {
    let table = fs::read_to_string(root.join("EXPECTED.tsv")).unwrap();
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let column = |name: &str| header.iter().position(|head| *head == name).unwrap();
    let [path, format, expected, note] = ["path", "format", "expected", "note"].map(column);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let pairs = cells[expected].split(';').filter_map(|pair| pair.split_once('='));
            Row {
                path: cells[path].to_owned(),
                format: cells[format].to_owned(),
                expected: pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
                note: cells[note].to_owned(),
            }
        })
        .collect()
}

/// The figure at a path; names of metrics may hold dots.
fn figure(value: &Value, path: &str) -> Option<Value> {
    if path.is_empty() {
        return Some(value.clone());
    }
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    ends.rev().find_map(|end| {
        let inner = value.member(&path[..end])?;
        figure(inner, path.get(end + 1..).unwrap_or_default())
    })
}

fn fact(facts: &Facts, key: &str) -> Option<Value> {
    let (group, path) = key.split_once('.')?;
    figure(&facts.value(group)?, path)
}

fn same(key: &str, expected: &str, seen: Option<&Value>) -> bool {
    let number = match seen {
        None | Some(Value::Null | Value::Untold) => {
            return matches!(expected, "null" | "none" | "None");
        }
        Some(Value::Int(number)) => *number as f64,
        Some(Value::Double(number) | Value::Written(number, _)) => *number,
        Some(Value::List(values)) => values.len() as f64,
        Some(Value::Map(members)) => members.len() as f64,
        Some(Value::Bool(word)) => return expected.eq_ignore_ascii_case(&word.to_string()),
        Some(Value::Text(text)) => return expected.trim() == text.trim(),
    };
    let Ok(expected) = expected.parse::<f64>() else { return false };
    let slack = match key {
        _ if key.ends_with("duration_s") => (expected.abs() * 0.01).max(0.051),
        _ if key.ends_with("pct") => 0.051,
        _ => (expected.abs() * 1e-6).max(1e-9),
    };
    (expected - number).abs() <= slack
}

fn public(key: &str) -> bool {
    PUBLIC.iter().any(|prefix| key.starts_with(prefix)) && key != "findings.suppressed"
}

/// What is not as it should be.
fn faults(row: &Row, answer: &Answer) -> Vec<String> {
    let either = row.note.contains("EITHER") || row.note.contains("HOSTILE");
    let refused = answer.reading().is_none_or(|reading| reading.facts.carried().is_empty());
    if row.expected.iter().any(|(key, _)| key == "error") {
        return if refused || either { vec![] } else { vec!["was read".to_owned()] };
    }
    let Some(reading) =
        answer.reading().filter(|_| !refused || !row.expected.iter().any(|(key, _)| public(key)))
    else {
        let told = match answer {
            Answer::Read(reading) => format!("read as {} without facts", reading.format),
            other => format!("{other:?}"),
        };
        return if either { vec![] } else { vec![told] };
    };
    let alike =
        ALIKE.iter().any(|ids| ids.contains(&reading.format) && ids.contains(&row.format.as_str()));
    let mut faults = Vec::new();
    if reading.format != row.format && !alike {
        faults.push(format!("seen as {}", reading.format));
    }
    for (key, expected) in row.expected.iter().filter(|(key, _)| public(key)) {
        let seen = fact(&reading.facts, key);
        if !same(key, expected, seen.as_ref()) {
            faults.push(format!("{key}: {expected} expected, {seen:?} read"));
        }
    }
    faults
}

#[test]
fn every_public_fact_of_the_corpus_is_right() {
    let Some(root) = corpus() else { return };
    let mut wrong = Vec::new();
    let mut count: BTreeMap<bool, u64> = BTreeMap::new();
    for row in rows(&root) {
        let known = by_id(&row.format).is_some();
        *count.entry(known).or_default() += 1;
        if !known {
            continue;
        }
        let bytes = fs::read(root.join(&row.path)).unwrap();
        let answer = read(&row.path, &bytes, None, &Detail::default());
        let mut faults = faults(&row, &answer);
        if row.note.contains("EITHER") && !row.note.contains("no header line") {
            let named = read(&row.path, &bytes, Some(&row.format), &Detail::default());
            faults.extend(self::faults(&Row { note: String::new(), ..row_of(&row) }, &named));
        }
        if !faults.is_empty() {
            wrong.push(format!("{}: {}", row.path, faults.join("; ")));
        }
    }
    println!("rows of known formats: {:?}, of others: {:?}", count.get(&true), count.get(&false));
    assert!(wrong.is_empty(), "{} rows off:\n{}", wrong.len(), wrong.join("\n"));
}

fn row_of(row: &Row) -> Row {
    Row {
        path: row.path.clone(),
        format: row.format.clone(),
        expected: row.expected.clone(),
        note: row.note.clone(),
    }
}
