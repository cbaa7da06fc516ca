//! `phpcs --report=json`.

use serde::Deserialize;

use crate::evidence::family::{listed, php};
use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct PhpcsJson;

impl Format for PhpcsJson {
    fn id(&self) -> &'static str {
        "phpcs-json"
    }

    fn about(&self) -> About {
        About {
            tool: "PHP_CodeSniffer",
            recognised: "`totals` with `fixable`, beside `files`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/PHPCSStandards/PHP_CodeSniffer/wiki/Reporting",
            clean: "Files are listed and none has a message.",
            vacuous: "0 files; `totals` beyond what is listed.",
            blank: Blanks::NONE,
            notes: &[
                "`severity` is PHP_CodeSniffer's weight, not a grade: `type` tells errors from warnings.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.at(&["totals", "fixable"]).is_some() && shape.has(&["files"])
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "PHP_CodeSniffer");
        let mut findings = input.findings();
        for (path, file) in &report.files {
            file.messages.iter().for_each(|found| findings.add(found.finding(path)));
        }
        if report.files.is_empty() {
            reading.doubt(Rule::NothingLookedAt, "PHP_CodeSniffer looked at 0 files.");
        }
        let declared = report.totals.errors.saturating_add(report.totals.warnings);
        listed::lost(&mut reading, "`totals`", declared, findings.total());
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    totals: Totals,
    #[serde(borrow, deserialize_with = "php::map")]
    files: Map<'a, File<'a>>,
}

#[derive(Deserialize)]
struct Totals {
    errors: u64,
    warnings: u64,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    messages: Vec<Message<'a>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
    source: Option<Str<'a>>,
    #[serde(rename = "type")]
    kind: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Message<'_> {
    fn finding(&self, path: &str) -> Finding {
        Finding {
            rule: text::said(&self.source),
            title: self.message.as_deref().and_then(text::title),
            path: Some(path.to_owned()),
            line: self.line.line(),
            ..Finding::levelled(self.kind.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}
