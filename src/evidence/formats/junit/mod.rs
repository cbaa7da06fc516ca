//! JUnit XML: the cases that stand in it, whatever its headers declare.
//!
//! There is no standard; what Maven Surefire, Gradle, pytest, jest-junit, nextest and the rest
//! write has `testcase` elements in common, and hardly anything else.

mod analyser;
mod attributes;
mod bats;
mod case;
mod failsafe;
mod finish;
mod held;
mod node;
mod reruns;
mod suite;
mod todo;

use std::collections::BTreeMap;

use self::analyser::{Analysis, Names};
use self::attributes::Attributes;
use self::case::OpenCase;
use self::node::Node;
use self::reruns::{PYTEST, Reruns};
use self::suite::{Declared, Suite};
use self::todo::Uncounted;
use crate::evidence::count::OddCounts;
use crate::evidence::family::ran;
use crate::evidence::xml::{self, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, when};
use crate::facts::{Outcome, Tests};
use crate::model::{ProducedAt, Reading};

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
            vacuous: "0 cases, whatever the header declares; a report of trueup's own, whose cases are items of checklists; all cases skipped; a suite that failed to load; fewer failures than declared; fewer tests declared than passed, by pytest, or 0; a count in a header that is none (`1,000`); failures that Node counts at its end and lists nowhere; files of Node alone, of which no test ended; of Mocha tests that all took 0 s, and of RSpec examples that took none, as after `--dry-run`; a summary of Failsafe that tells of a failure or a time-out.",
            blank: Blanks::NONE,
            notes: &[
                "The cases are counted; totals in headers are compared with them and differ in one file of four.",
                "Suites may stand in suites; `suites` counts every one.",
                "A case with `flakyFailure` or `rerunFailure` and no `failure` passed on a retry. Without any such, `tests.flaky` is absent, but for nextest: whether retries are recorded cannot be told.",
                "pytest-rerunfailures writes a case for each attempt, and one that failed looks as if it had passed: in a suite of pytest a case that stands again is an attempt of the later one.",
                "Times are usually local and without a zone; `time` may be empty, negative or `1,234.5`.",
                "jest-junit and mocha-junit-reporter write UTC without a zone: under their own names (`jest tests`, `Mocha Tests`) their times are read so.",
                "jest-junit lists `test.todo` as a case that took `0` s, and does not count it: where a suite lists as many of these beyond its count, they are skipped. Newman lists `pm.test.skip` as a case like any other, without a trace.",
                "Deno writes `skipped` without a time for tests that it did not come to, after an uncaught error: then the report can only refute. Of a file that failed to load, Deno, Bun and Vitest leave no trace here: seal the report with the exit code, or bind the CI job too.",
                "A suite that declares tests and holds no case failed to load; so did one with an error of its own.",
                "More failures in a header than cases that failed: the report has lost some, and proves nothing.",
                "A list of GoogleTest (`--gtest_list_tests`) says of no case how it ended, nor how long it took: none ran.",
                "GoogleTest skips the tests of a suite whose `SetUpTestSuite` failed, and tells of no failure: a case with `status=\"run\" result=\"skipped\"` without a time (1970-01-01) never began, and its suite failed to load. A test that should skip for itself does so in its body or in `SetUp`, for what skips in `SetUpTestSuite` can look the same.",
                "A dry run of RSpec calls every example passed: it is known by examples of which half took less than 10 microseconds.",
                "pytest lists with `--setup-only` and `--setup-plan` what it did not run, and does not count it in the header: where more passed than it counts, and where any suite declares 0 tests and holds some that passed, the report proves nothing.",
                "Where Bats lost tests, for one of them ended its runner, it only says so in the output of a case (`bats warning: Executed 2 instead of expected 3 tests`): then it can only refute.",
                "Of Mocha a dry run looks like a run of tests that take no time, so that neither proves anything: its reporter `json` tells the two apart. A dry run of Robot Framework (`--dryrun --xunit`) cannot be told from a run: bind the requirement to its `output.xml`.",
                "A case that pytest names for a module that it could not collect, or unittest for one that it could not import, is a suite that failed to load.",
                "What CTest leaves `notrun` with a reason (an executable that is missing, a fixture that failed) it counts among the failed, and so it is errored; what a test skipped itself (`SKIP_…`), and `disabled`, is skipped.",
                "A case without a name is one that pytest was interrupted in, and is errored.",
                "What Playwright (a root with an `id`, and cases of the class of their suite) skipped without the property `skip` or `fixme` never ran: the run was cut off.",
                "A test that Playwright was told will fail (the property `fail`), and that failed, is counted as passed and is skipped among the cases; where nothing else passed, the report proves nothing.",
                "RSpec's, after an interruption or a failing `after(:all)`, and Playwright's, after a failing global tear-down or of one shard of several, say nothing of it: let `collect` keep the exit code, or read Playwright's JSON.",
                "jest-junit leaves out suites that did not load unless `reportTestSuiteErrors` is set, and writes `test.todo` as a case that ran: let `collect` keep Jest's exit code, or read Jest's own JSON.",
                "Node writes a test with subtests as a suite, without a failure of its own: what it counts at its end (`<!-- fail 1 -->`, `<!-- cancelled 0 -->`) beyond what is listed speaks against the report. Of a failing `after` of a `describe` nothing tells here, nor of a file whose tests were cut off by `process.exit` once one of them had ended: seal the report with the exit code, or read its TAP.",
                "Node lists a file of which no test ended (its code called `process.exit`, or it holds none) as a case that passed, by its path: it is none, and is told.",
                "A case that node marks as to do (`skipped` of type `todo`) is skipped, whether it failed or not.",
                "`status` or `result` of a case counts where it says failed, error or skipped.",
                "`failsafe-summary.xml`, which Failsafe writes beside its reports, holds no case and carries no `tests`: its counts would count them twice. Where it tells of failures, a time-out or another result than success, what lies beside it can only refute.",
                "The oldest time of any suite is the report's.",
                "What ESLint, Stylelint, Biome, Oxlint, ruff, Flake8, mypy, Bandit, RuboCop, PHP_CodeSniffer, PHPStan, Psalm, Spectral, HTMLHint, Checkov, cfn-lint, Semgrep, Gitleaks, conftest, kubeconform, kube-score, Cppcheck or yamllint writes is known by the names of its suites and carries `findings`, an error for each failure: its cases are files and rules, and no tests. Where it lists what is clean too, no case means that it looked at nothing.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(root) = sniff.xml() else { return Fit::No };
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
                xml::Node::Open(tag) => report.open(tag, &mut xml)?,
                xml::Node::Close(end) => match end.name() {
                    "testcase" => report.end_case(),
                    "testsuite" => report.end_suite(),
                    _ => {}
                },
            }
        }
        Ok(report.finish())
    }
}

