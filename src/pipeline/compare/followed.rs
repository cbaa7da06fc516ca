//! Items that history followed through a rewording: what they were called on the earlier side.

use std::collections::{BTreeMap, HashSet};

use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Event, Item};
use crate::sources::git::{GitError, Repository};

/// Earlier address (`PATH#ID`) → later, for the items of `to` that were reworded or moved since
/// `from`.
pub(super) fn followed(
    repository: &Repository,
    from: &Snapshot,
    to: &Snapshot,
) -> Result<BTreeMap<String, String>, GitError> {
    let mut found = BTreeMap::new();
    let Some(commit) = &from.commit else { return Ok(found) };
    // A snapshot may be of a commit that is not here.
    let Ok(head) = repository.resolve(&commit.id) else { return Ok(found) };
    let rewritten = to.checklists.iter().flat_map(|of| &of.items).any(was_rewritten);
    let known = if rewritten { repository.ancestry(&head)? } else { HashSet::new() };
    for checklist in &to.checklists {
        for item in checklist.items.iter().filter(|item| was_rewritten(item)) {
            let Some(history) = &item.history else { continue };
            let mut before: Option<&Event> = None;
            for event in history.events.iter().filter(|event| !event.text.is_empty()) {
                if known.contains(&event.commit) {
                    before = Some(event);
                }
            }
            let was = before.and_then(|event| only(from, &checklist.path, &event.text));
            if let Some(was) = was {
                found.insert(was, format!("{}#{}", checklist.path, item.id));
            }
        }
    }
    Ok(found)
}

fn was_rewritten(item: &Item) -> bool {
    let events = item.history.iter().flat_map(|history| &history.events);
    events.into_iter().any(|event| matches!(event.change.as_str(), "reworded" | "moved"))
}

/// The address of the one item that had this text: of this checklist, or else of any.
fn only(from: &Snapshot, path: &str, text: &str) -> Option<String> {
    let all = || {
        from.checklists.iter().flat_map(|checklist| {
            let items = checklist.items.iter().filter(|item| item.text == text);
            items.map(|item| (checklist.path.as_str(), item.id.as_str()))
        })
    };
    let here: Vec<_> = all().filter(|(of, _)| *of == path).collect();
    let candidates = if here.is_empty() { all().collect() } else { here };
    match candidates.as_slice() {
        [(path, id)] => Some(format!("{path}#{id}")),
        _ => None,
    }
}
