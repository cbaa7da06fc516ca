//! One run of tests in two formats, of which one names no tool or no time: the same names ended in the same
//! way, in files of one folder.

use std::collections::BTreeMap;

use crate::facts::{Print, Tests};
use crate::model::map::{HashMap, HashMapExt};
use crate::model::{Reading, Timestamp};

use super::merged_run::Report;
use super::retries::folder;
use super::same_run::{APART_S, differ, is_of_one_part};

/// How far a time without a zone may be from what it says.
const ZONES_S: f64 = 14.0 * 3600.0;

/// A report that is told by another: its path, and the one that counts.
pub(super) type Told<'a> = (&'a str, Report<'a>);

/// One that counts, and the formats in which its run was met.
type Counted<'a> = (Report<'a>, Vec<&'static str>);

/// Of `reports` those that say what another of another format says.
pub(super) fn pairs<'a>(reports: &[Report<'a>]) -> Vec<Told<'a>> {
    let mut counted: HashMap<Print, Vec<Counted<'a>>> = HashMap::new();
    let mut told = Vec::new();
    for of in reports {
        let Some(names) = names(of.1) else { continue };
        let alike = counted.entry(names).or_default();
        let is_told = |first: &&mut Counted<'a>| {
            !first.1.contains(&of.1.format) && are_near(&first.0, of) && is_one_run(first.0.1, of.1)
        };
        let is_elsewhere = |first: &&mut Counted<'a>| folder(first.0.0) != folder(of.0);
        match alike.iter_mut().filter(is_told).min_by_key(is_elsewhere) {
            Some((first, formats)) => {
                formats.push(of.1.format);
                told.push((of.0, *first));
            }
            None => alike.push((*of, vec![of.1.format])),
        }
    }
    told
}

/// Whether two lie in one folder, or one below that of the other where both tell their time.
fn are_near(one: &Report<'_>, other: &Report<'_>) -> bool {
    let timed = |of: &Report<'_>| of.1.produced_at.as_ref().is_some_and(|said| said.at.is_some());
    let (above, below) = (folder(one.0), folder(other.0));
    above == below
        || timed(one) && timed(other) && (is_below(above, below) || is_below(below, above))
}

/// Whether the folder `at` is `above`, or lies in it.
pub(super) fn is_below(above: &str, at: &str) -> bool {
    let rest = at.strip_prefix(above);
    rest.is_some_and(|rest| above.is_empty() || rest.is_empty() || rest.starts_with('/'))
}

/// Of `reports` those that say together what several of another format say that lie in one folder, beside it
/// or below: a file for each feature, and one for all.
pub(super) fn wholes<'a>(reports: &[Report<'a>]) -> Vec<Told<'a>> {
    let mut parts: BTreeMap<(&str, &str), Vec<Report<'a>>> = BTreeMap::new();
    for of in reports.iter().filter(|of| names(of.1).is_some()) {
        parts.entry((folder(of.0), of.1.format)).or_default().push(*of);
    }
    parts.retain(|_, parts| parts.len() > 1);
    let told = |whole: &Report<'a>| {
        let all = names(whole.1)?;
        let are_it = |((at, format), parts): &(&(&str, &str), &Vec<Report<'a>>)| {
            let mut sum = Print::default();
            parts.iter().filter_map(|part| names(part.1)).for_each(|names| sum.join(&names));
            *format != whole.1.format
                && is_below(folder(whole.0), at)
                && sum == all
                && parts.iter().all(|part| is_one_run(part.1, whole.1))
        };
        let (_, parts) = parts.iter().find(are_it)?;
        Some((whole.0, *parts.first()?))
    };
    reports.iter().filter_map(told).collect()
}

/// What the cases are called and how they ended, of a report whose cases are all told.
pub(super) fn names(reading: &Reading) -> Option<Print> {
    let tests: &Tests = reading.facts.tests.as_ref()?;
    let whole = tests.total() > 0 && tests.print.cases() == tests.total();
    tests.print.of_names().filter(|_| whole && reading.attempt.is_none())
}

/// Of two whose cases are called and ended alike.
fn is_one_run(one: &Reading, other: &Reading) -> bool {
    let tool = |of: &Reading| of.tool.as_ref().map(|tool| tool.to_lowercase());
    !differ(tool(one).as_ref(), tool(other).as_ref())
        && !differ(one.commit.as_ref(), other.commit.as_ref())
        && is_of_one_part(one, other)
        && may_be_of_one_time(one, other)
}

/// Whether two are of one time, as far as they tell theirs.
fn may_be_of_one_time(one: &Reading, other: &Reading) -> bool {
    let at = |of: &Reading| -> Option<(Timestamp, bool)> {
        let said = of.produced_at.as_ref()?;
        Some((said.at?, said.zoned))
    };
    let (Some((first, zoned)), Some((second, is_zoned))) = (at(one), at(other)) else {
        return true;
    };
    let took = |of: &Reading| of.facts.tests.as_ref()?.duration_s;
    let took = [took(one), took(other)].into_iter().flatten().fold(0.0, f64::max);
    let zones = if zoned == is_zoned { 0.0 } else { ZONES_S };
    first.since(second).as_seconds().abs() as f64 <= APART_S + took + zones
}
