//! `mutants.out/outcomes.json` of cargo-mutants.

use serde::Deserialize;

use crate::evidence::family::listed;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Metrics;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct CargoMutants;

impl Format for CargoMutants {
    fn id(&self) -> &'static str {
        "cargo-mutants"
    }

    fn about(&self) -> About {
        About {
            tool: "cargo-mutants",
            recognised: "`outcomes` of a `scenario` with `phase_results`",
            carries: &["metrics"],
            tells: Tells::NOTHING
                .time("`end_time`, else `start_time`")
                .version("`cargo_mutants_version`"),
            source: "https://mutants.rs/mutants-out.html",
            clean: "Mutants were tested: `metrics.mutation_score.value` says how many of 100 were caught.",
            vacuous: "0 mutants that were tested, as `--check` leaves it; a baseline that failed; a run without an end.",
            blank: Blanks::NONE,
            notes: &[
                "The score is caught of (caught + missed + timed out); unviable mutants are out of it. cargo-mutants fails for a mutant that timed out, where Stryker takes it for found.",
                "Each kind is a metric of its own with its `count`: `caught`, `missed`, `timeout`, `unviable`, and `success` for those that `--check` only built.",
                "The file is written as the run goes on: until its end `end_time` is null.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .and_then(|shape| shape.first_of("outcomes"))
                .is_some_and(|outcome| outcome.has(&["scenario", "phase_results"])),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let run: Run<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "cargo-mutants");
        reading.tool_version = text::said(&run.version);
        let made = run.ended.as_deref().or(run.began.as_deref());
        reading.produced_at = made.map(ProducedAt::parse);
        let [caught, missed, timeout, unviable, success] = run.counts();
        let mut metrics = Metrics::default();
        for (name, count) in [
            ("caught", caught),
            ("missed", missed),
            ("timeout", timeout),
            ("unviable", unviable),
            ("success", success),
        ] {
            metrics.set(name, "count", count as f64);
        }
        let tested = caught + missed + timeout;
        if run.baseline_failed() {
            let why = "The tests failed before anything was mutated: no mutant was tested.";
            reading.doubt(Rule::ToolFailed, why);
        } else if tested == 0 {
            reading.doubt(Rule::NothingLookedAt, "The report holds 0 mutants that were tested.");
        } else {
            metrics.set("mutation_score", "value", caught as f64 * 100.0 / tested as f64);
        }
        if run.ended.is_none() {
            reading
                .doubt(Rule::ToolFailed, "The run has no `end_time`: it did not come to its end.");
        }
        let held = tested + unviable + success;
        listed::lost(&mut reading, "`total_mutants`", run.total.unwrap_or(0), held);
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Run<'a> {
    #[serde(borrow)]
    outcomes: Vec<Outcome<'a>>,
    #[serde(rename = "total_mutants")]
    total: Option<u64>,
    #[serde(rename = "start_time")]
    began: Option<Str<'a>>,
    #[serde(rename = "end_time")]
    ended: Option<Str<'a>>,
    #[serde(rename = "cargo_mutants_version")]
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Outcome<'a> {
    #[serde(borrow)]
    scenario: Scenario<'a>,
    summary: Option<Str<'a>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scenario<'a> {
    /// `Baseline`.
    Word(#[serde(borrow)] Str<'a>),
    Mutant(serde::de::IgnoredAny),
}

impl Run<'_> {
    fn baseline_failed(&self) -> bool {
        self.outcomes
            .iter()
            .any(|outcome| outcome.is_baseline() && outcome.summary.as_deref() != Some("Success"))
    }

    /// Caught, missed, timed out, unviable, and only built.
    fn counts(&self) -> [u64; 5] {
        let mut counts = [0; 5];
        for outcome in self.outcomes.iter().filter(|outcome| !outcome.is_baseline()) {
            let kind = match outcome.summary.as_deref() {
                Some("CaughtMutant") => 0,
                Some("Timeout") => 2,
                Some("Unviable") => 3,
                Some("Success") => 4,
                _ => 1,
            };
            counts[kind] += 1;
        }
        counts
    }
}

impl Outcome<'_> {
    fn is_baseline(&self) -> bool {
        matches!(&self.scenario, Scenario::Word(word) if &**word == "Baseline")
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn run(baseline: &str, mutants: &[&str], rest: &str) -> String {
        let outcome = |scenario: &str, summary: &str| {
            format!(r#"{{"scenario": {scenario}, "summary": "{summary}", "phase_results": []}}"#)
        };
        let mut outcomes = vec![outcome(r#""Baseline""#, baseline)];
        let mutant = r#"{"Mutant": {"name": "m"}}"#;
        outcomes.extend(mutants.iter().map(|summary| outcome(mutant, summary)));
        format!(r#"{{"outcomes": [{}]{rest}}}"#, outcomes.join(", "))
    }

    const ENDED: &str = r#", "total_mutants": 2, "end_time": "2026-11-26T12:02:16Z""#;

    #[test]
    fn a_mutant_that_was_not_caught_counts_against_the_score() {
        for (mutants, score) in [
            (["CaughtMutant", "CaughtMutant"], 100.0),
            (["CaughtMutant", "MissedMutant"], 50.0),
            (["CaughtMutant", "Timeout"], 50.0),
            (["CaughtMutant", "Unviable"], 100.0),
            (["CaughtMutant", "KindToCome"], 50.0),
        ] {
            let seen = reading("cargo-mutants", &run("Success", &mutants, ENDED));
            assert_eq!(seen.doubts, [], "{mutants:?}");
            let metrics = seen.facts.metrics.unwrap();
            assert_eq!(metrics.by_name["mutation_score"]["value"], score, "{mutants:?}");
        }
    }

    #[test]
    fn a_run_that_tested_nothing_or_did_not_end_proves_nothing() {
        let two = ["CaughtMutant", "CaughtMutant"];
        proves(
            "cargo-mutants",
            &[
                (&run("Success", &two, ENDED), ""),
                (&run("Success", &two, r#", "end_time": null"#), "no `end_time`"),
                (&run("Success", &two[..1], ENDED), "`total_mutants` counts 2; the report lists 1"),
                (&run("Success", &["Success", "Success"], ENDED), "0 mutants that were tested"),
                (
                    &run("Failure", &[], r#", "end_time": "2026-11-26T12:02:16Z""#),
                    "before anything was mutated",
                ),
            ],
        );
    }
}
