//! `autocannon --json`.

use serde::Deserialize;

use crate::evidence::family::load;
use crate::evidence::json::{Count, Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::Metrics;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Autocannon;

impl Format for Autocannon {
    fn id(&self) -> &'static str {
        "autocannon"
    }

    fn about(&self) -> About {
        About {
            tool: "autocannon",
            recognised: "`latency` and `throughput` beside `non2xx` and `requests`",
            carries: &["metrics"],
            tells: Tells::NOTHING.time("`finish`"),
            source: "https://github.com/mcollina/autocannon#api",
            clean: "Requests were made and not all failed; what was sent and never answered has failed.",
            vacuous: "0 requests; every request failed.",
            blank: Blanks::NONE,
            notes: &[
                "Failures are errors (time-outs among them), answers other than 2xx, and `mismatches`: answers with another body than `--expectBody` asks for. One answer may be two of them.",
                "Latencies are milliseconds; `p97_5` is p97.5.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["latency", "throughput", "non2xx"]) && shape.has_map("requests")
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "autocannon");
        reading.produced_at = report.finish.as_deref().map(ProducedAt::parse);
        let Count(answered) = report.requests.total.unwrap_or_default();
        let closes = report.closes_each(answered);
        let lost = if closes { 0 } else { report.lost(answered) };
        let failures = [report.errors, report.non2xx, report.mismatches.unwrap_or(0), lost];
        let failures = failures.into_iter().fold(0, u64::saturating_add);
        let requests = answered.saturating_add(report.errors).saturating_add(lost);
        let mut metrics = Metrics::default();
        metrics.set("requests", "count", requests as f64);
        metrics.set("failures", "count", failures as f64);
        if let Some(rate) = report.requests.average.get() {
            metrics.set("requests", "rate", rate);
        }
        for (name, value) in &report.latency {
            let Some(value) = value.get() else { continue };
            match &**name {
                "average" => metrics.set("response_time_ms", "avg", value),
                "min" | "max" => metrics.set("response_time_ms", name, value),
                name if name.starts_with('p') => {
                    metrics.set("response_time_ms", &name.replace('_', "."), value);
                }
                _ => {}
            }
        }
        load::doubt(&mut reading, "autocannon", requests, failures);
        if closes {
            let why = "autocannon sent about twice as many requests as were answered: the server closes each \
                connection, or half of them was never answered. Nothing tells which.";
            reading.doubt(Rule::Unreadable, why);
        }
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    finish: Option<Str<'a>>,
    errors: u64,
    non2xx: u64,
    mismatches: Option<u64>,
    latency: Map<'a, Num>,
    requests: Requests,
    connections: Option<Count>,
    pipelining: Option<Count>,
}

impl Report<'_> {
    /// Whether each answered request was sent about twice, as autocannon counts it where the server closes
    /// each connection: it sends again what it may not have sent.
    fn closes_each(&self, answered: u64) -> bool {
        /// What lies between is one in so many of those answered.
        const NEAR: u64 = 50;
        let lost = self.lost(answered);
        lost > 0 && lost.abs_diff(answered) <= answered / NEAR
    }

    /// How many requests were sent and neither answered nor counted as errors, but for those that may
    /// have been on their way at the end: a server that closes the connection is in no other count.
    fn lost(&self, answered: u64) -> u64 {
        let (Some(Count(sent)), Some(Count(connections))) = (self.requests.sent, self.connections)
        else {
            return 0;
        };
        let pipelining = self.pipelining.map_or(1, |Count(pipelining)| pipelining);
        let on_their_way = connections.saturating_mul(pipelining);
        let told = answered.saturating_add(self.errors).saturating_add(on_their_way);
        sent.saturating_sub(told)
    }
}

/// How many requests were answered, in all and each second.
#[derive(Deserialize)]
struct Requests {
    total: Option<Count>,
    sent: Option<Count>,
    #[serde(default)]
    average: Num,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(sent: u64, answered: u64, connections: u64) -> String {
        format!(
            r#"{{"url": "http://a/", "connections": {connections}, "pipelining": 1, "errors": 0, "non2xx": 0,
            "latency": {{"average": 2}}, "throughput": {{}}, "requests": {{"total": {answered}, "sent": {sent}}}}}"#
        )
    }

    #[test]
    fn what_a_dead_server_never_answered_failed() {
        let failures = |text: &str| {
            reading("autocannon", text).facts.metrics.unwrap().by_name["failures"]["count"]
        };
        assert_eq!(failures(&report(30, 20, 10)), 0.0, "ten may have been on their way");
        assert_eq!(failures(&report(29_144, 20, 10)), 29_114.0);
        assert_eq!(failures(&report(2_002, 1_000, 10)), 0.0, "nobody can tell");
        proves("autocannon", &[(&report(2_002, 1_000, 10), "Nothing tells which")]);
        proves("autocannon", &[(&report(40, 0, 10), "All 30 requests of autocannon failed")]);
    }
}
