//! `statistics.json` of JMeter's dashboard.

use serde::Deserialize;

use crate::evidence::family::load;
use crate::evidence::json::{Map, Num};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells};
use crate::facts::Metrics;
use crate::model::Reading;

pub(super) struct JmeterStatistics;

impl Format for JmeterStatistics {
    fn id(&self) -> &'static str {
        "jmeter-statistics"
    }

    fn about(&self) -> About {
        About {
            tool: "JMeter (`statistics.json` of the dashboard)",
            recognised: "names with `transaction`, `sampleCount` and `errorPct`",
            carries: &["metrics"],
            tells: Tells::NOTHING,
            source: "https://jmeter.apache.org/usermanual/generating-dashboard.html",
            clean: "Requests were made and not all failed.",
            vacuous: "No row `Total`; 0 requests; every request failed.",
            blank: Blanks::NONE,
            notes: &[
                "The row `Total` counts. Which percentiles `pct1ResTime` to `3` are is configurable and not in the file (90, 95 and 99 unless it was changed): they keep JMeter's names, each as `value`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let row = |shape: &Shape<'_>| shape.has(&["transaction", "sampleCount", "errorPct"]);
        Fit::sure(sniff.json().and_then(Shape::first_value).is_some_and(row))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let rows: Map<'_, Row> = input.json()?;
        let total =
            rows.get("Total").ok_or_else(|| Broken::new("The file holds no row `Total`."))?;
        let mut reading = Reading::by(self.id(), "JMeter");
        let mut metrics = Metrics::default();
        metrics.set("requests", "count", total.samples as f64);
        metrics.set("failures", "count", total.errors as f64);
        let figures = [
            ("requests", "rate", total.throughput),
            ("response_time_ms", "avg", total.mean),
            ("response_time_ms", "med", total.median),
            ("response_time_ms", "min", total.min),
            ("response_time_ms", "max", total.max),
            ("pct1ResTime", "value", total.pct1),
            ("pct2ResTime", "value", total.pct2),
            ("pct3ResTime", "value", total.pct3),
        ];
        for (name, statistic, figure) in figures {
            figure.get().into_iter().for_each(|figure| metrics.set(name, statistic, figure));
        }
        load::doubt(&mut reading, "JMeter", total.samples, total.errors);
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "sampleCount")]
    samples: u64,
    #[serde(rename = "errorCount")]
    errors: u64,
    #[serde(default)]
    throughput: Num,
    #[serde(default, rename = "meanResTime")]
    mean: Num,
    #[serde(default, rename = "medianResTime")]
    median: Num,
    #[serde(default, rename = "minResTime")]
    min: Num,
    #[serde(default, rename = "maxResTime")]
    max: Num,
    #[serde(default, rename = "pct1ResTime")]
    pct1: Num,
    #[serde(default, rename = "pct2ResTime")]
    pct2: Num,
    #[serde(default, rename = "pct3ResTime")]
    pct3: Num,
}
