//! What cannot be proven yet: evidence that a time window after the deployment waits for.

use crate::model::Verdict;
use crate::snapshot::v1::ItemWindow;

use super::super::pairing::Pair;
use super::Context;

/// Said of it.
pub(super) const SAID: &str = "Not yet due: it counts once its time after the deployment is over.";

/// The word of a window that is still to come.
const TO_COME: &str = "not-yet-due";

/// Whether the later side stands before the deployment that an item waits for on either side. Evidence
/// that says no is there; and of the commit that was proven, the deployment was known.
pub(super) fn is_to_come(context: &Context<'_>, pair: &Pair<'_>) -> bool {
    let after = |window: &Option<Box<ItemWindow>>| {
        window.as_ref().filter(|of| !of.before).map(|of| of.state == TO_COME)
    };
    let (from, to) = (pair.from.item, pair.to.item);
    !context.same_commit
        && to.verdict != Verdict::Fail
        && after(&from.window).is_some()
        && after(&to.window) == Some(true)
}
