//! The facts behind a change of evidence, those that the item's requirement reads first.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::model::{grouped, listed};
use crate::snapshot::v1::{Artifact, Item};

use super::super::pairing::Pair;
use super::super::v1::{ArtifactChange, FactChange};
use super::{Context, Ledger};

/// Facts that a row carries at the most.
const CARRIED: usize = 12;

/// Levels of names below a group: `ci.jobs["test"].steps["lint"].conclusion` has the most.
const DEEPEST: usize = 6;

/// The facts of `artifacts` that differ: by name, those that a requirement of the item reads first.
/// With several artifacts each fact says of which it is, as a condition would write it.
pub(super) fn behind(
    context: &Context<'_>,
    pair: &Pair<'_>,
    artifacts: &[ArtifactChange],
) -> Vec<FactChange> {
    let read = read(pair.from.item).chain(read(pair.to.item)).collect::<BTreeSet<_>>();
    let is_read = |fact: &str| {
        read.iter().any(|read| {
            read.strip_suffix(fact).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
    };
    let mut changes = Vec::new();
    for artifact in artifacts {
        let before = scalars(&context.from, &artifact.path, artifact.from.as_deref());
        let after = scalars(&context.to, &artifact.path, artifact.to.as_deref());
        for name in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
            let value = |of: &BTreeMap<String, Json>| of.get(name).cloned().unwrap_or(Json::Null);
            let (from, to) = (value(&before), value(&after));
            if from != to {
                let fact = match artifacts {
                    [_] => name.clone(),
                    _ => format!("artifact({:?}).{name}", artifact.path),
                };
                changes.push((!is_read(name), FactChange { fact, from, to }));
            }
        }
    }
    changes.sort_by_key(|(unread, change)| (*unread, is_incidental(&change.fact)));
    changes.into_iter().take(CARRIED).map(|(_, change)| change).collect()
}

/// Whether a fact differs from run to run, whatever happened.
fn is_incidental(fact: &str) -> bool {
    ["commit", "duration_s", "run_id", "url"].iter().any(|end| fact.ends_with(end))
}

/// `tests.failed 0 → 3, tests.total 398 → 412.`
pub(super) fn said(facts: &[FactChange], named: usize) -> String {
    let one =
        |fact: &FactChange| format!("{} {} → {}", fact.fact, shown(&fact.from), shown(&fact.to));
    let all: Vec<String> = facts.iter().map(one).collect();
    format!("{}.", listed(&all, named))
}

/// A value as people read it: a fraction with at most six places, seven digits of a commit.
fn shown(value: &Json) -> String {
    let is_commit =
        |text: &str| text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match value {
        Json::Null => "none".to_owned(),
        Json::String(text) => match text.get(..7).filter(|_| is_commit(text)) {
            Some(short) => short.to_owned(),
            None => text.clone(),
        },
        Json::Number(number) => match (number.as_u64(), number.as_f64()) {
            (Some(count), _) => grouped(count),
            (None, Some(figure)) if figure.abs() >= 1e-6 => {
                ((figure * 1e6).round() / 1e6).to_string()
            }
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

fn read(item: &Item) -> impl Iterator<Item = &str> {
    let requirements = item.asked();
    requirements.flat_map(|requirement| &requirement.read).map(|read| read.fact.as_str())
}

/// The single values of an artifact's facts, if the ledger holds it with these bytes.
fn scalars(ledger: &Ledger<'_>, path: &str, sha256: Option<&str>) -> BTreeMap<String, Json> {
    let mut found = BTreeMap::new();
    let held: Option<&&Artifact> = ledger.artifacts.get(path);
    if let Some(artifact) = held.filter(|artifact| Some(artifact.sha256.as_str()) == sha256) {
        for (group, members) in artifact.facts.all_figures() {
            flatten(group.to_owned(), &members, DEEPEST, &mut found);
        }
    }
    found
}

fn flatten(name: String, value: &Json, deep: usize, found: &mut BTreeMap<String, Json>) {
    match value {
        Json::Object(members) if deep > 0 => {
            for (member, value) in members {
                flatten(format!("{name}{}", selected(member)), value, deep - 1, found);
            }
        }
        Json::Object(_) | Json::Array(_) | Json::Null => {}
        Json::Bool(_) | Json::Number(_) | Json::String(_) => {
            found.insert(name, value.clone());
        }
    }
}

/// `.failed`, or `["unit tests"]` where the name is no identifier.
fn selected(member: &str) -> String {
    let plain = member.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !member.starts_with(|c: char| c.is_ascii_digit());
    if plain && !member.is_empty() { format!(".{member}") } else { format!("[{member:?}]") }
}
