//! `psalm --output-format=json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct PsalmJson;

impl Format for PsalmJson {
    fn id(&self) -> &'static str {
        "psalm-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Psalm",
            recognised: "a list of `severity`, `line_from`, `type` and `file_name`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://psalm.dev/docs/running_psalm/command_line_usage/",
            clean: "`[]`, vouched for.",
            vacuous: "Nothing here: Psalm lists issues, and not the files that it looked at.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "`info` issues, which do not fail a run, are notes.",
                "`[]` is what success looks like, and what a run over no file may look like: it counts beside something that vouches for the run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .and_then(Shape::first)
                .is_some_and(|one| one.has(&["severity", "line_from", "type", "file_name"])),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|issue: Issue<'_>| findings.add(issue.finding()))?;
        let mut reading = Reading::by(self.id(), "Psalm");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow)]
    severity: Option<Str<'a>>,
    #[serde(default, rename = "line_from")]
    line: Num,
    #[serde(rename = "type")]
    kind: Option<Str<'a>>,
    message: Option<Str<'a>>,
    file_name: Option<Str<'a>>,
}

impl Issue<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.kind),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.file_name),
            line: self.line.line(),
            ..Finding::levelled(self.severity.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}
