//! JUnit XML: the cases that stand in it, whatever its headers declare.
//!
//! There is no standard; what Maven Surefire, Gradle, pytest, jest-junit, nextest and the rest
//! write has `testcase` elements in common, and hardly anything else.

use std::collections::BTreeMap;

use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Broken, Fit, Format, Input, Sniff, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{ProducedAt, Reading};

pub(super) struct Junit;

impl Format for Junit {
    fn id(&self) -> &'static str {
        "junit"
    }

    fn about(&self) -> About {
        About {
            tool: "JUnit XML (Surefire, Gradle, pytest, jest-junit, nextest and others)",
            recognised: "the root element `testsuites` or `testsuite`",
            carries: &["tests"],
            tells: &["time"],
            source: "https://github.com/testmoapp/junitxml",
            notes: &[
                "The cases are counted; totals in headers are compared with them and differ in one file of four.",
                "Suites may stand in suites; `suites` counts every one.",
                "A case with `flakyFailure` or `rerunFailure` and no `failure` passed on a retry.",
                "Times are usually local and without a zone; `time` may be empty, negative or `1,234.5`.",
                "A suite that declares failures or errors and holds no case failed to load.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(root) = sniff.xml() else { return Fit::No };
        Fit::sure(matches!(root.name.as_str(), "testsuites" | "testsuite"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report::new(input);
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => report.open(tag, &mut xml)?,
                Node::Close(end) if end.is("testcase") => report.end_case()?,
                Node::Close(end) if end.is("testsuite") => report.end_suite(),
                Node::Close(_) => {}
            }
        }
        Ok(report.finish())
    }
}

/// A suite that is open.
struct Suite {
    name: String,
    time: Option<f64>,
    /// The sum of its cases' times; `None` once one of them is no time.
    cases_time: Option<f64>,
    cases: u64,
    declares_trouble: bool,
}

/// The case that is open.
struct OpenCase<'a> {
    tag: Tag<'a>,
    failed: bool,
    errored: bool,
    skipped: bool,
    retried: bool,
    message: Option<String>,
}

struct Report<'a> {
    tests: Tests,
    suites: Vec<Suite>,
    case: Option<OpenCase<'a>>,
    root: BTreeMap<String, String>,
    root_is_suite: bool,
    outermost: Outermost,
    earliest: Option<ProducedAt>,
    not_loaded: u64,
    first_not_loaded: Option<String>,
    keep_all: bool,
}

/// What the outermost suites say together.
#[derive(Default)]
struct Outermost {
    declared: Option<u64>,
    time: f64,
    untimed: bool,
}

