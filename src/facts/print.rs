//! What the cases of a report are, as a number: of reports that were put together it is the sum.

use std::hash::BuildHasher;
use std::sync::LazyLock;

use foldhash::quality::RandomState as Seeds;

use super::tests::Told;

/// Prints are compared within one process, which seeds them all alike.
static SEEDS: LazyLock<Seeds> = LazyLock::new(Seeds::default);

/// Of some cases, in whatever order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Print {
    cases: u64,
    sum: u64,
    /// Of how they are called and ended alone.
    named: u64,
    /// How many have no name.
    unnamed: u64,
}

impl Print {
    /// With one more case: where it stands, how it is called and how it ended.
    pub fn add(&mut self, case: &Told<'_>) {
        let Told { name, suite, file, outcome, duration_s } = case;
        let named = SEEDS.hash_one((name, outcome));
        let whole = SEEDS.hash_one((named, suite, file, duration_s.map(f64::to_bits)));
        self.cases += 1;
        self.named = self.named.wrapping_add(named);
        self.unnamed += u64::from(name.trim().is_empty());
        self.sum = self.sum.wrapping_add(whole);
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
