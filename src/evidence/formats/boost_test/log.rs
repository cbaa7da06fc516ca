//! The log: every case with what happened in it. One in which nothing went wrong passed.

use super::Suites;
use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{Broken, Input, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule, counted};

/// Reads a `TestLog`.
pub(super) fn read(input: &Input<'_>, mut reading: Reading) -> Result<Reading, Broken> {
    let mut run = Run { tests: input.tests(), ..Run::default() };
    let mut xml = input.xml();
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) if tag.is("BuildInfo") => {
                reading.tool_version = tag.attribute("boost")?;
            }
            Node::Open(tag) => run.open(&tag, &mut xml)?,
            Node::Close(end) if end.is("TestSuite") => run.suites.leave(),
            Node::Close(end) if end.is("TestCase") => run.close(),
            Node::Close(_) => {}
        }
    }
    run.settle(&mut reading);
    Ok(reading)
}

#[derive(Default)]
struct Run {
    tests: Tests,
    suites: Suites,
    case: Option<Case>,
    /// The sum of the cases' times.
    seconds: f64,
    /// Errors that stand in no case.
    outside: u64,
}

impl Run {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        match tag.name() {
            "TestSuite" => {
                let name = tag.attribute("name")?;
                if tag.attribute("skipped")?.is_some() {
                    let skipped = Case { outcome: Outcome::Skipped, ..self.case(name.clone()) };
                    self.tests.add(skipped.outcome, || skipped);
                }
                self.suites.enter(name);
            }
            "TestCase" => {
                let mut case = self.case(tag.attribute("name")?);
                case.file = tag.attribute("file")?;
                if tag.attribute("skipped")?.is_some() {
                    case.outcome = Outcome::Skipped;
                }
                self.suites.hold(&mut self.tests);
                self.case = Some(case);
            }
            "Error" | "FatalError" => self.wrong(Outcome::Failed, &xml.own_content()?),
            "Exception" => self.wrong(Outcome::Errored, &xml.own_content()?),
            "TestingTime" => self.time(&xml.content()?),
            _ => {}
        }
        Ok(())
    }

    fn case(&self, name: Option<String>) -> Case {
        Case {
            name: name.unwrap_or_default(),
            suite: self.suites.name(),
            file: None,
            outcome: Outcome::Passed,
            duration_s: None,
            message: None,
        }
    }

    fn wrong(&mut self, outcome: Outcome, said: &str) {
        let Some(case) = &mut self.case else {
            self.outside += 1;
            return;
        };
        case.outcome = if case.outcome == Outcome::Errored { case.outcome } else { outcome };
        case.message = case.message.take().or(text::excerpt(said));
    }

    /// Takes a time, in microseconds.
    fn time(&mut self, content: &str) {
        if let Some((case, micros)) = self.case.as_mut().zip(ran::seconds(content)) {
            case.duration_s = Some(micros / 1e6);
        }
    }

    fn close(&mut self) {
        let Some(case) = self.case.take() else { return };
        self.seconds += case.duration_s.unwrap_or(0.0);
        self.tests.add(case.outcome, || case);
    }

    fn settle(mut self, reading: &mut Reading) {
        if self.outside > 0 {
            let errors = counted(self.outside, "error");
            let why = format!("The log holds {errors} outside its test cases.");
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        self.tests.duration_s = Some(self.seconds);
        ran::settle(reading, self.tests);
    }
}
