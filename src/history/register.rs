//! Which commit brought each entry of the files of sign-offs.
//!
//! An entry is known by all that it says, not by its line. The commit that brought it is the one
//! before which no version of the file held it; an entry that was changed, or taken out and put in
//! again, was brought anew. A merge that holds what one side had taken out put it in again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Authorship, SignOffEntry};
use crate::sources::git::history::{FileChange, FileHistory};
use crate::sources::git::{BlobId, GitError, Repository};

use super::attested::Word;
use super::versions::LARGEST;

/// The entries of a file of that path and content; `None` where they cannot be read.
pub type ReadEntries<'s> = &'s dyn Fn(&str, &[u8]) -> Option<Vec<SignOffEntry>>;

/// The files of sign-offs, and how one is read.
#[derive(Clone, Copy)]
pub struct Registers<'s> {
    /// Relative to the repository.
    pub paths: &'s [String],
    /// How a version of one is read.
    pub read: ReadEntries<'s>,
}

/// An entry that a file holds, with what it says of items.
#[derive(Debug, Clone)]
pub(super) struct Held {
    /// Which of the followed paths.
    pub(super) path: usize,
    pub(super) entry: SignOffEntry,
    /// The commit that brought it; `None` where a shallow clone cut that off.
    pub(super) by: Option<Arc<Authorship>>,
    /// The items it means, by the number of their trails, each as it was then.
    pub(super) words: Vec<Word>,
    /// It means none, because several checklists have an item of that name.
    pub(super) in_several: bool,
}

/// Where an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It is known: its place among what was held before.
    Known(usize),
    /// The revision that brought it.
    Brought(usize),
    /// The clone is cut off here.
    Cut,
}

/// An entry and where it comes from.
#[derive(Debug, Clone)]
pub(super) struct Traced {
    pub(super) path: usize,
    pub(super) entry: SignOffEntry,
    pub(super) origin: Origin,
}

/// What a file holds at some revision.
#[derive(Debug, Clone, Default)]
struct Entries {
    held: Vec<Traced>,
    /// What it held before, and holds no more.
    gone: Vec<Traced>,
}

/// What each file holds at some revision.
type State = Arc<BTreeMap<usize, Entries>>;

/// Takes the files of sign-offs out of `walked`, and says what they hold in the end. `known` is what
/// they held at the first revision, where that is known already.
pub(super) fn trace(
    walked: &mut FileHistory,
    registers: &BTreeSet<usize>,
    known: Option<&[Held]>,
    of: &Registers<'_>,
    repository: &Repository,
) -> Result<Vec<Traced>, GitError> {
    let mut tracer = Tracer { of, repository, versions: BTreeMap::new() };
    let mut states: Vec<State> = Vec::with_capacity(walked.revisions.len());
    for (at, revision) in walked.revisions.iter_mut().enumerate() {
        let changes: Vec<FileChange>;
        (changes, revision.changes) = std::mem::take(&mut revision.changes)
            .into_iter()
            .partition(|change| registers.contains(&change.path));
        let parents: Vec<State> = revision
            .parents
            .iter()
            .map(|parent| parent.and_then(|at| states.get(at).cloned()).unwrap_or_default())
            .collect();
        let mut state = match (at, known) {
            (0, Some(known)) => Arc::new(restored(known)),
            _ => parents.first().cloned().unwrap_or_default(),
        };
        // A file that goes on under another name is there no more, whether or not it was followed.
        let older = changes.iter().flat_map(|change| {
            let before = change.before.iter().flatten().map(|before| before.path);
            before.filter(|path| *path != change.path)
        });
        for path in older {
            Arc::make_mut(&mut state).remove(&path);
        }
        for change in &changes {
            let path = walked.paths.get(change.path).map_or("", |path| &**path);
            let origin = if revision.cut { Origin::Cut } else { Origin::Brought(at) };
            let held = tracer.held(path, change, &parents, origin)?;
            Arc::make_mut(&mut state).insert(change.path, held);
        }
        states.push(state);
    }
    let last = walked.head.and_then(|head| states.get(head));
    Ok(last.into_iter().flat_map(|state| state.values()).flat_map(|of| of.held.clone()).collect())
}

/// The paths of the files of sign-offs among those followed, with their older names; the first
/// `asked` paths were asked for.
pub(super) fn followed(
    walked: &FileHistory,
    asked: usize,
    mut registers: BTreeSet<usize>,
) -> BTreeSet<usize> {
    let mut more = true;
    while more {
        let before = registers.len();
        for change in walked.revisions.iter().flat_map(|revision| &revision.changes) {
            if registers.contains(&change.path) {
                let older = change.before.iter().flatten().map(|before| before.path);
                registers.extend(older.filter(|path| *path >= asked));
            }
        }
        more = registers.len() > before;
    }
    registers
}

fn restored(known: &[Held]) -> BTreeMap<usize, Entries> {
    let mut state: BTreeMap<usize, Entries> = BTreeMap::new();
    for (at, held) in known.iter().enumerate() {
        let origin = Origin::Known(at);
        let traced = Traced { path: held.path, entry: held.entry.clone(), origin };
        state.entry(held.path).or_default().held.push(traced);
    }
    state
}

impl Traced {
    /// Whether both are one entry, brought by one commit.
    fn is(&self, other: &Traced) -> bool {
        self.origin == other.origin && self.entry.says_the_same(&other.entry)
    }
}

struct Tracer<'t> {
    of: &'t Registers<'t>,
    repository: &'t Repository,
    versions: BTreeMap<BlobId, Option<Vec<SignOffEntry>>>,
}

impl Tracer<'_> {
    /// What the changed file holds: each entry from the first parent that has it, else from here.
    fn held(
        &mut self,
        path: &str,
        change: &FileChange,
        parents: &[State],
        origin: Origin,
    ) -> Result<Entries, GitError> {
        let sides: Vec<&Entries> = parents
            .iter()
            .zip(&change.before)
            .filter_map(|(state, before)| state.get(&before.as_ref()?.path))
            .collect();
        let entries = match change.blob {
            Some(blob) => self.entries(path, blob)?,
            None => Some(Vec::new()),
        };
        let Some(entries) = entries else {
            // A version that cannot be understood takes nothing away that the next one has again.
            return Ok(sides.first().map(|side| (*side).clone()).unwrap_or_default());
        };
        let was_taken_out =
            |of: &Traced| sides.iter().any(|side| side.gone.iter().any(|gone| gone.is(of)));
        let traced = entries.into_iter().map(|entry| {
            let mut all = sides.iter().flat_map(|side| &side.held);
            let known = all.find(|of| of.entry.says_the_same(&entry) && !was_taken_out(of));
            let origin = known.map_or(origin, |of| of.origin);
            Traced { path: change.path, origin, entry }
        });
        let held: Vec<Traced> = traced.collect();
        let mut gone: Vec<Traced> = Vec::new();
        for of in sides.iter().flat_map(|side| side.gone.iter().chain(&side.held)) {
            if !held.iter().chain(&gone).any(|known| known.is(of)) {
                gone.push(of.clone());
            }
        }
        Ok(Entries { held, gone })
    }

    fn entries(&mut self, path: &str, blob: BlobId) -> Result<Option<Vec<SignOffEntry>>, GitError> {
        if !self.versions.contains_key(&blob) {
            let bytes = self.repository.blob(blob, LARGEST)?;
            let read = bytes.and_then(|bytes| (self.of.read)(path, &bytes));
            self.versions.insert(blob, read);
        }
        Ok(self.versions.get(&blob).cloned().flatten())
    }
}
