//! The parts of a run that was split, and how many of them are not here.

use std::collections::{BTreeMap, BTreeSet};

/// What a leg of a matrix runs, by name.
type Leg = BTreeSet<String>;

/// The legs that have a part of a number.
type ByNumber<'a> = BTreeMap<u64, BTreeSet<&'a Leg>>;

/// One part of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// How many parts there are.
    pub of: u64,
    /// Its own number, from 1.
    pub number: u64,
    /// What was run: each leg of a matrix is split for itself.
    pub leg: BTreeSet<String>,
    /// Whether the report tells its leg. Else it is what its tests are of, and may be a part of that.
    pub is_leg_told: bool,
}

/// The parts that reports are of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shards(BTreeSet<Shard>);

impl Shards {
    /// Adds some.
    pub fn extend(&mut self, shards: impl IntoIterator<Item = Shard>) {
        self.0.extend(shards);
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Shard> {
        self.0.iter()
    }

    /// Adds those of other reports.
    pub fn join(&mut self, other: &Shards) {
        self.extend(other.iter().cloned());
    }

    /// How many parts of the runs are not here; `None` where there is none at all.
    pub fn missing(&self) -> Option<u64> {
        let missing = self.runs().into_iter().map(|((of, _), held)| {
            // As many runs as there are parts of one number, of which each has every number.
            let runs = held.values().map(BTreeSet::len).max().unwrap_or(0) as u64;
            let parts = held.values().map(BTreeSet::len).sum::<usize>() as u64;
            of.saturating_mul(runs).saturating_sub(parts)
        });
        missing.reduce(u64::saturating_add)
    }

    /// The legs of the parts by number, by how many parts there are and by leg where that is told.
    fn runs(&self) -> BTreeMap<(u64, Option<&Leg>), ByNumber<'_>> {
        let mut runs: BTreeMap<_, ByNumber<'_>> = BTreeMap::new();
        for shard in self.iter() {
            let leg = shard.is_leg_told.then_some(&shard.leg);
            let run = runs.entry((shard.of, leg)).or_default();
            run.entry(shard.number).or_default().insert(&shard.leg);
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(shards: &[(u64, u64)]) -> Shards {
        legs(&shards.iter().map(|(number, of)| (*number, *of, "", false)).collect::<Vec<_>>())
    }

    fn legs(shards: &[(u64, u64, &str, bool)]) -> Shards {
        let shard = |(number, of, leg, is_leg_told): &(u64, u64, &str, bool)| Shard {
            of: *of,
            number: *number,
            leg: BTreeSet::from([(*leg).to_owned()]),
            is_leg_told: *is_leg_told,
        };
        Shards(shards.iter().map(shard).collect())
    }

    #[test]
    fn those_that_no_report_is_of_are_missing() {
        assert_eq!(Shards::default().missing(), None);
        let mut shards = of(&[(2, 3)]);
        assert_eq!(shards.missing(), Some(2));
        shards.join(&of(&[(1, 3), (2, 3)]));
        shards.join(&Shards::default());
        assert_eq!(shards.missing(), Some(1));
        shards.join(&of(&[(3, 3)]));
        assert_eq!(shards.missing(), Some(0));
    }

    #[test]
    fn a_part_of_one_leg_of_a_matrix_is_none_of_another() {
        let (one, other, third) = ("chromium", "firefox", "webkit");
        for (shards, expected) in [
            (legs(&[(1, 2, one, true), (2, 2, one, true), (1, 2, other, true)]), 1),
            (legs(&[(1, 2, one, true), (2, 2, other, true)]), 2),
            (legs(&[(1, 2, one, true), (2, 2, one, true), (1, 1, other, true)]), 0),
            // Where no leg is told, one run may have other tests in each of its parts.
            (legs(&[(1, 2, one, false), (2, 2, other, false)]), 0),
            (legs(&[(1, 2, one, false), (2, 2, one, false), (1, 2, other, false)]), 1),
            (
                legs(&[
                    (1, 2, one, false),
                    (2, 2, one, false),
                    (1, 2, other, false),
                    (2, 2, third, false),
                ]),
                0,
            ),
        ] {
            assert_eq!(shards.missing(), Some(expected), "{shards:?}");
        }
    }
}
