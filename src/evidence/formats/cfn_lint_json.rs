//! `cfn-lint --format json`: of CloudFormation templates.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct CfnLintJson;

impl Format for CfnLintJson {
    fn id(&self) -> &'static str {
        "cfn-lint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "cfn-lint",
            recognised: "a list of `Filename`, `Level`, `Location` and `Rule`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/aws-cloudformation/cfn-lint",
            clean: "`[]`, vouched for.",
            vacuous: "Nothing here: cfn-lint lists what it found, and nothing of the templates that it looked at.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "`Informational` is a note.",
                "`[]` is what success looks like, and what a run over no template looks like: it counts beside something that vouches for the run.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff.json().and_then(Shape::first).is_some_and(|one| {
                one.has(&["Filename", "Level", "Location"]) && one.has_map("Rule")
            }),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|found: Found<'_>| findings.add(found.finding()))?;
        let mut reading = Reading::by(self.id(), "cfn-lint");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Found<'a> {
    #[serde(borrow)]
    filename: Option<Str<'a>>,
    level: Option<Str<'a>>,
    message: Option<Str<'a>>,
    rule: Option<Named<'a>>,
    location: Option<Location>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Named<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Location {
    start: Option<Start>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Start {
    #[serde(default)]
    line_number: Num,
}

impl Found<'_> {
    fn finding(&self) -> Finding {
        let start = self.location.as_ref().and_then(|location| location.start.as_ref());
        Finding {
            rule: self.rule.as_ref().and_then(|rule| text::said(&rule.id)),
            title: self.message.as_deref().and_then(text::title),
            path: text::said(&self.filename),
            line: start.and_then(|start| start.line_number.line()),
            ..Finding::levelled(self.level.as_deref().map_or(Level::Error, Level::from_word))
        }
    }
}
