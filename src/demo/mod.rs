//! The example: a web shop's repository with releases, people, and what its tools left behind.
//!
//! [`story`] tells what happened as data; [`history`] turns that into commits; here they are
//! written. The same story gives the same commits, ids and all.

mod history;
mod story;

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::Timestamp;
use crate::sources::git::GitError;
use crate::sources::git::write::{NewCommit, NewRepository};
use crate::sources::output::{FreshFolder, WriteError};

use history::Told;

/// Why the example could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DemoError {
    /// The folder or a file in it.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The repository.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The story itself: a fault of ours, which the tests would have found.
    #[error("the example's story is broken: {0}")]
    Story(String),
}

impl DemoError {
    /// What to do, as a sentence.
    pub fn hint(&self) -> Option<&str> {
        match self {
            DemoError::Write(fault) => fault.hint(),
            DemoError::Git(fault) => fault.hint(),
            DemoError::Story(_) => None,
        }
    }
}

/// The moment that the example is told at: what its report is judged by.
///
/// # Errors
/// Never, as long as the story's own clock is a time.
pub fn clock() -> Result<Timestamp, DemoError> {
    history::time(story::CLOCK)
}

/// Writes the example to `dir`, which must be new or empty: a repository of several commits and
/// tags, and the artifacts of its last CI run. It appears whole or not at all.
///
/// # Errors
/// Where `dir` holds something, or the disk refuses.
pub fn write(dir: &Path) -> Result<(), DemoError> {
    let folder = FreshFolder::begin(dir)?;
    let repository = NewRepository::init(folder.path())?;
    let mut ids = BTreeMap::new();
    let mut last = None;
    for told in history::tell()? {
        let id = commit(&repository, &told, &ids)?;
        if let Some(tag) = told.tag {
            repository.tag(tag, &id, &told.author, told.at)?;
        }
        ids.insert(told.name, id.clone());
        last = Some(id);
    }
    let last = last.ok_or_else(|| DemoError::Story("nothing happens".to_owned()))?;
    repository.check_out(&last)?;
    for (path, bytes, made) in history::artifacts()? {
        folder.file(&path, &history::named(&bytes, &ids)?, made)?;
    }
    folder.finish()?;
    Ok(())
}

fn commit(
    repository: &NewRepository,
    told: &Told,
    ids: &BTreeMap<&'static str, String>,
) -> Result<String, DemoError> {
    let parents: Vec<String> =
        told.parents.iter().filter_map(|name| ids.get(name)).cloned().collect();
    let mut files = BTreeMap::new();
    for (path, bytes) in &told.files {
        files.insert(path.clone(), history::named(bytes, ids)?);
    }
    Ok(repository.commit(&NewCommit {
        files: &files,
        parents: &parents,
        author: &told.author,
        at: told.at,
        message: told.message,
    })?)
}

#[cfg(test)]
mod tests;
