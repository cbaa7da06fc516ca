//! Which checklist is which: by path, then renamed files by what they hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::snapshot::v1::Checklist;

use super::super::likeness::{ALIKE, Words};
use super::assign::{self, Candidate};

/// Two files are one where at least half of their items have the same text.
const OVERLAP: u32 = ALIKE / 2;

/// A file of the same name in another folder needs less.
const OVERLAP_OF_NAMESAKES: u32 = ALIKE / 4;

/// How far the best candidate stands before the next.
const MARGIN: u32 = 100;

/// A text that stands in so many pairs of files says nothing of which file is which.
const COMMONPLACE: usize = 10_000;

/// The group of each checklist of either side; one number on both sides is one checklist.
pub(super) struct Groups {
    pub(super) from: Vec<usize>,
    pub(super) to: Vec<usize>,
}

/// Numbers the checklists.
pub(super) fn group(from: &[Checklist], to: &[Checklist]) -> Groups {
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    let by_path: BTreeMap<&str, usize> = from
        .iter()
        .enumerate()
        .map(|(index, checklist)| (checklist.path.as_str(), index))
        .collect();
    for (index, checklist) in to.iter().enumerate() {
        if let Some(&same) = by_path.get(checklist.path.as_str()) {
            pairs.insert(index, same);
        }
    }
    let paired: BTreeSet<usize> = pairs.values().copied().collect();
    let gone: Vec<Contents> = contents(from, |index| !paired.contains(&index));
    let new: Vec<Contents> = contents(to, |index| !pairs.contains_key(&index));
    for made in assign::clear(candidates(&gone, &new), MARGIN) {
        pairs.insert(made.to, made.from);
    }
    let fresh = (0..to.len()).map(|index| pairs.get(&index).copied().unwrap_or(from.len() + index));
    Groups { from: (0..from.len()).collect(), to: fresh.collect() }
}

/// What a checklist is known by when its path is not.
struct Contents<'s> {
    index: usize,
    file_name: &'s str,
    title: Option<&'s str>,
    texts: BTreeMap<String, usize>,
    items: usize,
}

fn contents(checklists: &[Checklist], which: impl Fn(usize) -> bool) -> Vec<Contents<'_>> {
    let chosen = checklists.iter().enumerate().filter(|(index, _)| which(*index));
    chosen
        .map(|(index, checklist)| {
            let mut texts: BTreeMap<String, usize> = BTreeMap::new();
            for item in &checklist.items {
                *texts.entry(Words::of(&item.text).plain).or_default() += 1;
            }
            Contents {
                index,
                file_name: checklist.path.rsplit('/').next().unwrap_or_default(),
                title: checklist.title.as_deref(),
                texts,
                items: checklist.items.len(),
            }
        })
        .collect()
}

fn candidates(gone: &[Contents<'_>], new: &[Contents<'_>]) -> Vec<Candidate> {
    let mut meeting: BTreeSet<(usize, usize)> = BTreeSet::new();
    let names = |one: &Contents<'_>| vec![one.file_name.to_owned()];
    let texts = |one: &Contents<'_>| one.texts.keys().cloned().collect();
    meet(&mut meeting, gone, new, names);
    meet(&mut meeting, gone, new, texts);
    meeting
        .into_iter()
        .filter_map(|(from, to)| {
            let (from, to) = (gone.get(from)?, new.get(to)?);
            let namesake = from.file_name == to.file_name;
            let overlap = overlap(from, to);
            let least = if namesake { OVERLAP_OF_NAMESAKES } else { OVERLAP };
            let bonus = u32::from(namesake) + u32::from(from.title == to.title);
            let score = overlap + bonus * MARGIN;
            (overlap >= least).then_some(Candidate { from: from.index, to: to.index, score })
        })
        .collect()
}

/// Adds the pairs that share one of their `keys`.
fn meet(
    meeting: &mut BTreeSet<(usize, usize)>,
    gone: &[Contents<'_>],
    new: &[Contents<'_>],
    keys: impl Fn(&Contents<'_>) -> Vec<String>,
) {
    let mut holding: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (index, one) in gone.iter().enumerate() {
        for key in keys(one) {
            holding.entry(key).or_default().0.push(index);
        }
    }
    for (index, one) in new.iter().enumerate() {
        for key in keys(one) {
            holding.entry(key).or_default().1.push(index);
        }
    }
    for (from, to) in holding.into_values().filter(|(a, b)| a.len() * b.len() <= COMMONPLACE) {
        for one in from {
            meeting.extend(to.iter().map(|other| (one, *other)));
        }
    }
}

/// The share of items with a text that both hold, in thousandths.
fn overlap(a: &Contents<'_>, b: &Contents<'_>) -> u32 {
    let shared: usize = a
        .texts
        .iter()
        .map(|(text, count)| b.texts.get(text).map_or(0, |other| *count.min(other)))
        .sum();
    let all = a.items + b.items;
    let share = (2 * shared * ALIKE as usize).checked_div(all).unwrap_or(0);
    u32::try_from(share).unwrap_or(ALIKE)
}
