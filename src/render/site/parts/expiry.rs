//! Until when the report holds: the first moment at which one of its proofs grows too old.

use crate::model::{Timestamp, Verdict};
use crate::render::site::when;
use crate::render::site::world::World;

/// The earliest end of a proof that still holds at the judgement.
pub(in crate::render::site) fn earliest(world: &World) -> Option<Timestamp> {
    world
        .all_items()
        .filter(|(_, item)| item.verdict == Verdict::Pass)
        .filter_map(|(_, item)| when::moment(item.valid_until.as_deref()?))
        .min()
}
