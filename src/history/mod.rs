//! Git as a witness: who added, ticked, unticked, reworded, moved and removed each item, and when.
//!
//! The commits come from one walk ([`crate::sources::git::history`]). Here each version of a
//! checklist is read once, held against the one before, and every item gets its trail. What a
//! merge took over from a parent belongs to that parent's commits.

mod attested;
mod born;
mod changes;
mod items;
mod kept;
mod likeness;
pub mod log;
mod memory;
mod merge;
mod named;
mod pairing;
mod register;
mod row;
mod trace;
mod trail;
mod version;
mod versions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::checklist::Settings;
use crate::model::{Authorship, SIGNED_OFF_FOR, SignOffEntry, Trailer};
use crate::sources::cache::Cache;
use crate::sources::git::history::{FileHistory, Known, Sought};
use crate::sources::git::{Commit, GitError, Repository, Unhashed};

pub use attested::Lost;
pub use memory::{Memory, Own, Past, Walked};
pub use register::{ReadEntries, Registers};

use attested::{Events, Said};
use kept::Base;
use register::Held;
use row::Row;
use trail::{FileState, Record};
use versions::Versions;

/// How the versions of files are read.
#[derive(Clone, Copy)]
pub struct Reading<'s> {
    /// Of checklists.
    pub settings: &'s Settings,
    /// Of files of sign-offs, where there are such.
    pub registers: Option<Registers<'s>>,
}

impl<'s> Reading<'s> {
    /// Of checklists alone.
    pub fn of(settings: &'s Settings) -> Reading<'s> {
        Reading { settings, registers: None }
    }
}

/// The history of some checklists, up to one commit.
#[derive(Debug, Default)]
pub struct History {
    /// A shallow clone cut it off: older commits are missing.
    pub truncated: bool,
    /// The trailers that mean no item of their commit, or stand where git reads none; oldest first.
    pub lost: Vec<Lost>,
    /// Checklists with a version that was too large to be read; its changes show in the next one.
    pub unread: Vec<String>,
    /// The commit that it was read up to, and the tags of that time.
    head: String,
    tags: Vec<(String, String)>,
    /// The checklists that were asked for; they are the first of all followed paths.
    asked: Vec<String>,
    paths: Vec<Arc<str>>,
    revisions: Vec<Arc<Authorship>>,
    records: Vec<Record>,
    /// What each path holds.
    row: Row,
    /// How many items there ever were.
    items: usize,
    /// A commit took back what another said, which an earlier commit does not know.
    taken_back: bool,
    /// What each path that was followed there held at commits that were asked for, by their ids.
    marked: BTreeMap<String, Row>,
    /// Of the checklists asked for, what each holds.
    files: BTreeMap<String, Arc<FileState>>,
    /// What trailers say of each item, by the number of its trail.
    said: BTreeMap<usize, Said>,
    /// The files of sign-offs among the paths, with their older names.
    registers: BTreeSet<usize>,
    /// What those hold.
    held: Vec<Held>,
    /// The names that each file had before, newest first.
    former: BTreeMap<String, Vec<String>>,
    /// What the cache keeps of it whole.
    base: Option<Base>,
}

impl Reading<'_> {
    fn registers(&self) -> &[String] {
        self.registers.map(|of| of.paths).unwrap_or_default()
    }
}

/// An entry of a file of sign-offs, as far as commits tell of it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'h> {
    /// The file.
    pub path: &'h str,
    /// What it says.
    pub entry: &'h SignOffEntry,
    /// The commit that brought it; `None` where a shallow clone cut that off.
    pub by: Option<&'h Authorship>,
    /// How many items it meant then.
    pub items: usize,
    /// It meant none, because several checklists had an item of that name.
    pub in_several: bool,
}

impl History {
    /// What the files of sign-offs hold at the last commit.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.held.iter().map(|held| Entry {
            path: self.paths.get(held.path).map_or("", |path| &**path),
            entry: &held.entry,
            by: held.by.as_deref(),
            items: held.words.len(),
            in_several: held.in_several,
        })
    }

    /// The names that a file had before, newest first.
    pub fn former(&self, path: &str) -> &[String] {
        self.former.get(path).map(Vec::as_slice).unwrap_or_default()
    }

    /// What was said in vain by those who `is_said` holds for, and not said again since, oldest first.
    pub fn untold(&self, is_said: &dyn Fn(&Authorship) -> bool) -> impl Iterator<Item = &Lost> {
        let standing: BTreeSet<usize> =
            self.files.values().flat_map(|of| of.trails.iter().map(|trail| trail.item)).collect();
        let told = self.lost.iter().filter(move |lost| is_said(&lost.trailer.by));
        told.filter(move |lost| {
            let missing = |item: &usize| {
                standing.contains(item) && !self.is_said_since(*item, &lost.trailer, is_said)
            };
            !lost.is_unread() || lost.unread_of.iter().any(missing)
        })
    }

    /// Whether what a trailer says of an item was said with it or later, in its place.
    fn is_said_since(
        &self,
        item: usize,
        trailer: &Trailer,
        is_said: &dyn Fn(&Authorship) -> bool,
    ) -> bool {
        let is_sign_off = trailer.key == SIGNED_OFF_FOR;
        let said = self.said.get(&item).map(|of| match is_sign_off {
            true => &of.sign_offs,
            false => &of.evidence_for,
        });
        let held = self.held.iter().filter(|_| is_sign_off).flat_map(|held| &held.words);
        let held = held.filter(|word| word.item == item).map(|word| &word.attestation);
        let mut words = said.into_iter().flatten().chain(held);
        words.any(|word| is_said(&word.by) && word.by.time >= trailer.by.time)
    }

    /// Whether a commit held such a file, under this name.
    pub fn knows(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}

