//! `rspec --format json`.

use serde::Deserialize;

use crate::evidence::family::{ran, rspec};
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::Reading;

pub(super) struct RspecJson;

impl Format for RspecJson {
    fn id(&self) -> &'static str {
        "rspec-json"
    }

    fn about(&self) -> About {
        About {
            tool: "RSpec",
            recognised: "`examples` and `summary_line`, or `examples` beside `summary` with `example_count`",
            carries: &["tests"],
            tells: Tells::NOTHING.version("`version`"),
            source: "https://rspec.info/features/3-13/rspec-core/formatters/json-formatter/",
            clean: "At least 1 example passed and none failed.",
            vacuous: "0 examples; all pending; errors outside of examples: a file that failed to load; a dry run (`--dry-run`), of which no example took any time.",
            blank: Blanks::NONE,
            notes: &[
                "Pending examples are skipped.",
                "After an interruption RSpec writes the examples it came to as if they were all, and what fails in `after(:all)` only ends the run with 1: let `collect` keep the exit code.",
                "A dry run calls every example passed, and says so nowhere: it is known by examples of which half took less than 10 microseconds, in which RSpec runs none.",
                "`errors_outside_of_examples_count` are files that could not be loaded: their examples are in no count.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["examples"])
                && (shape.has(&["summary_line"])
                    || shape.at(&["summary", "example_count"]).is_some())
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "RSpec");
        reading.tool_version = text::said(&report.version);
        let mut tests = input.tests();
        report.examples.iter().for_each(|example| example.add(&mut tests));
        tests.duration_s = report.summary.duration.get();
        ran::compare(&mut reading, report.summary.example_count, "example", tests.total());
        ran::failures_lost(
            &mut reading,
            report.summary.failure_count,
            tests.failed + tests.errored,
        );
        rspec::dry(&mut reading, times(&report.examples).unwrap_or_default());
        ran::suites_not_loaded(&mut reading, report.summary.outside.unwrap_or(0), None);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    examples: Vec<Example<'a>>,
    #[serde(default)]
    summary: Summary,
}

#[derive(Default, Deserialize)]
struct Summary {
    #[serde(default)]
    duration: Num,
    example_count: Option<u64>,
    failure_count: Option<u64>,
    #[serde(rename = "errors_outside_of_examples_count")]
    outside: Option<u64>,
}

#[derive(Deserialize)]
struct Example<'a> {
    #[serde(borrow)]
    description: Option<Str<'a>>,
    full_description: Option<Str<'a>>,
    status: Option<Str<'a>>,
    file_path: Option<Str<'a>>,
    #[serde(default)]
    run_time: Num,
    exception: Option<Exception<'a>>,
}

#[derive(Deserialize)]
struct Exception<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
}

/// How long the examples that passed took; `None` where that is not said of all.
fn times(examples: &[Example<'_>]) -> Option<Vec<f64>> {
    let passed = examples.iter().filter(|example| example.status.as_deref() == Some("passed"));
    passed.map(|example| example.run_time.get()).collect()
}

impl Example<'_> {
    fn add(&self, tests: &mut Tests) {
        let outcome = match self.status.as_deref() {
            Some("passed") => Outcome::Passed,
            Some("failed") => Outcome::Failed,
            Some("pending") => Outcome::Skipped,
            _ => Outcome::Errored,
        };
        tests.add(outcome, || {
            let name = text::said(&self.description).unwrap_or_default();
            let full = self.full_description.as_deref().unwrap_or_default();
            let suite = full.strip_suffix(&*name).map(str::trim).filter(|suite| !suite.is_empty());
            let said = self.exception.as_ref().and_then(|exception| exception.message.as_deref());
            Case {
                suite: suite.map(str::to_owned),
                name,
                file: text::said(&self.file_path),
                outcome,
                duration_s: self.run_time.get(),
                message: said.and_then(text::excerpt),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_dry_run_runs_no_example() {
        let report = |first: &str, second: &str| {
            format!(
                r#"{{"version": "3.13.0", "examples": [{{"description": "pays", "status": "passed", {first}}},
                {{"description": "refunds", "status": "passed", {second}}}],
                "summary": {{"example_count": 2}}, "summary_line": "2 examples, 0 failures"}}"#
            )
        };
        let time = |seconds: &str| format!(r#""run_time": {seconds}"#);
        let dry = "listed by a dry run";
        proves(
            "rspec-json",
            &[
                (&report(&time("0.00012"), &time("4.4e-05")), ""),
                (&report(&time("1.06e-05"), &time("2.2e-06")), dry),
                (&report(&time("2.2e-06"), &time("0.004")), dry),
                (&report(r#""line_number": 4"#, r#""line_number": 5"#), ""),
            ],
        );
    }
}
