//! `oxlint --format json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct OxlintJson;

impl Format for OxlintJson {
    fn id(&self) -> &'static str {
        "oxlint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Oxlint",
            recognised: "`diagnostics` beside `number_of_files` and `number_of_rules`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://oxc.rs/docs/guide/usage/linter/output-formats.html",
            clean: "`diagnostics` is empty over at least 1 file.",
            vacuous: "0 files.",
            blank: Blanks::NONE,
            notes: &["What is not parsed is an error without a rule."],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            let found = |one: &Shape<'_>| one.has(&["labels", "filename", "severity"]);
            shape.has_list("diagnostics")
                && (shape.has(&["number_of_files", "number_of_rules"])
                    || shape.first_of("diagnostics").is_some_and(found))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Oxlint");
        let mut findings = input.findings();
        report.diagnostics.iter().for_each(|found| findings.add(found.finding()));
        if report.files == 0 {
            reading.doubt(Rule::NothingLookedAt, "Oxlint looked at 0 files.");
        } else if report.rules == Some(0) {
            reading.doubt(Rule::NothingLookedAt, "Oxlint ran 0 rules.");
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    diagnostics: Vec<Diagnostic<'a>>,
    #[serde(rename = "number_of_files")]
    files: u64,
    #[serde(rename = "number_of_rules")]
    rules: Option<u64>,
}

#[derive(Deserialize)]
struct Diagnostic<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    message: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    filename: Option<Str<'a>>,
    #[serde(default)]
    labels: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    span: Option<Span>,
}

#[derive(Deserialize)]
struct Span {
    #[serde(default)]
    line: Num,
}

impl Diagnostic<'_> {
    fn finding(&self) -> Finding {
        let span = self.labels.iter().find_map(|label| label.span.as_ref());
        Finding {
            rule: text::said(&self.code),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.filename),
            line: span.and_then(|span| span.line.line()),
            ..Finding::levelled(self.severity.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_run_of_no_rules_looked_at_nothing() {
        let of = |files: u32, rules: &str| {
            format!(
                r#"{{"diagnostics": [], "number_of_files": {files}, "number_of_rules": {rules}}}"#
            )
        };
        proves(
            "oxlint-json",
            &[
                (&of(3, "90"), ""),
                (&of(3, "null"), ""),
                (&of(3, "0"), "ran 0 rules"),
                (&of(0, "90"), "0 files"),
            ],
        );
    }
}
