//! Every document of the corpus gives its known figures: the counts of an independent GFM reader.
//!
//! The corpus lies outside the repository; `TRUEUP_CORPUS` names it, and without it these tests
//! say that they were skipped.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

use crate::checklist::*;
use crate::model::{Checklist, ItemKind};

fn corpus() -> Option<PathBuf> {
    let Some(root) = std::env::var_os("TRUEUP_CORPUS") else {
        println!("skipped: TRUEUP_CORPUS names no corpus");
        return None;
    };
    Some(PathBuf::from(root).join("checklists"))
}

/// The rows of a table with a head, by column.
fn rows(table: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = table.lines();
    let head: Vec<_> = lines.next().unwrap().split('\t').collect();
    lines.map(|line| head.iter().copied().zip(line.split('\t')).collect()).collect()
}

fn boxes(list: &Checklist) -> Vec<&crate::model::Item> {
    let gfm = |item: &&crate::model::Item| {
        item.kind == ItemKind::Task
            && item
                .marker
                .as_ref()
                .is_some_and(|marker| matches!(&*marker.text, " " | "\t" | "x" | "X"))
    };
    list.items.iter().filter(gfm).collect()
}

/// The columns that a checklist gives by itself.
fn counts(text: &str, list: &Checklist) -> BTreeMap<&'static str, String> {
    let outline =
        syntax::walk::walk(text, syntax::decode::decode(text.as_bytes()).body, &Markers::default());
    let tasks = boxes(list);
    let entries: Vec<_> = outline
        .entries
        .iter()
        .filter(|entry| {
            entry.boxed
                && entry.body.is_some()
                && matches!(entry.bracket.unwrap().marker(text), " " | "\t" | "x" | "X")
        })
        .collect();
    let marked = |set: &[&str]| {
        tasks
            .iter()
            .filter(|item| set.contains(&item.marker.as_ref().unwrap().text.as_ref()))
            .count()
    };
    let headings: BTreeSet<_> = entries.iter().filter_map(|entry| entry.heading).collect();
    let mut odd: BTreeMap<String, usize> = BTreeMap::new();
    for entry in &outline.entries {
        let marker = entry
            .bracket
            .filter(|bracket| bracket.spaced && entry.body.is_some())
            .map(|bracket| bracket.marker(text));
        if let Some(marker) = marker.filter(|marker| is_one_grapheme(marker)) {
            *odd.entry(marker.to_owned()).or_default() += 1;
        }
    }
    let odd: Vec<_> = odd.iter().map(|(marker, count)| format!("[{marker}]={count}")).collect();
    BTreeMap::from([
        ("tasks", tasks.len().to_string()),
        ("checked", marked(&["x", "X"]).to_string()),
        ("unchecked", marked(&[" ", "\t"]).to_string()),
        ("uppercase_X", marked(&["X"]).to_string()),
        ("max_list_depth", tasks.iter().map(|item| item.depth + 1).max().unwrap_or(0).to_string()),
        ("headings_with_items", headings.len().to_string()),
        (
            "items_before_any_heading",
            entries.iter().filter(|entry| entry.heading.is_none()).count().to_string(),
        ),
        (
            "ordered_tasks",
            entries.iter().filter(|entry| entry.number.is_some()).count().to_string(),
        ),
        (
            "struck_items",
            entries
                .iter()
                .filter(|entry| !entry.body.as_ref().unwrap().struck.is_empty())
                .count()
                .to_string(),
        ),
        ("nonstandard", if odd.is_empty() { "-".to_owned() } else { odd.join(";") }),
    ])
}

fn is_one_grapheme(marker: &str) -> bool {
    let mut chars = marker.chars().filter(|c| *c != '\u{fe0f}');
    let first = chars.next();
    first.is_some_and(|c| !matches!(c, ' ' | '\t' | 'x' | 'X')) && chars.next().is_none()
}

#[test]
fn every_document_of_the_corpus_gives_its_known_figures() {
    let Some(corpus) = corpus() else { return };
    let table = std::fs::read_to_string(corpus.join("EXPECTED.tsv")).unwrap();
    let mut wrong = Vec::new();
    let rows = rows(&table);
    assert!(rows.len() > 80);
    for row in &rows {
        let file = row["file"];
        let text = std::fs::read_to_string(corpus.join(file)).unwrap();
        let list = read(file, text.as_bytes(), &Settings::default());
        for (column, found) in counts(&text, &list) {
            if row[column] != found {
                wrong.push(format!("{file} {column}: {} expected, {found} found", row[column]));
            }
        }
        assert_eq!(
            holds_tasks(text.as_bytes()),
            !list.items.iter().all(|item| item.kind != ItemKind::Task),
            "{file}"
        );
        let ids: HashSet<_> = list.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids.len(), list.items.len(), "{file}: ids are unique");
        assert!(ids.iter().all(|id| !id.is_empty()), "{file}");
        for item in boxes(&list) {
            let marker = item.marker.as_ref().unwrap();
            assert_eq!(marker.span.of(&text), marker.text, "{file}:{}", item.line);
            let line = list.lines.shown(item.line);
            assert!(line.contains(&format!("[{}]", marker.text)), "{file}:{}", item.line);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_edge_case_gives_its_known_figures() {
    let Some(corpus) = corpus() else { return };
    let cases = std::fs::read(corpus.join("edge-cases.json")).unwrap();
    let cases: Vec<serde_json::Value> = serde_json::from_slice(&cases).unwrap();
    assert!(cases.len() >= 26);
    for case in cases {
        let text = case["markdown"].as_str().unwrap();
        let list = read("edge.md", text.as_bytes(), &Settings::default());
        let found = counts(text, &list);
        for column in ["tasks", "checked", "max_list_depth"] {
            assert_eq!(
                found[column],
                case[column].to_string(),
                "{} {column}: {text:?}",
                case["id"]
            );
        }
        let odd: Vec<_> = case["nonstandard"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(m, n)| format!("[{m}]={n}"))
            .collect();
        let odd = if odd.is_empty() { "-".to_owned() } else { odd.join(";") };
        assert_eq!(found["nonstandard"], odd, "{}: {text:?}", case["id"]);
    }
}
