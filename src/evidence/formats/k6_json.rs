//! k6's `--out json`: every sample of a run, a line each, summed up as k6's own summary does.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::load;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Shape, Sniff, Tells};
use crate::facts::{Metrics, Tally};
use crate::model::{ProducedAt, Reading, Rule, counted, listed};

pub(super) struct K6Json;

/// A statistic of a trend, and the share of its samples that lies below.
const PERCENTILES: [(&str, f64); 5] =
    [("med", 0.5), ("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)];

impl Format for K6Json {
    fn id(&self) -> &'static str {
        "k6-json"
    }

    fn about(&self) -> About {
        About {
            tool: "k6 (`--out json`)",
            recognised: "lines of `type` `Metric` and `Point`, with `metric` and `data`",
            carries: &["metrics", "checks"],
            tells: Tells::NOTHING.time("the latest `time` of a point"),
            source: "https://grafana.com/docs/k6/latest/results-output/real-time/json/",
            clean: "An iteration ended and not all requests failed.",
            vacuous: "0 iterations, whatever requests `setup()` made; every request failed.",
            blank: Blanks::NONE,
            notes: &[
                "Samples are summed up by the names of k6's summary: of a counter `count`, of a rate `rate` and `rate_pct`, of a gauge `value`, `min` and `max`, of a trend the rest.",
                "Percentiles lie between two samples, as k6's own; a counter's `rate` is not told, for the points do not say how long the run was.",
                "k6 judges thresholds when the run ends, and does not write that here: bind them to its summary.",
                "The lines have no end: a run that was ended, or whose file was cut at the end of a line, reads as a shorter one.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let told = |shape: &Shape<'_>| {
            let kind = shape.text("type");
            let data = |name| shape.at(&["data", name]).is_some();
            shape.has(&["metric"])
                && (kind == Some("Metric") && data("contains")
                    || kind == Some("Point") && data("time") && data("value"))
        };
        Fit::sure(sniff.documents().iter().any(told))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut run = Run::default();
        let between = input.documents(|line: Line<'_>| run.take(line))?;
        let mut reading = Reading::by(self.id(), "k6");
        between.settle(&mut reading);
        run.settle(&mut reading);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    metric: Option<Str<'a>>,
    data: Option<Data<'a>>,
}

/// Of a metric or of a point.
#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    thresholds: Option<Vec<serde::de::IgnoredAny>>,
    time: Option<Str<'a>>,
    #[serde(default)]
    value: Num,
    tags: Option<Tags<'a>>,
}

#[derive(Deserialize)]
struct Tags<'a> {
    #[serde(borrow)]
    check: Option<Str<'a>>,
    /// `0` of a request without an answer.
    status: Option<Str<'a>>,
}

#[derive(Default)]
struct Run {
    metrics: BTreeMap<String, Samples>,
    checks: Option<Tally>,
    /// Requests without an answer.
    unanswered: u64,
    /// Samples without a value that is a number.
    unvalued: u64,
    latest: Option<String>,
    limited: Vec<String>,
}

/// The samples of a metric.
#[derive(Default)]
struct Samples {
    kind: Option<Kind>,
    values: Vec<f64>,
    count: u64,
    sum: f64,
    nonzero: u64,
    last: f64,
    min: f64,
    max: f64,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Counter,
    Gauge,
    Rate,
    Trend,
}

impl Run {
    fn take(&mut self, line: Line<'_>) {
        let Some((name, data)) = line.metric.zip(line.data) else { return };
        if let Some(kind) = &data.kind {
            if data.thresholds.is_some_and(|limits| !limits.is_empty()) {
                self.limited.push(name.to_string());
            }
            self.metrics.entry(name.into_owned()).or_default().kind = kind_of(kind);
            return;
        }
        let Some(value) = data.value.get() else {
            self.unvalued += 1;
            return;
        };
        if let Some(time) = data.time.filter(|time| Some(&**time) > self.latest.as_deref()) {
            self.latest = Some(time.into_owned());
        }
        let tags = data.tags.as_ref();
        if &*name == "checks" {
            let check = || tags.and_then(|tags| tags.check.as_deref()).unwrap_or_default();
            self.checks.get_or_insert_default().add(value != 0.0, || check().to_owned());
        }
        let status = tags.and_then(|tags| tags.status.as_deref());
        self.unanswered += u64::from(&*name == "http_reqs" && status == Some("0"));
        match self.metrics.get_mut(&*name) {
            Some(samples) => samples.add(value),
            None => self.metrics.entry(name.into_owned()).or_default().add(value),
        }
    }

    fn count(&self, name: &str) -> u64 {
        self.metrics.get(name).map_or(0, |samples| samples.sum as u64)
    }

    fn settle(mut self, reading: &mut Reading) {
        reading.produced_at = self.latest.take().map(|time| ProducedAt::parse(&time));
        self.doubt(reading);
        if !self.limited.is_empty() {
            let limited = listed(&self.limited, 4);
            reading.warn(format!("Whether the thresholds of {limited} hold is not written here."));
        }
        let mut metrics = Metrics::default();
        for (name, samples) in &mut self.metrics {
            samples.measure(name, &mut metrics);
        }
        reading.facts.checks = self.checks;
        reading.facts.metrics = Some(metrics);
    }

    fn doubt(&self, reading: &mut Reading) {
        if self.unvalued > 0 {
            let samples = counted(self.unvalued, "sample");
            reading.doubt(Rule::Unreadable, format!("{samples} without a value that is a number."));
        }
        let (iterations, requests) = (self.count("iterations"), self.count("http_reqs"));
        if iterations == 0 {
            let requests = counted(requests, "request");
            let why = format!("k6 ended 0 iterations, and made {requests}.");
            reading.doubt(Rule::NothingLookedAt, why);
        }
        let failed = self.metrics.get("http_req_failed");
        let lost = failed.map_or(0, |failed| failed.nonzero).max(self.unanswered);
        load::attempts(reading, requests, lost, "request");
        load::dropped(reading, iterations, self.count("dropped_iterations"), "iteration");
        let all = failed.is_some_and(|failed| failed.count > 0 && failed.nonzero == failed.count);
        if requests > 0 && (all || self.unanswered >= requests) {
            let requests = counted(requests, "request");
            reading.doubt(Rule::ToolFailed, format!("All {requests} of k6 failed."));
        }
    }
}

fn kind_of(word: &str) -> Option<Kind> {
    match word {
        "counter" => Some(Kind::Counter),
        "gauge" => Some(Kind::Gauge),
        "rate" => Some(Kind::Rate),
        "trend" => Some(Kind::Trend),
        _ => None,
    }
}

impl Samples {
    fn add(&mut self, value: f64) {
        self.min = if self.count == 0 { value } else { self.min.min(value) };
        self.max = if self.count == 0 { value } else { self.max.max(value) };
        self.count += 1;
        self.sum += value;
        self.nonzero += u64::from(value != 0.0);
        self.last = value;
        if self.kind == Some(Kind::Trend) {
            self.values.push(value);
        }
    }

    fn measure(&mut self, name: &str, metrics: &mut Metrics) {
        let Some(kind) = self.kind.filter(|_| self.count > 0) else { return };
        match kind {
            Kind::Counter => metrics.set(name, "count", self.sum),
            Kind::Gauge => metrics.set(name, "value", self.last),
            Kind::Rate => {
                let share = self.nonzero as f64 / self.count as f64;
                metrics.set(name, "rate", share);
                metrics.set(name, "rate_pct", share * 100.0);
            }
            Kind::Trend => {
                metrics.set(name, "avg", self.sum / self.count as f64);
                self.values.sort_unstable_by(f64::total_cmp);
                for (statistic, share) in PERCENTILES {
                    metrics.set(name, statistic, self.percentile(share));
                }
            }
        }
        if matches!(kind, Kind::Gauge | Kind::Trend) {
            metrics.set(name, "min", self.min);
            metrics.set(name, "max", self.max);
        }
    }

    /// The value below which `share` of the sorted samples lies, between two of them by rank.
    fn percentile(&self, share: f64) -> f64 {
        let rank = share * self.values.len().saturating_sub(1) as f64;
        let at = |rank: f64| self.values.get(rank as usize).copied().unwrap_or_default();
        let (below, above) = (at(rank.floor()), at(rank.ceil()));
        below + (above - below) * rank.fract()
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn metric(name: &str, kind: &str) -> String {
        format!(
            r#"{{"type": "Metric", "data": {{"name": "{name}", "type": "{kind}", "contains": "default", "thresholds": [],
            "submetrics": null}}, "metric": "{name}"}}"#
        )
    }

    fn point(name: &str, value: f64, tags: &str) -> String {
        format!(
            r#"{{"metric": "{name}", "type": "Point", "data": {{"time": "2026-01-02T03:04:05.678Z", "value": {value},
            "tags": {tags}}}}}"#
        )
    }

    fn run(lines: &[String]) -> String {
        [vec![metric("iterations", "counter"), metric("http_reqs", "counter")], lines.to_vec()]
            .concat()
            .join("\n")
    }

    #[test]
    fn samples_are_summed_up_by_the_kind_of_their_metric() {
        let mut lines = vec![
            metric("http_req_duration", "trend"),
            metric("http_req_failed", "rate"),
            metric("vus", "gauge"),
            metric("checks", "rate"),
            point("iterations", 1.0, "null"),
            point("iterations", 1.0, "null"),
            point("http_req_failed", 0.0, "null"),
            point("http_req_failed", 1.0, "null"),
            point("vus", 4.0, "null"),
            point("vus", 2.0, "null"),
            point("checks", 1.0, r#"{"check": "is 200"}"#),
            point("checks", 0.0, r#"{"check": "is fast"}"#),
        ];
        lines.extend([30.0, 10.0, 20.0].map(|time| point("http_req_duration", time, "null")));
        let read = reading("k6-json", &run(&lines));
        let metrics = read.facts.metrics.unwrap().by_name;
        assert_eq!(metrics["iterations"]["count"], 2.0);
        assert_eq!(metrics["http_req_failed"]["rate_pct"], 50.0);
        assert_eq!((metrics["vus"]["value"], metrics["vus"]["max"]), (2.0, 4.0));
        let times = &metrics["http_req_duration"];
        assert_eq!(
            (times["avg"], times["med"], times["p90"], times["max"]),
            (20.0, 20.0, 28.0, 30.0)
        );
        let checks = read.facts.checks.unwrap();
        assert_eq!((checks.total, checks.failed), (2, 1));
        assert_eq!(checks.crossed, ["is fast"]);
        assert_eq!(read.produced_at.unwrap().raw, "2026-01-02T03:04:05.678Z");
    }

    #[test]
    fn a_run_without_an_iteration_or_an_answer_proves_nothing() {
        let iteration = point("iterations", 1.0, "null");
        let request =
            |status: &str| point("http_reqs", 1.0, &format!(r#"{{"status": "{status}"}}"#));
        let failed = |value: f64| {
            [metric("http_req_failed", "rate"), point("http_req_failed", value, "null")].join("\n")
        };
        let all = "All 1 request of k6 failed";
        for (lines, why) in [
            (vec![iteration.clone()], ""),
            (vec![iteration.clone(), request("200"), failed(0.0)], ""),
            (vec![iteration.clone(), request("500"), failed(1.0)], all),
            (vec![iteration, request("0")], all),
            (vec![request("200")], "ended 0 iterations, and made 1 request"),
            (vec![], "ended 0 iterations, and made 0 requests"),
        ] {
            proves("k6-json", &[(&run(&lines), why)]);
        }
    }

    #[test]
    fn thresholds_are_declared_and_not_judged() {
        let limited = metric("errors", "rate").replace("[]", r#"["rate<0.1"]"#);
        let read = reading("k6-json", &run(&[limited, point("iterations", 1.0, "null")]));
        assert_eq!(read.facts.thresholds, None);
        assert!(read.warnings[0].contains("thresholds of errors"), "{:?}", read.warnings);
    }
}
