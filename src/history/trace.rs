//! Goes through the revisions, oldest first, and writes down what each did to each item.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::model::{Change, Claim};
use crate::sources::git::history::{FileChange, FileHistory, Revision};
use crate::sources::git::{BlobId, GitError};

use super::born::{self, Stood};
use super::changes::changes;
use super::pairing::{Pairs, is_again, pair, text_of_parent};
use super::row::Row;
use super::trail::{FileState, Gone, Record, Trail};
use super::version::{Placed, Version};
use super::versions::Versions;

/// What the revisions did.
#[derive(Debug, Default)]
pub(super) struct Traced {
    /// Everything that happened, in the order of the revisions.
    pub(super) records: Vec<Record>,
    /// What each path holds at the last revision.
    pub(super) files: Row,
    /// What each path held at the revisions that were to be kept.
    pub(super) kept: BTreeMap<usize, Row>,
    /// Paths with a version that was too large to be read.
    pub(super) unread: Vec<usize>,
    /// How many items there ever were.
    pub(super) items: usize,
}

/// What is known of a history up to its first revision; nothing by default.
#[derive(Debug, Default)]
pub(super) struct Base {
    /// What each path holds there.
    pub(super) row: Option<Row>,
    pub(super) records: Vec<Record>,
    /// How many items there were.
    pub(super) items: usize,
    /// By how much the numbers of the revisions are ahead of their places in the history.
    pub(super) revisions: usize,
}

/// Goes through `history` from `base` on, and keeps what stood at the revisions `keep`.
pub(super) fn trace(
    history: &FileHistory,
    base: Base,
    keep: &BTreeSet<usize>,
    versions: &mut Versions<'_>,
) -> Result<Traced, GitError> {
    let Base { row, records, items, revisions } = base;
    let mut tracer = Tracer {
        history,
        versions,
        traced: Traced { records, items, ..Traced::default() },
        stood: Stood::beside(row.is_some()),
        path: 0,
        // The states of the known row came out of none that matters any more.
        before: vec![Vec::new(); row.as_ref().map_or(0, Row::len)],
        shift: revisions,
    };
    let mut uses = vec![0_usize; history.revisions.len()];
    for parent in history.revisions.iter().flat_map(|revision| &revision.parents).flatten() {
        uses[*parent] += 1;
    }
    let mut rows: Vec<Option<Row>> = Vec::with_capacity(history.revisions.len());
    if let Some(row) = row {
        // A new commit that changes no checklist speaks of the items as the known one left them.
        if keep.contains(&0) {
            tracer.traced.kept.insert(0, row.clone());
        }
        rows.push(Some(row));
    }
    for (at, revision) in history.revisions.iter().enumerate().skip(rows.len()) {
        let parents: Vec<Row> = revision
            .parents
            .iter()
            .map(|parent| take(*parent, &mut rows, &mut uses, history.paths.len()))
            .collect();
        let row = tracer.row(at, revision, parents)?;
        if keep.contains(&at) {
            tracer.traced.kept.insert(at, row.clone());
        }
        rows.push(Some(row));
    }
    if let Some(head) = history.head.and_then(|head| rows.get_mut(head)) {
        tracer.traced.files = head.take().unwrap_or_default();
    }
    Ok(tracer.traced)
}

/// The row of a parent: its own for the last child that asks, a copy for the others.
fn take(parent: Option<usize>, rows: &mut [Option<Row>], uses: &mut [usize], paths: usize) -> Row {
    let Some(at) = parent else { return Row::of(paths) };
    uses[at] -= 1;
    let row = if uses[at] == 0 { rows[at].take() } else { rows[at].clone() };
    row.unwrap_or_else(|| Row::of(paths))
}

pub(super) struct Tracer<'h, 'r> {
    history: &'h FileHistory,
    versions: &'h mut Versions<'r>,
    pub(super) traced: Traced,
    stood: Stood,
    /// The file that is gone through.
    path: usize,
    /// For each state of a file those it stands on.
    before: Vec<Vec<usize>>,
    shift: usize,
}

