//! The rows of a diff under the headings that people read, worst first.

use super::tally::{is_newly_known, is_untick};
use super::v1::{Change, Diff};
use super::words::{Detail, Kind};

/// A heading. Every row stands under exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// Lost proofs, looser requirements, statuses further from verified.
    Worse,
    /// Removed while ticked, or with a requirement.
    Gone,
    /// Waivers and struck items: less is asked.
    Weaker,
    /// New items that no release showed open.
    BornTicked,
    /// Boxes that were unticked: the team says less than before, and that is honest.
    Withdrawn,
    /// Proven, and whether it was before was not recorded.
    NewlyKnown,
    /// One side was not recorded, so what it lacks is not known to be gone.
    NotRecorded,
    /// Statuses nearer to verified.
    Better,
    /// Requirements that are new, tighter or other than before.
    Requirements,
    /// Waivers that ended, went or became shorter.
    Waivers,
    /// Boxes ticked or marked otherwise.
    Boxes,
    /// Statuses that the box, a waiver or N/A alone changed.
    Aside,
    /// New items.
    New,
    /// Removed items that nothing was lost with.
    Removed,
    /// Artifacts gained, lost or made anew.
    Evidence,
    /// Other words.
    Reworded,
    /// Other places.
    Moved,
}

impl Heading {
    /// The heading's words.
    pub fn words(self) -> &'static str {
        match self {
            Heading::Worse => "Got worse",
            Heading::Gone => "Gone while ticked or required",
            Heading::Weaker => "Less is asked",
            Heading::BornTicked => "New and already ticked",
            Heading::Withdrawn => "Claims withdrawn",
            Heading::NewlyKnown => "Proven, and not known before",
            Heading::NotRecorded => "Not recorded",
            Heading::Better => "Got better",
            Heading::Requirements => "Requirements",
            Heading::Waivers => "Waivers",
            Heading::Boxes => "Boxes",
            Heading::Aside => "Other status, same evidence",
            Heading::New => "New",
            Heading::Removed => "Gone",
            Heading::Evidence => "Evidence",
            Heading::Reworded => "Reworded",
            Heading::Moved => "Moved",
        }
    }

    /// Whether every row is worth being seen; the others may be counted.
    pub fn is_loud(self) -> bool {
        self <= Heading::Withdrawn
    }

    /// The heading of a row.
    pub fn of(change: &Change) -> Heading {
        match (change.kind, change.detail) {
            (Kind::Removed, _) if change.weakening => Heading::Gone,
            (Kind::Removed, _) => Heading::Removed,
            _ if is_untick(change) => Heading::Withdrawn,
            _ if change.regression => Heading::Worse,
            _ if change.weakening => Heading::Weaker,
            _ if is_newly_known(change) => Heading::NewlyKnown,
            (_, Detail::NotRecorded) => Heading::NotRecorded,
            (Kind::Status, Detail::Worse) => Heading::Worse,
            (Kind::Status, Detail::Better) => Heading::Better,
            (Kind::Status, _) => Heading::Aside,
            (Kind::Added, Detail::BornTicked) => Heading::BornTicked,
            (Kind::Added, _) => Heading::New,
            (Kind::Claim, _) => Heading::Boxes,
            (Kind::Requirement, _) => Heading::Requirements,
            (Kind::Waiver, _) => Heading::Waivers,
            (Kind::Evidence, _) => Heading::Evidence,
            (Kind::Reworded, _) => Heading::Reworded,
            (Kind::Moved, _) => Heading::Moved,
        }
    }
}

/// The headings that have rows, in order, each with its rows in the diff's order.
pub fn grouped(diff: &Diff) -> Vec<(Heading, Vec<&Change>)> {
    let mut groups: std::collections::BTreeMap<Heading, Vec<&Change>> = Default::default();
    for change in &diff.changes {
        groups.entry(Heading::of(change)).or_default().push(change);
    }
    groups.into_iter().collect()
}
