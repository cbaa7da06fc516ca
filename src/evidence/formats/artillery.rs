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
            vacuous: "0 requests and 0 virtual users; every virtual user failed; every answer was a failure of HTTP.",
            blank: Blanks::NONE,
            notes: &[
                "Metrics keep Artillery's names: counters under `count`, rates under `rate`, summaries (milliseconds) under their statistics.",
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
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

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
            (r#", "http.codes.200": 5"#, ""),
            (r#", "http.codes.302": 1, "http.codes.404": 4"#, ""),
            (r#", "http.codes.500": 5"#, "All 5 requests of Artillery failed"),
            (r#", "engine.http.codes.404": 1, "engine.http.codes.503": 4"#, "All 5 requests"),
        ] {
            proves("artillery", &[(&report(codes), why)]);
        }
        proves("artillery", &[(old, "All 5 requests"), (&old.replace("503", "200"), "")]);
    }
}
