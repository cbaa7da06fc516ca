//! What a merge made of the items of its parents, and what it did by itself.
//!
//! An item's box, text and place are merged each for itself, as git merges lines: what one side
//! changed since the sides parted, and the merge holds, is that side's; where both changed it, the
//! merge may hold either. All else is the merge's own doing: what neither side holds, and a change
//! of one side that the merge undid.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Change, Claim};
use crate::sources::git::history::Revision;

use super::changes::changes;
use super::pairing::{Pairs, pair};
use super::row::Row;
use super::trace::{Outcome, Tracer};
use super::trail::{FileState, Gone, Trail};
use super::version::{Placed, Version};

/// What about an item can change by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aspect {
    Box,
    Text,
    Place,
}

impl Aspect {
    const ALL: [Aspect; 3] = [Aspect::Place, Aspect::Text, Aspect::Box];

    /// Whether `change` is one of this aspect; coming and going are of every one.
    fn holds(self, change: Change) -> bool {
        match change {
            Change::Ticked | Change::Unticked => self == Aspect::Box,
            Change::Reworded => self == Aspect::Text,
            Change::Moved => self == Aspect::Place,
            Change::Added | Change::Removed => true,
        }
    }
}

/// One parent's state of the file, held against what the merge made of it.
struct Side<'s> {
    state: &'s FileState,
    pairs: Pairs,
    /// For each of the merge's items how it differs from this side's.
    told: Vec<Vec<Change>>,
}

impl<'s> Side<'s> {
    fn of(state: &'s FileState, new: &[Placed]) -> Side<'s> {
        let pairs = pair(state.items(), new);
        let told = changes(state.items(), new, &pairs);
        Side { state, pairs, told }
    }
}

/// One side's view of one item of the merge.
struct View<'v> {
    trail: &'v Trail,
    told: &'v [Change],
    /// Whether a tick on that side is one of what the merge holds.
    says_as: bool,
}

impl View<'_> {
    fn differs(&self, aspect: Aspect) -> Option<Change> {
        self.told.iter().copied().find(|told| aspect.holds(*told))
    }
}

impl Tracer<'_, '_> {
    /// A file that several states of it became.
    pub(super) fn merge(
        &mut self,
        at: usize,
        states: &[Arc<FileState>],
        version: Arc<Version>,
    ) -> Outcome {
        let new = &version.items;
        let sides: Vec<Side<'_>> = states.iter().map(|state| Side::of(state, new)).collect();
        let mut gone = all_gone(states);
        let mut trails: Vec<Trail> = Vec::with_capacity(new.len());
        for (index, item) in new.iter().enumerate() {
            let views: Vec<View<'_>> = sides
                .iter()
                .filter_map(|side| {
                    let before = side.pairs.old[index]?;
                    let says_as = side.state.items()[before].written.says_as(&item.written);
                    let trail = &side.state.trails[before];
                    Some(View { trail, told: &side.told[index], says_as })
                })
                .collect();
            let trail = match views.as_slice() {
                [] => match self.back(&mut gone, new, index) {
                    Some(trail) => trail.then([self.write(at, Change::Added, item)]),
                    None => self.added(at, false, item),
                },
                views => self.merged(at, item, views, &mut gone),
            };
            trails.push(trail);
        }
        let kept: BTreeSet<usize> = trails.iter().map(|trail| trail.item).collect();
        gone.retain(|gone| !kept.contains(&gone.trail.item));
        for side in &sides {
            self.lost(at, side, &kept, &mut gone);
        }
        Outcome { version: Arc::clone(&version), trails, gone }
    }

    /// The files of which a merge changed nothing, for its parents hold the same: the first parent's state of
    /// each, with the ticks that the others set by themselves. Only those with such ticks.
    pub(super) fn ticked_alike(
        &mut self,
        revision: &Revision,
        parents: &[Row],
    ) -> Vec<(usize, Option<Arc<FileState>>)> {
        let Some((first, others)) = parents.split_first() else { return Vec::new() };
        let mut joined = Vec::new();
        for (path, state) in first.apart(others) {
            let of_others = others.iter().filter_map(|row| row.get(path));
            let differing: Vec<&Arc<FileState>> = of_others
                .filter(|other| !Arc::ptr_eq(other, state))
                .filter(|other| other.id != state.id && other.blob == state.blob)
                .collect();
            let is_changed = || revision.changes.iter().any(|change| change.path == path);
            if differing.is_empty() || is_changed() {
                continue;
            }
            let trails: Vec<Trail> = (0..state.trails.len())
                .map(|at| self.with_ticks_beside(at, state, &differing))
                .collect();
            let has_more = trails.iter().zip(&state.trails);
            if has_more.into_iter().any(|(more, of)| more.records.len() > of.records.len()) {
                let before =
                    [state.id].into_iter().chain(differing.iter().map(|of| of.id)).collect();
                let state = FileState { trails, ..FileState::clone(state) };
                joined.push((path, Some(self.keep(before, state))));
            }
        }
        joined
    }

    /// The trail of a state's item with the ticks of it in `others`, which hold the same.
    fn with_ticks_beside(&self, at: usize, state: &FileState, others: &[&Arc<FileState>]) -> Trail {
        let trail = &state.trails[at];
        let is_done = state.items().get(at).is_some_and(|item| item.claim == Claim::Done);
        let of_others = others.iter().filter_map(|other| other.trails.get(at));
        let of_others = of_others.filter(|other| is_done && other.item == trail.item);
        let views: Vec<View<'_>> = [trail]
            .into_iter()
            .chain(of_others)
            .map(|trail| View { trail, told: &[], says_as: true })
            .collect();
        let views: Vec<&View<'_>> = views.iter().collect();
        let common = common(&views);
        let beside = self.ticks_beside(views[0], &views, &common);
        let records: BTreeSet<usize> = trail.records.iter().copied().chain(beside).collect();
        Trail { records: records.into_iter().collect(), ..*trail }
    }

