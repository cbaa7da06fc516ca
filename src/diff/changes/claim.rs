//! What became of the box.

use crate::model::{Claim, Timestamp};
use crate::snapshot::v1::{Event, Item};

use super::super::pairing::Pair;
use super::super::v1::Change;
use super::super::words::{Detail, Kind};
use super::{Context, due, row_of};

/// The row of a box that says something else; a regression where it was ticked, or where what a
/// requirement asked for is out of the count, as if it were taken away. A box that waits for the next
/// deployment may be opened for it.
pub(super) fn change(context: &Context<'_>, pair: &Pair<'_>) -> Option<Change> {
    let (from, to) = (pair.from.item.claim, pair.to.item.claim);
    if from == to {
        return None;
    }
    let (detail, what) = match (from, to) {
        (_, Claim::Done) => (Detail::Ticked, "Ticked"),
        (_, Claim::Cancelled) => (Detail::Cancelled, "Struck or marked as not applicable"),
        (Claim::Done, Claim::Open | Claim::InProgress | Claim::None) => {
            (Detail::Unticked, "Unticked")
        }
        (Claim::Cancelled, Claim::Open | Claim::InProgress | Claim::None) => {
            (Detail::Changed, "Back in the count")
        }
        (
            Claim::Open | Claim::InProgress | Claim::None,
            Claim::Open | Claim::InProgress | Claim::None,
        ) => (Detail::Changed, "Marked otherwise, and ticked on neither side"),
    };
    let out = to == Claim::Cancelled;
    let asked = from == Claim::Done || pair.from.item.requirement.is_some();
    let reopened = detail == Detail::Unticked && due::is_to_come(context, pair);
    Some(Change {
        from: Some(from.word().to_owned()),
        to: Some(to.word().to_owned()),
        regression: from == Claim::Done && !reopened || out && asked,
        weakening: out && asked,
        why: said(what, event(pair.to.item, detail)),
        ..row_of(pair, Kind::Claim, detail)
    })
}

/// The commit that made it so, where history tells.
fn event(item: &Item, detail: Detail) -> Option<&Event> {
    let events = &item.history.as_ref()?.events;
    events.iter().rev().find(|event| event.change == detail.word())
}

/// Who it was stands in the history, not in the sentence.
fn said(what: &str, event: Option<&Event>) -> String {
    let Some(event) = event else { return format!("{what}.") };
    let commit = event.by.commit.get(..7).unwrap_or(&event.by.commit);
    let day = event.by.time.parse::<Timestamp>().map(Timestamp::date);
    day.map_or_else(
        |_| format!("{what} in {commit}."),
        |day| format!("{what} on {day} in {commit}."),
    )
}
