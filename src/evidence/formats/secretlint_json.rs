//! `secretlint --format json`: secrets by rule and place; what leaked is never read.

use serde::Deserialize;

use crate::evidence::family::linted::{self, Writer};
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct SecretlintJson;

impl Format for SecretlintJson {
    fn id(&self) -> &'static str {
        "secretlint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Secretlint",
            recognised: "a list of `filePath` and `messages` beside `sourceContent`, or messages with `ruleParentId` or `type: message`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/secretlint/secretlint",
            clean: "Files are listed, and none has a message.",
            vacuous: "`[]`: Secretlint looked at 0 files.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "`sourceContent` holds the whole text of each file, with what leaked: it is never read, nor is the file copied into a report.",
                "A message may quote what leaked: a finding is titled by its `messageId`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().and_then(linted::writer) == Some(Writer::Secretlint))
    }

    fn may_hold_secrets(&self) -> bool {
        true
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
        let mut reading = Reading::by(self.id(), "Secretlint");
        reading.secrets = true;
        if files == 0 {
            reading.doubt(Rule::NothingLookedAt, "Secretlint looked at 0 files.");
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

/// A leak, without what leaked.
#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow, rename = "ruleId")]
    rule: Option<Str<'a>>,
    #[serde(rename = "messageId")]
    name: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    #[serde(rename = "loc")]
    place: Option<Place>,
}

#[derive(Deserialize)]
struct Place {
    start: Option<Start>,
}

#[derive(Deserialize)]
struct Start {
    #[serde(default)]
    line: Num,
}

impl Message<'_> {
    fn finding(&self, file: &File<'_>) -> Finding {
        let level = self.severity.as_deref().map_or(Level::Error, Level::from_word);
        let start = self.place.as_ref().and_then(|place| place.start.as_ref());
        Finding {
            rule: text::said(&self.rule),
            title: text::said(&self.name),
            path: Some(file.path.to_string()),
            line: start.and_then(|start| start.line.line()),
            ..Finding::levelled(level)
        }
    }
}
