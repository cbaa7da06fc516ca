//! The figures of a diff, counted from both snapshots and from the rows.

use std::collections::BTreeSet;

use crate::snapshot::{Snapshot, summary};

use super::v1::{Change, Figures, PolicyChange, Summary, Words};
use super::words::{Detail, Kind};

/// Counts. The sets are counted from the items, so that no figure differs from the rows.
pub(super) fn count(
    from: &Snapshot,
    to: &Snapshot,
    pairs: usize,
    (changes, policy): (&[Change], &[PolicyChange]),
) -> Summary {
    let weaker = policy.iter().filter(|change| change.weakening).count() as u64;
    let before = summary(&from.checklists, from.summary.gate.clone()).overall;
    let after = summary(&to.checklists, to.summary.gate.clone()).overall;
    let rows = |which: &dyn Fn(&Change) -> bool| changes.iter().filter(|c| which(c)).count() as u64;
    let chosen = |which: &dyn Fn(&Change) -> bool| -> BTreeSet<(&str, &str)> {
        let chosen = changes.iter().filter(|change| which(change));
        chosen.map(|change| (change.checklist.as_str(), change.item.as_str())).collect()
    };
    let alone = chosen(&|change| matches!(change.kind, Kind::Added | Kind::Removed));
    let items = |which: &dyn Fn(&Change) -> bool| -> BTreeSet<(&str, &str)> {
        chosen(which).difference(&alone).copied().collect()
    };
    let worse = items(&|change| change.regression || is_status(change, Detail::Worse));
    let better = items(&|change| is_status(change, Detail::Better));
    let touched = items(&|_| true);
    Summary {
        regressions: rows(&|change| change.regression) + weaker,
        weakenings: rows(&|change| change.weakening) + weaker,
        better: better.difference(&worse).count() as u64,
        worse: worse.len() as u64,
        unchanged: pairs.saturating_sub(touched.len()) as u64,
        items: Figures { from: before.items, to: after.items },
        applicable: Figures { from: before.applicable, to: after.applicable },
        claimed: Figures { from: before.claimed, to: after.claimed },
        proven: Figures { from: before.proven, to: after.proven },
        both: Figures { from: before.both, to: after.both },
        gate: Words { from: from.summary.gate.result.clone(), to: to.summary.gate.result.clone() },
        by_kind: Kind::ALL
            .map(|kind| (kind.word().to_owned(), rows(&|change| change.kind == kind)))
            .into(),
    }
}

fn is_status(change: &Change, detail: Detail) -> bool {
    change.kind == Kind::Status && change.detail == detail
}
