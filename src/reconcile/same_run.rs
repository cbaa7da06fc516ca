//! One run of tests that its tool wrote in two formats beside each other, as JSON and as JUnit: its tests
//! count once. So do those of a report that was put together from others.
//!
//! Nothing in such files names the run. What they share tells: the tool, every count, and the time; or, where
//! one of them lacks the tool or the time, what each of their cases is called and how it ended.

use std::collections::BTreeMap;

use crate::facts::Tests;
use crate::model::map::{HashMap, HashMapExt};
use crate::model::{Artifact, Reading};

use super::merged_run::{Report, merged};
use super::retries::folder;
use super::same_names::{self, Told, is_below};

/// How far apart the two may be made, besides the time that the run itself took: one may say when it began
/// and the other when it ended.
pub(super) const APART_S: f64 = 120.0;

/// Which artifacts tell of a run that another of another format tells of as well.
#[derive(Debug, Default)]
pub(super) struct SameRun<'a> {
    /// By path, the one that counts.
    told_by: BTreeMap<&'a str, &'a str>,
    /// The tests of the one that counts, and of the other.
    pairs: Vec<(&'a Tests, &'a Tests)>,
}

/// An artifact that counts, and the formats in which its run was met.
struct Counted<'a> {
    path: &'a str,
    reading: &'a Reading,
    formats: Vec<&'static str>,
}

/// What two reports of one run share: the tool in small letters, and the counts of each outcome.
type Key = (String, [u64; 4]);

impl<'a> SameRun<'a> {
    /// Those among `artifacts`, of which none is a copy of another and the first counts. A run is in no
    /// format twice: of two parts with the same counts, each has its own other file.
    pub(super) fn among(artifacts: impl Iterator<Item = &'a Artifact>) -> SameRun<'a> {
        let mut counted: HashMap<Key, Vec<Counted<'a>>> = HashMap::new();
        let mut same = SameRun::default();
        let mut reports: Vec<Report<'a>> = Vec::new();
        for artifact in artifacts {
            let Some(reading) = artifact.answer.reading() else { continue };
            let path = artifact.path.as_str();
            reports.push((path, reading));
            let Some(key) = key(reading) else { continue };
            let is_told = |of: &&mut Counted<'_>| {
                !of.formats.contains(&reading.format)
                    && is_one_run(of.reading, reading)
                    && !are_two((of.path, of.reading), (path, reading))
            };
            let is_elsewhere = |of: &&mut Counted<'_>| folder(of.path) != folder(path);
            let alike = counted.entry(key).or_default();
            match alike.iter_mut().filter(is_told).min_by_key(is_elsewhere) {
                Some(of) => {
                    of.formats.push(reading.format);
                    same.told_by.insert(path, of.path);
                    same.pairs.extend(of.reading.facts.tests.iter().zip(&reading.facts.tests));
                }
                None => alike.push(Counted { path, reading, formats: vec![reading.format] }),
            }
        }
        for told in [same_names::pairs, same_names::wholes] {
            reports.retain(|of| !same.told_by.contains_key(of.0));
            same.take(&told(&reports), &reports);
        }
        reports.retain(|of| !same.told_by.contains_key(of.0));
        same.told_by.extend(merged(&reports));
        same
    }

    /// Takes those of `reports` that are told by another.
    fn take(&mut self, told: &[Told<'a>], reports: &[Report<'a>]) {
        for (path, first) in told {
            self.told_by.insert(path, first.0);
            let other = reports.iter().find(|of| of.0 == *path);
            let both = |other: &Report<'a>| {
                Some((first.1.facts.tests.as_ref()?, other.1.facts.tests.as_ref()?))
            };
            self.pairs.extend(other.and_then(both));
        }
    }

    /// The path of the artifact that counts in the place of `artifact`.
    pub(super) fn told_by(&self, artifact: &Artifact) -> Option<&'a str> {
        self.told_by.get(artifact.path.as_str()).copied()
    }

    /// Adds to the tests that count what the others tell besides.
    pub(super) fn tell_besides(&self, tests: &mut Tests) {
        for (counted, other) in &self.pairs {
            tests.tell_besides(counted, other);
        }
    }
}

/// `None` of what tells no tool, or no test.
fn key(reading: &Reading) -> Option<Key> {
    let tests = reading.facts.tests.as_ref().filter(|tests| tests.total() > 0)?;
    let counts = [tests.passed, tests.failed, tests.errored, tests.skipped];
    Some((reading.tool.as_ref()?.to_lowercase(), counts))
}

/// Of two that share their key.
fn is_one_run(one: &Reading, other: &Reading) -> bool {
    one.attempt.is_none()
        && other.attempt.is_none()
        && !differ(one.commit.as_ref(), other.commit.as_ref())
        && is_of_one_part(one, other)
        && is_of_one_time(one, other)
}

/// Whether two that share their key are of two runs: they lie apart, and their cases are called or ended
/// otherwise. In one folder that may be the way of the formats.
fn are_two(one: Report<'_>, other: Report<'_>) -> bool {
    let (at, beside) = (folder(one.0), folder(other.0));
    let apart = !is_below(at, beside) && !is_below(beside, at);
    let told = (same_names::names(one.1), same_names::names(other.1));
    apart && matches!(told, (Some(one), Some(other)) if one != other)
}

pub(super) fn is_of_one_part(one: &Reading, other: &Reading) -> bool {
    let (Some(one), Some(other)) = (&one.facts.tests, &other.facts.tests) else { return false };
    let is_part = |of: &Tests| of.shards_missing().is_some();
    !(is_part(one) && is_part(other)) || one.shards == other.shards
}

fn is_of_one_time(one: &Reading, other: &Reading) -> bool {
    let at = |of: &Reading| of.produced_at.as_ref()?.at;
    let (Some(first), Some(second)) = (at(one), at(other)) else { return false };
    let apart = first.since(second).as_seconds().abs() as f64;
    let took = |of: &Reading| of.facts.tests.as_ref()?.duration_s;
    let took = [took(one), took(other)].into_iter().flatten().fold(0.0, f64::max);
    apart <= APART_S + took
}

pub(super) fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}
