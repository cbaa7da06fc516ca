//! The release before a snapshot: the newest tag that its commit stands on.

use crate::snapshot::Snapshot;
use crate::sources::git::Repository;

use super::super::Error;

/// The name of the release before `of`.
pub(super) fn name(repository: Option<&Repository>, of: &Snapshot) -> Result<String, Error> {
    let none = |why: &str| {
        Error::usage(format!("there is no release before this one: {why}"))
            .hinted("Name the earlier side: a tag, another revision, or a snapshot's file.")
    };
    let repository = repository.ok_or_else(|| none("there is no git repository"))?;
    let judged = of.commit.as_ref().ok_or_else(|| none("nothing was committed"))?;
    let judged = repository.resolve(&judged.id).map_err(Error::of_revision)?;
    let mut newest = None;
    for (name, id) in repository.tags()? {
        if id == judged.id || !repository.is_ancestor(&id, &judged)? {
            continue;
        }
        let time = repository.resolve(&id)?.time;
        // Of two tags at one commit the later name: v1.0.0 over v1.0.0-rc.1 is decided by length.
        let key = (time, std::cmp::Reverse(name.len()), name.clone());
        if newest.as_ref().is_none_or(|known| key > *known) {
            newest = Some(key);
        }
    }
    newest.map(|(_, _, name)| name).ok_or_else(|| none("no tag stands before its commit"))
}
