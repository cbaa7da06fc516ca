//! Items that history followed through a rewording: what they were called on the earlier side.

use std::collections::{BTreeMap, HashMap};

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
    if !rewritten {
        return Ok(found);
    }
    let (known, texts) = (repository.ancestry(&head)?, Texts::of(from));
    for checklist in &to.checklists {
        for item in checklist.items.iter().filter(|item| was_rewritten(item)) {
            let Some(history) = &item.history else { continue };
            let mut before: Option<&Event> = None;
            for event in history.events.iter().filter(|event| !event.text.is_empty()) {
                if known.contains(&event.by.commit) {
                    before = Some(event);
                }
            }
            let was = before.and_then(|event| texts.only(&checklist.path, &event.text));
            if let Some(was) = was {
                found.insert(was, format!("{}#{}", checklist.path, item.id));
            }
        }
    }
    Ok(found)
}

fn was_rewritten(item: &Item) -> bool {
    let events = item.history.iter().flat_map(|history| &history.events);
    events.into_iter().any(|event| matches!(&*event.change, "reworded" | "moved"))
}

/// The items of a snapshot by their text.
struct Texts<'s>(HashMap<&'s str, Vec<(&'s str, &'s str)>>);

impl<'s> Texts<'s> {
    fn of(snapshot: &'s Snapshot) -> Texts<'s> {
        let mut texts: HashMap<&str, Vec<_>> = HashMap::new();
        for checklist in &snapshot.checklists {
            for item in &checklist.items {
                let place = (checklist.path.as_str(), item.id.as_str());
                texts.entry(&item.text).or_default().push(place);
            }
        }
        Texts(texts)
    }

    /// The address of the one item that had this text: of this checklist, or else of any.
    fn only(&self, path: &str, text: &str) -> Option<String> {
        let all = self.0.get(text)?;
        let here: Vec<_> = all.iter().copied().filter(|(of, _)| *of == path).collect();
        let candidates = if here.is_empty() { all } else { &here };
        match candidates.as_slice() {
            [(path, id)] => Some(format!("{path}#{id}")),
            _ => None,
        }
    }
}
