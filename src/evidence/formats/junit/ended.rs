//! A case that ended: what it counts for, and what it lets slip that speaks against the report.

use super::case::OpenCase;
use super::report::{RSPEC, Report};
use super::reruns::PYTEST;
use super::{common_test, cpplint, eunit, goals, qt, todo};
use crate::facts::Outcome;

impl<'a> Report<'a> {
    /// Takes the case that was open.
    pub(super) fn end_case(&mut self) {
        let Some(mut case) = self.cases.pop() else { return };
        let outcome = case.outcome();
        let outcome = self.as_far_as_told(&case, outcome);
        self.hear(&case, outcome);
        self.count_in_suite(&case, outcome);
        if let Some(suite) = self.suites.last().filter(|suite| suite.analyser.is_some()) {
            if is_failure(outcome) {
                self.analysis.case(&case, suite);
            }
            let tool = suite.analyser;
            self.analysis.count(&case.attributes, tool, outcome);
        } else if !self.is_no_test(&case, outcome) {
            self.risky.note(&case.attributes, case.held(), outcome);
            self.take(case, outcome);
        }
    }

    /// Counts it, or what is known of the attempts before it.
    fn take(&mut self, case: OpenCase<'a>, outcome: Outcome) {
        let ended = match case.held().attempt {
            Some(attempt) => self.attempts.take(attempt, case, outcome),
            None => {
                self.end_attempts();
                Some((case, outcome))
            }
        };
        ended.into_iter().for_each(|(case, outcome)| self.add(case, outcome));
    }

    /// Counts the test of which attempts were read.
    pub(super) fn end_attempts(&mut self) {
        let ended = self.attempts.settle();
        ended.into_iter().for_each(|(case, outcome)| self.add(case, outcome));
    }

    /// How it ended, where it seems to have passed and its writer need not mean that.
    fn as_far_as_told(&mut self, case: &OpenCase<'_>, outcome: Outcome) -> Outcome {
        let of = &case.attributes;
        match self.suites.last() {
            Some(suite) if suite.analyser.is_some() => return outcome,
            Some(suite) if suite.by_jasmine => return self.instant.outcome(of, outcome),
            _ => {}
        }
        let outcome = common_test::outcome(of, outcome);
        let is_cancelled = outcome == Outcome::Skipped
            && case.held().skipped_of_a_kind
            && self.in_suite(eunit::wrote);
        if is_cancelled {
            return Outcome::Errored;
        }
        match of.unknown_word().filter(|_| outcome == Outcome::Passed) {
            Some(word) => {
                self.unknown_words.note(word);
                Outcome::Skipped
            }
            None => outcome,
        }
    }

    /// Counts it for the suite that it stands in.
    fn count_in_suite(&mut self, case: &OpenCase<'_>, outcome: Outcome) {
        let (seconds, by_mocha) = (case.attributes.seconds(), self.by_mocha);
        self.tells_times |= case.attributes.tells_time();
        let Some(suite) = self.suites.last_mut() else { return };
        // Where the suite tells its own time, no case's is needed.
        let seconds = if suite.time.is_none() || by_mocha { seconds } else { Some(0.0) };
        suite.cases += 1;
        let lines = if suite.analyser == Some(cpplint::TOOL) { case.held().lines } else { 0 };
        suite.trouble += case.held().trouble.max(lines).max(u64::from(is_failure(outcome)));
        suite.cases_time = suite.cases_time.zip(seconds).map(|(a, b)| a + b);
        suite.meson.case(&case.attributes, &suite.name);
        if outcome == Outcome::Passed && !common_test::is_around(&case.attributes, outcome) {
            suite.passed += 1;
            suite.timeless.extend(todo::timeless(case, suite));
        }
    }

    /// Whether it is listed and is no test: a file, or what is set up around the tests.
    fn is_no_test(&mut self, case: &OpenCase<'_>, outcome: Outcome) -> bool {
        let of = &case.attributes;
        match self.suites.last() {
            None => self.node.is_file(of, outcome),
            Some(suite) => {
                let is_set_up = suite.ginkgo.is_set_up(of, outcome)
                    || suite.by_qt && qt::is_around(of, outcome);
                self.no_tests += u64::from(is_set_up);
                is_set_up || common_test::is_around(of, outcome)
            }
        }
    }

