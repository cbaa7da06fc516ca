//! The report of mutation testing elements, which Stryker, StrykerJS, Stryker.NET and PIT's plug-in write.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::mutants;
use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::{Metrics, Tally};
use crate::model::{Reading, Rule};

pub(super) struct Stryker;

impl Format for Stryker {
    fn id(&self) -> &'static str {
        "stryker"
    }

    fn about(&self) -> About {
        About {
            tool: "Stryker (JavaScript, .NET, Scala), Infection",
            recognised: "`files` with `mutants`, beside `schemaVersion` and `thresholds`",
            carries: &["metrics", "thresholds"],
            tells: Tells::NOTHING,
            source: "https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema",
            clean: "Mutants were tested: `metrics.mutation_score.value` says how many of 100 were found.",
            vacuous: "0 mutants that could be tested; some that count as found, all of which ran out of time.",
            blank: Blanks::NONE,
            notes: &[
                "The score is (killed + timed out) of (killed + timed out + survived + not covered), as Stryker counts; ignored and invalid mutants are out of it.",
                "A mutant that ran out of time counts as found, and no test failed of it: where all that were found did, the tests may hang by themselves.",
                "Each status is a metric of its own with its `count`. `thresholds.break`, where it is set, is a threshold.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["schemaVersion", "thresholds"])
                && shape.get("files").is_some_and(|files| {
                    files.first_value().is_none_or(|file| file.has(&["mutants"]))
                })
                && shape.has_map("files")
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Stryker");
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for (_, file) in &report.files {
            for mutant in &file.mutants {
                *counts
                    .entry(metric(mutant.status.as_deref().unwrap_or("Pending")))
                    .or_default() += 1;
            }
        }
        let of = |names: &[&str]| names.iter().filter_map(|name| counts.get(*name)).sum::<u64>();
        let detected = of(&["killed", "timeout"]);
        let valid = detected + of(&["survived", "no_coverage"]);
        let mut metrics = Metrics::default();
        counts.iter().for_each(|(name, count)| metrics.set(name, "count", *count as f64));
        if valid == 0 {
            reading.doubt(Rule::NothingLookedAt, "The report holds 0 mutants that were tested.");
        } else {
            let score = detected as f64 * 100.0 / valid as f64;
            metrics.set("mutation_score", "value", score);
            reading.facts.thresholds = report
                .thresholds
                .and_then(|thresholds| thresholds.stop.get())
                .map(|least| Tally::of(1, u64::from(score < least)));
        }
        mutants::timed_out(&mut reading, detected, of(&["timeout"]));
        if of(&["pending"]) > 0 {
            reading.doubt(Rule::ToolFailed, "Some mutants are pending: the run did not end.");
        }
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

/// `NoCoverage` as `no_coverage`.
fn metric(status: &str) -> String {
    let mut name = String::with_capacity(status.len() + 1);
    for letter in status.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    files: Map<'a, File<'a>>,
    thresholds: Option<Thresholds>,
}

#[derive(Deserialize)]
struct Thresholds {
    #[serde(default, rename = "break")]
    stop: Num,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    mutants: Vec<Mutant<'a>>,
}

#[derive(Deserialize)]
struct Mutant<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
}