/// Reads the history of the checklists that `sought` names, as far as `head` stands on it; they are
/// followed through their renames. A path that is gone at `head` has its history too.
///
/// # Errors
/// Where git's objects are missing (a partial clone) or damaged.
pub fn of_checklists(
    repository: &Repository,
    head: &Commit,
    sought: &Sought<'_>,
    reading: &Reading<'_>,
) -> Result<History, GitError> {
    let _many = Unhashed::begin();
    anew(repository, head, sought, reading)
}

fn anew(
    repository: &Repository,
    head: &Commit,
    sought: &Sought<'_>,
    reading: &Reading<'_>,
) -> Result<History, GitError> {
    let paths = [sought.paths, reading.registers()].concat();
    let walked = repository.file_history(head, &Sought { paths: &paths, ..*sought })?;
    let asked = sought.paths.len()..paths.len();
    let mut history = History {
        registers: register::followed(&walked, paths.len(), asked.collect()),
        asked: paths,
        tags: repository.tags()?,
        former: former(&walked),
        ..History::default()
    };
    history.go_on(repository, head, walked, None, reading)?;
    Ok(history)
}

/// The same; what an earlier run kept of it in `cache` is not read again, and what this one adds is
/// kept for the next.
///
/// # Errors
/// As [`of_checklists`].
pub fn with_cache(
    repository: &Repository,
    head: &Commit,
    sought: &Sought<'_>,
    reading: &Reading<'_>,
    cache: &Cache,
) -> Result<History, GitError> {
    let _many = Unhashed::begin();
    let key = key(repository, sought, reading);
    let names = cache.names();
    let is_kept = |id: &str| names.binary_search(&kept::name(id)).is_ok();
    let kept = match names.is_empty() {
        true => None,
        false => repository.nearest(head, FURTHEST, is_kept),
    };
    let known = kept.and_then(|id| kept::restore(cache, &id, &key));
    let asked = [sought.paths, reading.registers()].concat();
    if let Some(known) = known.filter(|known| known.asked == asked) {
        let tags = repository.tags()?;
        if known.head == head.id && known.tags == tags {
            return Ok(known);
        }
        if let Some(history) = known.continued(repository, head, (sought, &tags), reading)? {
            kept::keep(cache, &history, &key);
            return Ok(history);
        }
    }
    let history = anew(repository, head, sought, reading)?;
    kept::keep(cache, &history, &key);
    Ok(history)
}

/// How many commits back a kept history is looked for.
const FURTHEST: usize = 1_000;

/// Everything that a history hangs on beside the commits.
fn key(repository: &Repository, sought: &Sought<'_>, reading: &Reading<'_>) -> String {
    let (settings, registers) = (reading.settings, reading.registers().len());
    let (mailmap, projects) = (repository.mailmap(), repository.projects());
    format!("{settings:?} {:?} {registers} {mailmap} {projects:?}", sought.trailers)
}

