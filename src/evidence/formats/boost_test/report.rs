//! The report of results: every case with the word that it ended with.

use super::Suites;
use crate::evidence::count::OddCounts;
use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{Broken, Input};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule};

/// Reads a `TestResult`.
pub(super) fn read(input: &Input<'_>, mut reading: Reading) -> Result<Reading, Broken> {
    let mut run = Run { tests: input.tests(), ..Run::default() };
    let mut xml = input.xml();
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) if tag.is("TestSuite") => {
                if xml.depth() == 2 {
                    run.module = Module::of(&tag, &mut run.odd)?;
                }
                run.suites.enter(tag.attribute("name")?);
            }
            Node::Open(tag) if tag.is("TestCase") => run.case(&tag)?,
            Node::Close(end) if end.is("TestSuite") => run.suites.leave(),
            Node::Open(_) | Node::Close(_) => {}
        }
    }
    run.settle(&mut reading);
    Ok(reading)
}

#[derive(Default)]
struct Run {
    tests: Tests,
    suites: Suites,
    module: Module,
    /// Cases whose own word is that they were skipped.
    skipped: u64,
    /// Whether a case aborted: the run may have ended there.
    aborted: bool,
    odd: OddCounts,
}

/// What the root suite counts.
#[derive(Default)]
struct Module {
    failed: u64,
    skipped: u64,
    /// Whether it says of itself that it did not pass.
    refuted: bool,
}

impl Module {
    fn of(tag: &Tag<'_>, odd: &mut OddCounts) -> Result<Module, Broken> {
        let counts = ["test_cases_skipped", "test_cases_failed", "test_cases_timed_out"];
        let [skipped, failed @ ..] = tag.declared_counts(counts, odd)?;
        let result = tag.attribute("result")?;
        Ok(Module {
            failed: ran::declared(failed).unwrap_or(0),
            skipped: skipped.unwrap_or(0),
            refuted: result.is_some_and(|word| !matches!(&*word, "passed" | "skipped")),
        })
    }
}

impl Run {
    fn case(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let counts = ["assertions_passed", "assertions_failed"];
        let counted = tag.declared_counts(counts, &mut self.odd)?;
        let assertions = ran::declared(counted).unwrap_or(0);
        let (mut name, mut word) = (String::new(), String::new());
        tag.attributes(|key, value| match key {
            "name" => name = value.into_owned(),
            "result" => word = value.into_owned(),
            _ => {}
        })?;
        let outcome = match word.as_str() {
            // Those behind the end of the run are told as if they had passed.
            "passed" if self.aborted && assertions == 0 => Outcome::Skipped,
            // No more of them failed than were put up with (`expected_failures`).
            "passed" if counted[1].is_some_and(|failed| failed > 0) => Outcome::Skipped,
            "passed" => Outcome::Passed,
            "failed" => Outcome::Failed,
            "skipped" => Outcome::Skipped,
            _ => Outcome::Errored,
        };
        self.skipped += u64::from(word == "skipped");
        self.aborted |= word == "aborted";
        self.suites.hold(&mut self.tests);
        let suite = self.suites.name();
        let message = (outcome == Outcome::Errored).then_some(word);
        self.tests.add(outcome, || Case {
            name,
            suite,
            file: None,
            outcome,
            duration_s: None,
            message,
        });
        Ok(())
    }

    fn settle(mut self, reading: &mut Reading) {
        self.odd.settle(reading);
        let held = self.tests.failed + self.tests.errored;
        ran::failures_lost(reading, Some(self.module.failed), held);
        if self.module.refuted && held == 0 && self.module.failed == 0 {
            let why = "The root suite says that it failed, though no case of it failed: a fixture may have.";
            reading.doubt(Rule::ToolFailed, why);
        }
        if self.tests.total() > 0 {
            let unnamed = self.module.skipped.saturating_sub(self.skipped);
            self.tests.skipped = self.tests.skipped.saturating_add(unnamed);
        }
        ran::settle(reading, self.tests);
    }
}
