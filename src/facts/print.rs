//! What the cases of a report are, as a number: of reports that were put together it is the sum.

use std::hash::BuildHasher;
use std::sync::LazyLock;

use foldhash::quality::RandomState as Seeds;

use super::tests::Told;

/// Prints are compared within one process, which seeds them all alike.
static SEEDS: LazyLock<Seeds> = LazyLock::new(Seeds::default);

/// Of some cases, in whatever order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Print {
    cases: u64,
    sum: u64,
}

impl Print {
    /// With one more case: where it stands, how it is called and how it ended.
    pub fn add(&mut self, case: &Told<'_>) {
        let Told { name, suite, file, outcome, duration_s } = case;
        let duration = duration_s.map(f64::to_bits);
        self.cases += 1;
        self.sum = self.sum.wrapping_add(SEEDS.hash_one((name, suite, file, outcome, duration)));
    }

    /// With the cases of `other`.
    pub fn join(&mut self, other: &Print) {
        self.cases = self.cases.saturating_add(other.cases);
        self.sum = self.sum.wrapping_add(other.sum);
    }

    /// Of how many cases it is.
    pub fn cases(&self) -> u64 {
        self.cases
    }
}
