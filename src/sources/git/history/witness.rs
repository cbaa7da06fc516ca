//! The commits that are named in a history, in our own words.

use std::sync::Arc;

use git2::{Commit, Mailmap};

use crate::model::Authorship;
use crate::sources::git::commit::{lossy, seconds};
use crate::sources::git::error::GitError;
use crate::sources::git::repository::Repository;
use crate::sources::git::signature;

use super::graph::Graph;
use super::picks::picked_from;
use super::releases::Releases;
use super::requests::merges_request;

/// Describes commits, each once.
pub(super) struct Witnesses<'g, 'r> {
    graph: &'g Graph,
    repository: &'r Repository,
    releases: &'g Releases,
    people: Option<&'r Mailmap>,
    known: Vec<Option<Arc<Authorship>>>,
}

impl<'g, 'r> Witnesses<'g, 'r> {
    pub(super) fn new(
        repository: &'r Repository,
        graph: &'g Graph,
        releases: &'g Releases,
    ) -> Witnesses<'g, 'r> {
        let known = vec![None; graph.nodes.len()];
        Witnesses { graph, repository, releases, people: repository.people(), known }
    }

    /// The commit at `at` of the graph.
    ///
    /// # Errors
    /// Where the commit, which the graph was made of, cannot be read again.
    pub(super) fn at(&mut self, at: usize) -> Result<Arc<Authorship>, GitError> {
        if let Some(known) = &self.known[at] {
            return Ok(Arc::clone(known));
        }
        let commit = self.repository.find(self.graph.nodes[at].id)?;
        let told = Arc::new(describe(&commit, self.people, self.releases.of(at)));
        self.known[at] = Some(Arc::clone(&told));
        Ok(told)
    }
}

fn describe(commit: &Commit<'_>, people: Option<&Mailmap>, release: Option<&str>) -> Authorship {
    let author = people
        .and_then(|people| commit.author_with_mailmap(people).ok())
        .unwrap_or_else(|| commit.author().to_owned());
    let (time, written) = (seconds(commit.time()), seconds(author.when()));
    Authorship {
        commit: commit.id().to_string(),
        time,
        authored: (written < time).then_some(written),
        author: lossy(author.name_bytes()),
        email: lossy(author.email_bytes()),
        person: None,
        picked_from: picked_from(commit.message_raw_bytes()),
        merges_request: merges_request(commit),
        subject: lossy(commit.summary_bytes().unwrap_or_default()),
        signature: signature::of(commit),
        release: release.map(str::to_owned),
    }
}
