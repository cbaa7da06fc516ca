//! `textlint --format json`.

use serde::Deserialize;

use crate::evidence::family::linted::{self, Message, Writer};
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells};
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
                findings.add(message.finding(&file.path));
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
