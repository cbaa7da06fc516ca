//! What a tick came with.

use crate::model::Claim;

use super::v1::Item;

/// Whether an item was ticked with neither evidence that bears on it nor a commit that says it brings
/// some (`Evidence-for`, `Signed-off-for`).
pub fn ticked_alone(item: &Item) -> bool {
    let Some(history) = &item.history else { return false };
    let ticked = item.claim == Claim::Done && history.ticked.is_some();
    ticked
        && !item.status.is_proven()
        && item.evidence.is_empty()
        && history.attestations.is_empty()
}
