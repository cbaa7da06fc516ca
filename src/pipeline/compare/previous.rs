//! The release before a snapshot: the newest that its commit stands on.

use crate::model::{ReleaseTags, counted};
use crate::snapshot::Snapshot;
use crate::sources::git::Repository;

use super::super::Error;

/// What helps where tags are named in a way of their own.
pub(in crate::pipeline) const NAME_THEM: &str =
    "Say which tags are releases in trueup.toml: `[releases]` with `tags = [\"…\"]`.";

/// The name of the release before `of`.
pub(super) fn name(
    repository: Option<&Repository>,
    tags: &ReleaseTags,
    of: &Snapshot,
) -> Result<String, Error> {
    let none = |why: &str| {
        Error::usage(format!("there is no release before this one: {why}"))
            .hinted("Name the earlier side: a tag, another revision, or a snapshot's file.")
    };
    let repository = repository.ok_or_else(|| none("there is no git repository"))?;
    let judged = of.commit.as_ref().ok_or_else(|| none("nothing was committed"))?;
    let judged = repository.resolve(&judged.id).map_err(Error::of_revision)?;
    let (mut newest, mut others) = (None, 0);
    for (name, id) in repository.tags()? {
        if id == judged.id || !repository.is_ancestor(&id, &judged)? {
            continue;
        }
        if !tags.hold(&name) {
            others += 1;
            continue;
        }
        let time = repository.resolve(&id)?.time;
        // Of two tags at one commit the shorter name.
        let key = (time, std::cmp::Reverse(name.len()), name.clone());
        if newest.as_ref().is_none_or(|known| key > *known) {
            newest = Some(key);
        }
    }
    match newest {
        Some((_, _, name)) => Ok(name),
        None if others > 0 => Err(Error::usage(format!(
            "none of the {} before this commit is a release by its name",
            counted(others, "tag")
        ))
        .hinted(NAME_THEM)),
        None => Err(none("no tag stands before its commit")),
    }
}
