//! Tests that were skipped and that no count of their report holds: a part of a case that passed, a method
//! that is disabled.

use crate::model::{Artifact, Rule, counted, plural};

use super::ruling::Ruling;

/// How many there are.
pub(super) fn skips(artifacts: &[&Artifact]) -> u64 {
    let readings = artifacts.iter().filter_map(|artifact| artifact.answer.reading());
    let tests = readings.filter_map(|reading| reading.facts.tests.as_ref());
    tests.map(|tests| tests.skips_uncounted).fold(0, u64::saturating_add)
}

/// The ruling on a condition that allows for none of them.
pub(super) fn ruling(skips: u64) -> Ruling {
    let (tests, were) = (counted(skips, "test"), plural(skips, "was"));
    let why = format!(
        "{tests} {were} skipped that no count of the report holds, and the condition allows for none."
    );
    Ruling::invalid(Rule::Unchecked, why)
}
