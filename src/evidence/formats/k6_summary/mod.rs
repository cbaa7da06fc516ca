//! k6 summaries: what `handleSummary` gets, the flat `--summary-export`, and the machine-readable one.
//!
//! In the flat shape `thresholds: {"p(95)<500": true}` means that the threshold was *crossed*; in
//! the nested one `{"ok": true}` means that it held.

mod machine_readable;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::family::load;
use crate::evidence::json::{Count, Map, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Metrics, Tally};
use crate::model::{Reading, Rule, counted, listed};

pub(super) struct K6Summary;

impl Format for K6Summary {
    fn id(&self) -> &'static str {
        "k6-summary"
    }

    fn about(&self) -> About {
        About {
            tool: "k6",
            recognised: "`metrics` with k6's own names or shapes, beside `root_group`, `state` or `options`; `results.metrics` beside `metadata.k6Version`",
            carries: &["metrics", "thresholds", "checks"],
            tells: Tells::NOTHING
                .time("`metadata.generatedAt` of the machine-readable one")
                .version("`metadata.k6Version` of the machine-readable one"),
            source: "https://grafana.com/docs/k6/latest/results-output/end-of-test/custom-summary/",
            clean: "Requests or iterations were made and not all of them failed.",
            vacuous: "0 iterations, whatever requests `setup()` made; every request failed.",
            blank: Blanks::NONE,
            notes: &[
                "Flat exports say `true` of a crossed threshold, nested ones `ok: true` of one that held.",
                "`http_req_failed` counts the failed requests as passes; its `rate` is 0..1, `rate_pct` 0..100.",
                "`p(95)` is `p95`; which percentiles are there is for the script to say.",
                "The machine-readable summary (`--new-machine-readable-summary`) lists no thresholds: `thresholds` is not carried.",
                "Of a run at a rate `dropped_iterations` were to be made and were not. Where those are more than were made, how fast it was proves nothing to a condition that asks neither for them nor for a rate (`metrics.http_reqs.rate`).",
                "A run in which every request failed has latencies of 0 and thresholds that hold.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        if machine_readable::is_of(shape) {
            return Fit::Sure;
        }
        let Some(metrics @ Shape::Map(_)) = shape.get("metrics") else { return Fit::No };
        let named = ["iterations", "http_reqs", "vus", "data_sent", "iteration_duration", "checks"]
            .iter()
            .any(|name| metrics.get(name).is_some());
        let measured = metrics.first_value().is_some_and(|metric| {
            metric.has(&["type", "values"]) || metric.has(&["avg"]) || metric.has(&["rate"])
        });
        let beside = ["root_group", "state", "options"].iter().any(|key| shape.has(&[key]));
        Fit::sure((named && (measured || beside)) || (beside && measured))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "k6");
        if input.sniff.json().is_some_and(machine_readable::is_of) {
            let summary = machine_readable::read(input, &mut reading)?;
            let (metrics, _) = measure(&mut reading, &summary)?;
            doubt(&mut reading, &summary, &metrics);
            reading.facts.metrics = Some(metrics);
            return Ok(reading);
        }
        let File { metrics } = input.json()?;
        let summary = Summary { metrics: metrics.into_inner() };
        let (metrics, thresholds) = measure(&mut reading, &summary)?;
        doubt(&mut reading, &summary, &metrics);
        reading.facts.thresholds = Some(thresholds);
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

/// What was measured, with a warning of what has no sample; and the thresholds.
fn measure(reading: &mut Reading, summary: &Summary<'_>) -> Result<(Metrics, Tally), Broken> {
    let mut metrics = Metrics::default();
    let mut thresholds = Tally::default();
    let (mut idle, mut unmeasured) = (Vec::new(), 0);
    for (name, metric) in &summary.metrics {
        metric.counts(name)?;
        if summary.is_without_samples(name, metric) {
            idle.extend(metric.thresholds.is_some().then(|| name.to_string()));
            unmeasured += metric.thresholds.as_ref().map_or(0, |of| of.iter().count() as u64);
            continue;
        }
        metric.count_thresholds(name, &mut thresholds);
        metric.measure(name, &mut metrics);
    }
    if !idle.is_empty() {
        let (metrics, named) = (counted(idle.len() as u64, "metric"), listed(&idle, 4));
        reading.warn(format!(
                "The thresholds of {metrics} without a sample left out, for they hold of nothing: {named}."
            ));
    }
    if let Some(checks) = summary.metrics.get("checks") {
        reading.facts.checks = checks.evaluations();
    }
    thresholds.unmeasured = Some(unmeasured);
    Ok((metrics, thresholds))
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    metrics: Map<'a, Metric<'a>>,
}

/// The metrics by name, of whatever shape.
struct Summary<'a> {
    metrics: BTreeMap<Str<'a>, Metric<'a>>,
}

