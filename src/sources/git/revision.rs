//! From names to commits: HEAD, branches, tags, ids whole and abbreviated.

use std::collections::BTreeMap;

use git2::{ErrorCode, ObjectType, Oid};

use super::commit::{Commit, lossy};
use super::error::{GitError, GitErrorKind};
use super::repository::Repository;
use super::tree::BlobId;

/// The fewest hex digits by which an artifact may name a commit: git's own abbreviation.
const SHORTEST_ID: usize = 7;

impl Repository {
    /// The commit that is checked out; `None` where nothing was committed yet.
    ///
    /// # Errors
    /// Where HEAD or its commit cannot be read.
    pub fn head(&self) -> Result<Option<Commit>, GitError> {
        let head = match self.git.head() {
            Ok(head) => head,
            Err(fault) if fault.code() == ErrorCode::UnbornBranch => return Ok(None),
            Err(fault) if fault.code() == ErrorCode::NotFound => return Ok(None),
            Err(fault) => return Err(GitError::reading("HEAD", &fault)),
        };
        let commit = head
            .peel_to_commit()
            .map_err(|fault| GitError::reading("the commit at HEAD", &fault))?;
        let mut described = self.describe(&commit)?;
        described.branch = head.is_branch().then(|| lossy(head.shorthand_bytes()));
        Ok(Some(described))
    }

    /// The commit that `revision` names: a branch, a tag, an id, `HEAD~2`.
    ///
    /// # Errors
    /// Where nothing, several things, or something that is no commit has that name.
    pub fn resolve(&self, revision: &str) -> Result<Commit, GitError> {
        let unknown = |why: &str| {
            GitError::new(
                GitErrorKind::UnknownRevision,
                format!("`{revision}` names no commit of this repository{why}"),
            )
        };
        let object = match self.git.revparse_single(revision) {
            Ok(object) => object,
            Err(fault) if fault.code() == ErrorCode::Ambiguous => {
                return Err(GitError::new(
                    GitErrorKind::AmbiguousRevision,
                    format!("`{revision}` fits several objects of this repository"),
                )
                .with_hint("Write more digits of the id."));
            }
            Err(_) if self.is_shallow() => {
                return Err(unknown(" as it was cloned: the clone is shallow").with_hint(
                    "Fetch the whole history (`fetch-depth: 0`, or `git fetch --unshallow`).",
                ));
            }
            Err(_) => {
                return Err(unknown("").with_hint(
                    "Name a branch, a tag or an id that is there; `git fetch --tags` brings tags.",
                ));
            }
        };
        match object.peel_to_commit() {
            Ok(commit) => self.describe(&commit),
            Err(_) => Err(unknown("; it names something else")),
        }
    }

    /// Every tag that points at a commit, with that commit's full id, sorted by name.
    ///
    /// # Errors
    /// Where the references cannot be read.
    pub fn tags(&self) -> Result<Vec<(String, String)>, GitError> {
        let reading = |fault: git2::Error| GitError::reading("the list of tags", &fault);
        let mut tags = BTreeMap::new();
        for reference in self.git.references_glob("refs/tags/*").map_err(reading)? {
            let reference = reference.map_err(reading)?;
            // A tag may point at a blob or at nothing: then it names no commit.
            if let Ok(commit) = reference.peel_to_commit() {
                tags.insert(lossy(reference.shorthand_bytes()), commit.id().to_string());
            }
        }
        Ok(tags.into_iter().collect())
    }

    /// When the tag of that name was made, in seconds, where it is one that tells (`git tag -a`).
    pub fn tagged_at(&self, name: &str) -> Option<i64> {
        let reference = self.git.find_reference(&format!("refs/tags/{name}")).ok()?;
        let tag = reference.peel_to_tag().ok()?;
        Some(tag.tagger()?.when().seconds())
    }

    /// The branches, of this clone and then of its remotes, at whose end there is a file at `path`, each with
    /// the file.
    ///
    /// # Errors
    /// Where the references cannot be read.
    pub fn branches_with(&self, path: &str) -> Result<Vec<(String, BlobId)>, GitError> {
        let reading = |fault: git2::Error| GitError::reading("the list of branches", &fault);
        let mut branches = Vec::new();
        for kind in ["refs/heads/*", "refs/remotes/*"] {
            for reference in self.git.references_glob(kind).map_err(reading)? {
                let reference = reference.map_err(reading)?;
                let name = lossy(reference.shorthand_bytes());
                let Ok(commit) = reference.peel_to_commit() else { continue };
                let Ok(tree) = self.tree(&self.describe(&commit)?) else { continue };
                branches.extend(tree.blob_at(path).map(|blob| (name, blob)));
            }
        }
        Ok(branches)
    }

    pub(super) fn tags_at(&self, id: &str) -> Result<Vec<String>, GitError> {
        let all = self.tags()?;
        Ok(all.into_iter().filter(|(_, at)| at == id).map(|(name, _)| name).collect())
    }

    /// Whether `ancestor` is `descendant` or one of the commits it stands on. `false` too where a
    /// shallow clone has cut off what would tell.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn is_ancestor(&self, ancestor: &str, descendant: &Commit) -> Result<bool, GitError> {
        let Some(ancestor) = self.commit_named(ancestor) else { return Ok(false) };
        let descendant = self.oid(descendant)?;
        self.stands_on(descendant, ancestor)
    }

    /// The newest commit of the first parents' line from `commit` on, itself included, that `is`
    /// holds of; none further back than `most` commits is looked at.
    pub fn nearest(
        &self,
        commit: &Commit,
        most: usize,
        is: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let first = self.oid(commit).and_then(|id| self.find(id)).ok()?;
        let line = std::iter::successors(Some(first), |commit| commit.parent(0).ok());
        line.take(most).map(|commit| commit.id().to_string()).find(|id| is(id))
    }

    pub(super) fn stands_on(&self, descendant: Oid, ancestor: Oid) -> Result<bool, GitError> {
        if descendant == ancestor {
            return Ok(true);
        }
        self.git
            .graph_descendant_of(descendant, ancestor)
            .map_err(|fault| GitError::reading("the history", &fault))
    }

    /// The commit that a tool named by its id, whole or cut to seven digits or more. `None` where
    /// it is not there or not the only one.
    pub(super) fn commit_named(&self, id: &str) -> Option<Oid> {
        let id = id.trim();
        let is_hex = id.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hex || id.len() < SHORTEST_ID || id.len() > 40 {
            return None;
        }
        let object = self.git.find_object_by_prefix(id, None::<ObjectType>).ok()?;
        Some(object.peel_to_commit().ok()?.id())
    }

    pub(super) fn oid(&self, commit: &Commit) -> Result<Oid, GitError> {
        Oid::from_str(&commit.id).map_err(|fault| GitError::reading(&commit.id, &fault))
    }

    pub(super) fn find(&self, id: Oid) -> Result<git2::Commit<'_>, GitError> {
        self.git
            .find_commit(id)
            .map_err(|fault| GitError::reading(&format!("commit {}", short(id)), &fault))
    }
}

/// The first ten digits: enough to find it, short enough to read.
pub(super) fn short(id: Oid) -> String {
    id.to_string().chars().take(10).collect()
}
