//! `pyright --outputjson`, and basedpyright's.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct PyrightJson;

impl Format for PyrightJson {
    fn id(&self) -> &'static str {
        "pyright-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Pyright, basedpyright",
            recognised: "`generalDiagnostics` beside `summary`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`time`").version("`version`"),
            source: "https://github.com/microsoft/pyright/blob/main/docs/command-line.md#json-output",
            clean: "`generalDiagnostics` is empty and `filesAnalyzed` counts files.",
            vacuous: "0 files analysed; `errorCount` beyond what is listed.",
            blank: Blanks::NONE,
            notes: &["`information` is a note, and so is what basedpyright calls a hint."],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| shape.has(&["generalDiagnostics", "summary"])))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Pyright");
        reading.tool_version = text::said(&report.version);
        reading.produced_at = report.time.as_deref().map(when::epoch);
        let mut findings = input.findings();
        report.diagnostics.iter().for_each(|found| findings.add(found.finding()));
        let Summary { files, errors } = report.summary;
        if files == Some(0) {
            reading.doubt(Rule::NothingLookedAt, "Pyright analysed 0 files.");
        }
        let held = findings.levelled(Level::Error);
        listed::lost(&mut reading, "`errorCount`", errors.unwrap_or(0), held);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    time: Option<Str<'a>>,
    #[serde(rename = "generalDiagnostics")]
    diagnostics: Vec<Found<'a>>,
    summary: Summary,
}

#[derive(Deserialize)]
struct Summary {
    #[serde(rename = "filesAnalyzed")]
    files: Option<u64>,
    #[serde(rename = "errorCount")]
    errors: Option<u64>,
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    message: Option<Str<'a>>,
    rule: Option<Str<'a>>,
    range: Option<Range>,
}

#[derive(Deserialize)]
struct Range {
    start: Option<Start>,
}

/// Lines are counted from 0.
#[derive(Deserialize)]
struct Start {
    #[serde(default)]
    line: Num,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        let start = self.range.as_ref().and_then(|range| range.start.as_ref());
        Finding {
            rule: text::said(&self.rule),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.file),
            line: start
                .and_then(|start| start.line.get())
                .map(|line| (line as u64).saturating_add(1)),
            ..Finding::levelled(self.severity.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}
