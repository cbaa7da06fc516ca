//! A commit in our own words.

use crate::model::{Signature, Timestamp};

use super::error::GitError;
use super::repository::Repository;
use super::signature;

/// A commit, with the names that point at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The full id, 40 hex digits.
    pub id: String,
    /// When it was committed: the time that order is judged by.
    pub time: Timestamp,
    /// When it was written, which a rebase keeps.
    pub author_time: Timestamp,
    /// Who wrote it, by the mailmap.
    pub author: Person,
    /// The first line of its message; bytes that are not UTF-8 are replaced.
    pub subject: String,
    /// The branch that is checked out, where this is its tip and was asked for as HEAD.
    pub branch: Option<String>,
    /// The tags that point at it, sorted.
    pub tags: Vec<String>,
    /// What its signature is worth here.
    pub signature: Signature,
}

/// A person as git knows one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
}

/// A commit named in passing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitRef {
    /// The full id, 40 hex digits.
    pub id: String,
    /// When it was committed.
    pub time: Timestamp,
    /// The first line of its message.
    pub subject: String,
}

impl Repository {
    pub(super) fn describe(&self, commit: &git2::Commit<'_>) -> Result<Commit, GitError> {
        let author = self
            .people()
            .and_then(|people| commit.author_with_mailmap(people).ok())
            .unwrap_or_else(|| commit.author().to_owned());
        let id = commit.id().to_string();
        Ok(Commit {
            time: seconds(commit.time()),
            author_time: seconds(author.when()),
            author: Person { name: lossy(author.name_bytes()), email: lossy(author.email_bytes()) },
            subject: subject(commit),
            branch: None,
            tags: self.tags_at(&id)?,
            signature: signature::of(commit),
            id,
        })
    }
}

pub(super) fn reference(commit: &git2::Commit<'_>) -> CommitRef {
    CommitRef {
        id: commit.id().to_string(),
        time: seconds(commit.time()),
        subject: subject(commit),
    }
}

fn subject(commit: &git2::Commit<'_>) -> String {
    lossy(commit.summary_bytes().unwrap_or_default())
}

/// A time of git; one beyond the years that people write becomes the last of them.
#[expect(clippy::expect_used, reason = "seconds from 1970 to 9999 are within the calendar")]
pub(super) fn seconds(time: git2::Time) -> Timestamp {
    const END_OF_9999: i64 = 253_402_300_799;
    Timestamp::from_epoch(time.seconds().clamp(0, END_OF_9999)).expect("within the calendar")
}

pub(super) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
