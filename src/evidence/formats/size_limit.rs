//! `size-limit --json`: whether bundles keep within their limits.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Metrics, Tally};
use crate::model::{Reading, Rule};

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
            vacuous: "`[]`: 0 checks; a check without a size.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "A metric is a bundle by its name; `value` is its size in bytes.",
                "A check with neither `size` nor `passed`, or of size 0 without a limit, is one whose files Size Limit did not find: it fails, and the report proves nothing.",
            ],
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
        let mut missed = None;
        input.elements(|bundle: Bundle<'_>| {
            if bundle.is_of_no_file() {
                missed.get_or_insert_with(|| text::said(&bundle.name).unwrap_or_default());
            }
            if bundle.passed.is_some() || bundle.limit.get().is_some() {
                thresholds.add(bundle.holds(), || bundle.threshold());
            }
            if let (Some(name), Some(size)) = (bundle.name.as_deref(), bundle.size.get()) {
                metrics.set(name, "value", size);
            }
        })?;
        let mut reading = Reading::by(self.id(), "Size Limit");
        if let Some(name) = missed {
            let why = format!("Size Limit measured nothing of {name}: it found none of its files.");
            reading.doubt(Rule::ToolFailed, why);
        }
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
    /// Whether none of its files was there: it says nothing, or that nothing without a limit passed.
    fn is_of_no_file(&self) -> bool {
        match self.size.get() {
            None => self.passed.is_none(),
            Some(size) => size == 0.0 && self.limit.get().is_none(),
        }
    }

    /// Its limit, and what it came to.
    fn threshold(&self) -> String {
        let name = self.name.as_deref().unwrap_or("a bundle");
        match (self.limit.get(), self.size.get()) {
            (Some(limit), Some(size)) => format!("{name} <= {limit} bytes: {size}"),
            _ => name.to_owned(),
        }
    }

    /// What it says of itself must agree with its figures.
    fn holds(&self) -> bool {
        let within =
            self.size.get().zip(self.limit.get()).is_none_or(|(size, limit)| size <= limit);
        self.passed != Some(false) && within
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_bundle_that_was_not_measured_proves_nothing() {
        let main = r#"{"name": "main", "passed": true, "size": 900, "sizeLimit": 1000}"#;
        for (other, why) in [
            (r#"{"name": "vendor"}"#, "measured nothing of vendor"),
            (r#"{"name": "vendor", "passed": true, "size": 0}"#, "measured nothing of vendor"),
            (r#"{"name": "vendor", "size": 90}"#, ""),
            (r#"{"name": "vendor", "passed": false, "size": 2000, "sizeLimit": 1000}"#, ""),
        ] {
            proves("size-limit", &[(&format!("[{main},{other}]"), why)]);
        }
    }
}