#[derive(Default)]
struct Report<'a> {
    tests: Tests,
    suites: Vec<Suite>,
    /// A case may stand in a case.
    cases: Vec<OpenCase<'a>>,
    root: BTreeMap<String, String>,
    /// Tests, failures and errors that the root declares.
    of_root: [Option<u64>; 3],
    odd: OddCounts,
    outermost: Outermost,
    oldest: Option<ProducedAt>,
    not_loaded: u64,
    first_not_loaded: Option<String>,
    /// Failures and errors that stand in no case.
    outside: u64,
    /// The first suite that declares more failures than it holds: declared, held.
    short: Option<(u64, u64)>,
    /// What the first suite says against its own cases.
    denial: Option<String>,
    lost_by_bats: Option<String>,
    by_mocha: bool,
    by_deno: bool,
    /// How long what RSpec says passed took, in seconds.
    of_rspec: Vec<f64>,
    /// Whether a case of Mocha took any time.
    timed: bool,
    uncounted: Uncounted,
    /// Cases that were skipped, and nothing says by whose choice.
    idle_unasked: u64,
    /// Cases of Playwright that failed, and were said to.
    failed_as_said: u64,
    /// Cases that Deno did not come to: what is skipped by choice has a time.
    not_reached: u64,
    /// Cases that GoogleTest skipped before they began, and the first suite of theirs.
    not_begun: u64,
    first_not_begun: Option<String>,
    /// Whether it is a list of GoogleTest so far: nothing says that a case ran.
    listed: bool,
    /// What linters and scanners found.
    analysis: Analysis,
    reruns: Reruns,
    node: Node,
    /// Whether it is trueup's own.
    own: bool,
}

/// What the outermost suites say together.
#[derive(Default)]
struct Outermost {
    declared: Option<u64>,
    trouble: u64,
    time: f64,
    untimed: bool,
}

