//! The history as several commits of one line of work knew it, out of one walk.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::checklist::Settings;
use crate::model::{Authorship, Checklist, ItemHistory};
use crate::sources::cache::Cache;
use crate::sources::git::history::Sought;
use crate::sources::git::{Ancestry, Commit, GitError, Repository};

use super::{History, Lost, Reading, key, of_checklists, with_cache};

/// What the history up to one commit tells of it and of others that it stands on.
pub struct Memory {
    head: Commit,
    /// The ids of the others.
    marks: Vec<String>,
    /// Of the commit's own checklists, as it is judged by: mostly the others hold them too.
    own: Option<(Own, Walk)>,
    /// Of every checklist that any of them holds: one that is gone has a past as well.
    all: Walk,
}

/// The checklists of a commit, and how its history is read.
#[derive(Debug, Default)]
pub struct Own {
    /// In the order in which they will be asked for.
    pub paths: Vec<String>,
    /// How they are read.
    pub settings: Settings,
    /// Where what was read is kept.
    pub cache: Option<Cache>,
}

/// A walk for some checklists; what it found, by what it hangs on, once it was asked for.
struct Walk {
    paths: Vec<String>,
    read: RefCell<Option<(String, History)>>,
}

/// The history of a commit that was walked before it was asked for.
pub struct Walked {
    head: String,
    walk: Walk,
}

/// What a commit knew of the items of its checklists.
pub struct Past {
    /// For each checklist the history of its items.
    pub items: Vec<Vec<ItemHistory>>,
    /// What was said up to it in vain, oldest first.
    pub lost: Vec<Lost>,
    /// A shallow clone cut it off.
    pub truncated: bool,
    /// The names that files had before, newest first.
    pub former: BTreeMap<String, Vec<String>>,
}

impl Memory {
    /// Nothing is read yet: `marks` are the ids of commits up to `head`, in the order in which they
    /// are asked for, `paths` the checklists that they hold, and `own` those of `head` itself, where
    /// its history will be asked for as well.
    pub fn of(
        head: Commit,
        paths: impl IntoIterator<Item = String>,
        marks: Vec<String>,
        own: Option<Own>,
    ) -> Memory {
        let mut paths: Vec<String> = paths.into_iter().collect();
        paths.sort();
        paths.dedup();
        let own = own.map(|mut own| {
            let walk = Walk::of(std::mem::take(&mut own.paths));
            (own, walk)
        });
        Memory { head, marks, own, all: Walk::of(paths) }
    }

    /// The history of `checklists` as `commit` holds and knows them; `None` where that has to be read
    /// by itself.
    ///
    /// # Errors
    /// As [`of_checklists`].
    pub fn at(
        &self,
        repository: &Repository,
        commit: &Commit,
        sought: &Sought<'_>,
        reading: &Reading<'_>,
        checklists: &[&Checklist],
    ) -> Result<Option<Past>, GitError> {
        // What a file of sign-offs held at an earlier commit is not kept.
        if reading.registers.is_some() {
            return Ok(None);
        }
        let mut past = None;
        if let Some((own, walk)) = &self.own
            && own.settings == *reading.settings
        {
            let cache = own.cache.as_ref();
            let (key, history) = self.read(walk, repository, (sought, reading), cache)?;
            past = history.past(repository, commit, checklists)?;
            walk.read.replace(Some((key, history)));
        }
        if past.is_none() && self.all.asks(sought.paths) {
            let (key, history) = self.read(&self.all, repository, (sought, reading), None)?;
            past = history.past(repository, commit, checklists)?;
            self.all.read.replace(Some((key, history)));
        }
        // They are asked for in their order: after the last nobody asks, and it is large.
        if self.marks.last() == Some(&commit.id) {
            self.all.read.take();
        }
        Ok(past)
    }

    /// What `walk` found, as it was found before or anew, with what it hangs on.
    fn read(
        &self,
        walk: &Walk,
        repository: &Repository,
        (sought, reading): (&Sought<'_>, &Reading<'_>),
        cache: Option<&Cache>,
    ) -> Result<(String, History), GitError> {
        let sought = Sought { paths: &walk.paths, marks: &self.marks, ..*sought };
        let key = key(repository, &sought, reading);
        if let Some(known) = walk.read.take().filter(|(known, _)| *known == key) {
            return Ok(known);
        }
        let history = match cache {
            Some(cache) => with_cache(repository, &self.head, &sought, reading, cache)?,
            None => of_checklists(repository, &self.head, &sought, reading)?,
        };
        Ok((key, history))
    }

    /// The history of the commit itself, where it was walked; the others are told no more.
    pub fn walked(self) -> Option<Walked> {
        let (_, walk) = self.own?;
        if let Some((_, history)) = walk.read.borrow_mut().as_mut() {
            history.marked.clear();
        }
        Some(Walked { head: self.head.id, walk })
    }
}

impl Walk {
    fn of(paths: Vec<String>) -> Walk {
        Walk { paths, read: RefCell::default() }
    }

    /// Whether it looks for `paths` from the first commit on.
    fn asks(&self, paths: &[String]) -> bool {
        paths.iter().all(|path| self.paths.binary_search(path).is_ok())
    }
}

impl Walked {
    /// What [`of_checklists`] would give; `None` where something else is asked for, or it was given
    /// away.
    pub fn take(
        &self,
        repository: &Repository,
        head: &Commit,
        sought: &Sought<'_>,
        reading: &Reading<'_>,
    ) -> Option<History> {
        let (known, history) = self.walk.read.take()?;
        let is_asked = head.id == self.head
            && sought.paths == self.walk.paths
            && known == key(repository, sought, reading);
        is_asked.then_some(history)
    }
}

impl History {
    fn past(
        &self,
        repository: &Repository,
        commit: &Commit,
        checklists: &[&Checklist],
    ) -> Result<Option<Past>, GitError> {
        let row = self.marked.get(&commit.id).filter(|_| !self.taken_back);
        let Some(row) = row else { return Ok(None) };
        let place = |of: &&Checklist| {
            let place = self.paths.iter().position(|path| **path == of.path);
            place.filter(|at| *at < row.len())
        };
        let places: Option<Vec<usize>> = checklists.iter().map(place).collect();
        let Some(places) = places else { return Ok(None) };
        let known = match self.said.is_empty() && self.lost.is_empty() {
            true => Ancestry::default(),
            false => repository.ancestry(commit)?,
        };
        let is_said = |by: &Authorship| known.contains(&by.commit);
        let items = places.iter().zip(checklists).map(|(at, checklist)| {
            self.items_of(row.get(*at).map(|of| &**of), checklist, &is_said)
        });
        let items = items.collect();
        let lost = self.untold(&is_said).cloned().collect();
        let former = self.former.clone();
        Ok(Some(Past { items, lost, truncated: self.truncated, former }))
    }
}
