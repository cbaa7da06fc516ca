//! `size-limit --json`: whether bundles keep within their limits.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells};
use crate::facts::{Metrics, Tally};
use crate::model::Reading;

pub(super) struct SizeLimit;

impl Format for SizeLimit {
    fn id(&self) -> &'static str {
        "size-limit"
    }

    fn about(&self) -> About {
        About {
            tool: "Size Limit",
            recognised: "a list of `name`, `passed` and `size`, with `sizeLimit` where there is one",
            carries: &["thresholds", "metrics"],
            tells: Tells::NOTHING,
            source: "https://github.com/ai/size-limit#reports",
            clean: "Every check with a limit says `passed: true`.",
            vacuous: "`[]`: 0 checks.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &["A metric is a bundle by its name; `value` is its size in bytes."],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().and_then(Shape::first).is_some_and(|one| {
            one.has(&["name", "size"]) && (one.has(&["sizeLimit"]) || one.has(&["passed"]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut metrics = Metrics::default();
        let mut thresholds = Tally::default();
        input.elements(|bundle: Bundle<'_>| {
            if bundle.passed.is_some() || bundle.limit.get().is_some() {
                thresholds.total += 1;
                thresholds.failed += u64::from(!bundle.holds());
            }
            if let (Some(name), Some(size)) = (bundle.name.as_deref(), bundle.size.get()) {
                metrics.set(name, "value", size);
            }
        })?;
        let mut reading = Reading::of(self.id());
        reading.tool = Some("Size Limit".to_owned());
        reading.facts.thresholds = Some(thresholds);
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Bundle<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    passed: Option<bool>,
    #[serde(default)]
    size: Num,
    #[serde(default, rename = "sizeLimit")]
    limit: Num,
}

impl Bundle<'_> {
    /// What it says of itself must agree with its figures.
    fn holds(&self) -> bool {
        let within =
            self.size.get().zip(self.limit.get()).is_none_or(|(size, limit)| size <= limit);
        self.passed != Some(false) && within
    }
}
