//! k6's machine-readable summary (`--new-machine-readable-summary`): metrics in lists, and rates by their
//! matches. It is told in the words of the other shapes.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Metric, Summary};
use crate::evidence::json::{Map, Str};
use crate::evidence::{Broken, Input, Shape, text};
use crate::model::{ProducedAt, Reading};

/// Whether a document is of this shape.
pub(super) fn is_of(shape: &Shape<'_>) -> bool {
    shape.at(&["metadata", "k6Version"]).is_some()
        && shape.get("results").is_some_and(|results| results.has_list("metrics"))
}

/// Its metrics by name, `checks` among them; when and by which k6 it was made goes into the reading.
pub(super) fn read<'a>(input: &Input<'a>, reading: &mut Reading) -> Result<Summary<'a>, Broken> {
    let Document { metadata, results } = input.json()?;
    reading.produced_at = metadata.made.as_deref().map(ProducedAt::parse);
    reading.tool_version = text::said(&metadata.version);
    let mut metrics = BTreeMap::new();
    for Named { name, metric } in results.metrics {
        put(&mut metrics, name, metric)?;
    }
    for Named { name, metric } in
        results.checks.and_then(|checks| checks.metrics).unwrap_or_default()
    {
        if &*name == "checks_succeeded" {
            put(&mut metrics, Str::from("checks".to_owned()), metric)?;
        }
    }
    Ok(Summary { metrics })
}

fn put<'a>(
    metrics: &mut BTreeMap<Str<'a>, Metric<'a>>,
    name: Str<'a>,
    metric: Metric<'a>,
) -> Result<(), Broken> {
    if metrics.contains_key(&*name) {
        let name = text::bounded(&name, 60);
        return Err(Broken::new(format!("The metric {name} stands twice.")));
    }
    metrics.insert(name, metric);
    Ok(())
}

/// A statistic of a rate by the name that it has in the other shapes. More matches than there are
/// evaluations make a count that is none.
pub(super) fn rate(values: &Map<'_, Option<f64>>, name: &str) -> Option<f64> {
    let stands = |name: &str| values.get(name).copied().flatten();
    match name {
        "passes" => stands("matches"),
        "fails" => Some(stands("total")? - stands("matches")?),
        name => stands(name),
    }
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    metadata: Metadata<'a>,
    results: Results<'a>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow, rename = "generatedAt")]
    made: Option<Str<'a>>,
    #[serde(rename = "k6Version")]
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Results<'a> {
    #[serde(borrow)]
    metrics: Vec<Named<'a>>,
    checks: Option<Checks<'a>>,
}

#[derive(Deserialize)]
struct Checks<'a> {
    #[serde(borrow)]
    metrics: Option<Vec<Named<'a>>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Str<'a>,
    #[serde(flatten)]
    metric: Metric<'a>,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn summary(failed: u64, succeeded: u64) -> String {
        format!(
            r#"{{"version": "1.0.0", "metadata": {{"generatedAt": "2026-01-15T10:00:00Z", "k6Version": "1.5.0"}},
            "results": {{"checks": {{"metrics": [{{"name": "checks_succeeded", "type": "rate",
            "values": {{"matches": {succeeded}, "rate": 0.5, "total": 8}}}}]}}, "metrics": [
            {{"name": "http_req_failed", "type": "rate", "values": {{"matches": {failed}, "rate": 0.25, "total": 4}}}},
            {{"name": "http_req_duration", "type": "trend", "values": {{"avg": 9, "p(95)": 20}}}},
            {{"name": "http_reqs", "type": "counter", "values": {{"count": 4}}}},
            {{"name": "iterations", "type": "counter", "values": {{"count": 4}}}}]}}}}"#
        )
    }

    #[test]
    fn it_is_told_in_the_words_of_the_other_shapes() {
        let read = reading("k6-summary", &summary(1, 6));
        assert_eq!(read.tool_version.as_deref(), Some("1.5.0"));
        let metrics = read.facts.metrics.unwrap().by_name;
        assert_eq!(metrics["http_req_failed"]["rate_pct"], 25.0);
        assert_eq!(metrics["http_req_duration"]["p95"], 20.0);
        let checks = read.facts.checks.unwrap();
        assert_eq!((checks.total, checks.failed), (8, 2));
        assert!(read.facts.thresholds.is_none());
    }

    #[test]
    fn a_match_is_a_request_that_failed() {
        let twice = summary(1, 6).replace("http_reqs", "iterations");
        proves(
            "k6-summary",
            &[
                (&summary(0, 8), ""),
                (&summary(4, 8), "All 4 requests of k6 failed"),
                (&summary(5, 8), "`fails` of http_req_failed is no count"),
                (&twice, "iterations stands twice"),
            ],
        );
    }
}
