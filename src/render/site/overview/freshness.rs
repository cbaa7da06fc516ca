//! How fresh the evidence is that the verdicts lean on.

use serde::Serialize;

use crate::model::Age;
use crate::snapshot::v1::Artifact;

use super::super::links::Links;
use super::super::when;
use super::super::world::World;

/// The most old artifacts that are named.
const NAMED: usize = 4;

/// Used artifacts by age.
#[derive(Serialize)]
pub(super) struct Freshness {
    today: u64,
    week: u64,
    older: u64,
    undated: u64,
    /// The oldest, oldest first.
    oldest: Vec<Old>,
}

#[derive(Serialize)]
struct Old {
    path: String,
    href: Option<String>,
    age: String,
}

impl Freshness {
    /// Of the artifacts that an item relies on; `None` where there is none.
    pub(super) fn of(links: Links) -> Option<Freshness> {
        let used: Vec<&Artifact> = used(links.world).collect();
        if used.is_empty() {
            return None;
        }
        let mut dated: Vec<(Age, &Artifact)> = used
            .iter()
            .filter_map(|artifact| Some((age(links.world, artifact)?, *artifact)))
            .collect();
        dated.sort_by_key(|(age, _)| std::cmp::Reverse(*age));
        let under = |limit: Age| dated.iter().filter(|(age, _)| *age < limit).count() as u64;
        let (today, week) = (under(Age::days(1)), under(Age::days(7)));
        let older = dated.iter().filter(|(age, _)| *age >= Age::days(7));
        Some(Freshness {
            today,
            week: week - today,
            older: dated.len() as u64 - week,
            undated: (used.len() - dated.len()) as u64,
            oldest: older
                .take(NAMED)
                .map(|(age, artifact)| Old {
                    path: artifact.path.clone(),
                    href: links.artifact(&artifact.path),
                    age: age.to_string(),
                })
                .collect(),
        })
    }
}

/// `newest evidence 51 minutes old, oldest 41 days`.
pub(super) fn ages(world: &World) -> Option<String> {
    let ages: Vec<Age> = used(world).filter_map(|artifact| age(world, artifact)).collect();
    let (newest, oldest) = (ages.iter().min()?, ages.iter().max()?);
    Some(match ages.len() {
        1 => format!("evidence {newest} old"),
        _ => format!("newest evidence {newest} old, oldest {oldest}"),
    })
}

fn used<'s>(world: &World<'s>) -> impl Iterator<Item = &'s Artifact> {
    world.snapshot.artifacts.iter().filter(|artifact| !artifact.used_by.is_empty())
}

fn age(world: &World, artifact: &Artifact) -> Option<Age> {
    when::age(artifact.produced_at.as_deref()?, world.judged)
}
