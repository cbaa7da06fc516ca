//! Which item of one version is which item of the next.
//!
//! In this order: by explicit id, by label, by text and place, by text alone, by likeness. What is
//! left on one side was removed, on the other added.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

use super::likeness::Words;
use super::version::{Placed, Written};
use crate::model::map::{HashMap, HashMapExt};
use crate::model::{letters, same_letters};

/// How like a text must be to count as reworded: between the same two neighbours, in the same
/// section, and anywhere.
const SAME_GAP: f64 = 0.4;
const SAME_SECTION: f64 = 0.6;
const ANYWHERE: f64 = 0.8;

/// Beyond this many pairs of unmatched items, likeness is asked only of those in the same section
/// whose rank among the unmatched is nearly the same.
const MOST_PAIRS: usize = 40_000;
const NEAR: usize = 32;

/// Which item of the older version each item of the newer one is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pairs {
    /// For each newer item the older one.
    pub(super) old: Vec<Option<usize>>,
    /// For each older item the newer one.
    pub(super) new: Vec<Option<usize>>,
}

/// Pairs the items of two versions.
pub(super) fn pair(old: &[Placed], new: &[Placed]) -> Pairs {
    let mut pairing = Pairing::of(old, new);
    pairing.by_runs();
    if pairing.is_complete() {
        return pairing.pairs;
    }
    pairing.by_key(|_, item| item.written.explicit().map(str::to_owned));
    pairing.by_unique_label();
    pairing.by_key(|side, item| {
        Some((Arc::clone(&item.written.section), text_of_parent(side, item), text(item)))
    });
    pairing.by_key(|_, item| Some((Arc::clone(&item.written.section), text(item))));
    // Below a heading of another version, year or number.
    pairing
        .by_key(|side, item| Some((letters_above(item), text_of_parent(side, item), text(item))));
    pairing.by_key(|_, item| Some((letters_above(item), text(item))));
    pairing.by_key(|_, item| Some(text(item)));
    pairing.by_likeness();
    pairing.pairs
}

/// Pairs by id and by text and place alone: what an item must share with one that was removed
/// earlier to be that item again.
pub(super) fn is_again(
    gone: &Written,
    gone_below: Option<&str>,
    new: &[Placed],
    at: usize,
) -> bool {
    let Some(item) = new.get(at) else { return false };
    match (gone.explicit(), item.written.explicit()) {
        (Some(old), Some(new)) => old == new,
        _ => {
            gone.section == item.written.section
                && gone.text == item.written.text
                && gone_below == text_of_parent(new, item).as_deref()
        }
    }
}

fn text(item: &Placed) -> Arc<str> {
    Arc::clone(&item.written.text)
}

fn letters_above(item: &Placed) -> String {
    letters(&item.written.section).collect()
}

/// The text of the item that encloses another.
pub(super) fn text_of_parent(side: &[Placed], item: &Placed) -> Option<Arc<str>> {
    item.parent.and_then(|parent| side.get(parent)).map(text)
}

struct Pairing<'v> {
    old: &'v [Placed],
    new: &'v [Placed],
    pairs: Pairs,
    /// Where on each side there are items without another, first to last: few, in most commits.
    old_rest: Range<usize>,
    new_rest: Range<usize>,
}

