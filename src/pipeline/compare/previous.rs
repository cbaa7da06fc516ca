//! The release before a snapshot: the newest that its commit stands on.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::ReleaseTags;
use crate::snapshot::Snapshot;
use crate::sources::git::{Commit, Repository};

use super::super::Error;
use super::Judging;

/// What helps where tags are named in a way of their own.
pub(in crate::pipeline) const NAME_THEM: &str =
    "Say which tags are releases in trueup.toml: `[releases]` with `tags = [\"…\"]`.";

/// The name of the release before `of`: a tag, or one that was recorded, for a clone may lack tags.
pub(super) fn name(
    judging: &Judging<'_>,
    tags: &ReleaseTags,
    of: &Snapshot,
) -> Result<String, Error> {
    let none = |why: &str| {
        Error::usage(format!("there is no release before this one: {why}"))
            .hinted("Name the earlier side: a tag, another revision, or a snapshot's file.")
    };
    let repository = judging.repository.ok_or_else(|| none("there is no git repository"))?;
    let judged = of.commit.as_ref().ok_or_else(|| none("nothing was committed"))?;
    let judged = repository.resolve(&judged.id).map_err(Error::of_revision)?;
    let releases = releases(judging, repository, &judged)?;
    let others = releases.keys().any(|name| !tags.hold(name));
    match newest(judging, repository, &judged, releases, |name| tags.hold(name))? {
        Some(name) => Ok(name),
        None if others => {
            let lead =
                "nothing that was tagged or recorded before this commit is a release by its name";
            Err(Error::usage(lead).hinted(NAME_THEM))
        }
        None => Err(none("no tag stands before its commit, and no record")),
    }
}

/// The name of the newest release before `of` that was recorded; `None` where there is none.
pub(super) fn recorded(
    judging: &Judging<'_>,
    tags: &ReleaseTags,
    of: &Snapshot,
) -> Result<Option<String>, Error> {
    let Some((repository, judged)) = judging.repository.zip(of.commit.as_ref()) else {
        return Ok(None);
    };
    let judged = repository.resolve(&judged.id).map_err(Error::of_revision)?;
    let releases = releases(judging, repository, &judged)?;
    let recorded = judging.recorded()?;
    let is_one = |name: &str| tags.hold(name) && recorded.contains(name);
    newest(judging, repository, &judged, releases, is_one)
}

/// The newest of those `releases` that are meant, as they stand before `judged`.
fn newest(
    judging: &Judging<'_>,
    repository: &Repository,
    judged: &Commit,
    releases: BTreeMap<String, Option<String>>,
    is_meant: impl Fn(&str) -> bool,
) -> Result<Option<String>, Error> {
    let mut newest = None;
    for (name, id) in releases.into_iter().filter(|(name, _)| is_meant(name)) {
        let id = match id {
            Some(id) => id,
            None => match recorded_at(judging, repository, &name, judged)? {
                Some(id) => id,
                None => continue,
            },
        };
        let time = repository.resolve(&id)?.time;
        // Of two at one commit the shorter name.
        let key = (time, std::cmp::Reverse(name.len()), name);
        if newest.as_ref().is_none_or(|known| key > *known) {
            newest = Some(key);
        }
    }
    Ok(newest.map(|(_, _, name)| name))
}

/// What may be a release before `judged`: the tags of the commits that it stands on, each with its
/// commit, and what was recorded and has no tag here.
fn releases(
    judging: &Judging<'_>,
    repository: &Repository,
    judged: &Commit,
) -> Result<BTreeMap<String, Option<String>>, Error> {
    let mut releases = BTreeMap::new();
    let mut now = BTreeSet::new();
    for (name, id) in repository.tags()? {
        if id == judged.id {
            now.insert(name);
        } else if repository.is_ancestor(&id, judged)? {
            releases.insert(name, Some(id));
        }
    }
    for name in judging.recorded()?.into_iter().filter(|name| !now.contains(name)) {
        releases.entry(name).or_insert(None);
    }
    Ok(releases)
}

/// The commit that the release `name` was recorded of, where `judged` stands on it.
fn recorded_at(
    judging: &Judging<'_>,
    repository: &Repository,
    name: &str,
    judged: &Commit,
) -> Result<Option<String>, Error> {
    let record = judging.release(name)?;
    let Some(id) = record.and_then(|of| of.commit).map(|commit| commit.id) else { return Ok(None) };
    Ok((id != judged.id && repository.is_ancestor(&id, judged)?).then_some(id))
}
