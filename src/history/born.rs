//! Items that were written ticked, of which nobody ticked the box: those that came with their document,
//! which may be a copy of another or an import, and those whose words stood ticked somewhere before. So are
//! boxes that a revert ticks again.

use crate::model::map::HashMap;
use crate::model::{BornTicked, Change, Claim, Wording};

use super::trace::Row;
use super::trail::{FileState, Record};

fn is_born_ticked(record: &Record) -> bool {
    record.change == Some(Change::Added) && record.claim == Claim::Done
}

/// Says of the records from `first` on that their items came with their document.
pub(super) fn with_document(records: &mut [Record], first: usize) {
    for record in records.iter_mut().skip(first).filter(|record| is_born_ticked(record)) {
        record.born = Some(BornTicked::WithDocument);
    }
}

impl FileState {
    /// Calls `stood` with the words of each of its boxes that stands ticked, or did until it was taken out.
    fn each_ticked<'s>(&'s self, records: &[Record], mut stood: impl FnMut(&'s str)) {
        let items = self.items().iter().filter(|item| item.claim == Claim::Done);
        items.for_each(|item| stood(&item.written.meaning));
        let gone = self.gone.iter().filter(|gone| {
            let last = gone.trail.records.last().and_then(|at| records.get(*at));
            last.is_some_and(|last| last.claim == Claim::Done)
        });
        gone.for_each(|gone| stood(&gone.written.meaning));
    }

    /// Whether a box of one of these `words` may have stood ticked: most files are told so to have none.
    fn may_have_ticked(&self, records: &[Record], words: &[Wording]) -> bool {
        let known = self.ticked.get_or_init(|| {
            let mut known = Vec::new();
            self.each_ticked(records, |words| known.push(Wording::of(words)));
            known.sort_unstable();
            known.into()
        });
        words.iter().any(|words| known.binary_search(words).is_ok())
    }
}

/// Says of the records from `first` on, which one commit wrote, whose words stood ticked in one of its
/// `parents`, or did until they were taken out.
pub(super) fn again(records: &mut [Record], first: usize, parents: &[Row]) {
    let is_open = |record: &Record| is_born_ticked(record) && record.born.is_none();
    mark(records, first, parents, is_open, |state, records, asked| {
        if state.may_have_ticked(records, &asked.wordings) {
            state.each_ticked(records, |words| asked.note(words));
        }
    });
}

/// Says of the records from `first` on, which a commit wrote that takes back another, whose boxes it ticked
/// that stood ticked before: whoever takes a revert back ticks nothing.
pub(super) fn put_back(records: &mut [Record], first: usize, parents: &[Row]) {
    let is_tick = |record: &Record| {
        record.change == Some(Change::Ticked)
            && record.claim == Claim::Done
            && record.born.is_none()
    };
    mark(records, first, parents, is_tick, |state, records, asked| {
        for (item, trail) in state.items().iter().zip(&state.trails) {
            let before = trail.records.iter().filter_map(|at| records.get(*at));
            let ticked = before.filter(|record| record.claim == Claim::Done);
            ticked.for_each(|record| asked.note(&record.written.meaning));
            // What lay before the cut of a shallow clone may have been ticked.
            if trail.truncated {
                asked.note(&item.written.meaning);
            }
        }
    });
}

/// The words of some boxes, of which it is asked whether they stood ticked before.
struct Asked<'r> {
    wordings: Vec<Wording>,
    /// Whether they did.
    stood: HashMap<&'r str, bool>,
}

impl Asked<'_> {
    /// Boxes of these words stood ticked.
    fn note(&mut self, words: &str) {
        if let Some(stood) = self.stood.get_mut(words) {
            *stood = true;
        }
    }
}

/// Says of the records from `first` on that `is_asked` holds for whether `note` finds their words in a file
/// of one of the `parents`.
fn mark(
    records: &mut [Record],
    first: usize,
    parents: &[Row],
    is_asked: impl Fn(&Record) -> bool,
    note: impl Fn(&FileState, &[Record], &mut Asked<'_>),
) {
    let places: Vec<usize> = (first..records.len()).filter(|at| is_asked(&records[*at])).collect();
    if places.is_empty() {
        return;
    }
    let words = |at: &usize| &*records[*at].written.meaning;
    let mut asked = Asked {
        wordings: places.iter().map(|at| Wording::of(words(at))).collect(),
        stood: places.iter().map(|at| (words(at), false)).collect(),
    };
    for state in parents.iter().flatten().flatten() {
        note(state, records, &mut asked);
    }
    let again: Vec<usize> = places.iter().filter(|at| asked.stood[words(at)]).copied().collect();
    for at in again {
        records[at].born = Some(BornTicked::Again);
    }
}
