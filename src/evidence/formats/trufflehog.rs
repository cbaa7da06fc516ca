//! TruffleHog: leaked secrets by detector and place; what leaked is never read.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Cut, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Grade, Level};
use crate::model::{Reading, Rule};

pub(super) struct Trufflehog;

impl Format for Trufflehog {
    fn id(&self) -> &'static str {
        "trufflehog"
    }

    fn about(&self) -> About {
        About {
            tool: "TruffleHog",
            recognised: "JSON Lines, or a list, of `SourceMetadata` beside `DetectorName`, of `reason` beside `stringsFound`, or a list of `rule` beside `secret`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://github.com/trufflesecurity/trufflehog#output",
            clean: "An empty output, vouched for; `[]` of trufflehog3.",
            vacuous: "Nothing here: TruffleHog writes leaks, or nothing.",
            blank: Blanks::NONE.silent().list(Means::Clean),
            notes: &[
                "Every entry is a finding and an error, verified or not; only trufflehog3 gives severities.",
                "`Raw`, `secret`, `stringsFound` and `diff` hold what leaked: they are never read into a report.",
                "TruffleHog prints nothing where nothing leaked: an empty file needs a voucher.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let three = |shape: &Shape<'_>| {
            shape.has(&["SourceMetadata", "DetectorName"])
                || shape.has(&["SourceMetadata", "DetectorType"])
        };
        let two = |shape: &Shape<'_>| {
            shape.has(&["reason", "stringsFound"]) || shape.has(&["reason", "commitHash"])
        };
        let listed = |shape: &Shape<'_>| {
            shape.has(&["rule", "secret", "path"]) || two(shape) || three(shape)
        };
        let first = sniff.json().and_then(Shape::first);
        Fit::sure(
            first.is_some_and(listed)
                || sniff.documents().iter().any(|shape| three(shape) || two(shape)),
        )
    }

    fn may_hold_secrets(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "TruffleHog");
        let mut findings = input.findings();
        let mut failed = None;
        if matches!(input.sniff.json(), Some(Shape::List(_))) {
            input.elements(|leak: Leak<'_>| findings.add(leak.finding()))?;
        } else {
            let skipped = input.documents(|leak: Leak<'_>| {
                // Version 3 writes its log as JSON too.
                let level = leak.level.as_deref().unwrap_or_default();
                if leak.metadata.is_none() && (level.starts_with("error") || level == "fatal") {
                    failed = failed.take().or_else(|| text::said(&leak.message));
                }
                if leak.metadata.is_some() || leak.reason.is_some() {
                    findings.add(leak.finding());
                }
            })?;
            skipped.settle(&mut reading);
        }
        if let Some(said) = failed {
            let why = format!("TruffleHog tells of an error. It says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

/// A leak of any version, without what leaked.
#[derive(Deserialize)]
struct Leak<'a> {
    #[serde(borrow, rename = "SourceMetadata")]
    metadata: Option<Metadata<'a>>,
    #[serde(rename = "DetectorName")]
    detector: Option<Str<'a>>,
    #[serde(rename = "Verified")]
    verified: Option<bool>,
    reason: Option<Str<'a>>,
    /// Of a line of its log.
    level: Option<Str<'a>>,
    #[serde(rename = "msg")]
    message: Option<Str<'a>>,
    path: Option<Str<'a>>,
    rule: Option<Named<'a>>,
    #[serde(default)]
    line: Num,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow, rename = "Data")]
    data: Option<std::collections::BTreeMap<Str<'a>, Place<'a>>>,
}

#[derive(Deserialize)]
struct Place<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    severity: Option<Str<'a>>,
}

impl Leak<'_> {
    fn finding(&self) -> Finding {
        let place = self.metadata.as_ref().and_then(|of| of.data.as_ref()?.values().next());
        let named = self.rule.as_ref();
        let rule =
            named.and_then(|rule| text::said(&rule.id)).or_else(|| text::said(&self.detector));
        let word = named.and_then(|rule| rule.severity.as_deref());
        Finding {
            rule: rule.or_else(|| text::said(&self.reason)),
            title: self.verified.map(|live| {
                if live { "A secret that works" } else { "A secret, not verified" }.to_owned()
            }),
            path: place
                .and_then(|place| text::said(&place.file))
                .or_else(|| text::said(&self.path)),
            line: place.map_or(self.line, |place| place.line).line(),
            ..Finding::new(word.map_or(Grade::Unknown, Grade::from_word), Level::Error)
        }
    }
}
