//! `hadolint --format json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct HadolintJson;

impl Format for HadolintJson {
    fn id(&self) -> &'static str {
        "hadolint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "hadolint",
            recognised: "a list of `code`, DLnnnn or SCnnnn, beside `level` or `line`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/hadolint/hadolint#output-formats",
            clean: "`[]`: only findings are listed.",
            vacuous: "Nothing here: hadolint refuses to run without a file.",
            blank: Blanks::NONE.list(Means::Clean),
            notes: &[
                "Only findings are listed, so `[]` is what a clean Dockerfile looks like.",
                "`info`, `style`, no level and unknown levels are notes.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let coded = |shape: &Shape<'_>| {
            shape.text("code").is_some_and(|code| code.starts_with("DL") || code.starts_with("SC"))
                && (shape.has(&["level"]) || shape.has(&["line"]))
        };
        Fit::sure(sniff.json().is_some_and(|shape| shape.elements().iter().any(coded)))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|found: Found<'_>| findings.add(found.finding()))?;
        let mut reading = Reading::by(self.id(), "hadolint");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    level: Option<Str<'a>>,
    message: Option<Str<'a>>,
    file: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        let level = self.level.as_deref().map_or(Level::Note, Level::from_word);
        Finding {
            rule: text::said(&self.code),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.file),
            line: self.line.line(),
            ..Finding::levelled(level)
        }
    }
}