impl Tracer<'_, '_> {
    fn row(&mut self, at: usize, revision: &Revision, parents: Vec<Row>) -> Result<Row, GitError> {
        let mut now = Vec::with_capacity(revision.changes.len());
        let first = self.traced.records.len();
        let renamed: Vec<usize> = revision
            .changes
            .iter()
            .flat_map(|change| {
                let from = change.before.iter().flatten().map(|before| before.path);
                from.filter(|from| *from != change.path)
            })
            .collect();
        for change in &revision.changes {
            self.path = change.path;
            for before in change.before.iter().flatten().filter(|of| of.path != change.path) {
                self.stood.goes_on(before.path, change.path);
            }
            let sides: Vec<Option<Arc<FileState>>> = parents
                .iter()
                .zip(&change.before)
                .map(|(row, before)| {
                    row.get(before.map_or(change.path, |before| before.path)).cloned()
                })
                .collect();
            let away = change.blob.is_none()
                && (renamed.contains(&change.path)
                    || sides.iter().flatten().any(|side| side.renamed));
            let state = match away {
                true => Some(self.renamed(&sides)),
                false => self.state(at, revision, change, sides)?,
            };
            now.push((change.path, state));
        }
        born::again(&mut self.traced.records, first, &parents, &self.stood);
        if revision.reverts {
            born::put_back(&mut self.traced.records, first, &parents, &self.stood);
        }
        now.extend(self.ticked_alike(revision, &parents));
        let mut row =
            parents.into_iter().next().unwrap_or_else(|| Row::of(self.history.paths.len()));
        for path in renamed {
            if !revision.changes.iter().any(|change| change.path == path) {
                let state = row.get(path).cloned();
                row.set(path, state.map(|state| self.renamed(&[Some(state)])));
            }
        }
        for (path, state) in now {
            row.set(path, state);
        }
        Ok(row)
    }

    /// A file that goes on under another name, with all that is known of it.
    fn renamed(&mut self, sides: &[Option<Arc<FileState>>]) -> Arc<FileState> {
        let before = sides.iter().flatten().map(|side| side.id).collect();
        let (version, trails, gone) = (Arc::default(), Vec::new(), Vec::new());
        let outcome = Outcome { version, trails, gone };
        self.keep(before, FileState { renamed: true, ..outcome.state(None) })
    }

    fn state(
        &mut self,
        at: usize,
        revision: &Revision,
        change: &FileChange,
        sides: Vec<Option<Arc<FileState>>>,
    ) -> Result<Option<Arc<FileState>>, GitError> {
        if let Some(taken) = self.taken_over(change, &sides) {
            return Ok(Some(taken));
        }
        let version = match change.blob {
            None => Arc::default(),
            Some(blob) => {
                let path = &self.history.paths[change.path];
                let Some(version) = self.versions.read(path, blob, &sides)? else {
                    self.traced.unread.push(change.path);
                    return Ok(sides.into_iter().flatten().next());
                };
                version
            }
        };
        let mut distinct: Vec<Arc<FileState>> = Vec::new();
        for side in sides.into_iter().flatten() {
            if !distinct.iter().any(|known| known.id == side.id) {
                distinct.push(side);
            }
        }
        let merged = match distinct.as_slice() {
            [] => self.first(at, revision.cut, version),
            [only] => self.next(at, only, version),
            [..] => self.merge(at, &distinct, version),
        };
        let before = distinct.iter().map(|side| side.id).collect();
        Ok(Some(self.keep(before, merged.state(change.blob))))
    }

    /// What a merge took over whole: the state of one side, where the others only lag behind it.
    fn taken_over(
        &self,
        change: &FileChange,
        sides: &[Option<Arc<FileState>>],
    ) -> Option<Arc<FileState>> {
        if sides.len() < 2 {
            return None;
        }
        let same = |side: &&Arc<FileState>| side.blob == change.blob;
        let leads = |side: &&Arc<FileState>| {
            sides.iter().flatten().all(|other| self.stands_on(side.id, other.id))
        };
        sides.iter().flatten().filter(same).find(leads).cloned()
    }

    /// Whether the state `later` came out of the state `earlier`.
    fn stands_on(&self, later: usize, earlier: usize) -> bool {
        let mut ahead = vec![later];
        let mut met = BTreeSet::new();
        while let Some(at) = ahead.pop() {
            if at == earlier {
                return true;
            }
            if at > earlier && met.insert(at) {
                ahead.extend(&self.before[at]);
            }
        }
        false
    }

    /// Gives a state its number.
    pub(super) fn keep(&mut self, before: Vec<usize>, state: FileState) -> Arc<FileState> {
        let id = self.before.len();
        self.before.push(before);
        Arc::new(FileState { id, ..state })
    }