impl Summary<'_> {
    /// Whether k6 lists a metric for its thresholds alone, and nothing was measured by it: then all
    /// its figures are 0. What every request is timed by may be 0 of each (no TLS).
    fn is_without_samples(&self, name: &str, metric: &Metric<'_>) -> bool {
        let of_requests = name.starts_with("http_req_") && !name.contains('{');
        let requests = self.metrics.get("http_reqs").and_then(|of| of.statistic("count"));
        let timed = of_requests && requests.is_some_and(|count| count > 0.0) && !metric.is_rate();
        !timed && metric.is_without_samples()
    }
}

#[derive(Deserialize)]
struct Metric<'a> {
    /// Nested: the statistics.
    #[serde(borrow)]
    values: Option<Map<'a, Option<f64>>>,
    thresholds: Option<Map<'a, Threshold>>,
    /// Flat: the statistics stand beside the thresholds.
    #[serde(flatten)]
    flat: Map<'a, Figure>,
}

/// A statistic of the flat shape, or something else that stands beside.
#[derive(Deserialize)]
#[serde(untagged)]
enum Figure {
    Number(f64),
    Other(IgnoredAny),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Threshold {
    Crossed(bool),
    Nested { ok: bool },
}

/// How the metrics of k6 itself begin that count.
const OF_K6: [&str; 4] = ["http_req", "iteration", "dropped_iterations", "data_"];

impl Metric<'_> {
    fn count_thresholds(&self, name: &str, tally: &mut Tally) {
        for (limit, threshold) in self.thresholds.iter().flatten() {
            let holds = match threshold {
                Threshold::Crossed(crossed) => !crossed,
                Threshold::Nested { ok } => *ok,
            };
            tally.add(holds, || format!("{name}: {limit}"));
        }
    }

    fn statistic(&self, name: &str) -> Option<f64> {
        match &self.values {
            Some(values) if values.contains_key("matches") => machine_readable::rate(values, name),
            Some(values) => values.get(name).copied().flatten(),
            None => match self.flat.get(name)? {
                Figure::Number(number) => Some(*number),
                Figure::Other(_) => None,
            },
        }
    }

    /// Refuses a metric with a count that is none: what is left out would pass for 0. A script may
    /// add anything to a counter of its own, but a number.
    fn counts(&self, name: &str) -> Result<(), Broken> {
        let of_script = !OF_K6.iter().any(|begins| name.starts_with(begins));
        for statistic in ["passes", "fails", "matches", "total", "count"] {
            let number = self.statistic(statistic);
            let stands = match &self.values {
                Some(values) => values.get(statistic).is_some_and(Option::is_some),
                None => self.flat.contains_key(statistic),
            } || number.is_some();
            let is_count = number.is_some_and(|number| {
                of_script && statistic == "count" || Count::of(number).is_some()
            });
            if stands && !is_count {
                let name = text::bounded(name, 60);
                return Err(Broken::new(format!("`{statistic}` of {name} is no count.")));
            }
        }
        Ok(())
    }

