//! Making a repository, for the demo. What was found is never written to: only a repository made
//! here has the means.

use std::collections::BTreeMap;
use std::path::Path;

use git2::build::{CheckoutBuilder, TreeUpdateBuilder};
use git2::{FileMode, Oid, RepositoryInitOptions, Signature, Time};

use crate::model::Timestamp;

use super::commit::Person;
use super::error::GitError;

/// A repository that was just made, on the branch `main`.
pub struct NewRepository(git2::Repository);

/// A commit to write.
#[derive(Debug, Clone, Copy)]
pub struct NewCommit<'c> {
    /// Everything it holds: path → bytes.
    pub files: &'c BTreeMap<String, Vec<u8>>,
    /// The ids of the commits it stands on.
    pub parents: &'c [String],
    /// Who wrote it.
    pub author: &'c Person,
    /// When.
    pub at: Timestamp,
    /// Its message.
    pub message: &'c str,
}

impl NewRepository {
    /// Makes an empty repository in `dir`, with none of the machine's templates.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn init(dir: &Path) -> Result<NewRepository, GitError> {
        let make = || {
            let mut options = RepositoryInitOptions::new();
            options.initial_head("main").external_template(false).mkpath(true);
            let git = git2::Repository::init_opts(dir, &options)?;
            git.config()?.set_bool("core.autocrlf", false)?;
            Ok(NewRepository(git))
        };
        make().map_err(|fault| GitError::writing("the repository", &fault))
    }

    /// Writes a commit and returns its id. No branch moves.
    ///
    /// # Errors
    /// Where a path is none, a parent is missing, or the disk refuses.
    pub fn commit(&self, commit: &NewCommit<'_>) -> Result<String, GitError> {
        self.write(commit).map_err(|fault| GitError::writing("a commit", &fault))
    }

    /// Puts `main` on a commit, and lays out its files.
    ///
    /// # Errors
    /// Where the commit is missing, or the disk refuses.
    pub fn check_out(&self, id: &str) -> Result<(), GitError> {
        let write = || {
            self.0.reference("refs/heads/main", Oid::from_str(id)?, true, "trueup demo")?;
            self.0.checkout_head(Some(CheckoutBuilder::new().force()))
        };
        write().map_err(|fault| GitError::writing("the work tree", &fault))
    }

    /// Puts an annotated tag on a commit.
    ///
    /// # Errors
    /// Where the commit is missing, or the tag exists.
    pub fn tag(&self, name: &str, id: &str, by: &Person, at: Timestamp) -> Result<(), GitError> {
        let write = || {
            let target = self.0.find_object(Oid::from_str(id)?, None)?;
            self.0.tag(name, &target, &signature(by, at)?, &format!("{name}\n"), false)
        };
        write().map(drop).map_err(|fault| GitError::writing("a tag", &fault))
    }

    fn write(&self, commit: &NewCommit<'_>) -> Result<String, git2::Error> {
        let mut update = TreeUpdateBuilder::new();
        for (path, bytes) in commit.files {
            update.upsert(path.as_str(), self.0.blob(bytes)?, FileMode::Blob);
        }
        let empty = self.0.find_tree(self.0.treebuilder(None)?.write()?)?;
        let tree = self.0.find_tree(update.create_updated(&self.0, &empty)?)?;
        let find = |id: &String| self.0.find_commit(Oid::from_str(id)?);
        let parents = commit.parents.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
        let who = signature(commit.author, commit.at)?;
        let id = self.0.commit(None, &who, &who, commit.message, &tree, &parents)?;
        Ok(id.to_string())
    }
}

fn signature(who: &Person, at: Timestamp) -> Result<Signature<'static>, git2::Error> {
    Signature::new(&who.name, &who.email, &Time::new(at.epoch(), 0))
}
