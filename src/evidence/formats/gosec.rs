//! gosec: findings in Go code, by rule and place.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::family::listed;
use crate::evidence::json::{Map, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Grade};
use crate::model::{Reading, Rule, counted};

pub(super) struct Gosec;

impl Format for Gosec {
    fn id(&self) -> &'static str {
        "gosec"
    }

    fn about(&self) -> About {
        About {
            tool: "gosec",
            recognised: "`Issues` beside `Stats`, or beside `Golang errors`",
            carries: &["findings"],
            tells: Tells::NOTHING.version("`GosecVersion`"),
            source: "https://github.com/securego/gosec#output-formats",
            clean: "`Issues` is empty or null, and `Stats.files` counts files.",
            vacuous: "0 files; `Golang errors` and no issue; `Stats.found` beyond what is listed.",
            blank: Blanks::NONE,
            notes: &[
                "`severity` HIGH, MEDIUM, LOW; the confidence is another scale.",
                "An issue with `nosec` or with `suppressions` is suppressed.",
                "`Golang errors` are packages that could not be loaded: they are counted in `findings.unchecked`, and beside issues a warning.",
                "`code` is never read.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["Issues"]) && (shape.has_map("Stats") || shape.has(&["Golang errors"]))
        }))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "gosec");
        reading.tool_version = text::said(&report.version).filter(|version| version != "dev");
        let mut findings = input.findings();
        report.issues.iter().flatten().for_each(|issue| findings.add(issue.finding()));
        let stats = report.stats.unwrap_or_default();
        if stats.files == Some(0) {
            reading.doubt(Rule::NothingLookedAt, "gosec looked at 0 files.");
        }
        let held = report.issues.as_ref().map_or(0, Vec::len) as u64;
        listed::lost(&mut reading, "`Stats.found`", stats.found.unwrap_or(0), held);
        let failed = report.errors.as_ref().map_or(0, |errors| errors.len()) as u64;
        if failed > 0 {
            let why = format!("gosec could not load {}.", counted(failed, "file"));
            match findings.total() {
                0 => reading.doubt(Rule::ToolFailed, why),
                _ => reading.warn(why),
            }
        }
        findings.unchecked = Some(failed);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow, rename = "Issues")]
    issues: Option<Vec<Issue<'a>>>,
    #[serde(rename = "Stats")]
    stats: Option<Stats>,
    #[serde(rename = "Golang errors")]
    errors: Option<Map<'a, IgnoredAny>>,
    #[serde(rename = "GosecVersion")]
    version: Option<Str<'a>>,
}

#[derive(Default, Deserialize)]
struct Stats {
    files: Option<u64>,
    found: Option<u64>,
}

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
    rule_id: Option<Str<'a>>,
    details: Option<Str<'a>>,
    file: Option<Str<'a>>,
    line: Option<Str<'a>>,
    nosec: Option<bool>,
    suppressions: Option<Vec<IgnoredAny>>,
}

impl Issue<'_> {
    fn finding(&self) -> Finding {
        // A range where the issue spans several: `12-14`.
        let line = self.line.as_deref().and_then(|line| line.split('-').next()?.parse().ok());
        let suppressed = self.suppressions.as_ref().is_some_and(|list| !list.is_empty());
        Finding {
            rule: text::said(&self.rule_id),
            title: self.details.as_deref().and_then(text::title),
            path: text::said(&self.file),
            line,
            suppressed: suppressed || self.nosec == Some(true),
            ..Finding::graded(self.severity.as_deref().map_or(Grade::Unknown, Grade::from_word))
        }
    }
}
