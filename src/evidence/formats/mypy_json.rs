//! `mypy --output json`: a line an error.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct MypyJson;

impl Format for MypyJson {
    fn id(&self) -> &'static str {
        "mypy-json"
    }

    fn about(&self) -> About {
        About {
            tool: "mypy",
            recognised: "lines of `file`, `line`, `message`, `hint` and `severity`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://mypy.readthedocs.io/en/stable/command_line.html#cmdoption-mypy-output",
            clean: "An empty output, vouched for.",
            vacuous: "Nothing here: mypy writes what it found, or nothing.",
            blank: Blanks::NONE.silent(),
            notes: &[
                "mypy writes nothing on success: an empty output counts as 0 errors only beside something that vouches for the run.",
                "`severity` is error or note.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let line = |shape: &Shape<'_>| shape.has(&["file", "line", "message", "hint", "severity"]);
        Fit::sure(sniff.documents().iter().any(line))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "mypy");
        let mut findings = input.findings();
        let between = input.documents(|found: Found<'_>| findings.add(found.finding()))?;
        between.settle(&mut reading);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
    message: Option<Str<'a>>,
    code: Option<Str<'a>>,
    severity: Option<Str<'a>>,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.code),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.file),
            line: self.line.line(),
            ..Finding::levelled(self.severity.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}