    fn statistics(&self) -> Vec<String> {
        match &self.values {
            Some(values) => values.keys().map(|name| name.to_string()).collect(),
            None => {
                let is_number = |figure: &Figure| matches!(figure, Figure::Number(_));
                let numbers = self.flat.iter().filter(|(_, figure)| is_number(figure));
                numbers.map(|(name, _)| name.to_string()).collect()
            }
        }
    }

    /// Of a rate no evaluation, of a trend a count of 0 or nothing but zeros. Counters and gauges
    /// that stand at 0 say so.
    fn is_without_samples(&self) -> bool {
        if let Some((passes, fails)) = self.statistic("passes").zip(self.statistic("fails")) {
            return passes + fails == 0.0;
        }
        let is_trend = ["rate", "value"].iter().all(|name| self.statistic(name).is_none());
        let names = self.statistics();
        let is_zero = |name: &String| self.statistic(name).is_none_or(|figure| figure == 0.0);
        is_trend
            && match self.statistic("count") {
                Some(count) => count == 0.0,
                None => !names.is_empty() && names.iter().all(is_zero),
            }
    }

    /// A share of evaluations rather than a speed.
    fn is_rate(&self) -> bool {
        self.statistic("passes").is_some()
    }

    fn share(&self) -> Option<f64> {
        self.statistic("rate").or_else(|| self.statistic("value"))
    }

    /// Whether every evaluation came out true, by the share or by the counts.
    fn is_all(&self) -> bool {
        let counts = self.statistic("passes").zip(self.statistic("fails"));
        self.share().is_some_and(|share| share >= 1.0)
            || counts.is_some_and(|(passes, fails)| passes > 0.0 && fails == 0.0)
    }

    fn evaluations(&self) -> Option<Tally> {
        let whole = |name| self.statistic(name).filter(|number| *number >= 0.0);
        let (passes, fails) = (whole("passes")? as u64, whole("fails")? as u64);
        Some(Tally::of(passes.saturating_add(fails), fails))
    }

    fn measure(&self, name: &str, metrics: &mut Metrics) {
        if let Some(share) = self.share().filter(|_| self.is_rate()) {
            metrics.set(name, "rate", share);
            metrics.set(name, "rate_pct", share * 100.0);
            return;
        }
        for statistic in self.statistics() {
            if let Some(figure) = self.statistic(&statistic) {
                metrics.set(name, &plain(&statistic), figure);
            }
        }
        if let Some(median) = self.statistic("med") {
            metrics.set(name, "p50", median);
        }
    }
}

/// `p(95)` is `p95`.
fn plain(statistic: &str) -> String {
    statistic.replace(['(', ')'], "")
}

fn doubt(reading: &mut Reading, summary: &Summary<'_>, metrics: &Metrics) {
    let count = |name: &str| metrics.by_name.get(name).and_then(|of| of.get("count").copied());
    let made = ["iterations", "http_reqs", "grpc_reqs", "ws_sessions", "browser_http_req_duration"];
    if made.iter().all(|name| count(name).unwrap_or(0.0) == 0.0) && !measured(summary) {
        reading.doubt(Rule::NothingLookedAt, "k6 made 0 iterations and 0 requests.");
        return;
    }
    // A counter without a sample is left out; setup and teardown are timed as iterations are.
    let left_out =
        || ["http_reqs", "iteration_duration"].iter().all(|of| summary.metrics.contains_key(*of));
    if count("iterations").map_or_else(left_out, |count| count == 0.0) {
        let why = "k6 made 0 iterations: its requests are those of setup and teardown.";
        reading.doubt(Rule::NothingLookedAt, why);
    }
    let whole = |name: &str| count(name).unwrap_or(0.0) as u64;
    load::dropped(reading, whole("iterations"), whole("dropped_iterations"), "iteration");
    let requests = count("http_reqs").unwrap_or(0.0);
    let failed = summary.metrics.get("http_req_failed");
    if let Some(share) = failed.and_then(Metric::share) {
        load::attempts(reading, requests as u64, (requests * share).round() as u64, "request");
    }
    if requests > 0.0 && failed.is_some_and(Metric::is_all) {
        let requests = counted(requests as u64, "request");
        reading.doubt(Rule::ToolFailed, format!("All {requests} of k6 failed."));
    }
}

