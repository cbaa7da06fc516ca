//! `tfsec --format json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Grade};
use crate::model::{Reading, Rule};

pub(super) struct Tfsec;

impl Format for Tfsec {
    fn id(&self) -> &'static str {
        "tfsec"
    }

    fn about(&self) -> About {
        About {
            tool: "tfsec",
            recognised: "`results` of `rule_id` beside `rule_provider` or `rule_description`, or `results: null` alone",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://aquasecurity.github.io/tfsec/latest/guides/configuration/outputs/",
            clean: "`results: null`, and something vouches for the run; or results that passed (`--include-passed`).",
            vacuous: "Nothing here: tfsec writes `null` over clean files, and where there are none.",
            blank: Blanks::NONE,
            notes: &[
                "`results: null` is what a clean run looks like, and one in a folder without Terraform.",
                "Before 1.0 ERROR is high, WARNING medium.",
                "Results that passed are no findings, ignored ones are suppressed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let own = |result: &Shape<'_>| {
            result.has(&["rule_id"])
                && ["rule_provider", "rule_description", "long_id", "legacy_rule_id"]
                    .iter()
                    .any(|key| result.has(&[key]))
        };
        let clean = shape.get("results") == Some(&Shape::Null) && shape.members().len() == 1;
        Fit::sure(shape.first_of("results").is_some_and(own) || clean)
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut findings = input.findings();
        for result in report.results.iter().flatten() {
            if !matches!(result.status.as_deref(), Some("passed" | "1")) {
                findings.add(result.finding());
            }
        }
        let mut reading = Reading::by(self.id(), "tfsec");
        if report.results.iter().flatten().next().is_none() {
            let why = "tfsec writes the same in a folder without Terraform.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    results: Option<Vec<Outcome<'a>>>,
}

#[derive(Deserialize)]
struct Outcome<'a> {
    #[serde(borrow)]
    rule_id: Option<Str<'a>>,
    long_id: Option<Str<'a>>,
    description: Option<Str<'a>>,
    rule_description: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    status: Option<Str<'a>>,
    location: Option<Location<'a>>,
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    filename: Option<Str<'a>>,
    #[serde(default)]
    start_line: Num,
}

impl Outcome<'_> {
    fn finding(&self) -> Finding {
        let place = self.location.as_ref();
        let said = self.description.as_deref().or(self.rule_description.as_deref());
        Finding {
            rule: text::said(&self.long_id).or_else(|| text::said(&self.rule_id)),
            title: said.and_then(text::title),
            path: place.and_then(|place| text::said(&place.filename)),
            line: place.and_then(|place| place.start_line.line()),
            suppressed: matches!(self.status.as_deref(), Some("ignored" | "2")),
            ..Finding::graded(self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
        }
    }
}
