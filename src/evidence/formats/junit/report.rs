//! A report while it is read: its root, its suites, and what they come to together.

use std::collections::BTreeMap;

use super::analyser::{Analysis, Names};
use super::attempts::Attempts;
use super::attributes::Attributes;
use super::case::OpenCase;
use super::ginkgo::Ginkgo;
use super::go::{self, GoTests};
use super::goals::Goals;
use super::jasmine::{self, Instant};
use super::meson::Meson;
use super::node::Node;
use super::repeated::Repeated;
use super::reruns::{PYTEST, Reruns};
use super::risky::Risky;
use super::suite::{Declared, Suite};
use super::todo::Uncounted;
use super::words::UnknownWords;
use super::{pylint, qt};
use crate::evidence::count::OddCounts;
use crate::evidence::family::ran;
use crate::evidence::xml::{Tag, Xml};
use crate::evidence::{Broken, Input, when};
use crate::facts::Tests;
use crate::model::{ProducedAt, Rule};

#[derive(Default)]
pub(super) struct Report<'a> {
    pub(super) tests: Tests,
    pub(super) suites: Vec<Suite>,
    /// A case may stand in a case.
    pub(super) cases: Vec<OpenCase<'a>>,
    pub(super) root: BTreeMap<String, String>,
    /// Tests, failures and errors that the root declares.
    pub(super) of_root: [Option<u64>; 3],
    pub(super) odd: OddCounts,
    pub(super) outermost: Outermost,
    pub(super) oldest: Option<ProducedAt>,
    pub(super) not_loaded: u64,
    pub(super) first_not_loaded: Option<String>,
    /// Failures and errors that stand in no case.
    pub(super) outside: u64,
    /// The first suite that declares more failures than it holds: declared, held.
    pub(super) short: Option<(u64, u64)>,
    /// Cases that are listed and are no tests.
    pub(super) no_tests: u64,
    /// What the first suite says against its own cases.
    pub(super) denial: Option<(Rule, String)>,
    pub(super) lost_by_bats: Option<String>,
    pub(super) by_mocha: bool,
    pub(super) by_deno: bool,
    /// How long what RSpec says passed took, in seconds.
    pub(super) of_rspec: Vec<f64>,
    /// Whether a case of Mocha took any time.
    pub(super) timed: bool,
    /// Whether any suite or case tells how long it took.
    pub(super) tells_times: bool,
    pub(super) uncounted: Uncounted,
    /// Cases that were skipped, and nothing says by whose choice.
    pub(super) idle_unasked: u64,
    /// Cases of Playwright that failed, and were said to.
    pub(super) failed_as_said: u64,
    /// Cases as Playwright writes them.
    pub(super) of_playwright: u64,
    /// Cases that Deno did not come to: what is skipped by choice has a time.
    pub(super) not_reached: u64,
    /// Cases that GoogleTest skipped before they began, and the first suite of theirs.
    pub(super) not_begun: u64,
    pub(super) first_not_begun: Option<String>,
    /// Whether it is a list of GoogleTest so far: nothing says that a case ran.
    pub(super) listed: bool,
    /// What linters and scanners found.
    pub(super) analysis: Analysis,
    pub(super) reruns: Reruns,
    pub(super) attempts: Attempts<'a>,
    pub(super) node: Node,
    pub(super) go_tests: GoTests,
    pub(super) goals: Goals,
    pub(super) instant: Instant,
    pub(super) unknown_words: UnknownWords,
    pub(super) risky: Risky,
    pub(super) repeated: Repeated,
    /// Whether it is trueup's own.
    pub(super) own: bool,
}

/// What the outermost suites say together.
#[derive(Default)]
pub(super) struct Outermost {
    pub(super) declared: Option<u64>,
    pub(super) trouble: u64,
    pub(super) time: f64,
    pub(super) untimed: bool,
}

impl<'a> Report<'a> {
    pub(super) fn new(input: &Input<'_>) -> Report<'a> {
        Report {
            tests: input.tests(),
            analysis: Analysis::new(input.findings()),
            ..Report::default()
        }
    }

    pub(super) fn comment(&mut self, said: &str) {
        self.node.comment(said, &mut self.odd);
    }

    pub(super) fn open(&mut self, tag: Tag<'a>, xml: &mut Xml<'a>) -> Result<(), Broken> {
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
            "testcase" => self.open_case(Attributes::of(&tag)?),
            "testsuite" => {
                self.end_attempts();
                self.open_suite(&tag)?;
            }
            _ if !self.cases.is_empty() => self.inside_case(&tag, xml)?,
            "property" => {
                if let Some(suite) = self.suites.last_mut() {
                    suite.ginkgo.property(&tag)?;
                    suite.by_go |= go::is_property(&tag)?;
                    suite.by_qt |= qt::is_property(&tag)?;
                }
            }
            "system-out" | "system-err" => self.printed(&tag, xml)?,
            "failure" | "error" => {
                self.outside += 1;
                xml.skip()?;
            }
            _ => {}
        }
        Ok(())
    }

    fn open_case(&mut self, of: Attributes<'a>) {
        if let [suite] = &mut self.suites[..]
            && suite.analyser.is_none()
            && suite.cases == 0
            && pylint::wrote(&of)
        {
            suite.analyser = Some(pylint::TOOL);
            suite.declared.trouble = suite.declared.most;
            self.analysis.late(pylint::TOOL);
        }
        self.cases.push(OpenCase::new(of));
    }

    /// Takes what a suite printed, where that tells how its cases ended.
    fn printed(&mut self, tag: &Tag<'_>, xml: &mut Xml<'a>) -> Result<(), Broken> {
        let suite = self.suites.last_mut().filter(|suite| suite.meson.is_of(suite.cases));
        let Some(suite) = suite else { return Ok(()) };
        let said = xml.content()?;
        match tag.name() {
            "system-out" => suite.meson.output(&said),
            _ => suite.meson.errors(&said),
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
            ginkgo: Ginkgo::default(),
            by_jasmine: jasmine::wrote(tag, &self.root)?,
            by_go: false,
            by_qt: false,
            meson: Meson::default(),
        };
        let mut made = None;
        tag.attributes(|key, value| match key {
            "name" => suite.name = value.into_owned(),
            "time" => suite.time = ran::seconds(&value),
            "timestamp" if !value.trim().is_empty() => made = Some(ProducedAt::parse(&value)),
            _ => {}
        })?;
        self.tells_times |= suite.time.is_some();
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

    pub(super) fn end_suite(&mut self) {
        self.end_attempts();
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
pub(super) const RSPEC: &str = "rspec";

/// The root of Deno's.
const DENO: &str = "deno test";

/// The root of Mocha's own reporter and of mocha-junit-reporter.
pub(super) const MOCHA: &str = "Mocha Tests";
