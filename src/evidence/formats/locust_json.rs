//! Locust's `--json`: the statistics of each request, summed up as Locust itself does.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::load;
use crate::evidence::json::{Map, Num};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, when,
};
use crate::facts::Metrics;
use crate::model::Reading;

pub(super) struct LocustJson;

/// A statistic of the response time, and the share of the requests that it covers.
const PERCENTILES: [(&str, f64); 6] =
    [("med", 0.5), ("p50", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)];

impl Format for LocustJson {
    fn id(&self) -> &'static str {
        "locust-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Locust (`--json`, `--json-file`)",
            recognised: "a list of requests with `num_requests`, `num_failures` and `response_times`",
            carries: &["metrics"],
            tells: Tells::NOTHING.time("the latest `last_request_timestamp`"),
            source: "https://docs.locust.io/en/stable/configuration.html",
            clean: "Requests were made and not all failed.",
            vacuous: "`[]`: 0 requests; every request failed.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "The requests are summed up as in the row `Aggregated` of Locust's CSV, by the same names.",
                "Percentiles are Locust's own, of times that it rounds to 2 digits, with no time of requests that tell of none.",
                "`requests.rate` is over the time from the first start to the last request.",
                "Failures of Locust's own and its exit code stand elsewhere.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let entry = |shape: &Shape<'_>| {
            shape.has(&["num_requests", "num_failures"]) && shape.has_map("response_times")
        };
        Fit::sure(sniff.json().and_then(Shape::first).is_some_and(entry))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut total = Total::default();
        let mut fault = None;
        input.elements(|entry: Entry<'_>| {
            if let Err(broken) = total.add(&entry) {
                fault.get_or_insert(broken);
            }
        })?;
        if let Some(broken) = fault {
            return Err(broken);
        }
        let mut reading = Reading::by(self.id(), "Locust");
        reading.produced_at = total.ended.map(|ended| when::epoch(&ended.to_string()));
        load::doubt(&mut reading, "Locust", total.requests, total.failures);
        reading.facts.metrics = Some(total.metrics());
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Entry<'a> {
    num_requests: u64,
    num_failures: u64,
    num_none_requests: Option<u64>,
    #[serde(default)]
    total_response_time: Num,
    #[serde(default)]
    min_response_time: Num,
    #[serde(default)]
    max_response_time: Num,
    #[serde(default)]
    start_time: Num,
    #[serde(default)]
    last_request_timestamp: Num,
    /// How many requests took so many milliseconds.
    #[serde(borrow)]
    response_times: Map<'a, u64>,
}

/// All requests together.
#[derive(Default)]
struct Total {
    requests: u64,
    failures: u64,
    /// Those that tell of no time.
    untimed: u64,
    millis: f64,
    min: Option<f64>,
    max: Option<f64>,
    began: Option<f64>,
    ended: Option<f64>,
    times: BTreeMap<u64, u64>,
}

impl Total {
    fn add(&mut self, entry: &Entry<'_>) -> Result<(), Broken> {
        self.requests = self.requests.saturating_add(entry.num_requests);
        self.failures = self.failures.saturating_add(entry.num_failures);
        self.untimed = self.untimed.saturating_add(entry.num_none_requests.unwrap_or(0));
        self.millis += entry.total_response_time.get().unwrap_or(0.0);
        let both = |one: Option<f64>, other: Num, pick: fn(f64, f64) -> f64| {
            one.into_iter().chain(other.get()).reduce(pick)
        };
        self.min = both(self.min, entry.min_response_time, f64::min);
        self.max = both(self.max, entry.max_response_time, f64::max);
        self.began = both(self.began, entry.start_time, f64::min);
        self.ended = both(self.ended, entry.last_request_timestamp, f64::max);
        for (millis, count) in &entry.response_times {
            let time = millis.parse::<f64>().ok().filter(|time| *time >= 0.0);
            let Some(time) = time else {
                return Err(Broken::new("A key of `response_times` is no number of milliseconds."));
            };
            let held = self.times.entry(time.round() as u64).or_default();
            *held = held.saturating_add(*count);
        }
        Ok(())
    }

    fn timed(&self) -> u64 {
        self.requests.saturating_sub(self.untimed)
    }

    fn metrics(&self) -> Metrics {
        let mut metrics = Metrics::default();
        metrics.set("requests", "count", self.requests as f64);
        metrics.set("failures", "count", self.failures as f64);
        let seconds = self.began.zip(self.ended).map(|(began, ended)| ended - began);
        if let Some(seconds) = seconds.filter(|seconds| *seconds > 0.0) {
            metrics.set("requests", "rate", self.requests as f64 / seconds);
        }
        if self.timed() == 0 || self.times.is_empty() {
            return metrics;
        }
        let time = "response_time_ms";
        metrics.set(time, "avg", self.millis / self.timed() as f64);
        self.min.into_iter().for_each(|min| metrics.set(time, "min", min));
        self.max.into_iter().for_each(|max| metrics.set(time, "max", max));
        for (statistic, share) in PERCENTILES {
            metrics.set(time, statistic, self.percentile(share));
        }
        metrics
    }

    /// The greatest of the rounded times that leave no more than `share` of the requests below them.
    fn percentile(&self, share: f64) -> f64 {
        let below = (self.timed() as f64 * share) as u64;
        let mut left = self.timed();
        for (millis, count) in self.times.iter().rev() {
            left = left.saturating_sub(*count);
            if left <= below {
                return *millis as f64;
            }
        }
        0.0
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn entry(requests: u64, failures: u64, times: &str) -> String {
        format!(
            r#"{{"name": "/", "method": "GET", "last_request_timestamp": 1700000010.5, "start_time": 1700000000.5,
            "num_requests": {requests}, "num_none_requests": 0, "num_failures": {failures},
            "total_response_time": 100.0, "max_response_time": 40.5, "min_response_time": 1.5,
            "response_times": {{{times}}}}}"#
        )
    }

    #[test]
    fn requests_are_summed_up_as_locust_does() {
        let list = format!("[{}, {}]", entry(9, 1, r#""2": 8, "9": 1"#), entry(1, 0, r#""40": 1"#));
        let read = reading("locust-json", &list);
        assert_eq!(read.produced_at.unwrap().at.unwrap().epoch(), 1_700_000_010);
        let metrics = read.facts.metrics.unwrap().by_name;
        assert_eq!((metrics["requests"]["count"], metrics["failures"]["count"]), (10.0, 1.0));
        assert_eq!(metrics["requests"]["rate"], 1.0);
        let times = &metrics["response_time_ms"];
        assert_eq!((times["avg"], times["min"], times["max"]), (20.0, 1.5, 40.5));
        assert_eq!(
            (times["med"], times["p75"], times["p90"], times["p99"]),
            (2.0, 2.0, 40.0, 40.0)
        );
    }

    #[test]
    fn a_run_without_an_answer_proves_nothing() {
        proves(
            "locust-json",
            &[
                (&format!("[{}]", entry(2, 1, r#""2": 2"#)), ""),
                (&format!("[{}]", entry(2, 2, r#""2": 2"#)), "All 2 requests of Locust failed"),
                (&format!("[{}]", entry(0, 0, "")), "made 0 requests"),
                (&format!("[{}]", entry(1, 0, r#""soon": 1"#)), "is no number of milliseconds"),
            ],
        );
    }
}
