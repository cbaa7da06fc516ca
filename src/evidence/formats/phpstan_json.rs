//! `phpstan analyse --error-format=json`.

use serde::Deserialize;

use crate::evidence::family::{listed, php};
use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct PhpstanJson;

impl Format for PhpstanJson {
    fn id(&self) -> &'static str {
        "phpstan-json"
    }

    fn about(&self) -> About {
        About {
            tool: "PHPStan, Larastan",
            recognised: "`totals` with `file_errors`, beside `files`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://phpstan.org/user-guide/output-format",
            clean: "`file_errors` is 0 and `errors` is empty.",
            vacuous: "`errors` that belong to no file; `errors` or `file_errors` in `totals` beyond what is listed.",
            blank: Blanks::NONE,
            notes: &[
                "Each message is an error. `files` is `[]` where none has any, as PHP writes an empty map.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.at(&["totals", "file_errors"]).is_some() && shape.has(&["files"])
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "PHPStan");
        let mut findings = input.findings();
        for (path, file) in &report.files {
            file.messages.iter().for_each(|found| findings.add(found.finding(path)));
        }
        let declared = report.totals.file_errors.unwrap_or(0);
        listed::lost(&mut reading, "`file_errors`", declared, findings.total());
        let (errors, listed) = (report.totals.errors, report.errors.as_ref().map_or(0, Vec::len));
        listed::lost(&mut reading, "`totals.errors`", errors.unwrap_or(0), listed as u64);
        if let Some(said) = report.errors.iter().flatten().find_map(|said| text::title(said)) {
            reading.doubt(Rule::ToolFailed, format!("PHPStan failed. It says: {said}"));
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    totals: Totals,
    #[serde(borrow, deserialize_with = "php::map")]
    files: Map<'a, File<'a>>,
    errors: Option<Vec<Str<'a>>>,
}

#[derive(Deserialize)]
struct Totals {
    errors: Option<u64>,
    file_errors: Option<u64>,
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
    identifier: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Message<'_> {
    fn finding(&self, path: &str) -> Finding {
        Finding {
            rule: text::said(&self.identifier),
            title: self.message.as_deref().and_then(text::title),
            path: Some(path.to_owned()),
            line: self.line.line(),
            ..Finding::levelled(Level::Error)
        }
    }
}
