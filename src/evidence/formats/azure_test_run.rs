//! Azure DevOps: test runs, by the API.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::Tests;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct AzureTestRun;

impl Format for AzureTestRun {
    fn id(&self) -> &'static str {
        "azure-test-run"
    }

    fn about(&self) -> About {
        About {
            tool: "Azure DevOps (`_apis/test/runs`)",
            recognised: "a run, or a list of runs under `value`, with `totalTests`, `passedTests` and `state`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("the earliest `completedDate`"),
            source: "https://learn.microsoft.com/en-us/rest/api/azure/devops/test/runs/list",
            clean: "Every run is completed, and its tests passed.",
            vacuous: "A list without a run; 0 tests; a run that is aborted, or still going.",
            blank: Blanks::NONE,
            notes: &[
                "The runs of a list add up: ask for those of one build (`buildUri`).",
                "The counts are those of `runStatistics` where a run has it. Without it what neither passed nor is not applicable or incomplete has failed, and what is incomplete is an error.",
                "Runs hold no cases: they stand in `_apis/test/Runs/:id/results`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let one = shape.first_of("value").unwrap_or(shape);
        Fit::sure(one.has(&["totalTests", "passedTests", "state"]))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        self.recognises(sniff) != Fit::No || sniff.json().is_some_and(|of| of.has_list("value"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let is_list = input.sniff.json().is_some_and(|shape| shape.has_list("value"));
        let runs = match is_list {
            true => input.json::<List<'_>>()?.value,
            false => vec![input.json()?],
        };
        let mut reading = Reading::by(self.id(), "Azure DevOps");
        let mut tests = input.tests();
        for run in &runs {
            run.add_to(&mut tests, &mut reading);
        }
        let ended = runs.iter().filter_map(|run| run.completed_date.as_deref());
        reading.produced_at = ended.min().map(ProducedAt::parse);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow)]
    value: Vec<Run<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    state: Option<Str<'a>>,
    completed_date: Option<Str<'a>>,
    total_tests: u64,
    passed_tests: u64,
    #[serde(default)]
    not_applicable_tests: u64,
    #[serde(default)]
    incomplete_tests: u64,
    run_statistics: Option<Vec<Statistic<'a>>>,
}

#[derive(Deserialize)]
struct Statistic<'a> {
    #[serde(borrow)]
    outcome: Option<Str<'a>>,
    count: u64,
}

impl Run<'_> {
    fn add_to(&self, tests: &mut Tests, reading: &mut Reading) {
        let name = text::said(&self.name).unwrap_or_default();
        match self.state.as_deref() {
            Some("Completed" | "NeedsInvestigation") => {}
            Some("Aborted") => {
                reading.doubt(Rule::ToolFailed, format!("The run `{name}` was aborted."));
            }
            state => {
                let state = state.unwrap_or("not told");
                reading
                    .doubt(Rule::Unfinished, format!("The state of the run `{name}` is {state}."));
            }
        }
        let mut own = Tests::default();
        match self.run_statistics.as_deref().filter(|listed| !listed.is_empty()) {
            Some(statistics) => statistics.iter().for_each(|one| one.add_to(&mut own)),
            None => {
                own.passed = self.passed_tests;
                own.skipped = self.not_applicable_tests;
                own.errored = self.incomplete_tests;
                own.failed = self.total_tests.saturating_sub(own.total());
            }
        }
        if own.total() != self.total_tests || own.passed > self.passed_tests {
            let why = format!(
                "The run `{name}` declares {} of {} tests passed; its figures give {} of {}.",
                self.passed_tests,
                self.total_tests,
                own.passed,
                own.total()
            );
            reading.doubt(Rule::Conflicting, why);
        }
        for (sum, more) in [
            (&mut tests.passed, own.passed),
            (&mut tests.failed, own.failed),
            (&mut tests.errored, own.errored),
            (&mut tests.skipped, own.skipped),
        ] {
            *sum = sum.saturating_add(more);
        }
    }
}

impl Statistic<'_> {
    fn add_to(&self, tests: &mut Tests) {
        let sum = match self.outcome.as_deref() {
            Some("Passed") => &mut tests.passed,
            Some("Failed") => &mut tests.failed,
            Some("NotExecuted" | "NotApplicable" | "NotImpacted" | "Paused") => &mut tests.skipped,
            _ => &mut tests.errored,
        };
        *sum = sum.saturating_add(self.count);
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn run(state: &str, figures: &str) -> String {
        format!(r#"{{"id": 501, "name": "Unit", "state": "{state}", {figures}}}"#)
    }

    fn list(runs: &[String]) -> String {
        format!(r#"{{"count": {}, "value": [{}]}}"#, runs.len(), runs.join(","))
    }

    #[test]
    fn what_is_in_no_count_has_failed() {
        let figures = r#""totalTests": 9, "passedTests": 5, "notApplicableTests": 1,
            "incompleteTests": 1, "unanalyzedTests": 1"#;
        let tests = reading("azure-test-run", &run("Completed", figures)).facts.tests.unwrap();
        let counts = [tests.passed, tests.failed, tests.errored, tests.skipped];
        assert_eq!(counts, [5, 2, 1, 1]);
    }

    #[test]
    fn the_statistics_tell_what_the_counts_do_not() {
        let of = |outcome: &str, count: u32| {
            format!(r#"{{"state": "Completed", "outcome": "{outcome}", "count": {count}}}"#)
        };
        let listed = [of("Passed", 5), of("NotExecuted", 3), of("Inconclusive", 1)].join(",");
        let figures = format!(r#""totalTests": 9, "passedTests": 5, "runStatistics": [{listed}]"#);
        let two = list(&[run("Completed", &figures), run("NeedsInvestigation", &figures)]);
        let tests = reading("azure-test-run", &two).facts.tests.unwrap();
        let counts = [tests.passed, tests.failed, tests.errored, tests.skipped];
        assert_eq!(counts, [10, 0, 2, 6]);
        let short = figures.replace("\"totalTests\": 9", "\"totalTests\": 12");
        proves(
            "azure-test-run",
            &[(
                &run("Completed", &short),
                "declares 5 of 12 tests passed; its figures give 5 of 9",
            )],
        );
    }

    #[test]
    fn a_run_that_did_not_end_proves_nothing() {
        let figures = r#""totalTests": 2, "passedTests": 2"#;
        proves(
            "azure-test-run",
            &[
                (&run("Completed", figures), ""),
                (&run("Aborted", figures), "was aborted"),
                (&run("InProgress", figures), "is InProgress"),
                (&run("Completed", r#""totalTests": 0, "passedTests": 0"#), "0 tests"),
                (&list(&[]), "0 tests"),
            ],
        );
    }
}
