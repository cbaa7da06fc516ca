//! Tests that nobody wrote yet: jest-junit lists `test.todo` as a case that holds nothing and took
//! no time, and counts it nowhere.

use std::collections::BTreeSet;

use super::case::OpenCase;
use super::suite::Suite;
use crate::facts::{Outcome, Tests};

/// A case by its suite and its name.
pub(super) type Named = (Option<String>, String);

/// The name of a case of `suite` that passed, where it took no time at all.
pub(super) fn timeless(case: &OpenCase<'_>, suite: &Suite) -> Option<Named> {
    let of = &case.attributes;
    let class = of.class.as_deref().filter(|class| !class.is_empty()).unwrap_or(&suite.name);
    let named = || (Some(class.to_owned()), of.name.as_deref().unwrap_or_default().to_owned());
    (of.time.as_deref() == Some("0")).then(named)
}

/// The cases that their suites list and do not count.
#[derive(Default)]
pub(super) struct Uncounted {
    named: BTreeSet<Named>,
    count: u64,
}

impl Uncounted {
    /// Takes those of a suite that ends: they are known where as many took no time as it lists beyond
    /// its own count.
    pub(super) fn take(&mut self, suite: &mut Suite) {
        let timeless = std::mem::take(&mut suite.timeless);
        let Some(declared) = suite.declared.tests.filter(|_| suite.analyser.is_none()) else {
            return;
        };
        let more = suite.cases.saturating_sub(declared);
        if more > 0 && timeless.len() as u64 == more {
            suite.cases = declared;
            self.count += more;
            self.named.extend(timeless);
        }
    }

    /// Counts them as skipped; returns how many they are.
    pub(super) fn settle(&self, tests: &mut Tests) -> u64 {
        let count = self.count;
        tests.passed = tests.passed.saturating_sub(count);
        tests.skipped = tests.skipped.saturating_add(count);
        if count > 0 {
            tests.cases.change(|case| {
                if self.named.contains(&(case.suite.clone(), case.name.clone())) {
                    case.outcome = Outcome::Skipped;
                }
            });
        }
        count
    }
}
