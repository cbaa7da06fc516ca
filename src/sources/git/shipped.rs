//! Which release each commit first shipped in.

use std::sync::Arc;

use git2::Oid;

use super::commit::seconds;
use super::error::GitError;
use super::repository::Repository;
use crate::model::ReleaseTags;
use crate::model::map::{HashMap, HashMapExt};

/// A release: when its commit was made, its name, that commit.
pub type Release = (i64, String, Oid);

impl Repository {
    /// The releases before `judged` that can hold a change of what is wanted, the earliest first: the ones
    /// that it stands on but for its own, and older ones on branches beside it. Where all of it lies in
    /// folders of packages that are tagged each by itself, not those of the others.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn releases_of(
        &self,
        judged: &str,
        tags: &ReleaseTags,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Release>, GitError> {
        let judged =
            Oid::from_str(judged).map_err(|fault| GitError::reading("the history", &fault))?;
        let mut releases = self.releases_before(judged, tags)?;
        releases.extend(self.releases_beside(judged, tags)?);
        releases.sort();
        self.without_other_packages(releases, judged, wanted)
    }

    /// The earliest of `releases` that holds each commit. What none holds is not there.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn shipped(&self, releases: &[Release]) -> Result<HashMap<String, Arc<str>>, GitError> {
        let reading = |fault: git2::Error| GitError::reading("the history", &fault);
        let mut shipped = HashMap::new();
        let mut before: Vec<Oid> = Vec::new();
        for (_, name, release) in releases {
            let name: Arc<str> = Arc::from(name.as_str());
            let mut walk = self.git.revwalk().map_err(reading)?;
            walk.push(*release).map_err(reading)?;
            for earlier in &before {
                walk.hide(*earlier).map_err(reading)?;
            }
            for id in walk {
                let id = id.map_err(reading)?.to_string();
                shipped.entry(id).or_insert_with(|| Arc::clone(&name));
            }
            before.push(*release);
        }
        Ok(shipped)
    }

    /// The releases that `head` stands on, but for its own.
    pub(super) fn releases_before(
        &self,
        head: Oid,
        tags: &ReleaseTags,
    ) -> Result<Vec<Release>, GitError> {
        self.releases(tags, |id| Ok(id != head && self.stands_on(head, id)?))
    }

    /// The older releases on branches that left the line of `head`.
    fn releases_beside(&self, head: Oid, tags: &ReleaseTags) -> Result<Vec<Release>, GitError> {
        self.releases(tags, |id| Ok(!self.stands_on(head, id)? && self.forked(id, head)?.is_some()))
    }

    fn releases(
        &self,
        tags: &ReleaseTags,
        is_meant: impl Fn(Oid) -> Result<bool, GitError>,
    ) -> Result<Vec<Release>, GitError> {
        let mut releases = Vec::new();
        for (name, id) in self.tags()?.into_iter().filter(|(name, _)| tags.hold(name)) {
            let Some(id) = self.commit_named(&id) else { continue };
            if is_meant(id)? {
                releases.push((seconds(self.find(id)?.time()).epoch(), name, id));
            }
        }
        Ok(releases)
    }
}
