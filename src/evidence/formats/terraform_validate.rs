//! `terraform validate -json`, of OpenTofu too.

use serde::Deserialize;

use crate::evidence::family::hcl::Range;
use crate::evidence::family::listed;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct TerraformValidate;

impl Format for TerraformValidate {
    fn id(&self) -> &'static str {
        "terraform-validate"
    }

    fn about(&self) -> About {
        About {
            tool: "Terraform, OpenTofu (`validate -json`)",
            recognised: "`valid`, `error_count` and `diagnostics`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://developer.hashicorp.com/terraform/cli/commands/validate#json-output-format",
            clean: "`valid` is true, there is no diagnostic, and something vouches for the run.",
            vacuous: "`valid` is false and no error is listed; more counted than listed.",
            blank: Blanks::NONE,
            notes: &[
                "A folder without a configuration is valid too, and the report names no folder: a clean one counts beside something that vouches for the run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let has = |shape: &Shape<'_>| {
            shape.has(&["valid", "error_count"]) && shape.has_list("diagnostics")
        };
        Fit::sure(sniff.json().is_some_and(has))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Terraform");
        let mut findings = input.findings();
        report.diagnostics.iter().for_each(|found| findings.add(found.finding()));
        let declared = report.error_count.saturating_add(report.warning_count);
        listed::lost(&mut reading, "The report", declared, findings.total());
        if !report.valid && findings.levelled(Level::Error) == 0 {
            let why = "Terraform says that the configuration is not valid, and lists no error.";
            reading.doubt(Rule::ToolFailed, why);
        }
        if report.valid && findings.total() == 0 && reading.doubts.is_empty() {
            let why = "Terraform says the same of a folder without a configuration.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    valid: bool,
    error_count: u64,
    #[serde(default)]
    warning_count: u64,
    #[serde(borrow)]
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Deserialize)]
struct Diagnostic<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
    summary: Option<Str<'a>>,
    range: Option<Range<'a>>,
}

impl Diagnostic<'_> {
    fn finding(&self) -> Finding {
        let level = match self.severity.as_deref() {
            Some("warning") => Level::Warning,
            _ => Level::Error,
        };
        let (path, line) = Range::place(self.range.as_ref());
        Finding {
            title: self.summary.as_deref().and_then(text::title),
            path,
            line,
            ..Finding::levelled(level)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn what_is_not_valid_lists_its_errors() {
        let report = |valid: bool, errors: u8, inside: &str| {
            format!(
                r#"{{"format_version": "1.0", "valid": {valid}, "error_count": {errors}, "warning_count": 0, "diagnostics": [{inside}]}}"#
            )
        };
        let error = r#"{"severity": "error", "summary": "Unsupported block type"}"#;
        proves(
            "terraform-validate",
            &[
                (&report(true, 0, ""), "says the same of a folder without"),
                (&report(true, 0, &error.replace("error", "warning")), ""),
                (&report(false, 1, error), ""),
                (&report(false, 0, ""), "not valid, and lists no error"),
                (&report(true, 2, error), "The report counts 2"),
            ],
        );
    }
}
