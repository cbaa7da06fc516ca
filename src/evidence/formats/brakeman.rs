//! Brakeman: security warnings of a Rails application.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct Brakeman;

impl Format for Brakeman {
    fn id(&self) -> &'static str {
        "brakeman"
    }

    fn about(&self) -> About {
        About {
            tool: "Brakeman",
            recognised: "`scan_info` with `brakeman_version`, beside `warnings`",
            carries: &["findings"],
            tells: Tells::NOTHING
                .time("`scan_info.end_time`")
                .version("`scan_info.brakeman_version`"),
            source: "https://brakemanscanner.org/docs/jsonoutput/",
            clean: "`warnings` is empty and controllers, models or templates are counted.",
            vacuous: "0 controllers, models and templates; no check performed; `errors` and no warning.",
            blank: Blanks::NONE,
            notes: &[
                "A warning has a confidence, no severity: each is a warning on the linters' scale, unknown on the other.",
                "`ignored_warnings` are suppressed. The code is not read.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has_list("warnings") && shape.at(&["scan_info", "brakeman_version"]).is_some()
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Brakeman");
        let scan = &report.scan_info;
        reading.tool_version = text::said(&scan.version);
        reading.produced_at = scan.end_time.as_deref().map(ProducedAt::parse);
        let mut findings = input.findings();
        report.warnings.iter().for_each(|found| findings.add(found.finding(false)));
        report.ignored.iter().flatten().for_each(|found| findings.add(found.finding(true)));
        let looked = [scan.controllers, scan.models, scan.templates]
            .into_iter()
            .flatten()
            .reduce(u64::saturating_add);
        if looked == Some(0) {
            let why = "Brakeman looked at 0 controllers, models and templates.";
            reading.doubt(Rule::NothingLookedAt, why);
        }
        if scan.checks.as_ref().is_some_and(Vec::is_empty) {
            reading.doubt(Rule::NothingLookedAt, "Brakeman performed 0 checks.");
        }
        let errors = report.errors.as_ref().map_or(0, Vec::len) as u64;
        if errors > 0 {
            let why = format!("Brakeman reported {}.", counted(errors, "error"));
            match report.warnings.is_empty() {
                true => reading.doubt(Rule::ToolFailed, why),
                false => reading.warn(why),
            }
        }
        findings.unchecked = Some(errors);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    scan_info: Scan<'a>,
    warnings: Vec<Found<'a>>,
    #[serde(rename = "ignored_warnings")]
    ignored: Option<Vec<Found<'a>>>,
    errors: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Scan<'a> {
    #[serde(borrow, rename = "brakeman_version")]
    version: Option<Str<'a>>,
    end_time: Option<Str<'a>>,
    #[serde(rename = "checks_performed")]
    checks: Option<Vec<IgnoredAny>>,
    #[serde(rename = "number_of_controllers")]
    controllers: Option<u64>,
    #[serde(rename = "number_of_models")]
    models: Option<u64>,
    #[serde(rename = "number_of_templates")]
    templates: Option<u64>,
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    warning_type: Option<Str<'a>>,
    message: Option<Str<'a>>,
    file: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Found<'_> {
    fn finding(&self, suppressed: bool) -> Finding {
        Finding {
            rule: text::said(&self.warning_type),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.file),
            line: self.line.line(),
            suppressed,
            ..Finding::levelled(Level::Warning)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_scan_of_no_check_proves_nothing() {
        for (checks, why) in [(r#"["SQL"]"#, ""), ("[]", "performed 0 checks")] {
            let text = format!(
                r#"{{"scan_info": {{"brakeman_version": "6", "number_of_controllers": 4,
                "checks_performed": {checks}}}, "warnings": [], "errors": []}}"#
            );
            proves("brakeman", &[(&text, why)]);
        }
    }
}
