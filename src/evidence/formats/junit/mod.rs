//! JUnit XML: the cases that stand in it, whatever its headers declare.
//!
//! There is no standard; what Maven Surefire, Gradle, pytest, jest-junit, nextest and the rest
//! write has `testcase` elements in common, and hardly anything else.

mod analyser;
mod attempts;
mod attributes;
mod bandit;
mod bats;
mod case;
mod common_test;
mod cpplint;
mod ended;
mod eunit;
mod failsafe;
mod finish;
mod ginkgo;
mod go;
mod goals;
mod held;
mod jasmine;
mod meson;
mod node;
mod pylint;
mod qt;
mod repeated;
mod report;
mod reruns;
mod risky;
mod suite;
mod todo;
mod words;

use self::report::Report;
use crate::evidence::xml::Node;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::model::Reading;

pub(super) struct Junit;

impl Format for Junit {
    fn id(&self) -> &'static str {
        "junit"
    }

    fn about(&self) -> About {
        About {
            tool: "JUnit XML (Surefire, Gradle, pytest, jest-junit, nextest and others)",
            recognised: "the root element `testsuites` or `testsuite`; of Failsafe's summary `failsafe-summary`",
            carries: &["tests", "findings"],
            tells: Tells::NOTHING.time("the oldest `timestamp` of a suite"),
            source: "https://github.com/testmoapp/junitxml",
            clean: "At least 1 case ran and none failed.",
            vacuous: "0 cases, whatever the header declares; a report of trueup's own, whose cases are items of checklists; all cases skipped; a suite that failed to load; fewer failures than declared; fewer tests declared than passed, by pytest, or 0; a count in a header that is none (`1,000`); failures that Node counts at its end and lists nowhere; files of Node alone, of which no test ended; a suite that Ginkgo says failed, ran dry or is focused; cases whose status is no known word; goals of k6 or Gatling alone; of jasmine-reporters and Mocha tests that all took 0 s, and of RSpec examples that took none, as after `--dry-run`; no test that passed with an assertion, where they are counted; a program of Meson's that broke off; a summary of Failsafe that tells of a failure or a time-out.",
            blank: Blanks::NONE,
            notes: &[
                "The cases are counted; totals in headers are compared with them and differ in one file of four.",
                "A file of one class (`TEST-….xml`, as Surefire, Gradle and Ant write it) whose tests were all skipped proves nothing alone, and takes nothing from the others in its folder of which a test ran.",
                "The reports of two attempts at one job look like those of two legs of a matrix: the failures of both count. Hand on those of the last attempt alone.",
                "Suites may stand in suites; `suites` counts every one.",
                "A case with `flakyFailure` or `rerunFailure` and no `failure` passed on a retry. Without any such, `tests.flaky` is absent, but for nextest: whether retries are recorded cannot be told.",
                "fastlane's trainer writes a case for each attempt at a test, and the property `repetition` says which: one that passed on its last attempt alone is flaky. Where attempts follow one that passed, or the last was skipped, one that failed once has failed.",
                "pytest-rerunfailures writes a case for each attempt, and one that failed looks as if it had passed: in a suite of pytest a case that stands again is an attempt of the later one.",
                "gotestsum (suites with the property `go.version`) writes a case for each attempt of `--rerun-fails`: where no test stands twice that had passed and some stand once, a case that stands again is a retry, and what passed on one is flaky. Under `-count=N` each stands N times, and one that failed has failed; where the two cannot be told apart, or a test panicked, each failure counts.",
                "Times are usually local and without a zone; `time` may be empty, negative or `1,234.5`.",
                "jest-junit and mocha-junit-reporter write UTC without a zone: under their own names (`jest tests`, `Mocha Tests`) their times are read so.",
                "jest-junit lists `test.todo` as a case that took `0` s, and does not count it: where a suite lists as many of these beyond its count, they are skipped. Newman lists `pm.test.skip` as a case like any other, without a trace.",
                "Deno writes `skipped` without a time for tests that it did not come to, after an uncaught error: then the report can only refute. Of a file that failed to load, Deno, Bun and Vitest leave no trace here: seal the report with the exit code, or bind the CI job too.",
                "A suite that declares tests and holds no case failed to load; so did one with an error of its own.",
                "More failures in a header than cases that failed: the report has lost some, and proves nothing.",
                "A list of GoogleTest (`--gtest_list_tests`) says of no case how it ended, nor how long it took: none ran.",
                "GoogleTest skips the tests of a suite whose `SetUpTestSuite` failed, and tells of no failure: a case with `status=\"run\" result=\"skipped\"` without a time (1970-01-01) never began, and its suite failed to load. A test that should skip for itself does so in its body or in `SetUp`, for what skips in `SetUpTestSuite` can look the same.",
                "Ginkgo tells in the properties of a suite that it failed outside of its specs (`SuiteSucceeded`, `SpecialSuiteFailureReason`: it did not compile, ran out of time), that it only lists them (`DryRun`) or that some are marked to run alone (`SuiteHasProgrammaticFocus`): such a report proves nothing. What it sets up around the specs (`[BeforeSuite]`) is no spec unless it failed.",
                "A dry run of RSpec calls every example passed: it is known by examples of which half took less than 10 microseconds.",
                "pytest lists with `--setup-only` and `--setup-plan` what it did not run, and does not count it in the header: where more passed than it counts, and where any suite declares 0 tests and holds some that passed, the report proves nothing.",
                "Where Bats lost tests, for one of them ended its runner, it only says so in the output of a case (`bats warning: Executed 2 instead of expected 3 tests`): then it can only refute.",
                "Of Mocha a dry run looks like a run of tests that take no time, so that neither proves anything: its reporter `json` tells the two apart. A dry run of Robot Framework (`--dryrun --xunit`) cannot be told from a run: bind the requirement to its `output.xml`.",
                "A case that pytest names for a module that it could not collect, or unittest for one that it could not import, is a suite that failed to load.",
                "What CTest leaves `notrun` with a reason (an executable that is missing, a fixture that failed) it counts among the failed, and so it is errored; what a test skipped itself (`SKIP_…`), and `disabled`, is skipped.",
                "A case without a name is one that pytest was interrupted in, and is errored.",
                "What Playwright (a root with an `id`, and cases of the class of their suite) skipped without the property `skip` or `fixme` never ran: the run was cut off.",
                "A test that Playwright was told will fail (the property `fail`), and that failed, is counted as passed and is skipped among the cases; where nothing else passed, the report proves nothing.",
                "Of a test that is marked as one that fails Vitest (`test.fails`) and Jest (`test.failing`) write one that passed: nothing here tells the two apart, and what it is called by does not hold. Jest's own JSON does.",
                "RSpec's, after an interruption or a failing `after(:all)`, and Playwright's, after a failing global tear-down or of one shard of several, say nothing of it: let `collect` keep the exit code, or read Playwright's JSON.",
                "jest-junit leaves out suites that did not load unless `reportTestSuiteErrors` is set, and writes `test.todo` as a case that ran: let `collect` keep Jest's exit code, or read Jest's own JSON.",
                "Node writes a test with subtests as a suite, without a failure of its own: what it counts at its end (`<!-- fail 1 -->`, `<!-- cancelled 0 -->`) beyond what is listed speaks against the report. Of a failing `after` of a `describe` nothing tells here, nor of a file whose tests were cut off by `process.exit` once one of them had ended: seal the report with the exit code, or read its TAP.",
                "Node lists a file of which no test ended (its code called `process.exit`, or it holds none) as a case that passed, by its path: it is none, and is told.",
                "A case that node marks as to do (`skipped` of type `todo`) is skipped, whether it failed or not.",
                "`status` or `result` of a case counts where it says failed, error or skipped, in whatever spelling. A word that nobody knows (`RUNNING`, `unstable`) is no pass: where nothing else tells how the case ended, the report can only refute.",
                "Thresholds of k6 (jslib's `jUnit`) and assertions of Gatling are goals that a load run was to reach, and no tests: they hold of a run in which every request failed, so that they prove nothing. One that was not reached has failed. Bind the tool's own report.",
                "jasmine-reporters (a root with `disabled` and no name, suites of `localhost`) writes specs that were left out, by `--filter` or a `fit`, as cases that took `0` s: a case that took none is skipped, and told; where none took any, the report proves nothing. Of a failing `afterAll` and of a `describe` that throws nothing tells there: seal the report with the exit code. Jasmine leaves both with 3.",
                "`failsafe-summary.xml`, which Failsafe writes beside its reports, holds no case and carries no `tests`: its counts would count them twice. Where it tells of failures, a time-out or another result than success, what lies beside it can only refute.",
                "PHPUnit and others count the assertions of a case (`assertions`): where no test that passed made any, the report proves nothing; of single ones it is told.",
                "PHPUnit up to 9 writes a test that is risky as an error, and ends with 0: it is skipped, and told.",
                "Qt Test (the property `QTestVersion`) lists `initTestCase` and `cleanupTestCase`: they are cases where they did not pass. Of a test that failed and is blacklisted Qt 6 writes one that passed: nothing here tells the two apart, and its XML (`-o FILE,xml`) does.",
                "Common Test lists its configuration functions (`init_per_suite`, `end_per_group` …): they are cases where they did not pass, and one that failed is errored.",
                "EUnit writes a test that ran out of time, or whose set-up failed, as skipped, and skips none for another reason: it is errored. Of a generator that threw nothing tells: seal the report with the exit code.",
                "Meson lists the points of a program that writes TAP or is of Rust, and not that it broke off: its plan, `Bail out!` and its exit code stand in what it printed, and where they speak against the points, or no plan is there, the report can only refute. Of old (1.0) it writes a test that ran out of time, or passed and should not have, as one that passed, and nothing here tells: seal the report with the exit code.",
                "Of a failing `afterAll` Vitest before 1, of a failing `after_all` or `after_feature` behave, says nothing: seal the report with the exit code.",
                "A test that failed, and passed under the same name further on, has failed, and that is told: two tests may be called so. Of Gradle's test-retry `reports { junitXml { mergeReruns = true } }` writes attempts as such.",
                "The oldest time of any suite is the report's.",
                "What ESLint, Stylelint, Biome, Oxlint, ruff, Flake8, mypy, Bandit, RuboCop, PHP_CodeSniffer, PHPStan, Psalm, Spectral, HTMLHint, Checkov, cfn-lint, Semgrep, Gitleaks, conftest, kubeconform, kube-score, Cppcheck, yamllint, cpplint, Pylint (pylint-junit), TSLint or markdownlint-cli2 writes is known by the names of its suites and carries `findings`, an error for each failure, and of Bandit one of its severity: its cases are files and rules, and no tests. Where it lists what is clean too, no case means that it looked at nothing.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(root) = sniff.xml() else { return Fit::No };
        // Check of C has roots of the same names, and no case in them.
        if root.namespace.as_deref() == Some("http://check.sourceforge.net/ns") {
            return Fit::No;
        }
        match root.name.as_str() {
            "testsuites" | failsafe::ROOT => Fit::Sure,
            "testsuite" => Fit::sure(root.namespace.is_none() || root.has_child("testcase")),
            _ => Fit::No,
        }
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        if input.sniff.xml().is_some_and(|root| root.name == failsafe::ROOT) {
            return failsafe::read(input, Reading::of(self.id()));
        }
        let mut report = Report::new(input);
        let mut xml = input.xml();
        while let Some(node) = xml.next_with_comments(|said| report.comment(said))? {
            match node {
                Node::Open(tag) => report.open(tag, &mut xml)?,
                Node::Close(end) => match end.name() {
                    "testcase" => report.end_case(),
                    "testsuite" => report.end_suite(),
                    _ => {}
                },
            }
        }
        Ok(report.finish())
    }
}

#[cfg(test)]
mod tests;
