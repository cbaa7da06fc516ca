//! `vegeta report -type=json`.

use serde::Deserialize;

use crate::evidence::family::load;
use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::Metrics;
use crate::model::{ProducedAt, Reading};

pub(super) struct Vegeta;

impl Format for Vegeta {
    fn id(&self) -> &'static str {
        "vegeta"
    }

    fn about(&self) -> About {
        About {
            tool: "Vegeta",
            recognised: "`latencies` beside `status_codes` and `bytes_in`",
            carries: &["metrics"],
            tells: Tells::NOTHING.time("`latest`"),
            source: "https://github.com/tsenart/vegeta#report-command",
            clean: "Requests were made and not all failed.",
            vacuous: "0 requests; every request failed.",
            blank: Blanks::NONE,
            notes: &[
                "Latencies are nanoseconds in the file, and milliseconds here. `success` is a share of 0 to 1.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has_map("latencies") && shape.has(&["status_codes", "bytes_in"])
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Vegeta");
        reading.produced_at = report.latest.as_deref().map(ProducedAt::parse);
        let failures = ((1.0 - report.success) * report.requests as f64).round().max(0.0);
        let mut metrics = Metrics::default();
        metrics.set("requests", "count", report.requests as f64);
        metrics.set("failures", "count", failures);
        metrics.set("success", "rate", report.success);
        report.rate.get().into_iter().for_each(|rate| metrics.set("requests", "rate", rate));
        for (name, value) in &report.latencies {
            let statistic = match &**name {
                "mean" => "avg",
                "50th" => "p50",
                "90th" => "p90",
                "95th" => "p95",
                "99th" => "p99",
                "min" => "min",
                "max" => "max",
                _ => continue,
            };
            if let Some(nanos) = value.get() {
                metrics.set("response_time_ms", statistic, nanos / 1e6);
            }
        }
        load::doubt(&mut reading, "Vegeta", report.requests, failures as u64);
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    latest: Option<Str<'a>>,
    requests: u64,
    success: f64,
    #[serde(default)]
    rate: Num,
    latencies: Map<'a, Num>,
}
