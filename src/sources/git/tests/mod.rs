//! The door to git, over histories that each test writes for itself.

mod file_history;
pub(in crate::sources) mod history;
mod kinds;
mod since;
mod trees;
mod worktree;

use super::*;
use crate::model::Timestamp;
use history::History;

/// `2026-01-DDT12:00:00Z`.
fn day(day: i64) -> Timestamp {
    Timestamp::from_epoch(1_767_268_800 + (day - 1) * 86_400).unwrap()
}

fn paths(since: &Since) -> Vec<&str> {
    match since {
        Since::Known(changes) => changes.iter().map(|change| change.path.as_str()).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_day_is_as_written() {
    assert_eq!(day(3).to_string(), "2026-01-03T12:00:00Z");
}
