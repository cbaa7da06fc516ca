//! Robot Framework's output, as XML and as JSON.

mod errors;
mod json;
mod suites;

use self::errors::Errors;
use self::suites::{Suite, torn_down};
use crate::evidence::count::OddCounts;
use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{ProducedAt, Reading};

pub(super) struct Robot;

impl Format for Robot {
    fn id(&self) -> &'static str {
        "robot"
    }

    fn about(&self) -> About {
        About {
            tool: "Robot Framework",
            recognised: "the root element `robot`; of JSON `suite` beside a `generator` that is Robot or Rebot",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`generated`").version("`generator`"),
            source: "https://robotframework.org/robotframework/latest/RobotFrameworkUserGuide.html#xml-output-format",
            clean: "At least 1 test passed and none failed.",
            vacuous: "0 tests; all skipped; a dry run; a section that Robot Framework does not know; more failures in the statistics than tests that failed.",
            blank: Blanks::NONE,
            notes: &[
                "A test's outcome is its own `status`, never that of a keyword in it; NOT RUN is skipped.",
                "A test that passed though none of its keywords ran is skipped: so `--dryrun` leaves it. What `--xunit` writes says nothing of that: bind the requirement to the output itself.",
                "Where the tear-down of a suite failed, so did its tests and those of the suites in it that were not skipped, as Robot Framework itself has it, though the output says `PASS` of them.",
                "Where it was skipped, so were the tests that passed; one that failed stays so, though Robot Framework counts it as skipped.",
                "Times are local, without a zone, in versions before 7 and after.",
                "Messages of level ERROR beside the tests are told as a warning, but for `Unrecognized section header`: the tests of that section are in no count.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let xml = sniff.xml().is_some_and(|root| root.name == "robot");
        let json = sniff.json().is_some_and(|shape| {
            let by = shape.text("generator").unwrap_or_default();
            (by.starts_with("Robot ") || by.starts_with("Rebot ")) && shape.has_map("suite")
        });
        Fit::sure(xml || json)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Robot Framework");
        if input.sniff.json().is_some() {
            return json::read(input, reading);
        }
        let mut run = Run { tests: input.tests(), ..Run::default() };
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => run.open(&tag, &mut xml, &mut reading)?,
                Node::Close(end) if end.is("suite") => run.close_suite(),
                Node::Close(end) if end.is("test") => run.close(),
                Node::Close(_) => {}
            }
        }
        run.odd.settle(&mut reading);
        run.errors.tell(&mut reading);
        ran::failures_lost(&mut reading, run.declared, run.tests.failed);
        run.tests.suites = Some(run.held);
        ran::settle(&mut reading, run.tests);
        Ok(reading)
    }
}

#[derive(Default)]
struct Run {
    tests: Tests,
    suites: Vec<Suite>,
    /// Suites that hold tests themselves.
    held: u64,
    last: Option<String>,
    case: Option<Open>,
    /// How deep the tear-down of the last suite stands, until it ends.
    tearing_down: Option<usize>,
    declared: Option<u64>,
    odd: OddCounts,
    errors: Errors,
}

/// A test that has not ended, and how deep it stands.
#[derive(Default)]
struct Open {
    name: String,
    depth: usize,
    outcome: Option<Outcome>,
    seconds: Option<f64>,
    message: Option<String>,
    /// How deep the keyword stands that began last, until it ends.
    keyword: Option<usize>,
    /// Keywords that hold no other, and those of them that ran.
    keywords: (u64, u64),
}

impl Open {
    /// Takes the status of what stands at `depth - 1`: a dry run says NOT RUN of every keyword, and
    /// PASS of those that hold others and of the test.
    fn keyword_ended(&mut self, depth: usize, word: Option<&str>) {
        if self.keyword.take().is_some_and(|keyword| keyword + 1 == depth) {
            self.keywords = (self.keywords.0 + 1, self.keywords.1 + u64::from(ran(word)));
        }
    }

