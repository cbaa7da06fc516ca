//! golangci-lint's JSON.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct GolangciLint;

impl Format for GolangciLint {
    fn id(&self) -> &'static str {
        "golangci-lint"
    }

    fn about(&self) -> About {
        About {
            tool: "golangci-lint",
            recognised: "`Issues` beside `Report` with `Linters`, or a list of issues of `FromLinter`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://golangci-lint.run/docs/configuration/file/#output-configuration",
            clean: "`Issues` is null or empty, and `Report` tells no error.",
            vacuous: "`Report.Error`.",
            blank: Blanks::NONE,
            notes: &[
                "An issue without a severity, which is the usual one, is an error: golangci-lint fails for each.",
                "The linter that found it is the rule; `Report.Warnings` are told.",
                "Its source lines are not read.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["Issues"])
                && (shape.has_map("Report")
                    || shape.first_of("Issues").is_some_and(|one| one.has(&["FromLinter"])))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let output: Output<'_> = input.json()?;
        let mut reading = Reading::of(self.id());
        reading.tool = Some("golangci-lint".to_owned());
        let mut findings = input.findings();
        output.issues.iter().flatten().for_each(|issue| findings.add(issue.finding()));
        let report = output.report.unwrap_or_default();
        if let Some(said) = report.error.as_deref().and_then(text::title) {
            reading.doubt(Rule::ToolFailed, format!("golangci-lint failed. It says: {said}"));
        }
        for warning in report.warnings.iter().flatten() {
            let said = warning.text.as_deref().and_then(text::title);
            said.into_iter().for_each(|said| reading.warn(format!("golangci-lint warns: {said}")));
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Output<'a> {
    #[serde(borrow, rename = "Issues")]
    issues: Option<Vec<Issue<'a>>>,
    #[serde(rename = "Report")]
    report: Option<Report<'a>>,
}

#[derive(Default, Deserialize)]
struct Report<'a> {
    #[serde(borrow, rename = "Warnings")]
    warnings: Option<Vec<Warning<'a>>>,
    #[serde(rename = "Error")]
    error: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Warning<'a> {
    #[serde(borrow, rename = "Text")]
    text: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow, rename = "FromLinter")]
    linter: Option<Str<'a>>,
    #[serde(rename = "Text")]
    said: Option<Str<'a>>,
    #[serde(rename = "Severity")]
    severity: Option<Str<'a>>,
    #[serde(rename = "Pos")]
    place: Option<Place<'a>>,
}

#[derive(Deserialize)]
struct Place<'a> {
    #[serde(borrow, rename = "Filename")]
    file: Option<Str<'a>>,
    #[serde(default, rename = "Line")]
    line: Num,
}

impl Issue<'_> {
    fn finding(&self) -> Finding {
        let level = match self.severity.as_deref().unwrap_or_default() {
            "" | "high" => Level::Error,
            "medium" => Level::Warning,
            word => Level::from_word(word),
        };
        Finding {
            rule: text::said(&self.linter),
            title: self.said.as_deref().and_then(text::title),
            path: self.place.as_ref().and_then(|place| text::said(&place.file)),
            line: self.place.as_ref().and_then(|place| place.line.line()),
            ..Finding::levelled(level)
        }
    }
}
