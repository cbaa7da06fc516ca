//! Making a repository: for the demo, and for tests. Never used on a repository that was found.

use std::path::Path;

use git2::{IndexAddOption, RepositoryInitOptions, Signature, Time};

use crate::model::Timestamp;

use super::commit::Person;
use super::error::GitError;
use super::repository::Repository;

/// Makes an empty repository in `dir`, on the branch `main`, that reads no settings of the
/// machine's user.
///
/// # Errors
/// Where the folder cannot be written.
pub fn init(dir: &Path) -> Result<Repository, GitError> {
    let mut options = RepositoryInitOptions::new();
    options.initial_head("main").external_template(false).mkpath(true);
    let writing = |fault: git2::Error| GitError::reading("the new repository", &fault);
    let git = git2::Repository::init_opts(dir, &options).map_err(writing)?;
    let mut config = git.config().map_err(writing)?;
    config.set_bool("core.autocrlf", false).map_err(writing)?;
    Repository::around(git)
}

impl Repository {
    /// Commits the whole work tree, ignored files left out, and returns the new commit's id.
    ///
    /// # Errors
    /// Where an object or the branch cannot be written.
    pub fn commit_all(
        &self,
        author: &Person,
        at: Timestamp,
        message: &str,
    ) -> Result<String, GitError> {
        self.write_commit(author, at, message)
            .map_err(|fault| GitError::reading("the new commit", &fault))
    }

    fn write_commit(
        &self,
        author: &Person,
        at: Timestamp,
        message: &str,
    ) -> Result<String, git2::Error> {
        let mut index = self.git.index()?;
        index.add_all(["*"], IndexAddOption::DEFAULT, None)?;
        index.update_all(["*"], None)?;
        index.write()?;
        let tree = self.git.find_tree(index.write_tree()?)?;
        let who = signature(author, at)?;
        let parent = match self.git.head() {
            Ok(head) => Some(head.peel_to_commit()?),
            Err(_) => None,
        };
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        let id = self.git.commit(Some("HEAD"), &who, &who, message, &tree, &parents)?;
        Ok(id.to_string())
    }

    /// Puts an annotated tag on HEAD.
    ///
    /// # Errors
    /// Where there is no commit, or the tag exists.
    pub fn tag_head(
        &self,
        name: &str,
        by: &Person,
        at: Timestamp,
        message: &str,
    ) -> Result<(), GitError> {
        let write = || {
            let head = self.git.head()?.peel_to_commit()?;
            self.git.tag(name, head.as_object(), &signature(by, at)?, message, false)
        };
        write().map(drop).map_err(|fault| GitError::reading("the new tag", &fault))
    }
}

fn signature(who: &Person, at: Timestamp) -> Result<Signature<'static>, git2::Error> {
    Signature::new(&who.name, &who.email, &Time::new(at.epoch(), 0))
}
