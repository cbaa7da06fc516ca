//! Items that were written ticked, of which nobody ticked the box: those that came with their document,
//! which may be a copy of another or an import, and those whose words stood ticked somewhere before. So are
//! boxes that a revert ticks again.

use std::collections::BTreeSet;

use crate::model::map::HashMap;
use crate::model::{BornTicked, Change, Claim, Wording};

use super::row::Row;
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

/// In which files the words of a box ever stood ticked: only those are asked whether they do in a parent.
#[derive(Debug, Default)]
pub(super) struct Stood {
    paths: HashMap<Wording, Vec<usize>>,
    /// Which file went on under which other name.
    renamed: Vec<(usize, usize)>,
    /// Whether some of it is not told here: an earlier run read it, or a shallow clone cut it off.
    untold: bool,
}

impl Stood {
    /// Beside what an earlier run read, if one did.
    pub(super) fn beside(known: bool) -> Stood {
        Stood { untold: known, ..Stood::default() }
    }

    /// An item was there at the cut of a shallow clone.
    pub(super) fn cut(&mut self) {
        self.untold = true;
    }

    /// A box of these `words` is ticked in the file at `path`, or was when it was taken out.
    pub(super) fn ticked(&mut self, words: &str, path: usize) {
        let paths = self.paths.entry(Wording::of(words)).or_default();
        if !paths.contains(&path) {
            paths.push(path);
        }
    }

    /// The boxes of one file go on in another.
    pub(super) fn goes_on(&mut self, from: usize, to: usize) {
        if !self.renamed.contains(&(from, to)) {
            self.renamed.push((from, to));
        }
    }

    /// The files in which one of these `words` may have stood ticked; `None` for any.
    fn files(&self, words: &[Wording]) -> Option<BTreeSet<usize>> {
        if self.untold {
            return None;
        }
        let named = words.iter().filter_map(|words| self.paths.get(words)).flatten().copied();
        let mut files: BTreeSet<usize> = named.collect();
        let mut ahead: Vec<usize> = files.iter().copied().collect();
        while let Some(at) = ahead.pop() {
            let named_on = self.renamed.iter().filter(|(from, _)| *from == at).map(|(_, to)| *to);
            ahead.extend(named_on.filter(|to| files.insert(*to)));
        }
        Some(files)
    }
}

/// Says of the records from `first` on, which one commit wrote, whose words stood ticked in one of its
/// `parents`, or did until they were taken out.
pub(super) fn again(records: &mut [Record], first: usize, parents: &[Row], stood: &Stood) {
    let is_open = |record: &Record| is_born_ticked(record) && record.born.is_none();
    mark(records, first, (parents, stood), is_open, |state, records, asked| {
        if state.may_have_ticked(records, &asked.wordings) {
            state.each_ticked(records, |words| asked.note(words));
        }
    });
}

/// Says of the records from `first` on, which a commit wrote that takes back another, whose boxes it ticked
/// that stood ticked before: whoever takes a revert back ticks nothing.
pub(super) fn put_back(records: &mut [Record], first: usize, parents: &[Row], stood: &Stood) {
    let is_tick = |record: &Record| {
        record.change == Some(Change::Ticked)
            && record.claim == Claim::Done
            && record.born.is_none()
    };
    mark(records, first, (parents, stood), is_tick, |state, records, asked| {
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
    (parents, stood): (&[Row], &Stood),
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
    match stood.files(&asked.wordings) {
        None => {
            let states = parents.iter().flat_map(Row::files);
            states.for_each(|(_, state)| note(state, records, &mut asked));
        }
        Some(files) => {
            let states = parents.iter().flat_map(|row| files.iter().filter_map(|at| row.get(*at)));
            states.for_each(|state| note(state, records, &mut asked));
        }
    }
    let again: Vec<usize> = places.iter().filter(|at| asked.stood[words(at)]).copied().collect();
    for at in again {
        records[at].born = Some(BornTicked::Again);
    }
}
