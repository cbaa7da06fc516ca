//! What became of an item's status, and whether that is for the worse.

use std::cmp::Ordering;

use crate::model::{Status, Verdict};
use crate::snapshot::v1::Item;

use super::super::pairing::Pair;
use super::super::sides::{Named, Sides};
use super::super::v1::{Change, NOW};
use super::super::words::{Detail, Kind};
use super::{Context, due, row_of};

/// The row of another status; a regression where it was verified or ready and is worse.
pub(super) fn change(context: &Context<'_>, pair: &Pair<'_>) -> Option<Change> {
    let (from, to) = (pair.from.item, pair.to.item);
    if from.status == to.status {
        return None;
    }
    let sides = context.sides;
    let to_come = due::is_to_come(context, pair);
    let (detail, unknown) = match course(from, to) {
        Some(Ordering::Less) if to_come => (Detail::Aside, false),
        Some(Ordering::Less) => (Detail::Worse, is_unknown(&sides.to, to)),
        Some(Ordering::Greater) => (Detail::Better, is_unknown(&sides.from, from)),
        Some(Ordering::Equal) | None => (Detail::Aside, false),
    };
    let detail = if unknown { Detail::NotRecorded } else { detail };
    Some(Change {
        from: Some(from.status.word().to_owned()),
        to: Some(to.status.word().to_owned()),
        regression: detail == Detail::Worse && from.status.is_proven(),
        why: why(sides, from, to, (detail, to_come)),
        ..row_of(pair, Kind::Status, detail)
    })
}

/// The order of badness, worst first: that of [`Status::ALL`], in which a waived item stands where
/// it would without its waiver. `Less` is for the worse. `None` where one side does not apply, or
/// where evidence that decides nothing says what it said and only the box differs.
fn course(from: &Item, to: &Item) -> Option<Ordering> {
    let decides = matches!(to.verdict, Verdict::Pass | Verdict::Fail);
    if from.verdict == to.verdict && !decides {
        return None;
    }
    Some(rank(beneath(to))?.cmp(&rank(beneath(from))?))
}

fn rank(status: Status) -> Option<usize> {
    let counts = |other: &Status| *other != Status::NotApplicable;
    Status::ALL.into_iter().filter(counts).position(|other| other == status)
}

fn beneath(item: &Item) -> Status {
    match (&item.waiver, item.status) {
        (Some(waiver), Status::Waived) => waiver.hides,
        _ => item.status,
    }
}

/// Whether the side was not recorded, and what is not committed there could have told otherwise.
fn is_unknown(side: &Named, item: &Item) -> bool {
    let certain = matches!(item.verdict, Verdict::Pass | Verdict::Fail | Verdict::Unbound);
    !side.recorded && !certain
}

fn why(sides: &Sides<'_>, from: &Item, to: &Item, (detail, to_come): (Detail, bool)) -> String {
    let mut said = Vec::new();
    if to_come && detail == Detail::Aside {
        said.push(due::SAID.to_owned());
    }
    if detail == Detail::NotRecorded {
        let side = if sides.to.recorded { &sides.from } else { &sides.to };
        said.push(format!("{} was not recorded: its evidence is what was committed.", side.name));
    }
    said.push(dated(&sides.to, to));
    if from.reason != to.reason && !from.reason.is_empty() {
        said.push(format!("In {}: {}", sides.from.name, dated(&sides.from, from)));
    }
    said.retain(|sentence| !sentence.is_empty());
    said.join(" ")
}

/// An item's sentence with its ages counted from the release that it is of; that of the report at
/// hand is of this report.
fn dated(side: &Named, item: &Item) -> String {
    match side.name.as_str() {
        NOW => item.reason.to_string(),
        name => item.reason.replace("before this report", &format!("before {name}")),
    }
}
