//! What a document was for at an earlier commit: when its items were ticked, where a tick counts as a
//! sign-off, and when it was deployed.

use std::collections::BTreeMap;

use crate::checklist::{self, Settings};
use crate::model::{Checklist, Document, Documents, ItemHistory, edition};
use crate::sources::git::Repository;

use super::project::LARGEST_TEXT;

/// Puts into each tick what its document was for at its commit; `former` tells the names that a file had
/// before.
pub(super) fn of_ticks(
    repository: &Repository,
    documents: &mut Documents,
    settings: &Settings,
    former: &dyn Fn(&str) -> Vec<String>,
) {
    for document in documents.iter_mut() {
        let mut names = vec![document.checklist.path.clone()];
        names.extend(former(&document.checklist.path));
        of_document(document, &|commit| at(repository, commit, &names, settings));
    }
}

fn of_document(document: &mut Document, at: &dyn Fn(&str) -> Option<String>) {
    let mut known: BTreeMap<String, Option<String>> = BTreeMap::new();
    let histories = document.histories.iter_mut().flatten();
    for tick in histories.flat_map(ItemHistory::ticks_mut) {
        let commit = &tick.event.by.commit;
        tick.edition = match known.get(commit) {
            Some(known) => known.clone(),
            None => known.entry(commit.clone()).or_insert(at(commit)).clone(),
        };
    }
}

/// What the first of `names` that `commit` holds was for.
fn at(
    repository: &Repository,
    commit: &str,
    names: &[String],
    settings: &Settings,
) -> Option<String> {
    let then = then(repository, commit, names, settings)?;
    Some(edition(&then.path, &then.metadata))
}

/// The first of `names` that `commit` holds, as it was there.
pub(in crate::pipeline) fn then(
    repository: &Repository,
    commit: &str,
    names: &[String],
    settings: &Settings,
) -> Option<Checklist> {
    let commit = repository.resolve(commit).ok()?;
    let tree = repository.tree(&commit).ok()?;
    let read = |name: &String| Some((name.clone(), tree.read(name, LARGEST_TEXT).ok()??));
    let (name, bytes) = names.iter().find_map(read)?;
    Some(checklist::read(&name, &bytes, settings))
}
