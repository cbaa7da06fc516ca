//! pytest-benchmark's `--benchmark-json`.

use serde::Deserialize;

use crate::evidence::json::{Count, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Metrics;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct PytestBenchmark;

impl Format for PytestBenchmark {
    fn id(&self) -> &'static str {
        "pytest-benchmark"
    }

    fn about(&self) -> About {
        About {
            tool: "pytest-benchmark",
            recognised: "`benchmarks` with `stats`, beside `machine_info`",
            carries: &["metrics"],
            tells: Tells::NOTHING
                .time("`datetime`")
                .version("`version`")
                .commit("`commit_info.id`, where the tree was not dirty"),
            source: "https://pytest-benchmark.readthedocs.io/en/latest/usage.html",
            clean: "Benchmarks are listed with their times.",
            vacuous: "0 benchmarks.",
            blank: Blanks::NONE,
            notes: &[
                "A metric is a benchmark by its full name; its times are seconds, `rate` is rounds a second.",
                "A dirty tree is not of its commit: what was measured there proves nothing.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has_list("benchmarks") && shape.has(&["machine_info", "commit_info"])
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "pytest-benchmark");
        reading.tool_version = text::said(&report.version);
        reading.produced_at = report.datetime.as_deref().map(ProducedAt::parse);
        if report.commit.as_ref().is_some_and(|commit| commit.dirty == Some(true)) {
            reading.doubt(Rule::OtherCode, "It was measured with changes that are in no commit.");
        }
        let clean = report.commit.filter(|commit| commit.dirty != Some(true));
        // `unknown` and `unversioned` stand where there is no repository.
        reading.commit = clean.and_then(|commit| text::commit(&commit.id));
        let mut metrics = Metrics::default();
        for benchmark in &report.benchmarks {
            let name =
                benchmark.fullname.as_deref().or(benchmark.name.as_deref()).unwrap_or_default();
            let stats = &benchmark.stats;
            let figures = [
                ("avg", stats.mean),
                ("min", stats.min),
                ("max", stats.max),
                ("med", stats.median),
                ("rate", stats.ops),
            ];
            for (statistic, figure) in figures {
                figure.get().into_iter().for_each(|figure| metrics.set(name, statistic, figure));
            }
            if let Some(Count(rounds)) = stats.rounds {
                metrics.set(name, "count", rounds as f64);
            }
        }
        if report.benchmarks.is_empty() {
            reading.doubt(Rule::NothingLookedAt, "The report holds 0 benchmarks.");
        }
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    datetime: Option<Str<'a>>,
    #[serde(rename = "commit_info")]
    commit: Option<Commit<'a>>,
    benchmarks: Vec<Benchmark<'a>>,
}

#[derive(Deserialize)]
struct Commit<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    dirty: Option<bool>,
}

#[derive(Deserialize)]
struct Benchmark<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    fullname: Option<Str<'a>>,
    stats: Stats,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Stats {
    min: Num,
    max: Num,
    mean: Num,
    median: Num,
    ops: Num,
    rounds: Option<Count>,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_word_for_no_repository_is_no_commit() {
        let commit = |id: &str| {
            let text = format!(
                r#"{{"machine_info": {{}}, "commit_info": {{"id": "{id}", "dirty": false}},
                "benchmarks": [{{"name": "pays", "stats": {{"mean": 0.1}}}}], "version": "5.1.0"}}"#
            );
            reading("pytest-benchmark", &text).commit
        };
        assert_eq!(commit("unversioned"), None);
        assert_eq!(commit("unknown"), None);
        assert_eq!(commit("4f2a9c1").as_deref(), Some("4f2a9c1"));
    }

    #[test]
    fn what_was_measured_with_changes_proves_nothing() {
        let of = |dirty: bool| {
            format!(
                r#"{{"machine_info": {{}}, "commit_info": {{"id": "4f2a9c1", "dirty": {dirty}}},
                "benchmarks": [{{"name": "pays", "stats": {{"mean": 0.1}}}}], "version": "5.1.0"}}"#
            )
        };
        proves("pytest-benchmark", &[(&of(false), ""), (&of(true), "in no commit")]);
    }
}
