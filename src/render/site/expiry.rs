//! Until when the report holds: the first moment at which one of its proofs grows too old.

use crate::model::{Timestamp, Verdict};

use super::when;
use super::world::World;

/// The earliest end of a proof that still holds at the judgement.
pub(super) fn earliest(world: &World) -> Option<Timestamp> {
    world
        .all_items()
        .filter(|(_, item)| item.verdict == Verdict::Pass)
        .filter_map(|(_, item)| when::moment(item.valid_until.as_deref()?))
        .min()
}
