//! Gatling's `stats.json` and `global_stats.json`.

use serde::Deserialize;

use crate::evidence::family::load;
use crate::evidence::json::{Count, Num};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells};
use crate::facts::Metrics;
use crate::model::Reading;

pub(super) struct Gatling;

impl Format for Gatling {
    fn id(&self) -> &'static str {
        "gatling"
    }

    fn about(&self) -> About {
        About {
            tool: "Gatling",
            recognised: "`numberOfRequests` beside `percentiles1`, alone or under `stats`",
            carries: &["metrics"],
            tells: Tells::NOTHING,
            source: "https://docs.gatling.io/reference/stats/reports/oss/",
            clean: "Requests were made and not all failed.",
            vacuous: "0 requests; every request failed.",
            blank: Blanks::NONE,
            notes: &[
                "Which percentiles `percentiles1` to `4` are is configurable and not in the file (50, 75, 95 and 99 unless it was changed): they keep Gatling's names, each as `value`.",
                "The figures are those of all requests; `ok` and `ko` are not told apart. Numbers may be texts, and `-` is none.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let stats = |shape: &Shape<'_>| shape.has(&["numberOfRequests", "percentiles1"]);
        Fit::sure(
            sniff.json().is_some_and(|shape| stats(shape) || shape.get("stats").is_some_and(stats)),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let stats = if input.sniff.json().is_some_and(|shape| shape.has_map("stats")) {
            input.json::<Whole>()?.stats
        } else {
            input.json::<Stats>()?
        };
        let mut reading = Reading::by(self.id(), "Gatling");
        let missing = || Broken::new("The report does not count its requests.");
        let Count(requests) = stats.requests.total.ok_or_else(missing)?;
        let Count(failures) = stats.requests.ko.unwrap_or_default();
        let mut metrics = Metrics::default();
        metrics.set("requests", "count", requests as f64);
        metrics.set("failures", "count", failures as f64);
        let figures = [
            ("requests", "rate", stats.rate),
            ("response_time_ms", "min", stats.min),
            ("response_time_ms", "max", stats.max),
            ("response_time_ms", "avg", stats.mean),
            ("percentiles1", "value", stats.percentiles1),
            ("percentiles2", "value", stats.percentiles2),
            ("percentiles3", "value", stats.percentiles3),
            ("percentiles4", "value", stats.percentiles4),
        ];
        for (name, statistic, figure) in figures {
            if let Some(figure) = figure.and_then(|figure| figure.total.get()) {
                metrics.set(name, statistic, figure);
            }
        }
        load::doubt(&mut reading, "Gatling", requests, failures);
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Whole {
    stats: Stats,
}

#[derive(Deserialize)]
struct Stats {
    #[serde(rename = "numberOfRequests")]
    requests: Requests,
    #[serde(rename = "minResponseTime")]
    min: Option<Figure>,
    #[serde(rename = "maxResponseTime")]
    max: Option<Figure>,
    #[serde(rename = "meanResponseTime")]
    mean: Option<Figure>,
    #[serde(rename = "meanNumberOfRequestsPerSecond")]
    rate: Option<Figure>,
    percentiles1: Option<Figure>,
    percentiles2: Option<Figure>,
    percentiles3: Option<Figure>,
    percentiles4: Option<Figure>,
}

/// How many requests were made, and failed.
#[derive(Deserialize)]
struct Requests {
    total: Option<Count>,
    ko: Option<Count>,
}

/// A figure of all requests; `-` where none was made.
#[derive(Deserialize)]
struct Figure {
    #[serde(default)]
    total: Num,
}
