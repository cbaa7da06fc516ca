//! What the cases of a report are, as a number: of reports that were put together it is the sum.

use std::hash::BuildHasher;
use std::sync::LazyLock;

use foldhash::quality::RandomState as Seeds;

use super::Case;

/// Prints are compared within one process, which seeds them all alike.
static SEEDS: LazyLock<Seeds> = LazyLock::new(Seeds::default);

/// Of some cases, in whatever order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Print {
    cases: u64,
    sum: u128,
    /// Of how they are called and ended alone.
    named: u128,
    /// How many have no name.
    unnamed: u64,
}

impl Print {
    /// With one more case: where it stands, how it is called and how it ended.
    pub(super) fn add(&mut self, case: &Case) {
        let half = |lead: u8| {
            let Case { name, suite, file, outcome, duration_s, message: _ } = case;
            let duration = duration_s.map(f64::to_bits);
            u128::from(SEEDS.hash_one((lead, name, suite, file, outcome, duration)))
        };
        let named = |lead: u8| u128::from(SEEDS.hash_one((lead, &case.name, case.outcome)));
        self.cases += 1;
        self.named = self.named.wrapping_add(named(2) << 64 | named(3));
        self.unnamed += u64::from(case.name.trim().is_empty());
        self.sum = self.sum.wrapping_add(half(0) << 64 | half(1));
    }

    /// With the cases of `other`.
    pub fn join(&mut self, other: &Print) {
        self.cases = self.cases.saturating_add(other.cases);
        self.sum = self.sum.wrapping_add(other.sum);
        self.named = self.named.wrapping_add(other.named);
        self.unnamed = self.unnamed.saturating_add(other.unnamed);
    }

    /// Of how the cases are called and ended alone, which every format tells alike; `None` where one has no
    /// name.
    pub fn of_names(&self) -> Option<Print> {
        (self.unnamed == 0).then_some(Print { sum: 0, ..*self })
    }

    /// Of how many cases it is.
    pub fn cases(&self) -> u64 {
        self.cases
    }
}
