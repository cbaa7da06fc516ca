//! `stylelint --formatter json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Broken, Fit, Format, Input, Shape, Sniff, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct StylelintJson;

impl Format for StylelintJson {
    fn id(&self) -> &'static str {
        "stylelint-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Stylelint",
            recognised: "a list of `source` beside `warnings` and `errored` or `deprecations`",
            carries: &["findings"],
            tells: &[],
            source: "https://stylelint.io/user-guide/options#formatter",
            notes: &[
                "Files without findings are listed: a list of none means that nothing was looked at.",
                "Parse errors are errors; deprecations are no findings.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let first = sniff.json().and_then(Shape::first);
        Fit::sure(first.is_some_and(|file| {
            file.has(&["warnings"])
                && file.has(&["source"])
                && ["errored", "deprecations", "invalidOptionWarnings"]
                    .iter()
                    .any(|key| file.has(&[key]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        let mut files = 0;
        input.elements(|file: File<'_>| {
            files += 1;
            for warning in file.warnings.iter().flatten().chain(file.parse_errors.iter().flatten())
            {
                findings.add(warning.finding(&file));
            }
        })?;
        let mut reading = Reading::of(self.id());
        reading.tool = Some("Stylelint".to_owned());
        if files == 0 {
            reading.doubt(Rule::NothingLookedAt, "Stylelint looked at 0 files.");
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    source: Option<Str<'a>>,
    warnings: Option<Vec<Warning<'a>>>,
    #[serde(rename = "parseErrors")]
    parse_errors: Option<Vec<Warning<'a>>>,
}

#[derive(Deserialize)]
struct Warning<'a> {
    #[serde(borrow)]
    rule: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    text: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Warning<'_> {
    fn finding(&self, file: &File<'_>) -> Finding {
        let level = match self.severity.as_deref() {
            Some("error") | None => Level::Error,
            Some("warning") => Level::Warning,
            Some(_) => Level::Note,
        };
        Finding {
            rule: text::said(&self.rule),
            title: self.text.as_deref().and_then(text::title),
            path: text::said(&file.source),
            line: self.line.line(),
            ..Finding::levelled(level)
        }
    }
}
