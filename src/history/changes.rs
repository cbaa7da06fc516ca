//! What happened to each item between two versions of a checklist.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Change, Claim};

use super::pairing::Pairs;
use super::version::Placed;

/// What happened to the items that both versions hold: for each newer item its changes, in the
/// order in which they are told. An item that is new has none here.
pub(super) fn changes(old: &[Placed], new: &[Placed], pairs: &Pairs) -> Vec<Vec<Change>> {
    let headings = Headings::of(old, new, pairs);
    let mut told = Vec::with_capacity(new.len());
    for (at, item) in new.iter().enumerate() {
        let mut changes = Vec::new();
        if let Some(was) = pairs.old[at].and_then(|before| old.get(before)) {
            if !headings.same_place(was, item) || !same_parent(pairs, was, item) {
                changes.push(Change::Moved);
            }
            if !same_words(was, item) && was.written.text != item.written.text {
                changes.push(Change::Reworded);
            }
            changes.extend(of_claim(was.claim, item.claim, &changes));
        }
        told.push(changes);
    }
    told
}

/// The change that another claim is. Markers that neither tick nor untick are wording.
fn of_claim(was: Claim, is: Claim, told: &[Change]) -> Option<Change> {
    match (was, is) {
        _ if was == is => None,
        (_, Claim::Done) => Some(Change::Ticked),
        (Claim::Done, _) => Some(Change::Unticked),
        _ => (!told.contains(&Change::Reworded)).then_some(Change::Reworded),
    }
}

/// An item stays below the same item where its parent is that item, or took its place.
fn same_parent(pairs: &Pairs, was: &Placed, is: &Placed) -> bool {
    match (was.parent, is.parent) {
        (None, None) => true,
        (Some(before), Some(now)) => {
            let replaced = pairs.old[now].is_none() && pairs.new[before].is_none();
            replaced || pairs.old[now] == Some(before)
        }
        (None, Some(_)) | (Some(_), None) => false,
    }
}

/// Whether two versions share what is written of an item: of most they do, and none of it is compared.
fn same_words(was: &Placed, is: &Placed) -> bool {
    Arc::ptr_eq(&was.written, &is.written)
}

/// Which headings got another name: what stands below them did not move.
struct Headings {
    renamed: BTreeMap<Arc<str>, Arc<str>>,
}

impl Headings {
    fn of(old: &[Placed], new: &[Placed], pairs: &Pairs) -> Headings {
        let mut shifts: BTreeMap<(&Arc<str>, &Arc<str>), usize> = BTreeMap::new();
        for (item, before) in new.iter().zip(&pairs.old) {
            if let Some(was) = before.and_then(|before| old.get(before))
                && !same_words(was, item)
                && was.written.section != item.written.section
            {
                *shifts.entry((&was.written.section, &item.written.section)).or_default() += 1;
            }
        }
        let mut renamed = BTreeMap::new();
        if shifts.is_empty() {
            return Headings { renamed };
        }
        let sections = |side: &'_ [Placed]| -> BTreeSet<Arc<str>> {
            side.iter().map(|item| Arc::clone(&item.written.section)).collect()
        };
        let (before, now) = (sections(old), sections(new));
        let mut shifts: Vec<_> = shifts.into_iter().collect();
        shifts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for ((was, is), _) in shifts {
            let taken = renamed.values().any(|known| known == is);
            if !now.contains(was) && !before.contains(is) && !taken {
                renamed.entry(Arc::clone(was)).or_insert_with(|| Arc::clone(is));
            }
        }
        Headings { renamed }
    }

    fn same_place(&self, was: &Placed, is: &Placed) -> bool {
        if same_words(was, is) {
            return true;
        }
        let (was, is) = (&was.written.section, &is.written.section);
        was == is || self.renamed.get(was) == Some(is)
    }
}
