//! Gitleaks: leaked secrets, by rule and place; what leaked is never read.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::Reading;

pub(super) struct Gitleaks;

impl Format for Gitleaks {
    fn id(&self) -> &'static str {
        "gitleaks"
    }

    fn about(&self) -> About {
        About {
            tool: "Gitleaks",
            recognised: "a list of `RuleID` beside `Fingerprint` or `Secret`; 7 and older: `rule` beside `offender`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/gitleaks/gitleaks#report-format",
            clean: "`[]`, and `null` of version 7.",
            vacuous: "Nothing here: Gitleaks writes a list of leaks, or none.",
            blank: Blanks::NONE.list(Means::Clean).null(Means::Clean),
            notes: &[
                "A leak has no severity: each is an error on the linters' scale, unknown on the other.",
                "`Secret`, `Match`, `line` and `offender` hold what leaked: they are never read into a report.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(leak) = sniff.json().and_then(|shape| shape.first()) else { return Fit::No };
        let eight = leak.has(&["RuleID"])
            && ["Fingerprint", "Secret", "Match"].iter().any(|key| leak.has(&[key]));
        Fit::sure(eight || leak.has(&["rule", "offender"]))
    }

    fn may_hold_secrets(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        input.elements(|leak: Leak<'_>| findings.add(leak.finding()))?;
        let mut reading = Reading::by(self.id(), "Gitleaks");
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

/// A leak, without what leaked.
#[derive(Deserialize)]
struct Leak<'a> {
    #[serde(borrow, alias = "rule", rename = "RuleID")]
    rule: Option<Str<'a>>,
    #[serde(rename = "Description")]
    description: Option<Str<'a>>,
    #[serde(alias = "file", rename = "File")]
    file: Option<Str<'a>>,
    #[serde(default, alias = "lineNumber", rename = "StartLine")]
    line: Num,
}

impl Leak<'_> {
    fn finding(&self) -> Finding {
        Finding {
            rule: text::said(&self.rule),
            title: self.description.as_deref().and_then(text::title),
            path: text::said(&self.file),
            line: self.line.line(),
            ..Finding::levelled(Level::Error)
        }
    }
}
