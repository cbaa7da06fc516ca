//! `tflint --format=json`.

use serde::Deserialize;

use crate::evidence::family::hcl::Range;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct TflintJson;

impl Format for TflintJson {
    fn id(&self) -> &'static str {
        "tflint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "TFLint",
            recognised: "`issues` beside `errors`, with `rule` and `range`, or both empty",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/terraform-linters/tflint",
            clean: "`issues` and `errors` are empty, and something vouches for the run.",
            vacuous: "`errors`: TFLint could not read the configuration.",
            blank: Blanks::NONE,
            notes: &[
                "`severity` of the rule: error, warning, or info, which is a note.",
                "In a folder without Terraform TFLint writes the same as over clean files.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let both =
            shape.has_list("issues") && shape.has_list("errors") && shape.members().len() == 2;
        let issue = shape.first_of("issues").map(|one| one.has(&["rule", "range"]));
        match issue {
            Some(known) => Fit::sure(both && known),
            None => Fit::likely(both),
        }
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "TFLint");
        let mut findings = input.findings();
        report.issues.iter().for_each(|issue| findings.add(issue.finding()));
        if let Some(error) = report.errors.first() {
            let said = error.summary.as_deref().or(error.message.as_deref());
            let said = said.and_then(text::title).unwrap_or_default();
            reading.doubt(Rule::ToolFailed, format!("TFLint failed. It says: {said}"));
        }
        if report.issues.is_empty() && report.errors.is_empty() {
            let why = "TFLint writes the same in a folder without Terraform.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    issues: Vec<Issue<'a>>,
    errors: Vec<Error<'a>>,
}

#[derive(Deserialize)]
struct Error<'a> {
    #[serde(borrow)]
    summary: Option<Str<'a>>,
    message: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow)]
    rule: Named<'a>,
    message: Option<Str<'a>>,
    range: Option<Range<'a>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    severity: Option<Str<'a>>,
}

impl Issue<'_> {
    fn finding(&self) -> Finding {
        let (path, line) = Range::place(self.range.as_ref());
        Finding {
            rule: text::said(&self.rule.name),
            title: self.message.as_deref().and_then(text::title),
            path,
            line,
            ..Finding::levelled(
                self.rule.severity.as_deref().map_or(Level::Error, Level::from_word),
            )
        }
    }
}
