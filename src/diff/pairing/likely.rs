//! The last stage: texts that are like one another, within one checklist.

use std::collections::{BTreeMap, BTreeSet};

use super::super::likeness::{ALIKE, Weights};
use super::assign::{self, Candidate};
use super::{Column, Entry, Match, Table};

/// What the texts alone must score.
const LIKE: u32 = 500;

/// What text, section and requirement together must score.
const LIKELY: u32 = 600;

/// What the same section, or the same condition, adds.
const BONUS: u32 = 100;

/// How far a candidate must stand before every other of its ends.
const MARGIN: u32 = 60;

/// Up to so many pairs all are scored; beyond, those that share a telling word.
const ALL_PAIRS: usize = 10_000;

/// The most pairs that are scored in one checklist.
const MOST_PAIRS: usize = 200_000;

/// Pairs what is clearly the same item in other words.
pub(super) fn by_likeness(table: &mut Table<'_>) {
    let (from, to) = (groups(&table.from), groups(&table.to));
    let mut made = Vec::new();
    for (group, from) in &from {
        let Some(to) = to.get(group).filter(|to| !to.open.is_empty()) else { continue };
        if !from.open.is_empty() {
            made.extend(within(table, from, to));
        }
    }
    for Candidate { from, to, score } in made {
        table.pair(from, to, Match::Likeness(score.min(ALIKE)));
    }
}

/// The indexes of one checklist's items on one side.
#[derive(Default)]
struct Group {
    all: Vec<usize>,
    open: Vec<usize>,
}

fn groups(column: &Column<'_>) -> BTreeMap<usize, Group> {
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for (index, entry) in column.entries.iter().enumerate() {
        groups.entry(entry.group).or_default().all.push(index);
    }
    for (index, entry) in column.open() {
        groups.entry(entry.group).or_default().open.push(index);
    }
    groups
}

fn within(table: &Table<'_>, from: &Group, to: &Group) -> Vec<Candidate> {
    let earlier = from.all.iter().filter_map(|at| table.from.entries.get(*at));
    let later = to.all.iter().filter_map(|at| table.to.entries.get(*at));
    let weights = Weights::of(earlier.chain(later).map(Entry::words));
    let scored = meetings(table, &from.open, &to.open).into_iter().filter_map(|(from, to)| {
        let (a, b) = (table.from.entries.get(from)?, table.to.entries.get(to)?);
        Some(Candidate { from, to, score: score(&weights, a, b)? })
    });
    assign::clear(scored.collect(), MARGIN)
}

/// How likely it is that both are one item; `None` where it is not.
fn score(weights: &Weights<'_>, a: &Entry<'_>, b: &Entry<'_>) -> Option<u32> {
    let text = weights.likeness(a.words(), b.words());
    if text < LIKE {
        return None;
    }
    let section = if a.section().plain == b.section().plain { BONUS } else { 0 };
    let condition =
        if a.condition().is_some() && a.condition() == b.condition() { BONUS } else { 0 };
    let score = text + section + condition;
    (score >= LIKELY).then_some(score)
}

/// The pairs worth a look: all of a few; of many those that share a word, the rarest words first.
fn meetings(table: &Table<'_>, from: &[usize], to: &[usize]) -> BTreeSet<(usize, usize)> {
    if from.len() * to.len() <= ALL_PAIRS {
        return from.iter().flat_map(|a| to.iter().map(move |b| (*a, *b))).collect();
    }
    let mut holding: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (index, entry) in from.iter().filter_map(|i| Some((*i, table.from.entries.get(*i)?))) {
        for stem in &entry.words().stems {
            holding.entry(stem).or_default().0.push(index);
        }
    }
    for (index, entry) in to.iter().filter_map(|i| Some((*i, table.to.entries.get(*i)?))) {
        for stem in &entry.words().stems {
            holding.entry(stem).or_default().1.push(index);
        }
    }
    let mut words: Vec<(usize, &str)> =
        holding.iter().map(|(stem, (a, b))| (a.len() * b.len(), *stem)).collect();
    words.sort_unstable();
    let mut met = BTreeSet::new();
    for (pairs, stem) in words {
        if met.len() + pairs > MOST_PAIRS {
            break;
        }
        if let Some((from, to)) = holding.get(stem) {
            met.extend(from.iter().flat_map(|a| to.iter().map(move |b| (*a, *b))));
        }
    }
    met
}
