//! Lighthouse reports: the measures of a page and the scores of its categories.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::json::{self, Map, Members, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Metrics;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Lighthouse;

impl Format for Lighthouse {
    fn id(&self) -> &'static str {
        "lighthouse"
    }

    fn about(&self) -> About {
        About {
            tool: "Lighthouse",
            recognised: "`lighthouseVersion` beside `audits`",
            carries: &["metrics"],
            tells: Tells::NOTHING.time("`fetchTime`").version("`lighthouseVersion`"),
            source: "https://github.com/GoogleChrome/lighthouse/blob/main/docs/understanding-results.md",
            clean: "Audits carry numbers.",
            vacuous: "`runtimeError`: the page did not load; no number at all.",
            blank: Blanks::NONE,
            notes: &[
                "Each audit with a number is a metric by its id: `metrics[\"largest-contentful-paint\"].value`, in the audit's unit (milliseconds, but no unit for layout shift).",
                "Each category is a metric too: `value` is its score of 0 to 1, `rate_pct` the same as 0 to 100.",
                "`runtimeError` means that the page did not load; its scores are null.",
                "Interaction to next paint is measured in timespans and in the field only, not by a page load.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["lighthouseVersion"])
                && ["audits", "categories", "fetchTime", "requestedUrl"]
                    .iter()
                    .any(|key| shape.has(&[key]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report::default();
        input.members(&mut report)?;
        let mut reading = Reading::of(self.id());
        reading.tool = Some("Lighthouse".to_owned());
        reading.tool_version = text::said(&report.version);
        reading.produced_at = report.fetched.as_deref().map(ProducedAt::parse);
        match &report.error {
            Some(error) if error.code.as_deref() != Some("NO_ERROR") => {
                let said = error.message.as_deref().and_then(text::title).unwrap_or_default();
                let code = error.code.as_deref().unwrap_or("no code");
                reading.doubt(
                    Rule::ToolFailed,
                    format!("Lighthouse could not load the page ({code}). {said}"),
                );
            }
            _ if report.metrics.by_name.is_empty() => {
                reading.doubt(Rule::NothingLookedAt, "The report measures nothing.");
            }
            _ => {}
        }
        reading.facts.metrics = Some(report.metrics);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report<'a> {
    version: Option<Str<'a>>,
    fetched: Option<Str<'a>>,
    error: Option<RuntimeError<'a>>,
    metrics: Metrics,
}

impl<'de> Members<'de> for Report<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "lighthouseVersion" => self.version = map.next_value()?,
            "fetchTime" | "generatedTime" => self.fetched = map.next_value()?,
            "runtimeError" => self.error = map.next_value()?,
            "audits" => json::entries(map, |id, audit: Audit| {
                let number = audit.numeric.get().or(audit.raw.get());
                if let Some(number) = number {
                    self.metrics.set(id, "value", number);
                }
            })?,
            "categories" => {
                let categories: Map<'de, Category> = map.next_value()?;
                for (id, category) in &categories {
                    if let Some(score) = category.score.get() {
                        self.metrics.set(id, "value", score);
                        self.metrics.set(id, "rate_pct", score * 100.0);
                    }
                }
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

/// A number beside a unit is a measure; 3.x called it raw, and put truth values there too.
#[derive(Deserialize)]
struct Audit {
    #[serde(default, rename = "numericValue")]
    numeric: Num,
    #[serde(default, rename = "rawValue")]
    raw: Num,
}

#[derive(Deserialize)]
struct Category {
    #[serde(default)]
    score: Num,
}

#[derive(Deserialize)]
struct RuntimeError<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
    message: Option<Str<'a>>,
}
