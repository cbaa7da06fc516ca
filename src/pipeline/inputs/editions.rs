//! What a document said at an earlier commit: around its items when they were ticked, where a tick counts as
//! a sign-off, and when it was deployed.

use std::collections::BTreeMap;

use crate::checklist::{self, Settings};
use crate::model::{Approved, Checklist, Document, Documents, Item, ItemHistory, Tick};
use crate::sources::git::Repository;

use super::project::LARGEST_TEXT;

/// Puts into each tick what stood around its item at its commit; `former` tells the names that a file had
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
        of_document(document, &|commit| then(repository, commit, &names, settings));
    }
}

fn of_document(document: &mut Document, at: &dyn Fn(&str) -> Option<Checklist>) {
    let mut known: BTreeMap<String, Option<Checklist>> = BTreeMap::new();
    let histories = document.histories.iter_mut().flatten();
    for tick in histories.flat_map(ItemHistory::ticks_mut) {
        let commit = &tick.event.by.commit;
        let then = known.entry(commit.clone()).or_insert_with(|| at(commit));
        tick.approved = then.as_ref().and_then(|then| ticked_in(then, tick));
    }
}

/// What stood around the item of `then` that was ticked.
fn ticked_in(then: &Checklist, tick: &Tick) -> Option<Approved> {
    let alike = then.items.iter().enumerate().filter(|(_, item)| item.text == *tick.event.text);
    let stands_there = |item: &Item| tick.context.as_ref() == Some(&item.context());
    let (at, _) = alike.max_by_key(|(_, item)| stands_there(item))?;
    Some(Approved::of(then, at))
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
