//! `goss validate --format json`: whether a server is as it should be.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::Reading;

pub(super) struct Goss;

impl Format for Goss {
    fn id(&self) -> &'static str {
        "goss"
    }

    fn about(&self) -> About {
        About {
            tool: "goss, dgoss",
            recognised: "`results` of `resource-type`, beside `summary` with `test-count`",
            carries: &["tests"],
            tells: Tells::NOTHING,
            source: "https://goss.readthedocs.io/en/stable/cli/",
            clean: "At least 1 test passed and none failed.",
            vacuous: "0 tests; all skipped; `failed-count` beyond what is listed.",
            blank: Blanks::NONE,
            notes: &[
                "A case is a property of a resource. What was found is not read: it may hold secrets.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has_list("results") && shape.at(&["summary", "test-count"]).is_some()
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "goss");
        let mut tests = input.tests();
        report.results.iter().for_each(|result| result.add(&mut tests));
        tests.duration_s = report.summary.nanos.get().map(|nanos| nanos / 1e9);
        ran::compare(&mut reading, report.summary.tests, "test", tests.total());
        ran::failures_lost(&mut reading, report.summary.failed, tests.failed + tests.errored);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    results: Vec<Checked<'a>>,
    summary: Summary,
}

#[derive(Deserialize)]
struct Summary {
    #[serde(rename = "test-count")]
    tests: Option<u64>,
    #[serde(rename = "failed-count")]
    failed: Option<u64>,
    #[serde(default, rename = "total-duration")]
    nanos: Num,
}

#[derive(Deserialize)]
struct Checked<'a> {
    #[serde(borrow, rename = "resource-type")]
    kind: Option<Str<'a>>,
    #[serde(rename = "resource-id")]
    id: Option<Str<'a>>,
    property: Option<Str<'a>>,
    successful: Option<bool>,
    skipped: Option<bool>,
    #[serde(default)]
    result: Num,
    #[serde(default)]
    duration: Num,
}

impl Checked<'_> {
    fn add(&self, tests: &mut Tests) {
        let skipped = self.skipped == Some(true) || self.result.get() == Some(2.0);
        let outcome = match self.successful {
            _ if skipped => Outcome::Skipped,
            Some(true) => Outcome::Passed,
            Some(false) => Outcome::Failed,
            None => Outcome::Errored,
        };
        tests.add(outcome, || {
            let said = |text: &Option<Str<'_>>| text::said(text).unwrap_or_default();
            Case {
                name: format!("{}: {}", said(&self.id), said(&self.property)),
                suite: text::said(&self.kind),
                file: None,
                outcome,
                duration_s: self.duration.get().map(|nanos| nanos / 1e9),
                message: None,
            }
        });
    }
}
