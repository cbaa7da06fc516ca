//! Newman's JSON: what a Postman collection's run came to.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::family::ran;
use crate::evidence::json::{Count, Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule};

pub(super) struct NewmanJson;

impl Format for NewmanJson {
    fn id(&self) -> &'static str {
        "newman-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Newman (Postman)",
            recognised: "`run` with `stats`, `executions` and `failures`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`run.timings.completed`"),
            source: "https://github.com/postmanlabs/newman#json-reporter",
            clean: "At least 1 assertion passed and none failed.",
            vacuous: "0 assertions; `run.error`; failures beyond what the executions hold; iterations, items or requests that are pending: the run was interrupted.",
            blank: Blanks::NONE,
            notes: &[
                "A case is an assertion. A request that could not be made, and a script that broke, is an errored case.",
                "Requests, responses and the environment hold secrets: they are not read.",
                "It holds the values of the environment and what was sent: a report keeps no copy of it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .and_then(|shape| shape.get("run"))
                .is_some_and(|run| run.has(&["stats", "executions"]) && run.has_list("failures")),
        )
    }

    fn may_hold_secrets(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let Report { run } = input.json()?;
        let mut reading = Reading::by(self.id(), "Newman");
        reading.secrets = true;
        reading.produced_at =
            run.timings.as_ref().and_then(|timings| timings.completed.get()).and_then(when::millis);
        let mut tests = input.tests();
        run.executions.iter().for_each(|execution| execution.add(&mut tests));
        if let Some(timings) = &run.timings {
            let ends = timings.started.get().zip(timings.completed.get());
            tests.duration_s = ends.map(|(began, ended)| (ended - began).max(0.0) / 1000.0);
        }
        if let Some(error) = &run.error {
            let said = error.message.as_deref().and_then(text::title).unwrap_or_default();
            reading.doubt(Rule::ToolFailed, format!("Newman broke off. It says: {said}"));
        }
        let held = tests.failed + tests.errored;
        run.doubt_lost(&mut reading, held);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    run: Run<'a>,
}

#[derive(Deserialize)]
struct Run<'a> {
    #[serde(borrow)]
    executions: Vec<Execution<'a>>,
    failures: Vec<IgnoredAny>,
    timings: Option<Timings>,
    error: Option<Error<'a>>,
    #[serde(borrow)]
    stats: Map<'a, Counts>,
}

/// What was counted of iterations, requests, scripts and the like.
#[derive(Deserialize)]
struct Counts {
    pending: Option<Count>,
    failed: Option<Count>,
}

impl Run<'_> {
    /// Doubts a run of which more failed, or was to come, than its executions hold.
    fn doubt_lost(&self, reading: &mut Reading, held: u64) {
        let most = |of: fn(&Counts) -> Option<Count>| {
            let Count(most) = self.stats.values().filter_map(of).max().unwrap_or_default();
            most
        };
        let pending = most(|counts| counts.pending);
        if pending > 0 {
            let why = format!("The run ended with {pending} of its parts pending: it broke off.");
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        let declared = (self.failures.len() as u64).max(most(|counts| counts.failed));
        ran::failures_lost(reading, Some(declared), held);
    }
}

#[derive(Deserialize)]
struct Timings {
    #[serde(default)]
    started: Num,
    #[serde(default)]
    completed: Num,
}

#[derive(Deserialize)]
struct Execution<'a> {
    #[serde(borrow)]
    item: Option<Item<'a>>,
    assertions: Option<Vec<Assertion<'a>>>,
    #[serde(rename = "requestError")]
    request_error: Option<Error<'a>>,
    #[serde(rename = "prerequestScript")]
    before: Option<Vec<Script<'a>>>,
    #[serde(rename = "testScript")]
    after: Option<Vec<Script<'a>>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Script<'a> {
    #[serde(borrow)]
    error: Option<Error<'a>>,
}

#[derive(Deserialize)]
struct Assertion<'a> {
    #[serde(borrow)]
    assertion: Option<Str<'a>>,
    skipped: Option<bool>,
    error: Option<Error<'a>>,
}

#[derive(Deserialize)]
struct Error<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
}

impl Execution<'_> {
    fn add(&self, tests: &mut Tests) {
        let suite = self.item.as_ref().and_then(|item| text::said(&item.name));
        let mut add = |outcome: Outcome, name: &str, error: Option<&Error<'_>>| {
            tests.add(outcome, || Case {
                name: name.to_owned(),
                suite: suite.clone(),
                file: None,
                outcome,
                duration_s: None,
                message: error.and_then(|error| text::excerpt(error.message.as_deref()?)),
            });
        };
        if let Some(error) = &self.request_error {
            add(Outcome::Errored, "the request", Some(error));
        }
        let scripts = self.before.iter().chain(&self.after).flatten();
        for error in scripts.filter_map(|script| script.error.as_ref()) {
            add(Outcome::Errored, "the script", Some(error));
        }
        for one in self.assertions.iter().flatten() {
            let outcome = match (&one.error, one.skipped) {
                (Some(_), _) => Outcome::Failed,
                (None, Some(true)) => Outcome::Skipped,
                (None, _) => Outcome::Passed,
            };
            add(outcome, one.assertion.as_deref().unwrap_or_default(), one.error.as_ref());
        }
    }
}
