//! `htmlhint --format json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct HtmlhintJson;

impl Format for HtmlhintJson {
    fn id(&self) -> &'static str {
        "htmlhint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "HTMLHint",
            recognised: "a list of `file` and `messages` with a `raw` and a `rule`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://htmlhint.com/docs/user-guide/usage/cli",
            clean: "`[]`, where something vouches for the run: only files with messages are listed.",
            vacuous: "`[]` alone: HTMLHint writes it too, and exits with 0, where no file matched or the one that was named is not there.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &["`type` is the level: `error`, `warning`, or `info`, which is a note."],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let hinted = |file: &Shape<'_>| {
            let message = file.first_of("messages");
            file.text("file").is_some()
                && message.is_some_and(|message| {
                    message.has(&["type", "raw"]) && message.at(&["rule", "id"]).is_some()
                })
        };
        Fit::sure(sniff.json().is_some_and(|shape| shape.elements().iter().any(hinted)))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|file: File<'_>| {
            let path = file.file.as_deref();
            file.messages.iter().for_each(|message| findings.add(message.finding(path)));
        })?;
        let mut reading = Reading::by(self.id(), "HTMLHint");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    messages: Vec<Message<'a>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    message: Option<Str<'a>>,
    rule: Option<Rule<'a>>,
    #[serde(default)]
    line: Num,
}

#[derive(Deserialize)]
struct Rule<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
}

impl Message<'_> {
    fn finding(&self, path: Option<&str>) -> Finding {
        Finding {
            rule: self.rule.as_ref().and_then(|rule| text::said(&rule.id)),
            title: self.message.as_deref().and_then(text::title),
            path: path.map(str::to_owned),
            line: self.line.line(),
            ..Finding::levelled(self.kind.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}
