//! `checkov -o json`: one framework, several, or the summary of none.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Grade, Level, Tally};
use crate::model::{Reading, Rule, counted};

pub(super) struct Checkov;

impl Format for Checkov {
    fn id(&self) -> &'static str {
        "checkov"
    }

    fn about(&self) -> About {
        About {
            tool: "Checkov",
            recognised: "`check_type` beside `results` and `summary`, alone or in a list, or a flat summary with `checkov_version`",
            carries: &["findings", "checks"],
            tells: Tells::NOTHING.version("`summary.checkov_version`"),
            source: "https://www.checkov.io/2.Basics/Reviewing%20Scan%20Results.html",
            clean: "Checks were made and none failed.",
            vacuous: "A flat summary, 0 checks; parsing errors and 0 checks.",
            blank: Blanks::NONE,
            notes: &[
                "Each failed check is a finding; it has a severity only with an API key, else none.",
                "`checks` counts passed and failed checks; skipped ones are suppressed findings.",
                "A flat summary means that there was nothing to scan; files that it could not parse are counted in `findings.unchecked`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let one = |shape: &Shape<'_>| shape.has(&["check_type", "results"]);
        Fit::sure(
            one(shape)
                || shape.first().is_some_and(one)
                || shape.has(&["checkov_version", "passed"]),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let reports: Vec<Report<'_>> = match input.sniff.json() {
            Some(shape) if shape.is_map() => vec![input.json()?],
            _ => input.json()?,
        };
        let mut reading = Reading::by(self.id(), "Checkov");
        let mut findings = input.findings();
        let mut checks = Tally::default();
        let mut errors = 0;
        for report in &reports {
            let summary = report.summary.as_ref();
            let version =
                summary.and_then(|summary| summary.version.as_ref()).or(report.version.as_ref());
            reading.tool_version = reading.tool_version.take().or(version.map(ToString::to_string));
            let (passed, failed) = report.take(&mut findings);
            let declared = summary.and_then(|summary| summary.failed).unwrap_or(0);
            listed::lost(&mut reading, "`summary`", declared, failed);
            let declared = summary.and_then(|summary| summary.passed).unwrap_or(0);
            checks.total = checks.total.saturating_add(passed.max(declared)).saturating_add(failed);
            checks.failed += failed;
            errors += report.unparsed();
        }
        if checks.total == 0 {
            reading.doubt(Rule::NothingLookedAt, "Checkov made 0 checks.");
        }
        if errors > 0 {
            let why = format!("Checkov could not parse {}.", counted(errors, "file"));
            match checks.total {
                0 => reading.doubt(Rule::ToolFailed, why),
                _ => reading.warn(why),
            }
        }
        findings.unchecked = Some(errors);
        reading.facts.checks = Some(checks);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    results: Option<Results<'a>>,
    summary: Option<Summary<'a>>,
    #[serde(rename = "checkov_version")]
    version: Option<Str<'a>>,
    #[serde(rename = "parsingerrors")]
    errors: Option<u64>,
}

#[derive(Deserialize)]
struct Results<'a> {
    passed_checks: Option<Vec<serde::de::IgnoredAny>>,
    #[serde(borrow)]
    failed_checks: Option<Vec<Check<'a>>>,
    skipped_checks: Option<Vec<Check<'a>>>,
    parsing_errors: Option<Vec<serde::de::IgnoredAny>>,
}

#[derive(Deserialize)]
struct Summary<'a> {
    passed: Option<u64>,
    failed: Option<u64>,
    #[serde(rename = "parsing_errors")]
    errors: Option<u64>,
    #[serde(borrow, rename = "checkov_version")]
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Check<'a> {
    #[serde(borrow)]
    check_id: Option<Str<'a>>,
    check_name: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    file_path: Option<Str<'a>>,
    #[serde(default)]
    file_line_range: Option<Vec<Num>>,
}

impl Report<'_> {
    /// How many checks passed and failed.
    fn take(&self, findings: &mut Findings) -> (u64, u64) {
        let Some(results) = &self.results else { return (0, 0) };
        let failed = results.failed_checks.as_deref().unwrap_or_default();
        failed.iter().for_each(|check| findings.add(check.finding(false)));
        for check in results.skipped_checks.iter().flatten() {
            findings.add(check.finding(true));
        }
        (results.passed_checks.as_ref().map_or(0, Vec::len) as u64, failed.len() as u64)
    }

    /// How many files it could not parse, as it counts or lists them.
    fn unparsed(&self) -> u64 {
        let counted = self.summary.as_ref().and_then(|summary| summary.errors).or(self.errors);
        let results = self.results.as_ref();
        let listed =
            results.and_then(|results| results.parsing_errors.as_ref()).map_or(0, Vec::len);
        counted.unwrap_or(0).max(listed as u64)
    }
}

impl Check<'_> {
    fn finding(&self, suppressed: bool) -> Finding {
        let grade = self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word);
        let level = if grade == Grade::Unknown { Level::Error } else { grade.level() };
        Finding {
            rule: text::said(&self.check_id),
            title: self.check_name.as_deref().and_then(text::title),
            path: text::said(&self.file_path),
            line: self.file_line_range.iter().flatten().next().and_then(|line| line.line()),
            suppressed,
            ..Finding::new(grade, level)
        }
    }
}