    /// Counts it as a test.
    fn add(&mut self, case: OpenCase<'_>, outcome: Outcome) {
        let of = &case.attributes;
        let again = self.is_again(&case, outcome);
        if outcome == Outcome::Passed && self.in_suite(|name| name.starts_with(RSPEC)) {
            self.of_rspec.extend(of.seconds());
        }
        self.timed |= of.seconds().is_none_or(|seconds| seconds > 0.0);
        if outcome == Outcome::Passed && (case.held().retried || again) {
            self.tests.add_flaky(1);
        }
        let of_playwright = self.is_of_playwright(&case);
        self.of_playwright += u64::from(of_playwright);
        // Playwright counts it as passed; what it is called by does not hold.
        let as_said = outcome == Outcome::Passed && case.held().to_fail && of_playwright;
        self.failed_as_said += u64::from(as_said);
        let suite = self.suites.last().map(|suite| suite.name.as_str());
        let goal = goals::of(of, suite.unwrap_or_default());
        let goal = goal.filter(|_| outcome == Outcome::Passed);
        goal.into_iter().for_each(|tool| self.goals.note(tool));
        let shown = if as_said || goal.is_some() { Outcome::Skipped } else { outcome };
        if self.suites.last().is_some_and(|suite| suite.by_go) {
            let ended = case.held().ended_in_go;
            return self.go_tests.take(case.case(outcome, suite), ended);
        }
        self.repeated.note(of, outcome);
        self.tests.print.add(&case.attributes.as_told(shown, suite));
        self.tests.count(outcome, || case.case(shown, suite));
    }

    /// Whether it is a later attempt at a test of pytest.
    fn is_again(&mut self, case: &OpenCase<'_>, outcome: Outcome) -> bool {
        let again = self.in_suite(|name| name == PYTEST)
            && self.reruns.again(&case.attributes, outcome, &mut self.tests);
        if let Some(suite) = self.suites.last_mut().filter(|_| again) {
            suite.passed = suite.passed.saturating_sub(1);
        }
        again
    }

    fn in_suite(&self, is_called: impl Fn(&str) -> bool) -> bool {
        self.suites.last().is_some_and(|suite| is_called(&suite.name))
    }

    /// Whether Playwright wrote the case: it calls the class of one as it calls the file, its suite.
    fn is_of_playwright(&self, case: &OpenCase<'_>) -> bool {
        let suite = self.suites.last().map(|suite| suite.name.as_str());
        self.root.contains_key("id") && suite.is_some() && case.attributes.class.as_deref() == suite
    }

    /// Notes what it says beside its outcome.
    fn hear(&mut self, case: &OpenCase<'_>, outcome: Outcome) {
        let of = &case.attributes;
        if case.stands_for_a_suite() {
            self.not_loaded += 1;
            let name = || of.name.as_deref().map(str::to_owned);
            self.first_not_loaded = self.first_not_loaded.take().or_else(name);
        }
        self.hear_idle(case, outcome);
        self.listed = self.listed && of.is_listed();
        if self.in_suite(|name| name == "gate") {
            self.own |= of.class.as_deref() == Some("trueup");
        }
        if self.lost_by_bats.is_none() {
            self.lost_by_bats.clone_from(&case.held().lost_by_bats);
        }
    }

    /// Notes what says of it that it did not run, and not by whose choice.
    fn hear_idle(&mut self, case: &OpenCase<'_>, outcome: Outcome) {
        let of = &case.attributes;
        if case.is_idle_unasked() {
            self.idle_unasked += u64::from(self.is_of_playwright(case));
        }
        if self.by_deno && outcome == Outcome::Skipped && of.time.is_none() {
            self.not_reached += 1;
        }
        if case.never_began() {
            self.not_begun += 1;
            let class = || of.class.as_deref().map(str::to_owned);
            self.first_not_begun = self.first_not_begun.take().or_else(class);
        }
    }
}

fn is_failure(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Failed | Outcome::Errored)
}