impl<'v> Pairing<'v> {
    fn of(old: &'v [Placed], new: &'v [Placed]) -> Pairing<'v> {
        let pairs = Pairs { old: vec![None; new.len()], new: vec![None; old.len()] };
        Pairing { old, new, pairs, old_rest: 0..old.len(), new_rest: 0..new.len() }
    }

    fn join(&mut self, old: usize, new: usize) {
        self.pairs.old[new] = Some(old);
        self.pairs.new[old] = Some(new);
    }

    fn is_complete(&self) -> bool {
        self.olds().next().is_none() || self.news().next().is_none()
    }

    /// The older items that nothing became so far.
    fn olds(&self) -> impl DoubleEndedIterator<Item = usize> + use<'_> {
        self.old_rest.clone().filter(|at| self.pairs.new[*at].is_none())
    }

    /// The newer items that were nothing so far.
    fn news(&self) -> impl DoubleEndedIterator<Item = usize> + use<'_> {
        self.new_rest.clone().filter(|at| self.pairs.old[*at].is_none())
    }

    /// The equal items at both ends: all but a few, in most commits.
    fn by_runs(&mut self) {
        let same = |old: &Placed, new: &Placed| {
            Arc::ptr_eq(&old.written, &new.written) || old.written == new.written
        };
        let head = self.old.iter().zip(self.new).take_while(|(old, new)| same(old, new)).count();
        let ends = self.old[head..].iter().rev().zip(self.new[head..].iter().rev());
        let tail = ends.take_while(|(old, new)| same(old, new)).count();
        for at in 0..head {
            self.join(at, at);
        }
        for back in 1..=tail {
            self.join(self.old.len() - back, self.new.len() - back);
        }
        self.old_rest = head..self.old.len() - tail;
        self.new_rest = head..self.new.len() - tail;
    }

    /// Pairs what has the same key, the first with the first.
    fn by_key<K: Hash + Eq>(&mut self, key: impl Fn(&[Placed], &Placed) -> Option<K>) {
        // Most often one item was reworded.
        if let (Some(old), Some(new)) = (only(self.olds()), only(self.news())) {
            let (was, is) = (&self.old[old], &self.new[new]);
            let known = key(self.old, was);
            if known.is_some()
                && may_be_one(&was.written, &is.written)
                && known == key(self.new, is)
            {
                self.join(old, new);
            }
            return;
        }
        let mut waiting: HashMap<K, Vec<usize>> = HashMap::new();
        for old in self.olds().rev() {
            if let Some(key) = key(self.old, &self.old[old]) {
                waiting.entry(key).or_default().push(old);
            }
        }
        if waiting.is_empty() {
            return;
        }
        for new in self.news().collect::<Vec<_>>() {
            let key = key(self.new, &self.new[new]);
            let Some(olds) = key.and_then(|key| waiting.get_mut(&key)) else { continue };
            let fits = |old: &usize| may_be_one(&self.old[*old].written, &self.new[new].written);
            if let Some(at) = olds.iter().rposition(fits) {
                let old = olds.remove(at);
                self.join(old, new);
            }
        }
    }

    fn by_unique_label(&mut self) {
        if !self.olds().any(|old| self.old[old].written.label().is_some()) {
            return;
        }
        let unique = |side: &[Placed]| {
            let mut counts: HashMap<String, usize> = HashMap::new();
            for label in side.iter().filter_map(|item| item.written.label()) {
                *counts.entry(label.to_owned()).or_default() += 1;
            }
            counts.retain(|_, count| *count == 1);
            counts
        };
        let (old, new) = (unique(self.old), unique(self.new));
        self.by_key(|_, item| {
            let label = item.written.label()?;
            (old.contains_key(label) && new.contains_key(label)).then(|| label.to_owned())
        });
    }

    /// Pairs what is most alike, the best pair first; of equals, the nearer.
    fn by_likeness(&mut self) {
        if self.is_complete() {
            return;
        }
        let (olds, news): (Vec<usize>, Vec<usize>) = (self.olds().collect(), self.news().collect());
        let few = olds.len().saturating_mul(news.len()) <= MOST_PAIRS;
        let gaps = Gaps::of(&self.pairs);
        let words = |side: &[Placed], at: &[usize]| -> BTreeMap<usize, Words> {
            at.iter().map(|at| (*at, Words::of(&side[*at].written.meaning))).collect()
        };
        let (old_words, new_words) = (words(self.old, &olds), words(self.new, &news));
        let mut found: Vec<(f64, usize, usize)> = Vec::new();
        for (rank, (old, of_old)) in old_words.iter().enumerate() {
            let near = if few { 0..news.len() } else { near(rank, olds.len(), news.len()) };
            for new in &news[near] {
                let of_new = &new_words[new];
                let (was, is) = (&self.old[*old].written, &self.new[*new].written);
                let least = if gaps.old[*old] == gaps.new[*new] {
                    SAME_GAP
                } else if same_letters(&was.section, &is.section) {
                    SAME_SECTION
                } else if few {
                    ANYWHERE
                } else {
                    continue;
                };
                let likeness = of_old.likeness(of_new);
                if likeness >= least && may_be_one(was, is) && same_label(was, is) {
                    // A wording that only just passes where it stands yields to a better one.
                    found.push((likeness - least, *old, *new));
                }
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.abs_diff(a.2).cmp(&b.1.abs_diff(b.2))));
        for (_, old, new) in found {
            if self.pairs.new[old].is_none() && self.pairs.old[new].is_none() {
                self.join(old, new);
            }
        }
    }
}

/// The place, where it is one alone.
fn only(mut places: impl Iterator<Item = usize>) -> Option<usize> {
    places.next().filter(|_| places.next().is_none())
}

/// The ranks among `news` that lie about where `rank` lies among `olds`.
fn near(rank: usize, olds: usize, news: usize) -> Range<usize> {
    let middle = rank * news / olds.max(1);
    middle.saturating_sub(NEAR)..(middle + NEAR).min(news)
}

/// Two explicit ids are two items.
fn may_be_one(old: &Written, new: &Written) -> bool {
    match (old.explicit(), new.explicit()) {
        (Some(old), Some(new)) => old == new,
        _ => true,
    }
}

/// Texts that differ in their labels are alike by habit, not by meaning.
fn same_label(old: &Written, new: &Written) -> bool {
    old.label().is_none() || new.label().is_none() || old.label() == new.label()
}

/// Between which paired neighbours each item stands, said by the place of the older of them.
struct Gaps {
    old: Vec<(Option<usize>, Option<usize>)>,
    new: Vec<(Option<usize>, Option<usize>)>,
}

impl Gaps {
    fn of(pairs: &Pairs) -> Gaps {
        let of_old = pairs.new.iter().enumerate().map(|(at, pair)| pair.map(|_| at)).collect();
        Gaps { old: neighbours(of_old), new: neighbours(pairs.old.clone()) }
    }
}

/// For each place the nearest known one before it and after it.
fn neighbours(known: Vec<Option<usize>>) -> Vec<(Option<usize>, Option<usize>)> {
    let mut found = Vec::with_capacity(known.len());
    let mut last = None;
    for at in &known {
        found.push((last, None));
        last = at.or(last);
    }
    let mut next = None;
    for (slot, at) in found.iter_mut().zip(&known).rev() {
        slot.1 = next;
        next = at.or(next);
    }
    found
}

#[cfg(test)]
mod tests;