    /// A file that no parent holds.
    fn first(&mut self, at: usize, cut: bool, version: Arc<Version>) -> Outcome {
        let first = self.traced.records.len();
        let trails = version.items.iter().map(|item| self.added(at, cut, item)).collect();
        born::with_document(&mut self.traced.records, first);
        Outcome { version, trails, gone: Vec::new() }
    }

    /// A file that one state of it became.
    fn next(&mut self, at: usize, was: &FileState, version: Arc<Version>) -> Outcome {
        let pairs = pair(was.items(), &version.items);
        let told = changes(was.items(), &version.items, &pairs);
        let mut gone = was.gone.clone();
        let mut trails = Vec::with_capacity(version.items.len());
        for ((item, before), told) in version.items.iter().zip(&pairs.old).zip(told) {
            let trail = match before {
                Some(before) if told.is_empty() => {
                    let said = !was.items()[*before].written.says_as(&item.written);
                    let around = said.then(|| self.record(at, None, item));
                    let trail = &was.trails[*before];
                    around.map_or_else(|| trail.clone(), |record| trail.then([record]))
                }
                Some(before) => {
                    let records = self.write_all(at, &told, item);
                    was.trails[*before].then(records)
                }
                None => match self.back(&mut gone, &version.items, trails.len()) {
                    Some(trail) => trail.then([self.write(at, Change::Added, item)]),
                    None => self.added(at, false, item),
                },
            };
            trails.push(trail);
        }
        self.remove(at, was, &pairs, &mut gone);
        Outcome { version, trails, gone }
    }

    /// Writes down that those items of `was` are gone that nothing became.
    fn remove(&mut self, at: usize, was: &FileState, pairs: &Pairs, gone: &mut Vec<Gone>) {
        for (index, item) in was.items().iter().enumerate() {
            if pairs.new[index].is_none() {
                let record = self.write(at, Change::Removed, item);
                gone.push(was.gone_now(index, was.trails[index].then([record])));
            }
        }
    }

    /// The trail of a removed item that comes back as the newer item at `at`.
    pub(super) fn back(&self, gone: &mut Vec<Gone>, new: &[Placed], at: usize) -> Option<Trail> {
        let found = gone
            .iter()
            .rposition(|gone| is_again(&gone.written, gone.below.as_deref(), new, at))?;
        Some(gone.remove(found).trail)
    }

    pub(super) fn added(&mut self, at: usize, cut: bool, item: &Placed) -> Trail {
        self.traced.items += 1;
        if cut {
            self.stood.cut();
        }
        let record = (!cut).then(|| self.write(at, Change::Added, item));
        Trail { item: self.traced.items, records: record.into_iter().collect(), truncated: cut }
    }

    pub(super) fn write_all(&mut self, at: usize, told: &[Change], item: &Placed) -> Vec<usize> {
        told.iter().map(|change| self.write(at, *change, item)).collect()
    }

    pub(super) fn write(&mut self, at: usize, change: Change, item: &Placed) -> usize {
        self.record(at, Some(change), item)
    }

    pub(super) fn record(&mut self, at: usize, change: Option<Change>, item: &Placed) -> usize {
        if item.claim == Claim::Done {
            self.stood.ticked(&item.written.meaning, self.path);
        }
        self.traced.records.push(Record {
            revision: at + self.shift,
            change,
            written: Arc::clone(&item.written),
            claim: item.claim,
            born: None,
        });
        self.traced.records.len() - 1
    }
}

/// What a revision makes of a file.
pub(super) struct Outcome {
    pub(super) version: Arc<Version>,
    pub(super) trails: Vec<Trail>,
    pub(super) gone: Vec<Gone>,
}

impl Outcome {
    /// The state of a file with these bytes, which has no number yet.
    fn state(self, blob: Option<BlobId>) -> FileState {
        let Outcome { version, trails, gone } = self;
        let ticked = OnceLock::new();
        FileState { id: 0, blob, version, trails, gone, renamed: false, ticked }
    }
}

impl FileState {
    /// The item at `index` as one that is not there any more.
    pub(super) fn gone_now(&self, index: usize, trail: Trail) -> Gone {
        let item = &self.items()[index];
        Gone {
            written: Arc::clone(&item.written),
            below: text_of_parent(self.items(), item),
            trail,
            last: self.blob.map(|blob| (blob, index)),
        }
    }
}
