//! The history as several commits of one line of work knew it, out of one walk.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::model::{Authorship, Checklist, ItemHistory};
use crate::sources::git::history::Sought;
use crate::sources::git::{Ancestry, Commit, GitError, Repository};

use super::{History, Lost, Reading, key, of_checklists};

/// What the history up to one commit tells of others that it stands on.
pub struct Memory {
    head: Commit,
    /// Every checklist that any of the commits holds: one that is gone has a past as well.
    paths: Vec<String>,
    /// The ids of the commits.
    marks: Vec<String>,
    read: RefCell<Option<(String, History)>>,
}

/// What a commit knew of the items of its checklists.
pub struct Past {
    /// For each checklist the history of its items.
    pub items: Vec<Vec<ItemHistory>>,
    /// The trailers up to it that mean no item of their commit, oldest first.
    pub lost: Vec<Lost>,
    /// A shallow clone cut it off.
    pub truncated: bool,
    /// The names that files had before, newest first.
    pub former: BTreeMap<String, Vec<String>>,
}

impl Memory {
    /// Nothing is read yet: `marks` are the ids of commits up to `head`, in the order in which they
    /// are asked for, `paths` the checklists that they hold.
    pub fn of(head: Commit, paths: impl IntoIterator<Item = String>, marks: Vec<String>) -> Memory {
        let mut paths: Vec<String> = paths.into_iter().collect();
        paths.sort();
        paths.dedup();
        Memory { head, paths, marks, read: RefCell::default() }
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
        let covers = sought.paths.iter().all(|path| self.paths.binary_search(path).is_ok());
        // What a file of sign-offs held at an earlier commit is not kept.
        if !covers || reading.registers.is_some() {
            return Ok(None);
        }
        let sought = Sought { paths: &self.paths, marks: &self.marks, ..*sought };
        let key = key(repository, &sought, reading);
        let known = self.read.take().filter(|(known, _)| *known == key);
        let history = match known {
            Some((_, history)) => history,
            None => of_checklists(repository, &self.head, &sought, reading)?,
        };
        let past = history.past(repository, commit, checklists);
        // They are asked for in their order: after the last nobody asks, and it is large.
        if self.marks.last() != Some(&commit.id) {
            self.read.replace(Some((key, history)));
        }
        past
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
        let known = match self.said.is_empty() && self.lost.is_empty() {
            true => Ancestry::default(),
            false => repository.ancestry(commit)?,
        };
        let is_said = |by: &Authorship| known.contains(&by.commit);
        let items = checklists.iter().map(|checklist| {
            let place = self.paths.iter().position(|path| **path == checklist.path);
            let file = place.and_then(|at| row.get(at)?.as_deref());
            self.items_of(file, checklist, &is_said)
        });
        let items = items.collect();
        let lost = self.lost.iter().filter(|lost| is_said(&lost.trailer.by)).cloned().collect();
        let former = self.former.clone();
        Ok(Some(Past { items, lost, truncated: self.truncated, former }))
    }
}
