//! `textlint --format json`.

use serde::Deserialize;

use crate::evidence::family::linted::{self, Writer};
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct TextlintJson;

impl Format for TextlintJson {
    fn id(&self) -> &'static str {
        "textlint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "textlint",
            recognised: "a list of `messages` before `filePath` and nothing else, or messages with `type` and `index`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://textlint.org/docs/formatter/",
            clean: "Files are listed, and none has a message.",
            vacuous: "`[]`: textlint looked at 0 files.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "Files without findings are listed: a list of none means that textlint looked at 0 files.",
                "Severity 2 is an error, 1 a warning, 0 a note; a message without one is an error, as textlint takes it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().and_then(linted::writer) == Some(Writer::Textlint))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        let mut files = 0_u64;
        input.elements(|file: File<'_>| {
            files += 1;
            for message in &file.messages {
                findings.add(message.finding(&file));
            }
        })?;
        let mut reading = Reading::by(self.id(), "textlint");
        if files == 0 {
            reading.doubt(Rule::NothingLookedAt, "textlint looked at 0 files.");
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, rename = "filePath")]
    path: Str<'a>,
    messages: Vec<Message<'a>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow, rename = "ruleId")]
    rule: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    message: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Message<'_> {
    fn finding(&self, file: &File<'_>) -> Finding {
        let level = match self.severity.as_deref() {
            Some("0") => Level::Note,
            Some("1") => Level::Warning,
            _ => Level::Error,
        };
        Finding {
            rule: text::said(&self.rule),
            title: self.message.as_deref().and_then(text::title),
            path: Some(file.path.to_string()),
            line: self.line.line(),
            ..Finding::levelled(level)
        }
    }
}
