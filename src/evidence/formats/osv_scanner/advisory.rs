//! An advisory in the schema of OSV, as far as a finding tells of it: its names, how grave it is, and
//! which versions mend it.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::facts::{Finding, Grade};

#[derive(Deserialize)]
pub(super) struct Advisory<'a> {
    #[serde(borrow)]
    pub(super) id: Str<'a>,
    pub(super) aliases: Option<Vec<Str<'a>>>,
    pub(super) summary: Option<Str<'a>>,
    database_specific: Option<Specific<'a>>,
    affected: Option<Vec<Affected<'a>>>,
}

#[derive(Deserialize)]
struct Specific<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
}

/// A package that it is about, and which of its versions.
#[derive(Deserialize)]
struct Affected<'a> {
    #[serde(borrow)]
    package: Option<Named<'a>>,
    ranges: Option<Vec<Range<'a>>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Range<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    events: Option<Vec<Event<'a>>>,
}

/// Where versions begin or cease to be affected; one member each.
#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    fixed: Option<Str<'a>>,
    last_affected: Option<Str<'a>>,
}

impl Advisory<'_> {
    /// Whether it says which versions it is about: those that mend it are then among that.
    pub(super) fn tells_versions(&self) -> bool {
        let ranges = |of: &Affected<'_>| of.ranges.is_some();
        self.affected.as_ref().is_some_and(|affected| affected.iter().any(ranges))
    }
}

/// The gravest severity that the databases name.
pub(super) fn named(advisories: &[&Advisory<'_>]) -> Grade {
    let words =
        advisories.iter().filter_map(|of| of.database_specific.as_ref()?.severity.as_deref());
    words.map(Grade::from_word).min().unwrap_or(Grade::Unknown)
}

/// The versions of `package` that mend any of `advisories`: of each branch of it one. Behind the last
/// version that is affected comes one that is not.
pub(super) fn fixed_in(advisories: &[&Advisory<'_>], package: Option<&str>) -> Option<String> {
    let all: Vec<&Affected<'_>> =
        advisories.iter().flat_map(|of| of.affected.iter().flatten()).collect();
    let is_it = |of: &&Affected<'_>| {
        let name = of.package.as_ref().and_then(|package| package.name.as_deref());
        name.is_some() && name == package
    };
    let own: Vec<&Affected<'_>> = all.iter().copied().filter(is_it).collect();
    let affected = if own.is_empty() { all } else { own };
    let ranges: Vec<&Range<'_>> =
        affected.iter().flat_map(|of| of.ranges.iter().flatten()).collect();
    let of_commits = |range: &Range<'_>| range.kind.as_deref() == Some("GIT");
    let versions = fixes(ranges.iter().copied().filter(|range| !of_commits(range)));
    versions.or_else(|| fixes(ranges.iter().copied().filter(|range| of_commits(range))))
}

fn fixes<'r>(ranges: impl Iterator<Item = &'r Range<'r>>) -> Option<String> {
    let events: Vec<&Event<'_>> = ranges.flat_map(|range| range.events.iter().flatten()).collect();
    let fixed: BTreeSet<&str> = events.iter().filter_map(|event| event.fixed.as_deref()).collect();
    let ends = events.iter().any(|event| event.last_affected.is_some());
    match fixed.is_empty() {
        false => Some(fixed.into_iter().collect::<Vec<_>>().join(", ")),
        true => ends.then(|| Finding::UNNAMED.to_owned()),
    }
}
