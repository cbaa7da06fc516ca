//! Requirements that were exchanged for others since a release: what they would say today.

use std::collections::BTreeMap;

use crate::diff::{Diff, Kind};
use crate::model::Verdict;
use crate::pipeline::judge::Former;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::Item;

/// What `from` asked of the items that pass in `to` by something else, and did not refute there. Where
/// less is asked that is told already.
pub(super) fn former<'s>(diff: &'s Diff, from: &'s Snapshot, to: &Snapshot) -> Vec<Former<'s>> {
    let (before, now) = (by_address(from), by_address(to));
    let changed =
        diff.changes.iter().filter(|change| change.kind == Kind::Requirement && !change.regression);
    let mut former = Vec::new();
    for change in changed {
        let address = format!("{}#{}", change.checklist, change.item);
        let passes = now.get(&address).is_some_and(|item| item.verdict == Verdict::Pass);
        let was = change.was.as_ref().unwrap_or(&address);
        let Some(item) = before.get(was).filter(|_| passes) else { continue };
        let asked = item.asked().filter(|asked| asked.verdict != Verdict::Fail);
        former.extend(asked.map(|asked| Former {
            checklist: &change.checklist,
            item: &change.item,
            asked,
        }));
    }
    former
}

fn by_address(of: &Snapshot) -> BTreeMap<String, &Item> {
    let lists = of.checklists.iter();
    let items = lists.flat_map(|list| list.items.iter().map(move |item| (list, item)));
    items.map(|(list, item)| (format!("{}#{}", list.path, item.id), item)).collect()
}
