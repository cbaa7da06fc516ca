//! Which item of the earlier snapshot is which of the later.
//!
//! By id within a checklist, by what history followed, by text and place, by text across
//! checklists, by likeness: in this order, each stage over what the earlier ones left. What no
//! stage pairs beyond doubt is gone on one side and new on the other.

mod assign;
mod checklists;
mod likely;
mod stages;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Checklist, Item};

use super::likeness::Words;

/// The items of two snapshots, side by side.
#[derive(Debug)]
pub(super) struct Pairing<'s> {
    /// Items that both have, in the later one's order.
    pub(super) pairs: Vec<Pair<'s>>,
    /// Items that the earlier one alone has, in its order.
    pub(super) removed: Vec<Located<'s>>,
    /// Items that the later one alone has, in its order.
    pub(super) added: Vec<Located<'s>>,
}

/// An item that both snapshots have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'s> {
    pub(super) from: Located<'s>,
    pub(super) to: Located<'s>,
    pub(super) by: Match,
}

/// An item and the path of its checklist.
#[derive(Debug, Clone, Copy)]
pub(super) struct Located<'s> {
    pub(super) path: &'s str,
    pub(super) item: &'s Item,
}

impl Located<'_> {
    /// `PATH#ID`.
    pub(super) fn address(&self) -> String {
        format!("{}#{}", self.path, self.item.id)
    }
}

/// What two items were taken for one by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// The same id in the same checklist.
    Id,
    /// History followed the item from one to the other.
    History,
    /// The same text.
    Text,
    /// Texts that are like one another, in thousandths.
    Likeness(u32),
}

/// Pairs the items of `from` with those of `to`.
pub(super) fn pair<'s>(
    from: &'s Snapshot,
    to: &'s Snapshot,
    followed: &BTreeMap<String, String>,
) -> Pairing<'s> {
    let groups = checklists::group(&from.checklists, &to.checklists);
    let mut table = Table {
        from: Column::of(&from.checklists, &groups.from),
        to: Column::of(&to.checklists, &groups.to),
        pairs: Vec::new(),
    };
    stages::by_id(&mut table);
    stages::by_history(&mut table, followed);
    stages::by_text(&mut table);
    likely::by_likeness(&mut table);
    table.done()
}

/// The two columns of items, and what was paired so far.
struct Table<'s> {
    from: Column<'s>,
    to: Column<'s>,
    pairs: Vec<(usize, usize, Match)>,
}

impl<'s> Table<'s> {
    fn pair(&mut self, from: usize, to: usize, by: Match) {
        if self.from.take(from) && self.to.take(to) {
            self.pairs.push((from, to, by));
        }
    }

    fn done(mut self) -> Pairing<'s> {
        self.pairs.sort_by_key(|&(_, to, _)| to);
        let pair = |&(from, to, by): &(usize, usize, Match)| {
            let (from, to) = (self.from.entries.get(from)?, self.to.entries.get(to)?);
            Some(Pair { from: from.located, to: to.located, by })
        };
        Pairing {
            pairs: self.pairs.iter().filter_map(pair).collect(),
            removed: self.from.open().map(|(_, entry)| entry.located).collect(),
            added: self.to.open().map(|(_, entry)| entry.located).collect(),
        }
    }
}

/// One side's items, in the order of its checklists.
struct Column<'s> {
    entries: Vec<Entry<'s>>,
    taken: Vec<bool>,
}

/// An item with what it is matched by. Most are paired by their ids, so the rest is made on demand.
struct Entry<'s> {
    located: Located<'s>,
    /// The same number for a checklist on either side.
    group: usize,
    words: OnceCell<Box<Words>>,
    section: OnceCell<Box<Words>>,
}

impl Entry<'_> {
    fn words(&self) -> &Words {
        self.words.get_or_init(|| Box::new(Words::of(&self.located.item.text)))
    }

    fn section(&self) -> &Words {
        self.section.get_or_init(|| Box::new(Words::of(&self.located.item.section.join(" "))))
    }

    /// The condition that decides of the item, on one line.
    fn condition(&self) -> Option<String> {
        let condition = self.located.item.requirement.as_ref()?.condition.as_ref()?;
        Some(condition.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl<'s> Column<'s> {
    fn of(checklists: &'s [Checklist], groups: &[usize]) -> Column<'s> {
        let mut entries = Vec::new();
        for (checklist, &group) in checklists.iter().zip(groups) {
            entries.extend(checklist.items.iter().map(|item| Entry {
                located: Located { path: &checklist.path, item },
                group,
                words: OnceCell::new(),
                section: OnceCell::new(),
            }));
        }
        Column { taken: vec![false; entries.len()], entries }
    }

    /// What is not paired yet.
    fn open(&self) -> impl Iterator<Item = (usize, &Entry<'s>)> {
        let all = self.entries.iter().enumerate().zip(&self.taken);
        all.filter(|(_, taken)| !**taken).map(|(entry, _)| entry)
    }

    /// Whether `index` was open; it is no longer.
    fn take(&mut self, index: usize) -> bool {
        self.taken.get_mut(index).is_some_and(|taken| !std::mem::replace(taken, true))
    }
}

#[cfg(test)]
mod tests;
