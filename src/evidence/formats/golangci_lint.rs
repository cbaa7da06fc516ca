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
            vacuous: "`Report.Error`; `Report.Linters` of which none is enabled.",
            blank: Blanks::NONE,
            notes: &[
                "An issue without a severity, which is the usual one, is an error: golangci-lint fails for each.",
                "The linter that found it is the rule; `Report.Warnings` are told, and a linter that they say could not run is counted in `findings.unchecked`.",
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
        let mut reading = Reading::by(self.id(), "golangci-lint");
        let mut findings = input.findings();
        output.issues.iter().flatten().for_each(|issue| findings.add(issue.finding()));
        let report = output.report.unwrap_or_default();
        if let Some(said) = report.error.as_deref().and_then(text::title) {
            reading.doubt(Rule::ToolFailed, format!("golangci-lint failed. It says: {said}"));
        }
        if report
            .linters
            .as_ref()
            .is_some_and(|all| !all.is_empty() && !all.iter().any(Linter::runs))
        {
            reading.doubt(Rule::NothingLookedAt, "golangci-lint had no linter enabled.");
        }
        let mut idle = 0;
        for warning in report.warnings.iter().flatten() {
            idle += u64::from(warning.is_idle());
            let said = warning.text.as_deref().and_then(text::title);
            said.into_iter().for_each(|said| reading.warn(format!("golangci-lint warns: {said}")));
        }
        findings.unchecked = Some(idle);
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
    #[serde(rename = "Linters")]
    linters: Option<Vec<Linter>>,
}

#[derive(Deserialize)]
struct Linter {
    /// Left out where it is not.
    #[serde(default, rename = "Enabled")]
    enabled: bool,
}

impl Linter {
    fn runs(&self) -> bool {
        self.enabled
    }
}

impl Warning<'_> {
    /// Whether it says that a linter could not run.
    fn is_idle(&self) -> bool {
        self.text.as_deref().is_some_and(|said| said.starts_with("Can't run linter"))
    }
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

/// The rule that a linter names before what it says: `G104: Errors unhandled`.
fn rule_in(said: &str) -> Option<String> {
    let (rule, _) = said.split_once(": ")?;
    let letters = rule.trim_end_matches(|c: char| c.is_ascii_digit());
    let named = (1..=3).contains(&letters.len()) && letters.len() < rule.len();
    (named && letters.bytes().all(|byte| byte.is_ascii_uppercase())).then(|| rule.to_owned())
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
            aliases: self.said.as_deref().and_then(rule_in).into_iter().collect(),
            title: self.said.as_deref().and_then(text::title),
            path: self.place.as_ref().and_then(|place| text::said(&place.file)),
            line: self.place.as_ref().and_then(|place| place.line.line()),
            ..Finding::levelled(level)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn output(report: &str) -> String {
        format!(r#"{{"Issues": [], "Report": {{{report}}}}}"#)
    }

    #[test]
    fn linters_that_did_not_run_are_told() {
        let enabled = r#""Linters": [{"Name": "govet", "Enabled": true}, {"Name": "lll"}]"#;
        let none = r#""Linters": [{"Name": "govet"}]"#;
        proves("golangci-lint", &[(&output(enabled), ""), (&output(none), "no linter enabled")]);
        for (said, unchecked) in
            [("Can't run linter errcheck: x", 1), ("Found 2 unknown linters", 0)]
        {
            let warned =
                format!(r#"{enabled}, "Warnings": [{{"Tag": "runner", "Text": "{said}"}}]"#);
            let findings = reading("golangci-lint", &output(&warned)).facts.findings.unwrap();
            assert_eq!(findings.unchecked, Some(unchecked), "{said}");
        }
    }
}
