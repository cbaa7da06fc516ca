//! The JSON form of the report.

use serde::Deserialize;

use super::{level, settle};
use crate::evidence::json::{Num, Str};
use crate::evidence::{Broken, Input, text};
use crate::facts::{Finding, Level};
use crate::model::{ProducedAt, Reading};

/// Reads it into the same facts as the XML form.
pub(super) fn read(input: &Input<'_>, reading: &mut Reading) -> Result<(), Broken> {
    let report: Report<'_> = input.json()?;
    reading.tool_version = text::said(&report.version);
    reading.produced_at = report.timestamp.as_deref().map(ProducedAt::parse);
    let mut findings = input.findings();
    for file in &report.files {
        for violation in file.violations.iter().flatten() {
            findings.add(violation.finding(&file.filename));
        }
    }
    for silenced in report.suppressed.iter().flatten() {
        let path = text::said(&silenced.filename);
        findings.add(Finding { path, suppressed: true, ..Finding::levelled(Level::Note) });
    }
    let errors = report.errors.iter().flatten().count() + report.rules.iter().flatten().count();
    settle(reading, findings, errors as u64);
    Ok(())
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow, rename = "pmdVersion")]
    version: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
    files: Vec<File<'a>>,
    #[serde(rename = "suppressedViolations")]
    suppressed: Option<Vec<Silenced<'a>>>,
    #[serde(rename = "processingErrors")]
    errors: Option<Vec<serde::de::IgnoredAny>>,
    #[serde(rename = "configurationErrors")]
    rules: Option<Vec<serde::de::IgnoredAny>>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    filename: Option<Str<'a>>,
    violations: Option<Vec<Violation<'a>>>,
}

#[derive(Deserialize)]
struct Silenced<'a> {
    #[serde(borrow)]
    filename: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Violation<'a> {
    #[serde(default, rename = "beginline")]
    line: Num,
    #[serde(borrow)]
    description: Option<Str<'a>>,
    rule: Option<Str<'a>>,
    priority: Option<Str<'a>>,
}

impl Violation<'_> {
    fn finding(&self, file: &Option<Str<'_>>) -> Finding {
        Finding {
            rule: text::said(&self.rule),
            title: self.description.as_deref().and_then(text::title),
            path: text::said(file),
            line: self.line.line(),
            ..Finding::levelled(self.priority.as_deref().map_or(Level::Note, level))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Level;
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn json_says_what_xml_says() {
        let report = |files: &str, errors: &str| {
            format!(
                r#"{{"formatVersion": 0, "pmdVersion": "7.10.0", "timestamp": "2026-11-22T10:00:00.850-05:00",
                "files": [{files}], "suppressedViolations": [{{"filename": "Pay.java"}}],
                "processingErrors": [{errors}], "configurationErrors": []}}"#
            )
        };
        let file = r#"{"filename": "Pay.java", "violations": [{"beginline": 7, "rule": "NoPackage", "priority": 3},
            {"beginline": 9, "rule": "CloseResource", "priority": 1}]}"#;
        let read = reading("pmd", &report(file, ""));
        let findings = read.facts.findings.unwrap();
        let levels =
            [Level::Error, Level::Warning, Level::Note].map(|level| findings.levelled(level));
        assert_eq!(levels, [1, 1, 0]);
        assert_eq!(read.tool_version.as_deref(), Some("7.10.0"));
        let error = r#"{"filename": "Shop.java", "message": "ParseException", "detail": ""}"#;
        proves(
            "pmd",
            &[
                (&report("", ""), ""),
                (&report("", error), "could not analyse 1 file"),
                (&report(file, error), ""),
            ],
        );
    }
}
