//! What became of an item, one pair of small snapshots a change.

mod contract;
mod demands;
mod exceptions;
mod items;
mod proofs;
mod properties;

use super::fixture::{Build, ItemBuild};
use super::v1::Change;
use super::{Diff, Named, Shift, Sides, diff};
use crate::snapshot::Snapshot;

/// A comparison of `p95 < N`: the only conditions that the tests give another number.
fn by_limit(before: &str, after: &str) -> Shift {
    let limit = |text: &str| -> Option<u32> { text.strip_prefix("p95 < ")?.parse().ok() };
    match (limit(before), limit(after)) {
        (Some(before), Some(after)) if before < after => Shift::Loosened,
        (Some(before), Some(after)) if before > after => Shift::Tightened,
        (Some(_), Some(_)) => Shift::Same,
        _ => Shift::Changed,
    }
}

fn sides() -> Sides<'static> {
    Sides { compare: &by_limit, ..Sides::new(Named::recorded("1.4.0"), Named::recorded("1.5.0")) }
}

fn of(items: &[ItemBuild]) -> Snapshot {
    items.iter().cloned().fold(Build::new(), Build::item).done()
}

/// The diff of two snapshots of one checklist.
pub(super) fn between(from: &[ItemBuild], to: &[ItemBuild]) -> Diff {
    diff(&of(from), &of(to), &sides())
}

/// Rows in words: `kind detail from → to`, `!` before a regression, `-` before a weakening.
fn rows(diff: &Diff) -> Vec<String> {
    diff.changes.iter().map(row).collect()
}

fn row(change: &Change) -> String {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
    format!(
        "{}{}{} {} {} → {}",
        if change.regression { "!" } else { "" },
        if change.weakening { "-" } else { "" },
        change.kind.word(),
        change.detail.word(),
        side(&change.from),
        side(&change.to),
    )
}