/// Whether an iteration was timed: a summary may leave the counters out.
fn measured(summary: &Summary<'_>) -> bool {
    let time = |metric: &Metric<'_>| metric.statistic("max").is_some_and(|max| max > 0.0);
    summary.metrics.get("iteration_duration").is_some_and(time)
        || summary.metrics.get("browser_http_req_duration").is_some_and(time)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn thresholds_that_were_crossed_are_named() {
        let text = r#"{"root_group": {}, "metrics": {"iterations": {"count": 9, "rate": 1},
            "http_req_duration": {"avg": 1, "p(95)": 100, "thresholds": {"p(95)<90": true,
            "p(95)<500": false}}}}"#;
        let thresholds = reading("k6-summary", text).facts.thresholds.unwrap();
        assert_eq!((thresholds.total, thresholds.failed), (2, 1));
        assert_eq!(thresholds.crossed, ["http_req_duration: p(95)<90"]);
    }

    #[test]
    fn requests_of_setup_alone_prove_nothing() {
        let summary = |iterations: u64| {
            format!(
                r#"{{"root_group": {{}}, "metrics": {{"http_reqs": {{"count": 10, "rate": 1}},
                "http_req_duration": {{"avg": 1, "p(95)": 100}},
                "iterations": {{"count": {iterations}, "rate": 1}}}}}}"#
            )
        };
        let timed = r#""iteration_duration": {"avg": 1, "max": 3}"#;
        let absent = summary(0).replace(r#""iterations": {"count": 0, "rate": 1}"#, timed);
        proves(
            "k6-summary",
            &[
                (&summary(10), ""),
                (&summary(0), "made 0 iterations"),
                (&absent, "made 0 iterations"),
                (&absent.replace("http_reqs", "ws_msgs_sent"), ""),
            ],
        );
    }

    #[test]
    fn a_metric_without_a_sample_tells_nothing() {
        let zeros = r#""avg": 0, "min": 0, "med": 0, "max": 0, "p(95)": 0"#;
        let metrics = |requests: u64| {
            format!(
                r#"{{"root_group": {{}}, "metrics": {{"iterations": {{"count": 9, "rate": 1}},
                "http_reqs": {{"count": {requests}, "rate": 1}},
                "http_req_duration": {{{zeros}, "thresholds": {{"p(95)<500": false}}}},
                "http_req_duration{{name:pay}}": {{{zeros}, "thresholds": {{"p(95)<500": false}}}},
                "http_req_failed": {{"passes": 0, "fails": {requests}, "value": 0,
                "thresholds": {{"rate<0.01": false}}}},
                "errors": {{"count": 0, "rate": 0, "thresholds": {{"count<1": false}}}},
                "waiting": {{"avg": 0, "max": 0, "count": {requests}}}}}}}"#
            )
        };
        for (requests, held, known) in [
            (0, 1, vec!["errors", "http_reqs", "iterations"]),
            (
                5,
                3,
                vec![
                    "errors",
                    "http_req_duration",
                    "http_req_failed",
                    "http_reqs",
                    "iterations",
                    "waiting",
                ],
            ),
        ] {
            let read = reading("k6-summary", &metrics(requests));
            let thresholds = read.facts.thresholds.unwrap();
            assert_eq!((thresholds.total, thresholds.unmeasured), (held, Some(4 - held)));
            let names: Vec<String> = read.facts.metrics.unwrap().by_name.into_keys().collect();
            assert_eq!(names, known);
            assert!(
                read.warnings[0].contains("http_req_duration{name:pay}"),
                "{:?}",
                read.warnings
            );
        }
    }
}
