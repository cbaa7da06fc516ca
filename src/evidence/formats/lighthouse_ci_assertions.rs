//! What Lighthouse CI asserted of pages: its `assertion-results.json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells, text};
use crate::facts::{Finding, Level, Tally};
use crate::model::{Reading, Rule};

pub(super) struct LighthouseCiAssertions;

impl Format for LighthouseCiAssertions {
    fn id(&self) -> &'static str {
        "lighthouse-ci-assertions"
    }

    fn about(&self) -> About {
        About {
            tool: "Lighthouse CI (`lhci assert`, `.lighthouseci/assertion-results.json`)",
            recognised: "a list of `auditId`, `passed`, `operator` and `values`",
            carries: &["findings", "thresholds"],
            tells: Tells::NOTHING,
            source: "https://github.com/GoogleChrome/lighthouse-ci/blob/main/docs/configuration.md#assert",
            clean: "With `includePassedAssertions` a list of assertions that passed.",
            vacuous: "Every assertion is of no page.",
            blank: Blanks::NONE.list(Means::Silent),
            notes: &[
                "Only what failed is listed, but with `includePassedAssertions`: so `[]` is written where all passed, and where there was no page to look at too, with exit code 0.",
                "An assertion that failed is a finding, an error or a warning by its `level`, and a threshold that was crossed.",
                "`auditRan` that failed: the audit did not run, so that nothing else is asserted of it; it is left unchecked.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let keys = ["auditId", "passed", "operator", "values"];
        Fit::sure(sniff.json().and_then(|shape| shape.first()).is_some_and(|one| one.has(&keys)))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Lighthouse CI");
        let (mut findings, mut thresholds) = (input.findings(), Tally::default());
        let (mut idle, mut pages) = (0, 0_u64);
        input.elements(|one: Assertion<'_>| {
            pages += u64::from(one.url.as_deref().is_some_and(|url| !url.trim().is_empty()));
            idle += u64::from(!one.passed && &*one.name == "auditRan");
            thresholds.add(one.passed, || format!("{} {}", one.audit(), one.said()));
            if !one.passed {
                findings.add(one.finding());
            }
        })?;
        if thresholds.total > 0 && pages == 0 {
            reading.doubt(Rule::NothingLookedAt, "No assertion names a page.");
        }
        findings.unchecked = Some(idle);
        reading.facts.findings = Some(findings);
        reading.facts.thresholds = Some(thresholds);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Assertion<'a> {
    #[serde(borrow)]
    name: Str<'a>,
    passed: bool,
    #[serde(rename = "auditId")]
    audit: Str<'a>,
    /// The category or the part of the audit.
    #[serde(rename = "auditProperty")]
    part: Option<Part<'a>>,
    level: Option<Str<'a>>,
    url: Option<Str<'a>>,
    message: Option<Str<'a>>,
    operator: Option<Str<'a>>,
    #[serde(default)]
    expected: Num,
    #[serde(default)]
    actual: Num,
}

/// One name, or the names of a way.
#[derive(Deserialize)]
#[serde(untagged)]
enum Part<'a> {
    One(#[serde(borrow)] Str<'a>),
    Way(Vec<Str<'a>>),
}

impl Assertion<'_> {
    fn finding(&self) -> Finding {
        let level = self.level.as_deref().map_or(Level::Error, |level| match level {
            "warn" => Level::Warning,
            _ => Level::Error,
        });
        let said = self.message.as_deref().and_then(text::title);
        Finding {
            rule: Some(self.audit()),
            title: Some(said.unwrap_or_else(|| self.said())),
            path: text::said(&self.url),
            ..Finding::levelled(level)
        }
    }

    /// `categories.performance`, `largest-contentful-paint`.
    fn audit(&self) -> String {
        let mut audit = self.audit.to_string();
        let parts: Vec<&str> = match &self.part {
            None => Vec::new(),
            Some(Part::One(part)) => vec![part],
            Some(Part::Way(parts)) => parts.iter().map(|part| &**part).collect(),
        };
        for part in parts {
            audit.push('.');
            audit.push_str(part);
        }
        audit
    }

    /// `minScore: 0.83, not >= 0.9`.
    fn said(&self) -> String {
        let operator = self.operator.as_deref().unwrap_or_default();
        match (self.actual.get(), self.expected.get()) {
            (Some(actual), Some(expected)) if !self.passed => {
                format!("{}: {actual}, not {operator} {expected}", &*self.name)
            }
            _ => self.name.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn one(audit: &str, rest: &str) -> String {
        format!(
            r#"{{"name": "minScore", "expected": 0.9, "actual": 0.83, "values": [0.83], "operator": ">=",
            "auditId": "{audit}", {rest}}}"#
        )
    }

    #[test]
    fn what_failed_is_an_error_or_a_warning() {
        let url = r#""url": "https://a.example/""#;
        let text = format!(
            "[{}, {}, {}]",
            one(
                "categories",
                &format!(
                    r#""auditProperty": "performance", "passed": false, "level": "error", {url}"#
                )
            ),
            one("uses-http2", &format!(r#""passed": false, "level": "warn", {url}"#)),
            one("is-on-https", &format!(r#""passed": true, "level": "error", {url}"#)),
        );
        let facts = reading("lighthouse-ci-assertions", &text).facts;
        let (findings, thresholds) = (facts.findings.unwrap(), facts.thresholds.unwrap());
        let value = |name| {
            crate::facts::Facts { findings: Some(findings.clone()), ..Default::default() }
                .value("findings")
                .unwrap()
                .member(name)
                .cloned()
        };
        assert_eq!(value("errors"), Some(crate::facts::Value::Int(1)));
        assert_eq!(value("warnings"), Some(crate::facts::Value::Int(1)));
        assert_eq!((thresholds.total, thresholds.failed), (3, 2));
        assert_eq!(thresholds.crossed[0], "categories.performance minScore: 0.83, not >= 0.9");
    }

    #[test]
    fn assertions_of_no_page_prove_nothing() {
        let of =
            |url: &str| format!("[{}]", one("a", &format!(r#""passed": true, "url": "{url}""#)));
        proves(
            "lighthouse-ci-assertions",
            &[(&of("https://a.example/"), ""), (&of(""), "No assertion")],
        );
    }
}
