//! k6 summaries, in both shapes: what `handleSummary` gets, and the flat `--summary-export`.
//!
//! In the flat shape `thresholds: {"p(95)<500": true}` means that the threshold was *crossed*; in
//! the nested one `{"ok": true}` means that it held.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::json::Map;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells};
use crate::facts::{Metrics, Tally};
use crate::model::{Reading, Rule, counted};

pub(super) struct K6Summary;

impl Format for K6Summary {
    fn id(&self) -> &'static str {
        "k6-summary"
    }

    fn about(&self) -> About {
        About {
            tool: "k6",
            recognised: "`metrics` with k6's own names or shapes, beside `root_group`, `state` or `options`",
            carries: &["metrics", "thresholds", "checks"],
            tells: Tells::NOTHING,
            source: "https://grafana.com/docs/k6/latest/results-output/end-of-test/custom-summary/",
            clean: "Requests or iterations were made and not all of them failed.",
            vacuous: "0 iterations, whatever requests `setup()` made; every request failed.",
            blank: Blanks::NONE,
            notes: &[
                "Flat exports say `true` of a crossed threshold, nested ones `ok: true` of one that held.",
                "`http_req_failed` counts the failed requests as passes; its `rate` is 0..1, `rate_pct` 0..100.",
                "`p(95)` is `p95`; which percentiles are there is for the script to say.",
                "A run in which every request failed has latencies of 0 and thresholds that hold.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
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
        let summary: Summary<'_> = input.json()?;
        let mut reading = Reading::of(self.id());
        reading.tool = Some("k6".to_owned());
        let mut metrics = Metrics::default();
        let mut thresholds = Tally::default();
        for (name, metric) in &summary.metrics {
            metric.count_thresholds(name, &mut thresholds);
            metric.measure(name, &mut metrics);
        }
        if let Some(checks) = summary.metrics.get("checks") {
            reading.facts.checks = checks.evaluations();
        }
        doubt(&mut reading, &summary, &metrics);
        reading.facts.thresholds = Some(thresholds);
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Summary<'a> {
    #[serde(borrow)]
    metrics: Map<'a, Metric<'a>>,
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
            Some(values) => values.get(name).copied().flatten(),
            None => match self.flat.get(name)? {
                Figure::Number(number) => Some(*number),
                Figure::Other(_) => None,
            },
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
        let names = match &self.values {
            Some(values) => values.keys().cloned().collect::<Vec<_>>(),
            None => self.flat.keys().cloned().collect(),
        };
        for statistic in names {
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
    if count("iterations") == Some(0.0) && !measured(summary) {
        let why = "k6 made 0 iterations: its requests are those of setup and teardown.";
        reading.doubt(Rule::NothingLookedAt, why);
    }
    let requests = count("http_reqs").unwrap_or(0.0);
    let failed = summary.metrics.get("http_req_failed");
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
        proves("k6-summary", &[(&summary(10), ""), (&summary(0), "made 0 iterations")]);
    }
}
