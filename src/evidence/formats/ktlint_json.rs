//! `ktlint --reporter=json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct KtlintJson;

impl Format for KtlintJson {
    fn id(&self) -> &'static str {
        "ktlint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "ktlint",
            recognised: "a list of `file` beside `errors` of `line`, `column` and `rule`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://pinterest.github.io/ktlint/latest/install/cli/#format-of-the-output",
            clean: "`[]`, vouched for.",
            vacuous: "Nothing here: ktlint lists the files in which it found something, and no others.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "ktlint has no severities: each is an error.",
                "`[]` is what success looks like, and what a run over no file looks like: it counts beside something that vouches for the run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().and_then(Shape::first).is_some_and(|file| {
            let error = file.first_of("errors");
            file.has(&["file"]) && error.is_some_and(|one| one.has(&["line", "column", "rule"]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|file: File<'_>| {
            for error in &file.errors {
                findings.add(Finding {
                    rule: text::said(&error.rule),
                    title: error.message.as_deref().and_then(text::title),
                    path: text::said(&file.file),
                    line: error.line.line(),
                    ..Finding::levelled(Level::Error)
                });
            }
        })?;
        let mut reading = Reading::by(self.id(), "ktlint");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    errors: Vec<Error<'a>>,
}

#[derive(Deserialize)]
struct Error<'a> {
    #[serde(default)]
    line: Num,
    #[serde(borrow)]
    message: Option<Str<'a>>,
    rule: Option<Str<'a>>,
}