impl<'a> Report<'a> {
    fn new(input: &Input<'_>) -> Report<'a> {
        Report {
            tests: input.tests(),
            analysis: Analysis::new(input.findings()),
            ..Report::default()
        }
    }

    fn comment(&mut self, said: &str) {
        self.node.comment(said, &mut self.odd);
    }

    fn open(&mut self, tag: Tag<'a>, xml: &mut Xml<'a>) -> Result<(), Broken> {
        if xml.depth() == 1 {
            if !tag.is("testsuite") && !tag.is("testsuites") {
                return Err(Broken::new(format!("The root is <{}>, no test suite.", tag.name())));
            }
            self.analysis.root(Names::of(&tag)?.analyser());
            tag.attributes(|key, value| {
                self.root.insert(key.to_owned(), value.into_owned());
            })?;
            let counts = ["tests", "failures", "errors"];
            self.of_root = tag.declared_counts(counts, &mut self.odd)?;
            let named = |writer: &str| self.root.get("name").is_some_and(|name| name == writer);
            self.by_mocha = named(MOCHA);
            self.by_deno = named(DENO);
            self.listed = self.root.get("name").is_some_and(|name| name == "AllTests")
                && !["failures", "time", "timestamp"].iter().any(|of| self.root.contains_key(*of));
        }
        match tag.name() {
            "testcase" => self.cases.push(OpenCase::new(Attributes::of(&tag)?)),
            "testsuite" => self.open_suite(&tag)?,
            _ if !self.cases.is_empty() => self.inside_case(&tag, xml)?,
            "failure" | "error" => {
                self.outside += 1;
                xml.skip()?;
            }
            _ => {}
        }
        Ok(())
    }

    fn open_suite(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let mut suite = Suite {
            name: String::new(),
            time: None,
            cases_time: Some(0.0),
            cases: 0,
            passed: 0,
            timeless: Vec::new(),
            declared: Declared::of(tag, &mut self.odd)?,
            trouble: 0,
            lost: false,
            analyser: self.analyser_of(tag)?,
        };
        let mut made = None;
        tag.attributes(|key, value| match key {
            "name" => suite.name = value.into_owned(),
            "time" => suite.time = ran::seconds(&value),
            "timestamp" if !value.trim().is_empty() => made = Some(ProducedAt::parse(&value)),
            _ => {}
        })?;
        let declared = suite.declared.tests;
        // Mocha's own reporter declares its failures as errors too.
        if suite.analyser.is_some() || self.by_mocha {
            suite.declared.trouble = suite.declared.most;
        }
        if self.suites.is_empty() {
            self.analysis.suite(suite.analyser);
            let sum = self.outermost.declared.unwrap_or(0).saturating_add(declared.unwrap_or(0));
            self.outermost.declared = declared.map(|_| sum).or(self.outermost.declared);
        }
        made.into_iter().for_each(|made| when::older(&mut self.oldest, made));
        self.tests.suites = Some(self.tests.suites.unwrap_or(0) + 1);
        self.suites.push(suite);
        Ok(())
    }

    /// The linter or scanner by which a suite, or what it stands in, is called.
    fn analyser_of(&self, tag: &Tag<'_>) -> Result<Option<&'static str>, Broken> {
        let around = match self.suites.last() {
            Some(outer) => outer.analyser,
            None => self.analysis.of_root,
        };
        Ok(Names::of(tag)?.analyser().or(around))
    }

    /// An element inside a case; it is read to its end, so that what it holds counts for nothing.
    fn inside_case(&mut self, tag: &Tag<'_>, xml: &mut Xml<'a>) -> Result<(), Broken> {
        let Some(case) = self.cases.last_mut() else { return Ok(()) };
        case.holds(tag, xml)
    }

    fn end_case(&mut self) {
        let Some(mut case) = self.cases.pop() else { return };
        let outcome = case.outcome();
        let of = &case.attributes;
        if case.stands_for_a_suite() {
            self.not_loaded += 1;
            let name = || of.name.as_deref().map(str::to_owned);
            self.first_not_loaded = self.first_not_loaded.take().or_else(name);
        }
        self.hear_idle(&case, outcome);
        let of = &case.attributes;
        self.listed = self.listed && of.is_listed();
        let failed = matches!(outcome, Outcome::Failed | Outcome::Errored);
        if self.suites.last().is_some_and(|suite| suite.name == "gate") {
            self.own |= of.class.as_deref() == Some("trueup");
        }
        let untimed = self.suites.last().is_some_and(|suite| suite.time.is_none());
        let seconds = match untimed || self.by_mocha {
            true => of.seconds(),
            false => Some(0.0),
        };
        let held = case.held();
        if self.lost_by_bats.is_none() {
            self.lost_by_bats.clone_from(&held.lost_by_bats);
        }
        if failed && let Some(suite) = self.suites.last().filter(|suite| suite.analyser.is_some()) {
            self.analysis.case(&case, suite);
        }
        if let Some(suite) = self.suites.last_mut() {
            suite.cases += 1;
            suite.trouble += held.trouble.max(u64::from(failed));
            suite.passed += u64::from(outcome == Outcome::Passed);
            if outcome == Outcome::Passed {
                suite.timeless.extend(todo::timeless(&case, suite));
            }
            suite.cases_time = suite.cases_time.zip(seconds).map(|(a, b)| a + b);
        }
        if self.suites.last().is_some_and(|suite| suite.analyser.is_some()) {
            self.analysis.count(of, outcome);
            return;
        }
        if self.suites.is_empty() && self.node.is_file(of, outcome) {
            return;
        }
        let by_pytest = self.suites.last().is_some_and(|suite| suite.name == PYTEST);
        let again = by_pytest && self.reruns.again(of, outcome, &mut self.tests);
        if let Some(suite) = self.suites.last_mut().filter(|_| again) {
            suite.passed = suite.passed.saturating_sub(1);
        }
        if outcome == Outcome::Passed
            && self.suites.last().is_some_and(|suite| suite.name.starts_with(RSPEC))
        {
            self.of_rspec.extend(of.seconds());
        }
        self.timed |= seconds.is_none_or(|seconds| seconds > 0.0);
        if outcome == Outcome::Passed && (held.retried || again) {
            self.tests.add_flaky(1);
        }
        let suite = self.suites.last().map(|suite| suite.name.as_str());
        // Playwright counts it as passed; what it is called by does not hold.
        let as_said = outcome == Outcome::Passed && held.to_fail && self.is_of_playwright(&case);
        self.failed_as_said += u64::from(as_said);
        let shown = if as_said { Outcome::Skipped } else { outcome };
        self.tests.add(outcome, || case.case(shown, suite));
    }

    /// Whether Playwright wrote the case: it calls the class of one as it calls the file, its suite.
    fn is_of_playwright(&self, case: &OpenCase<'_>) -> bool {
        let suite = self.suites.last().map(|suite| suite.name.as_str());
        self.root.contains_key("id") && suite.is_some() && case.attributes.class.as_deref() == suite
    }

    /// Notes what says of a case that it did not run, and not by whose choice.
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

    fn end_suite(&mut self) {
        let Some(mut suite) = self.suites.pop() else { return };
        if suite.name == PYTEST {
            self.reruns = Reruns::default();
        }
        let declared = suite.declared.trouble;
        if suite.cases == 0 && suite.declared.asks_for_cases() && !suite.lost {
            suite.lost = true;
            self.not_loaded += 1;
            self.first_not_loaded.get_or_insert_with(|| suite.name.clone());
        } else if suite.cases > 0 && declared > suite.trouble && !suite.lost {
            self.short.get_or_insert((declared, suite.trouble));
        }
        self.node.failing_suites += u64::from(suite.trouble > 0);
        self.denial = self.denial.take().or(suite.denial());
        self.uncounted.take(&mut suite);
        let time = suite.time.or(suite.cases_time);
        let trouble = suite.trouble.max(declared);
        match self.suites.last_mut() {
            Some(outer) => {
                outer.cases += suite.cases;
                outer.trouble = outer.trouble.saturating_add(trouble);
                outer.lost |= suite.lost;
                outer.cases_time = outer.cases_time.zip(time).map(|(a, b)| a + b);
            }
            None => {
                self.outermost.trouble = self.outermost.trouble.saturating_add(trouble);
                match time {
                    Some(time) => self.outermost.time += time,
                    None => self.outermost.untimed = true,
                }
            }
        }
    }
}

/// The suite of RspecJunitFormatter; a number follows where several run beside each other.
const RSPEC: &str = "rspec";

/// The root of Deno's.
const DENO: &str = "deno test";

/// The root of Mocha's own reporter and of mocha-junit-reporter.
const MOCHA: &str = "Mocha Tests";

#[cfg(test)]
mod tests;
