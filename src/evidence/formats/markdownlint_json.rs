//! markdownlint's JSON, by markdownlint-cli and markdownlint-cli2.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct MarkdownlintJson;

impl Format for MarkdownlintJson {
    fn id(&self) -> &'static str {
        "markdownlint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "markdownlint (markdownlint-cli, markdownlint-cli2)",
            recognised: "a list of `fileName`, `ruleNames` and `ruleDescription`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/DavidAnson/markdownlint#result",
            clean: "`[]`, or an empty output, vouched for.",
            vacuous: "Nothing here: markdownlint lists what it found, and nothing of the files that it looked at.",
            blank: Blanks::NONE.list(Means::Silent).silent(),
            notes: &[
                "Without a `severity`, as before version 0.39, a finding is an error.",
                "`[]` is what success looks like, and what a run over no file looks like: it counts beside something that vouches for the run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .and_then(Shape::first)
                .is_some_and(|one| one.has(&["ruleNames", "ruleDescription"])),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|found: Found<'_>| findings.add(found.finding()))?;
        let mut reading = Reading::by(self.id(), "markdownlint");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow, rename = "fileName")]
    file: Option<Str<'a>>,
    #[serde(default, rename = "lineNumber")]
    line: Num,
    #[serde(rename = "ruleNames")]
    rules: Option<Vec<Str<'a>>>,
    #[serde(rename = "ruleDescription")]
    description: Option<Str<'a>>,
    severity: Option<Str<'a>>,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: self.rules.iter().flatten().next().map(ToString::to_string),
            title: self.description.as_deref().and_then(text::title),
            path: text::said(&self.file),
            line: self.line.line(),
            ..Finding::levelled(self.severity.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}
