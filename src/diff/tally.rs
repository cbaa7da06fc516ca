//! How many items what became of: each of the later side counts once, so that the figures add up.

use std::collections::BTreeSet;

use crate::model::Status;

use super::v1::{Change, Diff};
use super::words::{Detail, Kind};

/// The items by what became of them. All but those that are gone add up to the items of the later side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Lost proofs, looser requirements, statuses further from verified.
    pub worse: u64,
    /// Nearer to verified, and nothing worse.
    pub better: u64,
    /// Unticked, and nothing else worse.
    pub withdrawn: u64,
    /// Ticked, and nothing proves it.
    pub ticked_without_proof: u64,
    /// Proven, and whether it was before was not recorded.
    pub newly_known: u64,
    /// With a row of another kind.
    pub otherwise: u64,
    /// Without a row.
    pub unchanged: u64,
    /// On the later side alone.
    pub new: u64,
    /// On the earlier side alone.
    pub gone: u64,
}

impl Tally {
    /// Counts.
    pub fn of(diff: &Diff) -> Tally {
        let count = |kind: Kind| diff.summary.by_kind.get(kind.word()).copied().unwrap_or(0);
        let items = Items(diff);
        let (new, gone) = (count(Kind::Added), count(Kind::Removed));
        let alone = items.with(&|change| matches!(change.kind, Kind::Added | Kind::Removed));
        let is_worse = |change: &Change| {
            let worse = change.kind == Kind::Status && change.detail == Detail::Worse;
            worse || change.regression && !is_untick(change)
        };
        let mut known = alone;
        let mut next = |which: &dyn Fn(&Change) -> bool| {
            let found: BTreeSet<_> = items.with(which).difference(&known).copied().collect();
            known.extend(&found);
            found.len() as u64
        };
        let worse = next(&is_worse);
        let withdrawn = next(&is_untick);
        let better = next(&|of| of.kind == Kind::Status && of.detail == Detail::Better);
        let ticked = items.with(&|of| of.kind == Kind::Claim && of.detail == Detail::Ticked);
        let ticked_without_proof =
            next(&|of| is_to(of, &[Status::Unproven, Status::Stale]) && ticked.contains(&key(of)));
        let newly_known = next(&is_newly_known);
        let changed = worse + withdrawn + better + ticked_without_proof + newly_known;
        let unchanged = diff.summary.unchanged;
        let otherwise = diff.summary.items.to.saturating_sub(new + changed + unchanged);
        Tally {
            worse,
            better,
            withdrawn,
            ticked_without_proof,
            newly_known,
            otherwise,
            unchanged,
            new,
            gone,
        }
    }
}

/// A claim that its team took back.
pub(super) fn is_untick(change: &Change) -> bool {
    change.kind == Kind::Claim && change.detail == Detail::Unticked
}

/// A status that is proven, of which nobody knows whether it was before.
pub(super) fn is_newly_known(change: &Change) -> bool {
    change.detail == Detail::NotRecorded && is_to(change, &[Status::Verified, Status::Ready])
}

fn is_to(change: &Change, statuses: &[Status]) -> bool {
    let to = change.to.as_deref();
    change.kind == Kind::Status && statuses.iter().any(|status| to == Some(status.word()))
}

type Key<'d> = (&'d str, &'d str);

fn key(change: &Change) -> Key<'_> {
    (&change.checklist, &change.item)
}

struct Items<'d>(&'d Diff);

impl<'d> Items<'d> {
    /// Those with such a row.
    fn with(&self, which: &dyn Fn(&Change) -> bool) -> BTreeSet<Key<'d>> {
        self.0.changes.iter().filter(|change| which(change)).map(key).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{item, requirement};
    use super::super::tests::between;
    use super::Tally;
    use crate::model::Verdict;

    #[test]
    fn every_item_counts_once_and_an_untick_is_no_fault() {
        let diff = between(
            &[
                item("a", "A").ticked(),
                item("b", "B"),
                item("c", "C").ticked().verdict(Verdict::Pass),
                item("d", "D").asks(requirement("p95 < 500")),
                item("e", "E"),
                item("g", "Gone"),
            ],
            &[
                item("a", "A"),
                item("b", "B").ticked(),
                item("c", "C").ticked().verdict(Verdict::Fail),
                item("d", "D").asks(requirement("p95 < 300")),
                item("e", "E"),
                item("f", "Something else altogether"),
            ],
        );
        let tally = Tally::of(&diff);
        let expected = Tally {
            worse: 1,
            better: 0,
            withdrawn: 1,
            ticked_without_proof: 1,
            newly_known: 0,
            otherwise: 1,
            unchanged: 1,
            new: 1,
            gone: 1,
        };
        assert_eq!(tally, expected);
    }
}
