//! Whether a snapshot holds together: what it says of each item follows from the rest of it, and its
//! figures are those of its items.

use crate::model::{Status, Verdict};

use super::Snapshot;
use super::summary::summary;
use super::v1::{Checklist, Item};

/// What in `snapshot` does not follow from the rest of it, as a clause; `None` where all does.
pub fn incoherence(snapshot: &Snapshot) -> Option<String> {
    let items = snapshot.checklists.iter().flat_map(|list| {
        list.items.iter().filter(|item| !follows(item)).map(move |item| stray(list, item))
    });
    items.into_iter().next().or_else(|| {
        let counted = summary(&snapshot.checklists, snapshot.summary.gate.clone());
        let told = &snapshot.summary;
        let same = (&told.by_status, told.overall) == (&counted.by_status, counted.overall);
        (!same).then(|| "its figures are not those of its items".to_owned())
    })
}

fn stray(list: &Checklist, item: &Item) -> String {
    let (status, verdict) = (item.status.word(), item.verdict.word());
    format!(
        "{}#{} is {status} ({verdict}), which does not follow from the rest of it",
        list.path, item.id
    )
}

/// Whether the verdict is that of the requirements, and the status that of claim and verdict.
fn follows(item: &Item) -> bool {
    let worst = item.asked().map(|of| of.verdict).max().unwrap_or(Verdict::Unbound);
    let old_tick = worst == Verdict::Pass && item.verdict == Verdict::Stale;
    let verdict = item.verdict == worst || old_tick;
    let status = Status::of(item.claim, item.verdict);
    let told = item.waiver.as_ref().map_or(item.status, |waiver| waiver.hides);
    let waived = item.waiver.is_none() || item.status == Status::Waived;
    verdict && told == status && waived
}
