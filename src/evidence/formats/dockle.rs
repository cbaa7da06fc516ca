//! `dockle -f json`.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade, Tally};
use crate::model::{Reading, Rule};

pub(super) struct Dockle;

impl Format for Dockle {
    fn id(&self) -> &'static str {
        "dockle"
    }

    fn about(&self) -> About {
        About {
            tool: "Dockle",
            recognised: "`summary` with `fatal` and `warn`, beside `details`",
            carries: &["findings", "checks"],
            tells: Tells::NOTHING,
            source: "https://github.com/goodwithtech/dockle#json",
            clean: "Checks passed and no detail is FATAL, WARN or INFO.",
            vacuous: "0 checks.",
            blank: Blanks::NONE,
            notes: &[
                "FATAL is critical, WARN medium, INFO info; PASS is no finding, IGNORE is suppressed; what was skipped is counted in `findings.unchecked`.",
                "`checks` counts the checkpoints that were made; those that are FATAL, WARN or INFO failed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let summary =
            shape.get("summary").is_some_and(|summary| summary.has(&["fatal", "warn", "pass"]));
        Fit::sure(summary && shape.has(&["details"]))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Dockle");
        let mut findings = input.findings();
        for detail in report.details.iter().flatten() {
            let grade = match detail.level.as_deref() {
                Some("FATAL") => Grade::Critical,
                Some("WARN") => Grade::Medium,
                Some("INFO" | "IGNORE") => Grade::Info,
                Some("PASS" | "SKIP") => continue,
                _ => Grade::Unknown,
            };
            findings.add(Finding {
                rule: text::said(&detail.code),
                title: detail.title.as_deref().and_then(text::title),
                suppressed: detail.level.as_deref() == Some("IGNORE"),
                ..Finding::graded(grade)
            });
        }
        let failed = findings.total();
        let summary = &report.summary;
        let declared = summary.fatal.saturating_add(summary.warn).saturating_add(summary.info);
        listed::lost(&mut reading, "`summary`", declared, failed);
        let checks = Tally::of(report.summary.pass.saturating_add(failed), failed);
        if checks.total == 0 {
            reading.doubt(Rule::NothingLookedAt, "Dockle made 0 checks.");
        }
        findings.unchecked = Some(summary.skip);
        reading.facts.checks = Some(checks);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    summary: Summary,
    #[serde(borrow)]
    details: Option<Vec<Detail<'a>>>,
}

#[derive(Deserialize)]
struct Summary {
    #[serde(default)]
    fatal: u64,
    #[serde(default)]
    warn: u64,
    #[serde(default)]
    info: u64,
    #[serde(default)]
    skip: u64,
    #[serde(default)]
    pass: u64,
}

#[derive(Deserialize)]
struct Detail<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    title: Option<Str<'a>>,
    level: Option<Str<'a>>,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn a_check_that_could_not_be_made_is_unchecked() {
        for skip in [0, 15] {
            let report = format!(
                r#"{{"image": "a", "summary": {{"fatal": 0, "warn": 0, "info": 0, "skip": {skip}, "pass": 1}}, "details": []}}"#
            );
            let read = reading("dockle", &report);
            assert_eq!(read.facts.findings.unwrap().unchecked, Some(skip));
            assert_eq!(read.doubts, []);
        }
    }
}
