//! How fresh the evidence is that the verdicts lean on.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Age, Verdict, counted};
use crate::render::site::links::Links;
use crate::render::site::when;
use crate::render::site::world::World;
use crate::snapshot::v1::Artifact;

/// The most old artifacts that are named.
const NAMED: usize = 4;

/// Used artifacts by age.
#[derive(Serialize)]
pub(super) struct Freshness {
    bands: Vec<Band>,
    /// The strokes of the artifacts that hold or refute, and of those that are too old, as paths.
    fresh: String,
    stale: String,
    /// For those who do not see it.
    words: String,
    undated: Option<String>,
    used: String,
    /// The oldest, oldest first.
    oldest: Vec<Old>,
}

/// A stretch of the axis of ages.
#[derive(Serialize)]
struct Band {
    word: &'static str,
    count: u64,
}

#[derive(Serialize)]
struct Old {
    path: String,
    href: Option<String>,
    age: String,
}

/// The stretches of the axis by the days in which they end; each is as long as the others.
const BANDS: [(&str, i64); 4] =
    [("under 24 h", 1), ("under 7 days", 7), ("under 30 days", 30), ("older", 365)];
const LENGTH: f64 = 1000.0 / BANDS.len() as f64;

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
        dated.sort_by_key(|(age, artifact)| (std::cmp::Reverse(*age), &artifact.path));
        let is_stale =
            |artifact: &Artifact| links.world.standing(&artifact.path) == Some(Verdict::Stale);
        let strokes = |stale: bool| {
            strokes(dated.iter().filter(|(_, file)| is_stale(file) == stale).map(|(age, _)| *age))
        };
        let bands: Vec<Band> = BANDS
            .iter()
            .enumerate()
            .map(|(place, (word, _))| Band {
                word,
                count: dated.iter().filter(|(age, _)| band(*age) == place).count() as u64,
            })
            .collect();
        let told: Vec<String> =
            bands.iter().map(|band| format!("{} {}", band.count, band.word)).collect();
        let undated = (used.len() - dated.len()) as u64;
        let older = dated.iter().filter(|(age, _)| *age >= Age::days(7));
        Some(Freshness {
            fresh: strokes(false),
            stale: strokes(true),
            words: format!("Artifacts in use by age: {}.", told.join(", ")),
            undated: (undated > 0).then(|| format!("{undated} more without a date.")),
            bands,
            used: match used.len() {
                1 => "Of the artifact in use:".to_owned(),
                all => format!("Of the {} in use:", counted(all as u64, "artifact")),
            },
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

/// The stretch that an age falls into.
fn band(age: Age) -> usize {
    let ends = BANDS.iter().take(BANDS.len() - 1);
    ends.take_while(|(_, days)| age >= Age::days(*days)).count()
}

/// A stroke an age, at its place on the axis; ages that fall together share one.
fn strokes(ages: impl Iterator<Item = Age>) -> String {
    let places: BTreeSet<i64> = ages
        .map(|age| {
            let place = band(age);
            let from = if place == 0 { 0 } else { BANDS[place - 1].1 };
            let days = age.as_seconds() as f64 / 86_400.0;
            let share = (days - from as f64) / (BANDS[place].1 - from) as f64;
            let at = (place as f64 + share.clamp(0.0, 0.98)) * LENGTH;
            (at / STEP).round() as i64 * STEP as i64
        })
        .collect();
    places.iter().map(|at| format!("M{} 3V21", at + 2)).collect()
}

/// Strokes nearer than this are one.
const STEP: f64 = 5.0;

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
