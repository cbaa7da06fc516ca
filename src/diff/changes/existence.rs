//! Items that are new, and items that are gone.

use crate::model::Claim;

use super::super::pairing::Located;
use super::super::v1::Change;
use super::super::words::{Detail, Kind};
use super::row;

/// An item that was not there before.
pub(super) fn added(new: &Located<'_>) -> Change {
    let (detail, why) = match new.item.claim {
        Claim::Done => (Detail::BornTicked, "New, and already ticked."),
        Claim::Open | Claim::InProgress => (Detail::Open, "New."),
        Claim::Cancelled => (Detail::Open, "New, and out of the count."),
        Claim::None => (Detail::Open, "A new goal."),
    };
    let to = Some(new.item.claim.word().to_owned());
    Change { to, why: why.to_owned(), ..row(new, Kind::Added, detail) }
}

/// An item that is no longer there. To remove what was ticked, or what a requirement asked for,
/// lowers the bar as much as unticking it would; what was out of the count leaves it as it was.
pub(super) fn removed(gone: &Located<'_>) -> Change {
    let item = gone.item;
    let required = item.requirement.is_some() && item.claim != Claim::Cancelled;
    let (detail, why) = match (item.claim, required) {
        (Claim::Done, true) => (Detail::Ticked, "Gone while ticked, with its requirement."),
        (Claim::Done, false) => (Detail::Ticked, "Gone while ticked."),
        (_, true) => (Detail::Required, "Gone, with its requirement."),
        (_, false) => (Detail::Open, "Gone."),
    };
    let weakening = detail != Detail::Open;
    Change {
        from: Some(item.claim.word().to_owned()),
        regression: weakening,
        weakening,
        why: why.to_owned(),
        ..row(gone, Kind::Removed, detail)
    }
}
