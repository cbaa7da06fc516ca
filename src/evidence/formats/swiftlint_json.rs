//! `swiftlint lint --reporter json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct SwiftlintJson;

impl Format for SwiftlintJson {
    fn id(&self) -> &'static str {
        "swiftlint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "SwiftLint",
            recognised: "a list of `rule_id`, `reason`, `severity` and `file`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://realm.github.io/SwiftLint/",
            clean: "`[]`: only findings are listed.",
            vacuous: "Nothing here: SwiftLint refuses to run where it finds no file.",
            blank: Blanks::NONE.list(Means::Clean),
            notes: &["`severity` is Warning or Error."],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff.json().and_then(Shape::first).is_some_and(|one| {
                one.has(&["rule_id", "reason", "severity"]) && one.has(&["file"])
            }),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|found: Found<'_>| findings.add(found.finding()))?;
        let mut reading = Reading::by(self.id(), "SwiftLint");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
    reason: Option<Str<'a>>,
    rule_id: Option<Str<'a>>,
    severity: Option<Str<'a>>,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.rule_id),
            title: self.reason.as_deref().and_then(text::title),
            path: text::said(&self.file),
            line: self.line.line(),
            ..Finding::levelled(self.severity.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}
