//! Until when the report holds: the first moment at which one of its proofs grows too old.

use crate::model::{Timestamp, Verdict};
use crate::render::site::when;
use crate::snapshot::Snapshot;

/// The earliest end of a proof that still holds at the judgement.
pub(in crate::render::site) fn earliest(snapshot: &Snapshot) -> Option<Timestamp> {
    let items = snapshot.checklists.iter().flat_map(|checklist| &checklist.items);
    items
        .filter(|item| item.verdict == Verdict::Pass)
        .filter_map(|item| when::moment(item.valid_until.as_deref()?))
        .min()
}
