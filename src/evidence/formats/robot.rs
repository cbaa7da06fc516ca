//! Robot Framework's `output.xml`.

use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{ProducedAt, Reading, counted};

pub(super) struct Robot;

impl Format for Robot {
    fn id(&self) -> &'static str {
        "robot"
    }

    fn about(&self) -> About {
        About {
            tool: "Robot Framework",
            recognised: "the root element `robot`",
            carries: &["tests"],
            tells: Tells::NOTHING
                .time("`generated` of the root")
                .version("`generator` of the root"),
            source: "https://robotframework.org/robotframework/latest/RobotFrameworkUserGuide.html#xml-output-format",
            clean: "At least 1 test passed and none failed.",
            vacuous: "0 tests; all skipped; more failures in the statistics than tests that failed.",
            blank: Blanks::NONE,
            notes: &[
                "A test's outcome is its own `status`, never that of a keyword in it; NOT RUN is skipped.",
                "Times are local, without a zone, in versions before 7 and after.",
                "Messages of level ERROR beside the tests are told as a warning.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "robot"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut run = Run { tests: input.tests(), ..Run::default() };
        let mut reading = Reading::of(self.id());
        reading.tool = Some("Robot Framework".to_owned());
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => run.open(&tag, &mut xml, &mut reading)?,
                Node::Close(end) if end.is("suite") => {
                    run.suites.pop();
                }
                Node::Close(end) if end.is("test") => run.close(),
                Node::Close(_) => {}
            }
        }
        if run.errors > 0 {
            reading.warn(format!("Robot Framework reported {}.", counted(run.errors, "error")));
        }
        ran::failures_lost(&mut reading, run.declared, run.tests.failed);
        run.tests.suites = Some(run.held);
        ran::settle(&mut reading, run.tests);
        Ok(reading)
    }
}

#[derive(Default)]
struct Run {
    tests: Tests,
    suites: Vec<String>,
    /// Suites that hold tests themselves.
    held: u64,
    last: Option<String>,
    case: Option<Open>,
    declared: Option<u64>,
    errors: u64,
}

/// A test that has not ended, and how deep it stands.
struct Open {
    name: String,
    depth: usize,
    outcome: Option<Outcome>,
    seconds: Option<f64>,
    message: Option<String>,
}

impl Run {
    fn open(
        &mut self,
        tag: &Tag<'_>,
        xml: &mut Xml<'_>,
        reading: &mut Reading,
    ) -> Result<(), Broken> {
        match tag.name() {
            "robot" => {
                let generator = tag.attribute("generator")?.unwrap_or_default();
                // `Robot 7.0 (Python 3.12.1 on linux)`, or `Rebot …`.
                reading.tool_version = generator.split(' ').nth(1).map(str::to_owned);
                reading.produced_at = tag.attribute("generated")?.map(|raw| moment(&raw));
            }
            "suite" => self.suites.push(tag.attribute("name")?.unwrap_or_default()),
            "test" => {
                let name = tag.attribute("name")?.unwrap_or_default();
                let depth = xml.depth();
                self.case = Some(Open { name, depth, outcome: None, seconds: None, message: None });
            }
            "status" => self.status(tag, xml)?,
            "stat" if self.declared.is_none() => {
                self.declared = tag.attribute("fail")?.and_then(|fail| fail.trim().parse().ok());
            }
            "msg" if self.case.is_none() && tag.attribute("level")?.as_deref() == Some("ERROR") => {
                self.errors += 1;
            }
            _ => {}
        }
        Ok(())
    }

    fn status(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        let Some(case) = self.case.as_mut().filter(|case| xml.depth() == case.depth + 1) else {
            return Ok(());
        };
        let (mut began, mut ended) = (None, None);
        tag.attributes(|key, value| match key {
            "status" => {
                case.outcome = Some(match &*value {
                    "PASS" => Outcome::Passed,
                    "FAIL" => Outcome::Failed,
                    "SKIP" | "NOT RUN" => Outcome::Skipped,
                    _ => Outcome::Errored,
                });
            }
            "elapsed" => case.seconds = ran::seconds(&value),
            "starttime" => began = clock(&value),
            "endtime" => ended = clock(&value),
            _ => {}
        })?;
        if let (Some(began), Some(ended)) = (began, ended) {
            case.seconds = Some(ended - began);
        }
        case.message = text::excerpt(&xml.content()?);
        Ok(())
    }

    fn close(&mut self) {
        let Some(case) = self.case.take() else { return };
        let suite = self.suites.join(".");
        if self.last.as_deref() != Some(&suite) {
            self.held += 1;
            self.last = Some(suite.clone());
        }
        let outcome = case.outcome.unwrap_or(Outcome::Errored);
        self.tests.add(outcome, || Case {
            name: case.name,
            suite: Some(suite).filter(|suite| !suite.is_empty()),
            file: None,
            outcome,
            duration_s: case.seconds,
            message: case.message.filter(|_| outcome != Outcome::Passed),
        });
    }
}

/// `20240101 10:00:00.123` of versions before 7, else ISO 8601.
fn moment(raw: &str) -> ProducedAt {
    let dashed = match (raw.get(..4), raw.get(4..6), raw.get(6..8), raw.get(8..)) {
        (Some(year), Some(month), Some(day), Some(rest)) if rest.starts_with(' ') => {
            format!("{year}-{month}-{day}{rest}")
        }
        _ => raw.to_owned(),
    };
    ProducedAt { raw: raw.to_owned(), ..ProducedAt::parse(&dashed) }
}

/// Seconds since 1970, with what stands after the point.
fn clock(raw: &str) -> Option<f64> {
    let fraction =
        raw.rsplit_once('.').and_then(|(_, digits)| text::number(&format!("0.{digits}")));
    moment(raw).at.map(|at| at.epoch() as f64 + fraction.unwrap_or(0.0))
}
