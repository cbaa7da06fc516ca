//! A suite while it is open, and what its header declares.

use super::ginkgo::Ginkgo;
use super::meson::Meson;
use super::reruns::PYTEST;
use super::todo::Named;
use crate::evidence::Broken;
use crate::evidence::count::OddCounts;
use crate::evidence::family::ran;
use crate::evidence::xml::Tag;
use crate::model::{Rule, counted};

/// What a suite counts of itself; its idle cases under the name that its writer has for them.
const COUNTS: [&str; 7] = ["tests", "failures", "errors", "skipped", "disabled", "ignored", "skip"];

/// A suite that is open.
pub(super) struct Suite {
    pub name: String,
    pub time: Option<f64>,
    /// The sum of its cases' times; `None` once one of them is no time.
    pub cases_time: Option<f64>,
    pub cases: u64,
    /// Cases of its own that passed, attempts left out.
    pub passed: u64,
    /// Cases of its own that passed and took no time at all.
    pub timeless: Vec<Named>,
    pub declared: Declared,
    /// Failures and errors of its cases, those of retries too.
    pub trouble: u64,
    /// Whether it, or a suite in it, is known not to have loaded.
    pub lost: bool,
    /// The linter or scanner that wrote it.
    pub analyser: Option<&'static str>,
    /// What its properties say, where Ginkgo wrote it.
    pub ginkgo: Ginkgo,
    /// Whether jasmine-reporters wrote it.
    pub by_jasmine: bool,
    /// Whether it is a package of Go, as gotestsum writes it.
    pub by_go: bool,
    /// Whether it is a class of Qt's.
    pub by_qt: bool,
    /// What is known of it where it is a program that Meson ran.
    pub meson: Meson,
}

impl Suite {
    /// What its header or its properties say against the cases that it lists.
    pub(super) fn denial(&self) -> Option<(Rule, String)> {
        let listed = self.listed_only().map(|why| (Rule::SuiteNotLoaded, why));
        let broke_off = || self.meson.denial(&self.name).map(|why| (Rule::SuiteNotLoaded, why));
        listed.or_else(|| self.ginkgo.against(self)).or_else(broke_off)
    }

    /// pytest counts those that it ran, and lists those that it only set up; and no suite of 0 tests
    /// holds one that passed.
    fn listed_only(&self) -> Option<String> {
        let declared = self.declared.tests?;
        let denied = (self.name == PYTEST || declared == 0) && self.passed > declared;
        (denied && self.analyser.is_none()).then(|| {
            let (name, passed, tests) = (&self.name, self.passed, counted(declared, "test"));
            format!("The suite {name} counts {tests}, and lists {passed} as passed: it lists what did not run.")
        })
    }
}

/// What the header of a suite declares.
#[derive(Default)]
pub(super) struct Declared {
    pub tests: Option<u64>,
    pub trouble: u64,
    /// The greater of failures and errors: some linters declare one figure as both.
    pub most: u64,
    pub errors: u64,
    pub idle: u64,
}

impl Declared {
    /// What a suite declares of itself; its counts that are none are noted in `odd`.
    pub(super) fn of(tag: &Tag<'_>, odd: &mut OddCounts) -> Result<Declared, Broken> {
        let [tests, failures, errors, idle @ ..] = tag.declared_counts(COUNTS, odd)?;
        let (failures, errors) = (failures.unwrap_or(0), errors.unwrap_or(0));
        Ok(Declared {
            tests,
            trouble: failures.saturating_add(errors),
            most: failures.max(errors),
            errors,
            idle: ran::declared(idle).unwrap_or(0),
        })
    }

    /// Whether cases should stand in it: failed ones, or more than were skipped.
    pub(super) fn asks_for_cases(&self) -> bool {
        self.trouble > 0 || self.tests.unwrap_or(0) > self.idle
    }
}
