//! Reports of tests that a later step put together from others that lie there too: their tests count once.

use std::collections::BTreeSet;

use crate::facts::{Print, Tests};
use crate::model::Reading;

/// Of how many reports every choice is tried; of more only all of them, and those below one folder.
const CHOICES: usize = 10;

/// A report of tests: its path, and what was read of it.
pub(super) type Report<'a> = (&'a str, &'a Reading);

/// Of those among `reports` whose cases are exactly those of several others of the same format, each with the
/// first of these.
pub(super) fn merged<'a>(reports: &[Report<'a>]) -> Vec<(&'a str, &'a str)> {
    let found =
        reports.iter().filter_map(|whole| Some((whole.0, parts(whole, reports)?.first()?.0)));
    found.collect()
}

/// The reports that `whole` was put together from.
fn parts<'r, 'a>(whole: &Report<'a>, reports: &'r [Report<'a>]) -> Option<Vec<&'r Report<'a>>> {
    // What became of the other parts of a run its parts tell, and what was put together from them does not.
    let is_part = whole.1.facts.tests.as_ref()?.shards_missing().is_some();
    let all = print(whole).filter(|_| !is_part)?;
    let is_less = |of: &&Report<'a>| print(of).is_some_and(|print| print.cases() < all.cases());
    let may = reports.iter().filter(|of| of.1.format == whole.1.format && !differ(of.1, whole.1));
    let may: Vec<&Report<'a>> = may.filter(is_less).collect();
    if may.len() <= CHOICES {
        let mut choices = (0_u32..1 << may.len()).filter(|choice| choice.count_ones() > 1);
        return choices.find_map(|choice| {
            let chosen = may.iter().enumerate().filter(|(at, _)| choice >> at & 1 == 1);
            of_all(all, chosen.map(|(_, of)| *of).collect())
        });
    }
    let folders: BTreeSet<&str> = may.iter().flat_map(|of| folders(of.0)).collect();
    let below = |folder: &str| {
        let of = may.iter().filter(|of| folders_hold(of.0, folder));
        of.copied().collect::<Vec<_>>()
    };
    folders.into_iter().find_map(|folder| of_all(all, below(folder)))
}

/// The `parts`, if there are several and they have together what `whole` is of.
fn of_all<'r, 'a>(whole: Print, parts: Vec<&'r Report<'a>>) -> Option<Vec<&'r Report<'a>>> {
    let mut sum = Print::default();
    parts.iter().filter_map(|of| print(of)).for_each(|print| sum.join(&print));
    (parts.len() > 1 && sum == whole).then_some(parts)
}

/// Of a report whose cases are all told, and which is no attempt of a run.
fn print(of: &Report<'_>) -> Option<Print> {
    let tests: &Tests = of.1.facts.tests.as_ref()?;
    let whole = tests.total() > 0 && tests.print.cases() == tests.total();
    (whole && tests.skips_uncounted == 0 && of.1.attempt.is_none()).then_some(tests.print)
}

/// Whether they are of two commits.
fn differ(one: &Reading, other: &Reading) -> bool {
    matches!((&one.commit, &other.commit), (Some(one), Some(other)) if one != other)
}

/// Every folder above `path`, the root as the empty name.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.char_indices().filter(|(_, c)| *c == '/').map(|(at, _)| at);
    std::iter::once("").chain(ends.filter_map(|end| path.get(..end)))
}

fn folders_hold(path: &str, folder: &str) -> bool {
    folders(path).any(|above| above == folder)
}
