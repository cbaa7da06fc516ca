//! Mocha's `json` reporter.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct MochaJson;

impl Format for MochaJson {
    fn id(&self) -> &'static str {
        "mocha-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Mocha (`--reporter json`, Cypress)",
            recognised: "`stats` beside the lists `passes` and `failures`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`stats.end`"),
            source: "https://mochajs.org/#json",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all pending; a dry run (`--dry-run`), of which no test took any time.",
            blank: Blanks::NONE,
            notes: &[
                "The lists are counted; a hook that failed is a failure though it is no test.",
                "`suites` and the duration are those of `stats`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let stats = shape.get("stats").is_some_and(|stats| stats.has(&["passes", "failures"]));
        let lists = shape.has_list("passes") || (sniff.partial && shape.has_list("tests"));
        Fit::sure(stats && lists && !shape.has(&["results"]))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut tests = input.tests();
        let lists = [
            (&report.passes, Outcome::Passed),
            (&report.failures, Outcome::Failed),
            (&report.pending, Outcome::Skipped),
        ];
        for (list, outcome) in lists {
            for test in list.iter().flatten() {
                tests.add(outcome, || test.case(outcome));
            }
        }
        tests.suites = report.stats.suites;
        tests.duration_s = report.stats.duration.get().map(|millis| millis / 1000.0);
        let mut reading = Reading::by(self.id(), "Mocha");
        reading.produced_at = report.stats.end.as_deref().map(ProducedAt::parse);
        ran::failures_lost(&mut reading, report.stats.failures, tests.failed);
        ran::compare(&mut reading, report.stats.tests, "test", tests.total());
        let mut passes = report.passes.iter().flatten().peekable();
        if passes.peek().is_some() && passes.all(Test::is_dry) {
            let why = "The tests took no time: they were listed by a dry run.";
            reading.doubt(Rule::NothingRan, why);
        }
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    stats: Stats<'a>,
    passes: Option<Vec<Test<'a>>>,
    failures: Option<Vec<Test<'a>>>,
    pending: Option<Vec<Test<'a>>>,
}

#[derive(Deserialize)]
struct Stats<'a> {
    suites: Option<u64>,
    tests: Option<u64>,
    failures: Option<u64>,
    #[serde(default)]
    duration: Num,
    #[serde(borrow)]
    end: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Test<'a> {
    #[serde(borrow)]
    title: Option<Str<'a>>,
    #[serde(rename = "fullTitle")]
    full_title: Option<Str<'a>>,
    file: Option<Str<'a>>,
    #[serde(default)]
    duration: Num,
    err: Option<Fault<'a>>,
    #[serde(default, rename = "currentRetry")]
    retry: Num,
}

#[derive(Deserialize)]
struct Fault<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
    stack: Option<Str<'a>>,
}

impl Test<'_> {
    /// Whether Mocha itself lists it and gives it no time, which it does for what it did not run.
    fn is_dry(&self) -> bool {
        self.retry.get().is_some() && self.duration.get().is_none()
    }

    fn case(&self, outcome: Outcome) -> Case {
        let title = text::said(&self.title).unwrap_or_default();
        let full = self.full_title.as_deref().unwrap_or_default();
        let suite = full.strip_suffix(&*title).map(str::trim).filter(|suite| !suite.is_empty());
        let said =
            self.err.as_ref().and_then(|err| err.stack.as_deref().or(err.message.as_deref()));
        Case {
            suite: suite.map(str::to_owned),
            name: title,
            file: text::said(&self.file),
            outcome,
            duration_s: self.duration.get().map(|millis| millis / 1000.0),
            message: said.and_then(text::excerpt),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_dry_run_proves_nothing() {
        let report = |time: &str| {
            format!(
                r#"{{"stats": {{"passes": 1, "failures": 0}}, "failures": [], "passes": [{{"title":
                "a"{time}, "currentRetry": 0, "err": {{}}}}]}}"#
            )
        };
        proves("mocha-json", &[(&report(r#", "duration": 0"#), ""), (&report(""), "a dry run")]);
    }
}