    fn outcome(&self) -> Outcome {
        settled(self.outcome.unwrap_or(Outcome::Errored), self.keywords)
    }
}

fn outcome_of(status: &str) -> Outcome {
    match status {
        "PASS" => Outcome::Passed,
        "FAIL" => Outcome::Failed,
        "SKIP" | "NOT RUN" => Outcome::Skipped,
        _ => Outcome::Errored,
    }
}

/// Whether a keyword of that status ran.
fn ran(status: Option<&str>) -> bool {
    !matches!(status, Some("NOT RUN" | "NOT_RUN"))
}

/// How a test ended, by its keywords and those of them that ran. One that passed without a keyword
/// that ran did not run.
fn settled(outcome: Outcome, keywords: (u64, u64)) -> Outcome {
    match (outcome, keywords) {
        (Outcome::Passed, (1.., 0)) => Outcome::Skipped,
        (outcome, _) => outcome,
    }
}

/// The version in `Robot 7.0 (Python 3.12.1 on linux)`, or `Rebot …`.
fn version(generator: &str) -> Option<String> {
    generator.split(' ').nth(1).map(str::to_owned)
}

/// How long what a status is of took: Robot 7 says so, older ones when it began and ended.
fn seconds(status: &Tag<'_>) -> Result<Option<f64>, Broken> {
    let at = |moment: &str| Ok(status.attribute(moment)?.as_deref().and_then(clock));
    let (began, ended): (Option<f64>, Option<f64>) = (at("starttime")?, at("endtime")?);
    let elapsed = status.attribute("elapsed")?.as_deref().and_then(ran::seconds);
    Ok(began.zip(ended).map(|(began, ended)| ended - began).or(elapsed))
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
                reading.tool_version = version(&generator);
                reading.produced_at = tag.attribute("generated")?.map(|raw| moment(&raw));
            }
            "suite" => {
                let name = tag.attribute("name")?.unwrap_or_default();
                self.suites.push(Suite { name, depth: xml.depth(), ..Suite::default() });
            }
            "test" => {
                let name = tag.attribute("name")?.unwrap_or_default();
                let depth = xml.depth();
                self.case = Some(Open { name, depth, ..Open::default() });
            }
            "status" => self.status(tag, xml)?,
            "kw" => self.keyword(tag, xml)?,
            "stat" if self.declared.is_none() => {
                [self.declared] = tag.declared_counts(["fail"], &mut self.odd)?;
            }
            "msg" if self.case.is_none() && tag.attribute("level")?.as_deref() == Some("ERROR") => {
                self.errors.add(&xml.content()?);
            }
            _ => {}
        }
        Ok(())
    }

    fn keyword(&mut self, tag: &Tag<'_>, xml: &Xml<'_>) -> Result<(), Broken> {
        let depth = xml.depth();
        if let Some(case) = &mut self.case {
            case.keyword = Some(depth);
        } else if self.suites.last().is_some_and(|suite| suite.depth + 1 == depth) {
            let kind = tag.attribute("type")?.unwrap_or_default();
            self.tearing_down = kind.eq_ignore_ascii_case("teardown").then_some(depth);
        }
        Ok(())
    }

    fn status(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        let Some(case) = self.case.as_mut() else { return self.suite_status(tag, xml) };
        if xml.depth() != case.depth + 1 {
            case.keyword_ended(xml.depth(), tag.attribute("status")?.as_deref());
            return Ok(());
        }
        case.outcome = tag.attribute("status")?.as_deref().map(outcome_of);
        case.seconds = seconds(tag)?;
        case.message = text::excerpt(&xml.content()?);
        Ok(())
    }

    /// Takes the status of a suite, or of its tear-down.
    fn suite_status(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        let Some(suite) = self.suites.last_mut() else { return Ok(()) };
        if self.tearing_down.is_some_and(|teardown| teardown + 1 == xml.depth()) {
            self.tearing_down = None;
            suite.teardown = torn_down(&tag.attribute("status")?.unwrap_or_default());
        } else if xml.depth() == suite.depth + 1 {
            let seconds = seconds(tag)?;
            // The outermost suite ends last.
            self.tests.duration_s = seconds.or(self.tests.duration_s);
            suite.message = text::excerpt(&xml.content()?);
        }
        Ok(())
    }

    fn close(&mut self) {
        let Some(case) = self.case.take() else { return };
        let names: Vec<&str> = self.suites.iter().map(|suite| suite.name.as_str()).collect();
        let suite = names.join(".");
        if self.last.as_deref() != Some(&suite) {
            self.held += 1;
            self.last = Some(suite.clone());
        }
        let outcome = case.outcome();
        let case = Case {
            name: case.name,
            suite: Some(suite).filter(|suite| !suite.is_empty()),
            file: None,
            outcome,
            duration_s: case.seconds,
            message: case.message.filter(|_| outcome != Outcome::Passed),
        };
        self.keep(vec![case]);
    }

    fn close_suite(&mut self) {
        if let Some(suite) = self.suites.pop() {
            self.keep(suite.into_cases());
        }
    }

    /// Leaves cases to the suite that is open, whose tear-down is yet to come.
    fn keep(&mut self, cases: Vec<Case>) {
        match self.suites.last_mut() {
            Some(suite) => suite.cases.extend(cases),
            None => cases.into_iter().for_each(|case| self.tests.add(case.outcome, || case)),
        }
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

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_run_took_as_long_as_its_outermost_suite() {
        let report = |outer: &str, inner: &str| {
            format!(
                r#"<robot generator="Robot 7.0 (Python 3.12 on linux)"><suite name="S"><suite name="T"><test name="U">
                <status status="PASS"/></test><status status="PASS" {inner}/></suite><status status="PASS" {outer}/>
                </suite></robot>"#
            )
        };
        let old = |end: &str| {
            format!(r#"starttime="20261127 03:45:56.500" endtime="20261127 03:45:{end}""#)
        };
        for (outer, inner, seconds) in [
            (r#"elapsed="0.75""#.to_owned(), r#"elapsed="0.25""#.to_owned(), Some(0.75)),
            (old("57.500"), old("57.000"), Some(1.0)),
            (String::new(), String::new(), None),
        ] {
            let tests = reading("robot", &report(&outer, &inner)).facts.tests.unwrap();
            assert_eq!(tests.duration_s, seconds, "{outer}");
        }
    }

    #[test]
    fn a_dry_run_runs_no_test() {
        let report = |keywords: &str| {
            format!(
                r#"<robot generator="Robot 7.0 (Python 3.12 on linux)"><suite name="S"><test name="T">{keywords}
                <status status="PASS"/></test><status status="PASS"/></suite></robot>"#
            )
        };
        let kw = |inner: &str, status: &str| {
            format!(r#"<kw name="k">{inner}<status status="{status}"/></kw>"#)
        };
        let idle = kw("", "NOT RUN");
        let skipped = "The only test was skipped";
        for (keywords, why) in [
            (String::new(), ""),
            (kw("<msg>x</msg>", "PASS"), ""),
            (idle.clone(), skipped),
            (format!("{idle}{idle}"), skipped),
            (kw(&idle, "PASS"), skipped),
            (kw(&idle, "NOT_RUN"), skipped),
            (format!("{idle}{}", kw("", "PASS")), ""),
            (kw(&format!("{idle}{}", kw("", "PASS")), "PASS"), ""),
            (
                format!(
                    r#"<if><branch>{idle}<status status="NOT RUN"/></branch></if>{}"#,
                    kw("", "PASS")
                ),
                "",
            ),
        ] {
            proves("robot", &[(&report(&keywords), why)]);
        }
    }
}
