//! Items whose priority is lower: what a gate asks of the former one, it asks of them no more.

use crate::model::priority_in;
use crate::snapshot::v1::Item;

use super::super::pairing::Pair;
use super::super::v1::Change;
use super::super::words::{Detail, Kind};
use super::{Context, row_of};

/// Words for priorities, each scale from the first to the last.
const SCALES: [&[&str]; 3] = [
    &["p0", "p1", "p2", "p3", "p4"],
    &["critical", "high", "medium", "low"],
    &["must", "should", "could", "wont"],
];

/// The row of an item whose priority is lower. A regression where the gate of the earlier side asked for
/// the former one.
pub(super) fn lowered(context: &Context<'_>, pair: &Pair<'_>) -> Option<Change> {
    let from = of(pair.from.item)?;
    let to = of(pair.to.item);
    if !to.as_deref().is_none_or(|to| is_lower(&from, to)) {
        return None;
    }
    let asked = format!(" of {from} ").to_lowercase();
    let regression = context.gate.iter().any(|rule| rule.to_lowercase().contains(&asked));
    let way = match &to {
        Some(to) => format!("Its priority went from {from} to {to}"),
        None => format!("Its priority was {from}, and it has none now"),
    };
    let why = match regression {
        true => format!("{way}: what the gate asked of {from} it asks of it no more."),
        false => format!("{way}."),
    };
    let (was, is) = (&pair.from.item.text, &pair.to.item.text);
    let (before, after) = match was == is {
        true => (Some(from), to),
        false => (Some(was.clone()), Some(is.clone())),
    };
    Some(Change {
        from: before,
        to: after,
        regression,
        weakening: true,
        why,
        ..row_of(pair, Kind::Reworded, Detail::Lowered)
    })
}

/// The priority of an item: its own, else that of the nearest heading that has one.
fn of(item: &Item) -> Option<String> {
    let own = item.priority.as_ref().filter(|own| !own.trim().is_empty());
    match own {
        Some(own) => Some(priority_in(own).unwrap_or_else(|| own.trim().to_owned())),
        None => item.section.iter().rev().find_map(|title| priority_in(title)),
    }
}

/// Whether `to` stands behind `from` on one scale.
fn is_lower(from: &str, to: &str) -> bool {
    let letters = |word: &str| -> String {
        word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (from, to) = (letters(from), letters(to));
    let at = |scale: &&[&str], word: &str| scale.iter().position(|of| *of == word);
    SCALES
        .iter()
        .any(|scale| matches!((at(scale, &from), at(scale, &to)), (Some(a), Some(b)) if a < b))
}