    /// The trail of an item that at least one side holds.
    fn merged(&mut self, at: usize, item: &Placed, views: &[View<'_>], gone: &mut [Gone]) -> Trail {
        // The same wording written on two branches is two items; the one that fits better stays.
        let first = views.iter().find(|view| view.told.is_empty()).or(views.first());
        let Some(first) = first else { return self.added(at, false, item) };
        let views: Vec<&View<'_>> =
            views.iter().filter(|view| view.trail.item == first.trail.item).collect();
        // One side removed it. If the other did nothing to it since, the merge brought it back.
        if let Some(removed) = gone.iter().find(|gone| gone.trail.item == first.trail.item)
            && views.iter().all(|view| is_part(&view.trail.records, &removed.trail.records))
        {
            return removed.trail.then([self.write(at, Change::Added, item)]);
        }
        let common = common(&views);
        let mut records: BTreeSet<usize> = common.iter().copied().collect();
        let mut own = Vec::new();
        for aspect in Aspect::ALL {
            let movers: Vec<&&View<'_>> =
                views.iter().filter(|view| !self.since(view, &common, aspect).is_empty()).collect();
            let movers = if movers.is_empty() { views.iter().collect() } else { movers };
            let chosen =
                movers.iter().find(|view| view.differs(aspect).is_none()).or(movers.first());
            let Some(chosen) = chosen else { continue };
            records.extend(self.since(chosen, &common, aspect));
            if aspect == Aspect::Box && item.claim == Claim::Done {
                let movers: Vec<&View<'_>> = movers.iter().map(|view| **view).collect();
                records.extend(self.ticks_beside(chosen, &movers, &common));
            }
            own.extend(chosen.differs(aspect));
        }
        let records = records.into_iter().collect();
        let truncated = views.iter().any(|view| view.trail.truncated);
        let trail = Trail { item: first.trail.item, records, truncated };
        if own.is_empty() {
            // Another heading that no side has: the merge wrote it.
            let around = !views.iter().any(|view| view.says_as);
            let record = around.then(|| self.record(at, None, item));
            return record.map_or_else(|| trail.clone(), |record| trail.then([record]));
        }
        let own = self.write_all(at, &own, item);
        trail.then(own)
    }

    /// The ticks with which other sides hold what `chosen` holds, unless it was unticked there after them:
    /// who ticked a box on one line did so whoever ticked it on another.
    fn ticks_beside(
        &self,
        chosen: &View<'_>,
        movers: &[&View<'_>],
        common: &[usize],
    ) -> Vec<usize> {
        let change = |at: usize| self.traced.records[at].change;
        let of_chosen = self.since(chosen, common, Aspect::Box);
        let undone = of_chosen.into_iter().rfind(|at| change(*at) != Some(Change::Ticked));
        let agreeing = movers.iter().filter(|view| view.differs(Aspect::Box).is_none());
        let last =
            agreeing.filter_map(|view| self.since(view, common, Aspect::Box).last().copied());
        last.filter(|at| {
            change(*at) == Some(Change::Ticked) && undone.is_none_or(|undone| undone < *at)
        })
        .collect()
    }

    /// The records of one aspect that a side wrote since the sides parted.
    fn since(&self, view: &View<'_>, common: &[usize], aspect: Aspect) -> Vec<usize> {
        let ours = |record: &&usize| {
            // What is said around an item is of its place.
            let change = self.traced.records[**record].change.unwrap_or(Change::Moved);
            !common.contains(record) && aspect.holds(change)
        };
        view.trail.records.iter().filter(ours).copied().collect()
    }

    /// What a side holds, the merge does not, and no side removed: the merge did.
    fn lost(&mut self, at: usize, side: &Side<'_>, kept: &BTreeSet<usize>, gone: &mut Vec<Gone>) {
        for (index, item) in side.state.items().iter().enumerate() {
            let trail = &side.state.trails[index];
            let known =
                kept.contains(&trail.item) || gone.iter().any(|gone| gone.trail.item == trail.item);
            if !known {
                let record = self.write(at, Change::Removed, item);
                gone.push(side.state.gone_now(index, trail.then([record])));
            }
        }
    }
}

/// The records that every view holds.
fn common(views: &[&View<'_>]) -> Vec<usize> {
    let Some((first, rest)) = views.split_first() else { return Vec::new() };
    let everywhere = |record: &&usize| rest.iter().all(|view| view.trail.records.contains(record));
    first.trail.records.iter().filter(everywhere).copied().collect()
}

fn is_part(some: &[usize], all: &[usize]) -> bool {
    some.iter().all(|record| all.contains(record))
}

/// Every item that a side has removed, each once, with the longest trail of it.
fn all_gone(states: &[Arc<FileState>]) -> Vec<Gone> {
    let mut gone: BTreeMap<usize, Gone> = BTreeMap::new();
    for of_side in states.iter().flat_map(|state| &state.gone) {
        let known = gone.get(&of_side.trail.item);
        if known.is_none_or(|known| known.trail.records.len() < of_side.trail.records.len()) {
            gone.insert(of_side.trail.item, of_side.clone());
        }
    }
    gone.into_values().collect()
}
