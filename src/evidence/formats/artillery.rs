//! Artillery's JSON report, of version 2 and of version 1.

use serde::Deserialize;

use crate::evidence::family::load;
use crate::evidence::json::{Count, Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::Metrics;
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct Artillery;

impl Format for Artillery {
    fn id(&self) -> &'static str {
        "artillery"
    }

    fn about(&self) -> About {
        About {
            tool: "Artillery",
            recognised: "`aggregate` with `counters` (version 2), or with `latency` and `codes` (version 1)",
            carries: &["metrics"],
            tells: Tells::NOTHING.time("`lastMetricAt` or `timestamp` of `aggregate`"),
            source: "https://www.artillery.io/docs/reference/reporting-plugins",
            clean: "Requests or virtual users were made and not all failed.",
            vacuous: "0 requests and 0 virtual users; every virtual user failed; users that came to no end: a run that was cut off; every answer was a failure of HTTP.",
            blank: Blanks::NONE,
            notes: &[
                "Metrics keep Artillery's names: counters under `count`, rates under `rate`, summaries (milliseconds) under their statistics.",
                "Beside them stand the names that all load tools share: `requests.count`, `failures.count` (answers of 400 and above, `errors.*`, and what the plugin `expect` found wrong, as far as there were requests) and `response_time_ms`.",
                "Version 1 is given under the names of version 2.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .and_then(|shape| shape.get("aggregate"))
                .is_some_and(|whole| whole.has_map("counters") || whole.has(&["latency", "codes"])),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let Report { aggregate } = input.json()?;
        let mut reading = Reading::by(self.id(), "Artillery");
        let made = aggregate.last.or(aggregate.timestamp);
        reading.produced_at = made.as_deref().map(|raw| match text::number(raw) {
            Some(_) => when::epoch(raw),
            None => ProducedAt::parse(raw),
        });
        let mut metrics = Metrics::default();
        for (name, count) in aggregate.counters.iter().flatten() {
            metrics.set(name, "count", counter(name, *count)?);
        }
        for (name, rate) in aggregate.rates.iter().flatten() {
            rate.get().into_iter().for_each(|rate| metrics.set(name, "rate", rate));
        }
        for (name, summary) in aggregate.summaries.iter().flatten() {
            summarise(&mut metrics, name, summary)?;
        }
        let one = [
            ("vusers.created", aggregate.created),
            ("vusers.completed", aggregate.completed),
            ("http.requests", aggregate.requests),
        ];
        for (name, count) in one {
            if let Some(Count(count)) = count {
                metrics.set(name, "count", count as f64);
            }
        }
        for (code, count) in aggregate.codes.iter().flatten() {
            let name = format!("http.codes.{code}");
            metrics.set(&name, "count", count.0 as f64);
        }
        if let (Some(created), Some(completed)) = (aggregate.created, aggregate.completed) {
            metrics.set("vusers.failed", "count", created.0.saturating_sub(completed.0) as f64);
        }
        if let Some(latency) = &aggregate.latency {
            summarise(&mut metrics, "http.response_time", latency)?;
        }
        doubt(&mut reading, &metrics);
        agreed(&mut metrics, aggregate.errors.as_ref());
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

/// The value of a counter. A script may add anything to its own; those of Artillery count.
fn counter(name: &str, value: f64) -> Result<f64, Broken> {
    let counts = ["vusers.", "http.", "errors.", "core.", "engine."];
    if counts.iter().any(|kind| name.starts_with(kind)) && Count::of(value).is_none() {
        let name = text::bounded(name, 60);
        return Err(Broken::new(format!("The counter `{name}` is {value}, which is no count.")));
    }
    Ok(value)
}

/// A run that did nothing, or in which nobody came to the end.
fn doubt(reading: &mut Reading, metrics: &Metrics) {
    // The second names are those of the first releases of version 2.
    let count = |names: [&str; 2]| {
        let counted = |name: &str| metrics.by_name.get(name).and_then(|of| of.get("count"));
        names.into_iter().find_map(counted).map_or(0, |count| *count as u64)
    };
    let users = count(["vusers.created", "core.vusers.created.total"]);
    let failed = count(["vusers.failed", "core.vusers.failed"]);
    load::attempts(reading, users, failed, "virtual user");
    if users == 0 {
        let requests = count(["http.requests", "engine.http.requests"]);
        load::doubt(reading, "Artillery", requests, 0);
    } else if failed >= users {
        let users = counted(users, "virtual user");
        reading.doubt(Rule::ToolFailed, format!("All {users} of Artillery failed."));
    } else if let Some((answers, failures)) = answers(metrics) {
        load::doubt(reading, "Artillery", answers, failures);
    }
    let completed = count(["vusers.completed", "core.vusers.completed"]);
    let ended = completed.saturating_add(failed);
    if ended < users {
        let users = counted(users, "virtual user");
        let why =
            format!("Artillery started {users}, of which {ended} came to an end: it was cut off.");
        reading.doubt(Rule::ToolFailed, why);
    }
}

/// Adds what every load tool is asked by: requests, failures, response times.
fn agreed(metrics: &mut Metrics, errors: Option<&Map<'_, Count>>) {
    let counted = |name: &str| metrics.by_name.get(name).and_then(|of| of.get("count")).copied();
    let requests = counted("http.requests").or_else(|| counted("engine.http.requests"));
    let sum = |begins: &str| {
        let of_kind = metrics.by_name.iter().filter(|(name, _)| name.starts_with(begins));
        of_kind.filter_map(|(_, of)| of.get("count")).sum::<f64>()
    };
    let told = errors.into_iter().flatten().map(|(_, count)| count.0 as f64).sum::<f64>();
    let answered = answers(metrics).map_or(0.0, |(_, failures)| failures as f64);
    let failures = answered + sum("errors.") + told;
    // An answer of 500 is none of 200 either: which of the expectations fail on answers that count
    // already is not told, but there are no more failures than requests. What the plug-in reports as an
    // error counts there.
    let unexpected = match sum("errors.Failed expectations for request") {
        0.0 => counted("plugins.expect.failed").unwrap_or(0.0),
        _ => 0.0,
    };
    let others = requests.map_or(f64::MAX, |requests| (requests - failures).max(0.0));
    let failures = failures + unexpected.min(others);
    let times = metrics
        .by_name
        .get("http.response_time")
        .or_else(|| metrics.by_name.get("engine.http.response_time"));
    let times: Vec<(String, f64)> =
        times.into_iter().flatten().map(|(of, at)| (of.clone(), *at)).collect();
    if let Some(requests) = requests {
        metrics.set("requests", "count", requests);
        metrics.set("failures", "count", failures);
    }
    for (statistic, millis) in times.into_iter().filter(|(statistic, _)| statistic != "count") {
        metrics.set("response_time_ms", &statistic, millis);
    }
}

/// How many requests were answered with a status of HTTP, and how many with that of a failure. The
/// first releases of version 2 put the engine's name before.
fn answers(metrics: &Metrics) -> Option<(u64, u64)> {
    let (mut answers, mut failures) = (0u64, 0u64);
    for (name, of) in &metrics.by_name {
        let name = name.strip_prefix("engine.").unwrap_or(name);
        let status = name.strip_prefix("http.codes.").and_then(|code| code.parse::<u16>().ok());
        let (Some(status), Some(count)) = (status, of.get("count")) else { continue };
        answers = answers.saturating_add(*count as u64);
        failures = failures.saturating_add(if status >= 400 { *count as u64 } else { 0 });
    }
    (answers > 0).then_some((answers, failures))
}

fn summarise(metrics: &mut Metrics, name: &str, summary: &Map<'_, Num>) -> Result<(), Broken> {
    for (statistic, value) in summary {
        let statistic = match &**statistic {
            "mean" => "avg",
            "median" => "med",
            "p999" => "p99.9",
            known => known,
        };
        let value = value.get();
        if statistic == "count" && value.and_then(Count::of).is_none() {
            let name = text::bounded(name, 60);
            return Err(Broken::new(format!("The summary `{name}` has a `count` that is none.")));
        }
        if let Some(value) = value {
            metrics.set(name, statistic, value);
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    aggregate: Aggregate<'a>,
}

#[derive(Deserialize)]
struct Aggregate<'a> {
    #[serde(borrow)]
    counters: Option<Map<'a, f64>>,
    rates: Option<Map<'a, Num>>,
    summaries: Option<Map<'a, Map<'a, Num>>>,
    #[serde(rename = "lastMetricAt")]
    last: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
    #[serde(rename = "scenariosCreated")]
    created: Option<Count>,
    #[serde(rename = "scenariosCompleted")]
    completed: Option<Count>,
    #[serde(rename = "requestsCompleted")]
    requests: Option<Count>,
    latency: Option<Map<'a, Num>>,
    codes: Option<Map<'a, Count>>,
    errors: Option<Map<'a, Count>>,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_run_that_was_answered_with_failures_alone_proves_nothing() {
        let report = |codes: &str| {
            format!(
                r#"{{"aggregate": {{"counters": {{"vusers.created": 5, "vusers.completed": 5{codes}}},
                "summaries": {{"http.response_time": {{"p95": 2}}}}}}}}"#
            )
        };
        let old = r#"{"aggregate": {"scenariosCreated": 5, "scenariosCompleted": 5, "requestsCompleted": 5,
            "latency": {"p95": 2}, "codes": {"503": 5}}}"#;
        for (codes, why) in [
            ("", ""),
            (r#", "vusers.failed": 0"#, ""),
            (r#", "http.codes.200": 5"#, ""),
            (r#", "http.codes.302": 1, "http.codes.404": 4"#, ""),
            (r#", "http.codes.500": 5"#, "All 5 requests of Artillery failed"),
            (r#", "engine.http.codes.404": 1, "engine.http.codes.503": 4"#, "All 5 requests"),
        ] {
            proves("artillery", &[(&report(codes), why)]);
        }
        proves("artillery", &[(old, "All 5 requests"), (&old.replace("503", "200"), "")]);
        let cut = report("").replace(r#""vusers.completed": 5"#, r#""vusers.completed": 1"#);
        proves("artillery", &[(&cut, "of which 1 came to an end")]);
    }

    #[test]
    fn what_was_answered_otherwise_than_expected_failed() {
        let text = r#"{"aggregate": {"counters": {"vusers.created": 5, "vusers.completed": 5, "http.requests": 5,
            "http.codes.200": 5, "plugins.expect.ok": 2, "plugins.expect.failed": 3}, "summaries": {}}}"#;
        let metrics = reading("artillery", text).facts.metrics.unwrap().by_name;
        assert_eq!(metrics["failures"]["count"], 3.0);
    }

    #[test]
    fn what_is_told_twice_is_no_more_than_was_asked() {
        for (counters, failures) in [
            (r#""http.codes.500": 5, "plugins.expect.failed": 5"#, 5.0),
            (r#""http.codes.500": 2, "http.codes.200": 3, "plugins.expect.failed": 2"#, 4.0),
            (r#""http.codes.200": 5, "plugins.expect.failed": 2"#, 2.0),
            (
                r#""http.codes.200": 5, "plugins.expect.failed": 4,
                "errors.Failed expectations for request /cart": 2"#,
                2.0,
            ),
        ] {
            let text = format!(
                r#"{{"aggregate": {{"counters": {{"vusers.created": 5, "vusers.completed": 5, "http.requests": 5,
                {counters}}}, "summaries": {{}}}}}}"#
            );
            let metrics = reading("artillery", &text).facts.metrics.unwrap();
            assert_eq!(metrics.by_name["failures"]["count"], failures, "{counters}");
        }
    }

    #[test]
    fn every_load_tool_is_asked_by_the_same_names() {
        let new = r#"{"aggregate": {"counters": {"vusers.created": 5, "vusers.completed": 4, "http.requests": 9,
            "http.codes.200": 6, "http.codes.500": 2, "errors.ETIMEDOUT": 1},
            "summaries": {"http.response_time": {"min": 1, "max": 9, "count": 8, "mean": 4, "median": 3, "p95": 8}}}}"#;
        let old = r#"{"aggregate": {"scenariosCreated": 5, "scenariosCompleted": 4, "requestsCompleted": 9,
            "latency": {"min": 1, "max": 9, "median": 3, "p95": 8}, "codes": {"200": 6, "500": 2},
            "errors": {"ETIMEDOUT": 1}}}"#;
        for (text, mean) in [(new, Some(4.0)), (old, None)] {
            let metrics = reading("artillery", text).facts.metrics.unwrap().by_name;
            assert_eq!(metrics["requests"]["count"], 9.0);
            assert_eq!(metrics["failures"]["count"], 3.0);
            let times = &metrics["response_time_ms"];
            assert_eq!(
                (times["min"], times["med"], times["max"], times["p95"]),
                (1.0, 3.0, 9.0, 8.0)
            );
            assert_eq!(times.get("avg").copied(), mean);
            assert!(!times.contains_key("count"));
        }
    }
}