impl History {
    /// The history up to `head`, which stands on the commit that this one ends at; `None` where that
    /// has to be read anew.
    fn continued(
        mut self,
        repository: &Repository,
        head: &Commit,
        (sought, tags): (&Sought<'_>, &[(String, String)]),
        reading: &Reading<'_>,
    ) -> Result<Option<History>, GitError> {
        let known = Known {
            head: &self.head,
            paths: &self.paths,
            tags: &self.tags,
            tags_now: tags,
            trailers: sought.trailers,
        };
        if self.revisions.is_empty() {
            return Ok(None);
        }
        let Some(walked) = repository.file_history_since(head, &known)? else { return Ok(None) };
        self.released(&walked);
        let known = trace::Base {
            row: Some(std::mem::take(&mut self.row)),
            records: std::mem::take(&mut self.records),
            items: self.items,
            revisions: self.revisions.len() - 1,
        };
        self.tags = tags.to_vec();
        self.go_on(repository, head, walked, Some(known), reading)?;
        Ok(Some(self))
    }

    /// What had not shipped may have done so with a new tag.
    fn released(&mut self, walked: &FileHistory) {
        let first = walked.revisions.first().and_then(|known| known.by.release.clone());
        let Some(name) = first else { return };
        let ship = |by: &mut Arc<Authorship>| {
            if by.release.is_none() {
                Arc::make_mut(by).release = Some(name.clone());
            }
        };
        self.base.iter_mut().for_each(|base| base.shipped(&name));
        self.revisions.iter_mut().for_each(ship);
        self.lost.iter_mut().for_each(|lost| ship(&mut lost.trailer.by));
        for said in self.said.values_mut() {
            let all = said.sign_offs.iter_mut().chain(&mut said.taken_back);
            let all = all.chain(&mut said.evidence_for);
            all.for_each(|attestation| ship(&mut attestation.by));
        }
        for held in &mut self.held {
            let words = held.words.iter_mut().map(|word| &mut word.attestation.by);
            held.by.iter_mut().chain(words).for_each(ship);
        }
    }

    /// Adds what was walked to what is known.
    fn go_on(
        &mut self,
        repository: &Repository,
        head: &Commit,
        mut walked: FileHistory,
        base: Option<trace::Base>,
        reading: &Reading<'_>,
    ) -> Result<(), GitError> {
        let mut versions = Versions::new(repository, reading.settings);
        let known = usize::from(base.is_some());
        let entries = match &reading.registers {
            Some(of) => {
                let before = base.is_some().then_some(self.held.as_slice());
                register::trace(&mut walked, &self.registers, before, of, repository)?
            }
            None => Vec::new(),
        };
        let mut keep = attested::revisions(&walked, &entries);
        keep.extend(walked.marks.iter().filter_map(|mark| mark.revision));
        let traced = trace::trace(&walked, base.unwrap_or_default(), &keep, &mut versions)?;
        let before = self.revisions.iter().map(Arc::as_ref);
        let new = walked.revisions.iter().skip(known).map(|revision| revision.by.as_ref());
        let events = Events { records: &traced.records, revisions: before.chain(new).collect() };
        let attested = attested::attested(&walked, &traced.kept, &events, &mut versions)?;
        let held =
            attested::held(&walked, entries, &self.held, &traced.kept, &events, &mut versions)?;
        self.held = held;
        self.unread.extend(traced.unread.iter().map(|path| walked.paths[*path].to_string()));
        self.unread.sort();
        self.unread.dedup();
        self.lost.extend(attested.lost);
        for (item, said) in attested.items {
            let known = self.said.entry(item).or_default();
            known.sign_offs.extend(said.sign_offs);
            known.taken_back.extend(said.taken_back);
            known.evidence_for.extend(said.evidence_for);
        }
        let marked = walked.marks.iter().map(|mark| {
            let row = mark.revision.and_then(|at| traced.kept.get(&at));
            let row = row.map_or_else(|| Row::of(mark.paths), |row| row.resized(mark.paths));
            (mark.commit.clone(), row)
        });
        self.marked.extend(marked);
        self.truncated |= walked.truncated;
        self.taken_back |= walked.taken_back;
        self.head.clone_from(&head.id);
        self.paths = walked.paths;
        let new = walked.revisions.into_iter().skip(known);
        self.revisions.extend(new.map(|revision| revision.by));
        (self.records, self.row, self.items) = (traced.records, traced.files, traced.items);
        self.index();
        Ok(())
    }

    /// Finds the checklists that were asked for.
    fn index(&mut self) {
        let states = self.asked.iter().zip(self.row.iter());
        let held = states.filter_map(|(path, state)| Some((path.clone(), Arc::clone(state?))));
        self.files = held.collect();
    }
}

/// The names that each of `paths` had before up to `head`, newest first; those that had none are left
/// out.
///
/// # Errors
/// As [`of_checklists`].
pub fn former_names(
    repository: &Repository,
    head: &Commit,
    paths: &[String],
) -> Result<BTreeMap<String, Vec<String>>, GitError> {
    let _many = Unhashed::begin();
    let sought = Sought { paths, ..Sought::default() };
    Ok(former(&repository.file_history(head, &sought)?))
}

/// For each path the names that led to it, newest first.
fn former(walked: &FileHistory) -> BTreeMap<String, Vec<String>> {
    let mut former: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for change in walked.revisions.iter().flat_map(|revision| &revision.changes) {
        for before in change.before.iter().flatten() {
            if before.path != change.path {
                let mut names = vec![before.path];
                names.extend(former.get(&before.path).into_iter().flatten());
                let known = former.entry(change.path).or_default();
                names.retain(|name| !known.contains(name) && *name != change.path);
                known.splice(0..0, names);
            }
        }
    }
    let name = |path: usize| walked.paths[path].to_string();
    former
        .into_iter()
        .map(|(path, names)| (name(path), names.into_iter().map(name).collect()))
        .collect()
}
