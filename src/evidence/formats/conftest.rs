//! `conftest test --output json`.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level, Tally};
use crate::model::{Reading, Rule};

pub(super) struct Conftest;

impl Format for Conftest {
    fn id(&self) -> &'static str {
        "conftest"
    }

    fn about(&self) -> About {
        About {
            tool: "conftest",
            recognised: "a list of `filename` beside `successes` or `failures`",
            carries: &["findings", "checks"],
            tells: Tells::NOTHING,
            source: "https://www.conftest.dev/options/#output",
            clean: "Policies were evaluated and none failed.",
            vacuous: "0 policies evaluated.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "Failures are errors, warnings warnings; exceptions are suppressed.",
                "A policy that matched nothing leaves `successes: 0`: 0 checks prove nothing.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let first = sniff.json().and_then(Shape::first);
        Fit::sure(first.is_some_and(|file| {
            file.has(&["filename"])
                && (file.has(&["successes"])
                    || file.has_list("failures")
                    || file.has(&["namespace", "warnings"]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        let mut checks = Tally::default();
        input.elements(|file: File<'_>| {
            let lists = [
                (&file.failures, Level::Error, false),
                (&file.warnings, Level::Warning, false),
                (&file.exceptions, Level::Note, true),
            ];
            for (list, level, suppressed) in lists {
                for result in list.iter().flatten() {
                    checks.failed += u64::from(level == Level::Error);
                    checks.total += u64::from(!suppressed);
                    findings.add(Finding { suppressed, ..result.finding(&file, level) });
                }
            }
            checks.total = checks.total.saturating_add(file.successes.unwrap_or(0));
        })?;
        let mut reading = Reading::by(self.id(), "conftest");
        if checks.total == 0 {
            reading.doubt(Rule::NothingLookedAt, "conftest evaluated 0 policies.");
        }
        reading.facts.findings = Some(findings);
        reading.facts.checks = Some(checks);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    filename: Option<Str<'a>>,
    successes: Option<u64>,
    failures: Option<Vec<Outcome<'a>>>,
    warnings: Option<Vec<Outcome<'a>>>,
    exceptions: Option<Vec<Outcome<'a>>>,
}

#[derive(Deserialize)]
struct Outcome<'a> {
    #[serde(borrow)]
    msg: Option<Str<'a>>,
    metadata: Option<Metadata<'a>>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow)]
    query: Option<Str<'a>>,
}

impl Outcome<'_> {
    fn finding(&self, file: &File<'_>, level: Level) -> Finding {
        Finding {
            rule: self.metadata.as_ref().and_then(|of| text::said(&of.query)),
            title: self.msg.as_deref().and_then(text::title),
            path: text::said(&file.filename),
            ..Finding::levelled(level)
        }
    }
}
