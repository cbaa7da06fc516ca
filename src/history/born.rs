//! Items that were written ticked, of which nobody ticked the box: those that came with their document,
//! which may be a copy of another or an import, and those whose words stood ticked somewhere before. So are
//! boxes that a revert ticks again.

use crate::model::map::HashSet;
use crate::model::{BornTicked, Change, Claim};

use super::trace::Row;
use super::trail::Record;

fn is_born_ticked(record: &Record) -> bool {
    record.change == Some(Change::Added) && record.claim == Claim::Done
}

/// Says of the records from `first` on that their items came with their document.
pub(super) fn with_document(records: &mut [Record], first: usize) {
    for record in records.iter_mut().skip(first).filter(|record| is_born_ticked(record)) {
        record.born = Some(BornTicked::WithDocument);
    }
}

/// Says of the records from `first` on, which one commit wrote, whose words stood ticked in one of its
/// `parents`, or did until they were taken out.
pub(super) fn again(records: &mut [Record], first: usize, parents: &[Row]) {
    let is_open = |record: &Record| is_born_ticked(record) && record.born.is_none();
    if !records.iter().skip(first).any(is_open) {
        return;
    }
    let mut ticked: HashSet<Box<str>> = HashSet::default();
    for state in parents.iter().flatten().flatten() {
        let items = state.items().iter().filter(|item| item.claim == Claim::Done);
        ticked.extend(items.map(|item| item.written.meaning.clone()));
        let gone = state.gone.iter().filter(|gone| {
            let last = gone.trail.records.last().and_then(|at| records.get(*at));
            last.is_some_and(|last| last.claim == Claim::Done)
        });
        ticked.extend(gone.map(|gone| gone.written.meaning.clone()));
    }
    for record in records.iter_mut().skip(first).filter(|record| is_open(record)) {
        if ticked.contains(&record.written.meaning) {
            record.born = Some(BornTicked::Again);
        }
    }
}

/// Says of the records from `first` on, which a commit wrote that takes back another, whose boxes it ticked
/// that stood ticked before: whoever takes a revert back ticks nothing.
pub(super) fn put_back(records: &mut [Record], first: usize, parents: &[Row]) {
    let is_tick = |record: &Record| {
        record.change == Some(Change::Ticked)
            && record.claim == Claim::Done
            && record.born.is_none()
    };
    if !records.iter().skip(first).any(is_tick) {
        return;
    }
    let mut stood: HashSet<Box<str>> = HashSet::default();
    for state in parents.iter().flatten().flatten() {
        for (item, trail) in state.items().iter().zip(&state.trails) {
            let before = trail.records.iter().filter_map(|at| records.get(*at));
            let ticked = before.filter(|record| record.claim == Claim::Done);
            stood.extend(ticked.map(|record| record.written.meaning.clone()));
            // What lay before the cut of a shallow clone may have been ticked.
            stood.extend(trail.truncated.then(|| item.written.meaning.clone()));
        }
    }
    for record in records.iter_mut().skip(first).filter(|record| is_tick(record)) {
        if stood.contains(&record.written.meaning) {
            record.born = Some(BornTicked::Again);
        }
    }
}
