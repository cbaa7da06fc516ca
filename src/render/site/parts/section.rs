//! The figures of a section or checklist: claimed and proven as sets, and the worst that is in it.

use serde::Serialize;

use crate::model::{Claim, ItemKind, Status, counted};
use crate::snapshot::v1::{Item, Sets};

use super::mark::{self, Mark};

/// What a reader is told of some items together.
#[derive(Debug, Clone, Default)]
pub(in crate::render::site) struct Tally {
    /// Claimed and proven.
    pub(in crate::render::site) sets: Sets,
    /// How many items have each status, in the order of [`Status::ALL`].
    counts: [u64; Status::ALL.len()],
    goals: u64,
    overdue: u64,
    /// Those that the document calls required, and how many of them are proven.
    required: (u64, u64),
}

impl Tally {
    /// Over `items`.
    pub(in crate::render::site) fn of<'i>(items: impl IntoIterator<Item = &'i Item>) -> Tally {
        let mut tally = Tally::default();
        items.into_iter().for_each(|item| tally.add(item));
        tally
    }

    /// Counts one more.
    pub(super) fn add(&mut self, item: &Item) {
        let sets = &mut self.sets;
        sets.items += 1;
        if let Some(place) = Status::ALL.iter().position(|status| *status == item.status) {
            self.counts[place] += 1;
        }
        if item.status == Status::NotApplicable {
            return;
        }
        let (claimed, proven) = (item.claim == Claim::Done, item.status.is_proven());
        sets.applicable += 1;
        sets.claimed += u64::from(claimed);
        sets.proven += u64::from(proven);
        sets.both += u64::from(claimed && proven);
        sets.claimed_not_proven += u64::from(claimed && !proven);
        sets.proven_not_claimed += u64::from(proven && !claimed);
        self.required.0 += u64::from(item.required);
        self.required.1 += u64::from(item.required && proven);
        self.goals += u64::from(item.kind == ItemKind::Criterion);
        self.overdue += u64::from(item.window.as_ref().is_some_and(|w| w.state == "overdue"));
    }

    /// How many have `status`.
    pub(in crate::render::site) fn count(&self, status: Status) -> u64 {
        Status::ALL
            .iter()
            .zip(self.counts)
            .find_map(|(known, count)| (*known == status).then_some(count))
            .unwrap_or_default()
    }

    /// The worst status that a reader must know of, with its count; `None` where all is well.
    pub(in crate::render::site) fn worst(&self) -> Option<Worst> {
        let told = [Status::Contradicted, Status::Stale, Status::Unproven, Status::Failing];
        let status = told.into_iter().find(|status| self.count(*status) > 0);
        match (status, self.overdue) {
            (Some(Status::Contradicted), _) | (Some(_), 0) => status
                .map(|status| Worst { mark: mark::of_status(status), count: self.count(status) }),
            (_, 0) => None,
            (_, count) => Some(Worst { mark: mark::OVERDUE, count }),
        }
    }

    /// `3 claimed, 2 proven, of 5`.
    pub(super) fn sentence(&self) -> String {
        let sets = &self.sets;
        if sets.items == 0 {
            return String::new();
        }
        if sets.applicable == 0 {
            return format!("{}, not applicable", counted(sets.items, "item"));
        }
        if self.goals == sets.applicable {
            return format!("{} of {} met", sets.proven, counted(sets.applicable, "goal"));
        }
        format!("{} claimed, {} proven, of {}", sets.claimed, sets.proven, sets.applicable)
    }

    /// `2 of 3 items marked required proven.`; `None` where the document calls none so.
    pub(in crate::render::site) fn required(&self) -> Option<String> {
        let (all, proven) = self.required;
        (all > 0).then(|| format!("{proven} of {} marked required proven.", counted(all, "item")))
    }

    /// Orders the worst first: by how many items of each bad status.
    pub(in crate::render::site) fn badness(&self) -> impl Ord {
        let of = |status| self.count(status);
        (
            of(Status::Contradicted),
            of(Status::Stale),
            self.overdue,
            of(Status::Unproven),
            of(Status::Failing),
            of(Status::Waived),
            of(Status::Open),
        )
    }

    /// Whether there is anything to report beyond what is simply open.
    pub(in crate::render::site) fn is_news(&self) -> bool {
        self.sets.claimed > 0 || self.sets.proven > 0 || self.worst().is_some()
    }
}

/// The worst status among some items.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Worst {
    mark: Mark,
    count: u64,
}