impl<'a> Report<'a> {
    fn new(input: &Input<'_>) -> Report<'a> {
        Report {
            tests: input.tests(),
            suites: Vec::new(),
            case: None,
            root: BTreeMap::new(),
            root_is_suite: false,
            outermost: Outermost::default(),
            earliest: None,
            not_loaded: 0,
            first_not_loaded: None,
            keep_all: input.detail.cases == crate::facts::Keep::All,
        }
    }

    fn open(&mut self, tag: Tag<'a>, xml: &mut Xml<'a>) -> Result<(), Broken> {
        if xml.depth() == 1 {
            self.root_is_suite = tag.is("testsuite");
            if !self.root_is_suite && !tag.is("testsuites") {
                return Err(Broken::new(format!("The root is <{}>, no test suite.", tag.name())));
            }
            tag.attributes(|key, value| {
                self.root.insert(key.to_owned(), value.into_owned());
            })?;
        }
        if tag.is("testcase") {
            self.case = Some(OpenCase {
                tag,
                failed: false,
                errored: false,
                skipped: false,
                retried: false,
                message: None,
            });
        } else if tag.is("testsuite") {
            self.open_suite(&tag)?;
        } else if self.case.is_some() {
            self.inside_case(&tag, xml)?;
        }
        Ok(())
    }

    fn open_suite(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let mut suite = Suite {
            name: String::new(),
            time: None,
            cases_time: Some(0.0),
            cases: 0,
            declares_trouble: false,
        };
        let mut declared = None;
        let mut made = None;
        tag.attributes(|key, value| match key {
            "name" => suite.name = value.into_owned(),
            "time" => suite.time = ran::seconds(&value),
            "tests" => declared = value.trim().parse::<u64>().ok(),
            "failures" | "errors" => suite.declares_trouble |= positive(&value),
            "timestamp" if !value.trim().is_empty() => made = Some(ProducedAt::parse(&value)),
            _ => {}
        })?;
        if self.suites.is_empty() {
            let sum = self.outermost.declared.unwrap_or(0).saturating_add(declared.unwrap_or(0));
            self.outermost.declared = declared.map(|_| sum).or(self.outermost.declared);
        }
        self.made(made);
        self.tests.suites = Some(self.tests.suites.unwrap_or(0) + 1);
        self.suites.push(suite);
        Ok(())
    }

    /// Keeps the earliest time: the oldest suite of a merged report decides how fresh it is.
    fn made(&mut self, made: Option<ProducedAt>) {
        let Some(made) = made else { return };
        let earlier = match &self.earliest {
            None => true,
            Some(known) => made.at.is_some() && (known.at.is_none() || made.at < known.at),
        };
        if earlier {
            self.earliest = Some(made);
        }
    }

    /// An element inside a case; it is read to its end, so that what it holds counts for nothing.
    fn inside_case(&mut self, tag: &Tag<'_>, xml: &mut Xml<'a>) -> Result<(), Broken> {
        let Some(case) = self.case.as_mut() else { return Ok(()) };
        match tag.name() {
            "failure" => case.failed = true,
            "error" => case.errored = true,
            "skipped" => case.skipped = true,
            "flakyFailure" | "flakyError" | "rerunFailure" | "rerunError" => case.retried = true,
            _ => {}
        }
        if !matches!(tag.name(), "failure" | "error") || case.message.is_some() {
            return xml.skip();
        }
        let said = tag.attribute("message")?;
        let content = xml.content()?;
        case.message = text::excerpt(&content).or_else(|| text::excerpt(&said.unwrap_or_default()));
        Ok(())
    }

    fn end_case(&mut self) -> Result<(), Broken> {
        let Some(case) = self.case.take() else { return Ok(()) };
        let outcome = case.outcome()?;
        let untimed = self.suites.last().is_some_and(|suite| suite.time.is_none());
        let keep = self.keep_all || matches!(outcome, Outcome::Failed | Outcome::Errored);
        let attributes = match untimed || keep {
            true => Attributes::of(&case.tag)?,
            false => Attributes::default(),
        };
        if let Some(suite) = self.suites.last_mut() {
            suite.cases += 1;
            suite.cases_time = suite.cases_time.zip(attributes.seconds()).map(|(a, b)| a + b);
        }
        if outcome == Outcome::Passed && case.retried {
            self.tests.flaky += 1;
        }
        let suite = self.suites.last();
        self.tests.add(outcome, || {
            attributes.case(outcome, suite.map(|suite| suite.name.clone()), case.message)
        });
        Ok(())
    }

    fn end_suite(&mut self) {
        let Some(suite) = self.suites.pop() else { return };
        if suite.cases == 0 && suite.declares_trouble {
            self.not_loaded += 1;
            self.first_not_loaded.get_or_insert_with(|| suite.name.clone());
        }
        let time = suite.time.or(suite.cases_time);
        match self.suites.last_mut() {
            Some(outer) => {
                outer.cases += suite.cases;
                outer.cases_time = outer.cases_time.zip(time).map(|(a, b)| a + b);
            }
            None => match time {
                Some(time) => self.outermost.time += time,
                None => self.outermost.untimed = true,
            },
        }
    }

    fn finish(mut self) -> Reading {
        let mut reading = Reading::of("junit");
        let root_time = self.root.get("time").and_then(|time| ran::seconds(time));
        self.tests.duration_s =
            root_time.or((!self.outermost.untimed).then_some(self.outermost.time));
        let stamp = self.root.get("timestamp").filter(|stamp| !stamp.trim().is_empty());
        reading.produced_at = stamp.map(|stamp| ProducedAt::parse(stamp)).or(self.earliest);
        reading.tool = self.root.get("name").and_then(|name| writer(name)).map(str::to_owned);
        let declared = self.root.get("tests").and_then(|tests| tests.trim().parse().ok());
        let declared = declared.or(self.outermost.declared);
        ran::compare(&mut reading, declared, "test", self.tests.total());
        if self.tests.total() > 0 {
            ran::suites_not_loaded(&mut reading, self.not_loaded, self.first_not_loaded.as_deref());
        }
        ran::settle(&mut reading, self.tests);
        reading
    }
}

impl OpenCase<'_> {
    fn outcome(&self) -> Result<Outcome, Broken> {
        Ok(if self.errored {
            Outcome::Errored
        } else if self.failed {
            Outcome::Failed
        } else if self.skipped || self.did_not_run()? {
            Outcome::Skipped
        } else {
            Outcome::Passed
        })
    }

    /// googletest and others say in an attribute that a case did not run.
    fn did_not_run(&self) -> Result<bool, Broken> {
        if !self.tag.may_have(&["status", "result"]) {
            return Ok(false);
        }
        let mut idle = false;
        self.tag.attributes(|key, value| {
            let word = value.trim().to_ascii_lowercase();
            idle |= matches!(key, "status" | "result")
                && matches!(
                    word.as_str(),
                    "notrun" | "disabled" | "skipped" | "suppressed" | "ignored" | "pending"
                );
        })?;
        Ok(idle)
    }
}

/// What the attributes of a case say.
#[derive(Default)]
struct Attributes {
    name: String,
    class: String,
    file: Option<String>,
    time: Option<String>,
}

impl Attributes {
    fn of(tag: &Tag<'_>) -> Result<Attributes, Broken> {
        let mut found = Attributes::default();
        tag.attributes(|key, value| match key {
            "name" => found.name = value.into_owned(),
            "classname" => found.class = value.into_owned(),
            "file" => found.file = Some(value.into_owned()),
            "time" => found.time = Some(value.into_owned()),
            _ => {}
        })?;
        Ok(found)
    }

    /// A case without a time takes none; one with a negative time spoils the sum.
    fn seconds(&self) -> Option<f64> {
        match self.time.as_deref().map(str::trim) {
            None | Some("") => Some(0.0),
            Some(time) => ran::seconds(time),
        }
    }

    fn case(self, outcome: Outcome, suite: Option<String>, message: Option<String>) -> Case {
        let duration_s = self.time.as_deref().and_then(ran::seconds);
        let class = (!self.class.is_empty()).then_some(self.class);
        let suite = class.or(suite).filter(|suite| !suite.is_empty());
        Case { name: self.name, suite, file: self.file, outcome, duration_s, message }
    }
}

fn positive(value: &str) -> bool {
    value.trim().parse::<u64>().is_ok_and(|count| count > 0)
}

/// The writers that give themselves away in the root's name.
fn writer(name: &str) -> Option<&'static str> {
    match name.trim() {
        "jest tests" => Some("Jest"),
        "vitest tests" => Some("Vitest"),
        "pytest tests" => Some("pytest"),
        "Mocha Tests" => Some("Mocha"),
        "nextest-run" => Some("nextest"),
        _ => None,
    }
}
