//! What became of the artifacts that an item relies on, and of the facts in them.

use std::collections::BTreeMap;

use crate::model::listed;
use crate::snapshot::v1::Item;

use super::super::pairing::Pair;
use super::super::sides::Sides;
use super::super::v1::{ArtifactChange, Change, FactChange};
use super::super::words::{Detail, Kind};
use super::{Context, facts, row_of};

/// Artifacts and facts that a sentence names before it counts the rest.
const NAMED: usize = 3;

/// Digits of a digest that tell two files apart.
const DIGITS: usize = 12;

/// The row of artifacts gained, lost or made anew; a regression where what is proven stands on fewer
/// than before.
pub(super) fn change(context: &Context<'_>, pair: &Pair<'_>) -> Option<Change> {
    let artifacts = artifacts(pair.from.item, pair.to.item);
    let detail = detail(context.sides, &artifacts)?;
    let facts = facts::behind(context, pair, &artifacts);
    let on = |digest: &dyn Fn(&ArtifactChange) -> Option<&String>| {
        let shown = artifacts.iter().filter_map(|artifact| {
            let digest = digest(artifact)?;
            Some(format!("{} {}", artifact.path, digest.get(..DIGITS).unwrap_or(digest)))
        });
        let shown: Vec<String> = shown.collect();
        (!shown.is_empty()).then(|| shown.join(", "))
    };
    Some(Change {
        from: on(&|artifact| artifact.from.as_ref()),
        to: on(&|artifact| artifact.to.as_ref()),
        why: why(context.sides, detail, &artifacts, &facts),
        artifacts: artifacts.clone(),
        facts,
        regression: detail == Detail::Lost && pair.to.item.status.is_proven(),
        ..row_of(pair, Kind::Evidence, detail)
    })
}

/// Artifacts with other bytes, or on one side alone, by path.
fn artifacts(from: &Item, to: &Item) -> Vec<ArtifactChange> {
    let mut by_path: BTreeMap<&str, ArtifactChange> = BTreeMap::new();
    let new = |path: &str| ArtifactChange { path: path.to_owned(), from: None, to: None };
    for evidence in &from.evidence {
        let path = evidence.artifact.as_str();
        by_path.entry(path).or_insert_with(|| new(path)).from = Some(evidence.sha256.clone());
    }
    for evidence in &to.evidence {
        let path = evidence.artifact.as_str();
        by_path.entry(path).or_insert_with(|| new(path)).to = Some(evidence.sha256.clone());
    }
    by_path.into_values().filter(|artifact| artifact.from != artifact.to).collect()
}

fn detail(sides: &Sides<'_>, artifacts: &[ArtifactChange]) -> Option<Detail> {
    if artifacts.is_empty() {
        return None;
    }
    let gained = artifacts.iter().any(|artifact| artifact.from.is_none());
    let lost = artifacts.iter().any(|artifact| artifact.to.is_none());
    let unknown = (gained && !sides.from.recorded) || (lost && !sides.to.recorded);
    Some(match (gained, lost) {
        _ if unknown => Detail::NotRecorded,
        (true, true) => Detail::Exchanged,
        (true, false) => Detail::Gained,
        (false, true) => Detail::Lost,
        (false, false) => Detail::Renewed,
    })
}

fn why(
    sides: &Sides<'_>,
    detail: Detail,
    artifacts: &[ArtifactChange],
    facts: &[FactChange],
) -> String {
    let paths = |which: &dyn Fn(&ArtifactChange) -> bool| {
        let paths = artifacts.iter().filter(|artifact| which(artifact)).map(|a| a.path.as_str());
        listed(&paths.collect::<Vec<_>>(), NAMED)
    };
    let gained = paths(&|artifact| artifact.from.is_none());
    let lost = paths(&|artifact| artifact.to.is_none());
    let named = |side: &str, paths: String| format!("In {side} alone: {paths}.");
    let mut said = Vec::new();
    if detail == Detail::NotRecorded {
        let side = if sides.to.recorded { &sides.from } else { &sides.to };
        said.push(format!("{} was not recorded: its evidence is what was committed.", side.name));
    }
    if !lost.is_empty() {
        said.push(named(&sides.from.name, lost));
    }
    if !gained.is_empty() {
        said.push(named(&sides.to.name, gained));
    }
    if !facts.is_empty() {
        said.push(facts::said(facts, NAMED));
    } else if detail == Detail::Renewed {
        said.push("Other bytes, the same figures.".to_owned());
    }
    said.join(" ")
}
