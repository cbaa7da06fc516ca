//! Walking history: newest commit first, each once, never past a shallow clone's cut.

use std::collections::{BTreeSet, BinaryHeap};
use std::sync::Arc;

use git2::Oid;

use super::commit::Commit;
use super::error::GitError;
use super::repository::{Paths, Repository};

/// The commits that `head` stands on, itself first, by committer time. Where a clock ran wrong, a
/// parent can come before its child.
pub(super) struct NewestFirst<'r> {
    repository: &'r Repository,
    waiting: BinaryHeap<(i64, Oid)>,
    met: BTreeSet<Oid>,
}

impl<'r> NewestFirst<'r> {
    pub(super) fn from(repository: &'r Repository, head: Oid) -> Result<NewestFirst<'r>, GitError> {
        let mut walk = NewestFirst { repository, waiting: BinaryHeap::new(), met: BTreeSet::new() };
        walk.meet(head)?;
        Ok(walk)
    }

    fn meet(&mut self, id: Oid) -> Result<(), GitError> {
        if self.met.insert(id) {
            self.waiting.push((self.repository.find(id)?.time().seconds(), id));
        }
        Ok(())
    }

    fn advance(&mut self) -> Result<Option<git2::Commit<'r>>, GitError> {
        let Some((_, id)) = self.waiting.pop() else { return Ok(None) };
        for parent in self.repository.parents(id)? {
            self.meet(parent)?;
        }
        self.repository.find(id).map(Some)
    }
}

impl<'r> Iterator for NewestFirst<'r> {
    type Item = Result<git2::Commit<'r>, GitError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.advance().transpose()
    }
}

impl Repository {
    /// The ids of a commit's parents, as far as this clone holds them.
    pub(super) fn parents(&self, id: Oid) -> Result<Vec<Oid>, GitError> {
        if self.cut.contains(&id) {
            return Ok(Vec::new());
        }
        Ok(self.find(id)?.parent_ids().collect())
    }

    /// The paths that a commit itself changed: against its parent, or for a merge those that
    /// differ from every parent. A root commit changes all it holds; so seems a commit at a cut.
    pub(super) fn touched(&self, id: Oid) -> Result<Paths, GitError> {
        if let Some(known) = self.touched.borrow().get(&id) {
            return Ok(Arc::clone(known));
        }
        let parents = self.parents(id)?;
        let mut touched = self.differing(parents.first().copied(), id)?;
        for parent in parents.into_iter().skip(1) {
            let other = self.differing(Some(parent), id)?;
            touched.retain(|path| other.contains(path));
        }
        let touched = Arc::new(touched);
        self.touched.borrow_mut().insert(id, Arc::clone(&touched));
        Ok(touched)
    }

    /// Every entry of a commit by path, links and submodules included.
    ///
    /// # Errors
    /// Where its tree cannot be read.
    pub fn entries(&self, commit: &Commit) -> Result<BTreeSet<String>, GitError> {
        self.differing(None, self.oid(commit)?)
    }

    /// Whether `head` or a commit it stands on, as far as this clone holds them, had an entry whose
    /// path is wanted.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn ever_held(
        &self,
        head: &Commit,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<bool, GitError> {
        for commit in NewestFirst::from(self, self.oid(head)?)? {
            if self.touched(commit?.id())?.iter().any(|path| wanted(path)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Where the last of the files went whose path is wanted: of the newest commit that changed one, a new
    /// file of the same name elsewhere. `None` where there is none.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn moved_to(
        &self,
        head: &Commit,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Option<String>, GitError> {
        let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        for commit in NewestFirst::from(self, self.oid(head)?)? {
            let commit = commit?;
            let touched = self.touched(commit.id())?;
            let gone: BTreeSet<String> =
                touched.iter().filter(|path| wanted(path)).map(|path| name(path)).collect();
            if gone.is_empty() {
                continue;
            }
            let tree = self.tree(&self.describe(&commit)?)?;
            let before = match self.parents(commit.id())?.first() {
                Some(parent) => Some(self.tree(&self.describe(&self.find(*parent)?)?)?),
                None => None,
            };
            let is_new = |path: &str| {
                let was = before.as_ref().and_then(|before| before.blob_at(path));
                tree.blob_at(path).is_some() && was.is_none()
            };
            let put = |path: &&String| gone.contains(&name(path)) && is_new(path);
            return Ok(touched.iter().filter(|path| !wanted(path)).find(put).cloned());
        }
        Ok(None)
    }

    /// The paths in which two commits' trees differ, remembered.
    pub(super) fn between(&self, base: Oid, head: Oid) -> Result<Paths, GitError> {
        if let Some(known) = self.between.borrow().get(&(base, head)) {
            return Ok(Arc::clone(known));
        }
        let paths = Arc::new(self.differing(Some(base), head)?);
        self.between.borrow_mut().insert((base, head), Arc::clone(&paths));
        Ok(paths)
    }

    fn differing(&self, base: Option<Oid>, head: Oid) -> Result<BTreeSet<String>, GitError> {
        let base = base.map(|id| self.files_of(id)).transpose()?;
        self.apart(base.as_ref(), head)
    }

    fn files_of(&self, commit: Oid) -> Result<git2::Tree<'_>, GitError> {
        self.find(commit)?.tree().map_err(|fault| unread(&fault))
    }

    /// The paths in which a commit differs from `base`.
    pub(super) fn apart(
        &self,
        base: Option<&git2::Tree<'_>>,
        head: Oid,
    ) -> Result<BTreeSet<String>, GitError> {
        let head = self.files_of(head)?;
        let mut options = git2::DiffOptions::new();
        // Renames stay a removal and an addition: both paths changed.
        options.include_typechange(true).skip_binary_check(true);
        let diff = self
            .git
            .diff_tree_to_tree(base, Some(&head), Some(&mut options))
            .map_err(|fault| unread(&fault))?;
        let mut paths = BTreeSet::new();
        for delta in diff.deltas() {
            for file in [delta.old_file(), delta.new_file()] {
                paths.extend(file.path_bytes().map(super::commit::lossy));
            }
        }
        Ok(paths)
    }
}

fn unread(fault: &git2::Error) -> GitError {
    GitError::reading("a folder of the history", fault)
}
