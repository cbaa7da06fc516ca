//! `kube-linter lint --format json`.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct KubeLinter;

impl Format for KubeLinter {
    fn id(&self) -> &'static str {
        "kube-linter"
    }

    fn about(&self) -> About {
        About {
            tool: "kube-linter",
            recognised: "`Checks` beside `Reports` and `Summary`",
            carries: &["findings"],
            tells: Tells::NOTHING
                .time("`Summary.CheckEndTime`")
                .version("`Summary.KubeLinterVersion`"),
            source: "https://docs.kubelinter.io/",
            clean: "`Checks` are listed and `Reports` is null or empty.",
            vacuous: "0 checks.",
            blank: Blanks::NONE,
            notes: &[
                "Every report is an error without a severity.",
                "`Reports: null` is a clean run where `Checks` names what was checked.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let checks = shape.has_list("Checks") && (shape.has(&["Reports"]) || sniff.partial);
        Fit::sure(checks && (shape.first_of("Checks").is_none_or(|check| check.has(&["name"]))))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "kube-linter");
        if let Some(summary) = &report.summary {
            reading.tool_version = text::said(&summary.version);
            reading.produced_at = summary.end.as_deref().map(ProducedAt::parse);
        }
        if report.checks.is_empty() {
            reading.doubt(Rule::NothingLookedAt, "kube-linter made 0 checks.");
        }
        let mut findings = input.findings();
        for found in report.reports.iter().flatten() {
            findings.add(found.finding());
        }
        let status = report.summary.as_ref().and_then(|summary| summary.status.as_deref());
        if status == Some("Failed") && findings.total() == 0 {
            let why = "`Summary` says that checks failed; the report lists none. Some are lost.";
            reading.doubt(Rule::Unreadable, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Report<'a> {
    checks: Vec<serde::de::IgnoredAny>,
    #[serde(borrow)]
    reports: Option<Vec<Found<'a>>>,
    summary: Option<Summary<'a>>,
}

#[derive(Deserialize)]
struct Summary<'a> {
    #[serde(borrow, rename = "KubeLinterVersion")]
    version: Option<Str<'a>>,
    #[serde(rename = "ChecksStatus")]
    status: Option<Str<'a>>,
    #[serde(rename = "CheckEndTime")]
    end: Option<Str<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Found<'a> {
    #[serde(borrow)]
    check: Option<Str<'a>>,
    diagnostic: Option<Diagnostic<'a>>,
    object: Option<Object<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Diagnostic<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Object<'a> {
    #[serde(borrow)]
    metadata: Option<Metadata<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Metadata<'a> {
    #[serde(borrow)]
    file_path: Option<Str<'a>>,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        let place = self.object.as_ref().and_then(|object| object.metadata.as_ref());
        let said = self.diagnostic.as_ref().and_then(|told| told.message.as_deref());
        Finding {
            rule: text::said(&self.check),
            title: said.and_then(text::title),
            path: place.and_then(|place| text::said(&place.file_path)),
            ..Finding::levelled(Level::Error)
        }
    }
}
