//! The marks of the ten statuses: hue says what the evidence says, solid says ticked, and the shape
//! says it again.

use serde::Serialize;

use crate::model::{Claim, Status, Verdict};
use crate::snapshot::v1::Item;

/// A mark with its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub(in crate::render::site) struct Mark {
    /// The hue's class, the same as the status word.
    pub(in crate::render::site) class: &'static str,
    /// The symbol of the sprite, after `_m-`.
    pub(in crate::render::site) symbol: &'static str,
    /// The words people read.
    pub(in crate::render::site) word: &'static str,
}

/// The mark of an item.
pub(in crate::render::site) fn of(item: &Item) -> Mark {
    with(item.status, item.claim)
}

/// The mark of a status, solid as where it is ticked.
pub(in crate::render::site) fn of_status(status: Status) -> Mark {
    with(status, Claim::Done)
}

fn with(status: Status, claim: Claim) -> Mark {
    let ticked = claim == Claim::Done;
    let symbol = match status {
        // A goal is never ticked, so its mark is hollow however well it is proven.
        Status::Verified if !ticked => "ready",
        Status::Stale if !ticked => "stale-o",
        Status::Waived if !ticked => "waived-o",
        other => other.word(),
    };
    Mark { class: status.word(), symbol, word: status.phrase() }
}

/// The mark of what one artifact or requirement says.
pub(in crate::render::site) fn of_verdict(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Pass => Mark { class: "verified", symbol: "verified", word: "holds" },
        Verdict::Fail => Mark { class: "contradicted", symbol: "contradicted", word: "refutes" },
        Verdict::Stale => Mark { class: "stale", symbol: "stale", word: "stale" },
        Verdict::Missing => Mark { class: "unproven", symbol: "unproven", word: "missing" },
        Verdict::Invalid => Mark { class: "unproven", symbol: "invalid", word: "not trusted" },
        Verdict::Unbound => Mark { class: "open", symbol: "open", word: "not bound" },
    }
}

/// Of a goal that is met; [`met`] has its word.
pub(in crate::render::site) const GOAL_MET: Mark =
    Mark { class: "verified", symbol: "ready", word: "goals met" };

/// The word beside so many goals.
pub(in crate::render::site) fn met(goals: u64) -> &'static str {
    if goals == 1 { "goal met" } else { "goals met" }
}

/// Of an artifact that is read with one that refutes.
pub(in crate::render::site) const BESIDE: Mark =
    Mark { class: "open", symbol: "open", word: "read with it" };

/// Beside the status of an item that the gate asks for.
pub(super) const ASKED: Mark =
    Mark { class: "overdue", symbol: "overdue", word: "the gate asks for it" };

/// Beside the status of an item whose window has closed.
pub(in crate::render::site) const OVERDUE: Mark =
    Mark { class: "overdue", symbol: "overdue", word: "overdue" };

/// Beside the status of an item whose text the evidence refutes.
pub(super) const DRIFT: Mark = Mark { class: "drift", symbol: "drift", word: "figures differ" };

/// Beside the status of an item that stands on a report of older code.
pub(super) const OUTLIVED: Mark = Mark { class: "drift", symbol: "drift", word: "older report" };

/// Beside the status of an item whose text says otherwise than its box or its condition.
pub(super) const REFUTED: Mark = Mark { class: "drift", symbol: "drift", word: "text differs" };
