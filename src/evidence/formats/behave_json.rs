//! behave's `-f json` and `-f json.pretty`.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Case, Outcome, Tests};
use crate::model::Reading;

pub(super) struct BehaveJson;

impl Format for BehaveJson {
    fn id(&self) -> &'static str {
        "behave-json"
    }

    fn about(&self) -> About {
        About {
            tool: "behave",
            recognised: "a list of features with `keyword`, `location` and `status`, and no `uri`",
            carries: &["tests"],
            tells: Tells::NOTHING,
            source: "https://behave.readthedocs.io/en/latest/formatters/",
            clean: "At least 1 scenario passed and none failed.",
            vacuous: "0 scenarios; all skipped; a dry run (`--dry-run`), which leaves all untested.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "A case is a scenario, or a row of an outline; `status` of the scenario counts, and where there is none what its steps say.",
                "`untested` is skipped, and so is a scenario without steps, which behave passes; a step that is undefined or broke makes its scenario errored.",
                "Durations are seconds, where Cucumber's are nanoseconds.",
                "Of an `after_all` that failed nothing tells here: seal the report with the exit code.",
                "A feature that failed beside scenarios that all passed had a hook that failed: it is an errored case of its own.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let feature = sniff.json().and_then(Shape::first);
        Fit::sure(feature.is_some_and(|feature| {
            let part = |one: &Shape<'_>| one.has(&["keyword", "location"]) && !one.has(&["line"]);
            part(feature)
                && !feature.has(&["uri"])
                && (feature.has(&["status"]) || feature.first_of("elements").is_some_and(part))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut tests = input.tests();
        let mut features = 0;
        let mut seconds = 0.0;
        input.elements(|feature: Feature<'_>| {
            features += 1;
            seconds += feature.add(&mut tests);
        })?;
        let mut reading = Reading::by(self.id(), "behave");
        tests.suites = Some(features);
        tests.duration_s = Some(seconds);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    location: Option<Str<'a>>,
    status: Option<Str<'a>>,
    elements: Option<Vec<Element<'a>>>,
}

/// A scenario or a background.
#[derive(Deserialize)]
struct Element<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    name: Option<Str<'a>>,
    location: Option<Str<'a>>,
    status: Option<Str<'a>>,
    steps: Option<Vec<Step<'a>>>,
}

#[derive(Deserialize)]
struct Step<'a> {
    #[serde(borrow)]
    result: Option<Ended<'a>>,
}

#[derive(Deserialize)]
struct Ended<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
    #[serde(default)]
    duration: Num,
    error_message: Option<Message<'a>>,
}

/// A text, or the lines of one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Message<'a> {
    Lines(#[serde(borrow)] Vec<Str<'a>>),
    Text(#[serde(borrow)] Str<'a>),
}

impl Message<'_> {
    fn excerpt(&self) -> Option<String> {
        match self {
            Message::Text(said) => text::excerpt(said),
            Message::Lines(lines) => {
                let lines: Vec<&str> = lines.iter().map(|line| &**line).collect();
                text::excerpt(&lines.join("\n"))
            }
        }
    }
}

impl Feature<'_> {
    /// Adds its scenarios, and says how many seconds they took.
    fn add(&self, tests: &mut Tests) -> f64 {
        let trouble = |tests: &Tests| tests.failed + tests.errored;
        let before = trouble(tests);
        let mut seconds = 0.0;
        let scenarios = self.elements.iter().flatten();
        for scenario in scenarios.filter(|one| one.kind.as_deref() != Some("background")) {
            seconds += scenario.add(tests, &self.name);
        }
        let outcome = self.status.as_deref().map(outcome_of);
        if matches!(outcome, Some(Outcome::Failed | Outcome::Errored)) && trouble(tests) == before {
            let name = text::said(&self.name).unwrap_or_default();
            tests.add(Outcome::Errored, || Case {
                name,
                suite: None,
                file: file(&self.location),
                outcome: Outcome::Errored,
                duration_s: None,
                message: Some("The feature failed outside its scenarios.".to_owned()),
            });
        }
        seconds
    }
}

impl Element<'_> {
    fn add(&self, tests: &mut Tests, feature: &Option<Str<'_>>) -> f64 {
        let results = || self.steps.iter().flatten().filter_map(|step| step.result.as_ref());
        let outcome = match self.status.as_deref().map(outcome_of) {
            // A step that is yet to be written leaves it passed, with the steps behind it skipped.
            Some(Outcome::Passed) if self.is_unwritten() => Outcome::Errored,
            // A step whose keyword is misspelt is read as description.
            Some(Outcome::Passed) if results().next().is_none() => Outcome::Skipped,
            Some(outcome) => outcome,
            None => self.worst(),
        };
        let seconds = results().filter_map(|result| result.duration.get()).sum();
        tests.add(outcome, || Case {
            name: text::said(&self.name).unwrap_or_default(),
            suite: text::said(feature),
            file: file(&self.location),
            outcome,
            duration_s: Some(seconds),
            message: results()
                .find_map(|result| result.error_message.as_ref().and_then(Message::excerpt)),
        });
        seconds
    }

    fn is_unwritten(&self) -> bool {
        let steps = self.steps.iter().flatten().filter_map(|step| step.result.as_ref());
        let mut said = steps.filter_map(|result| result.status.as_deref());
        said.any(|status| status.starts_with("pending") || status.contains("undefined"))
    }

    /// What its steps come to; those behind a failure have no result.
    fn worst(&self) -> Outcome {
        let mut worst = Outcome::Skipped;
        for step in self.steps.iter().flatten() {
            let said = step.result.as_ref().and_then(|result| result.status.as_deref());
            worst = match (said.map(outcome_of), worst) {
                (Some(Outcome::Failed), _) | (_, Outcome::Failed) => Outcome::Failed,
                (Some(Outcome::Errored), _) | (_, Outcome::Errored) => Outcome::Errored,
                (Some(Outcome::Passed), _) | (_, Outcome::Passed) => Outcome::Passed,
                _ => Outcome::Skipped,
            };
        }
        worst
    }
}

fn outcome_of(status: &str) -> Outcome {
    match status {
        "passed" => Outcome::Passed,
        "failed" => Outcome::Failed,
        "skipped" | "untested" => Outcome::Skipped,
        _ => Outcome::Errored,
    }
}

/// `features/pay.feature:4` without the line.
fn file(location: &Option<Str<'_>>) -> Option<String> {
    let location = location.as_deref()?;
    Some(location.rsplit_once(':').map_or(location, |(file, _)| file).to_owned())
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn feature(status: &str, scenario: &str, steps: &str) -> String {
        format!(
            r#"[{{"keyword": "Feature", "name": "F", "location": "f.feature:1", "status": "{status}", "elements":
            [{{"type": "background", "keyword": "Background", "location": "f.feature:2", "steps": [{{}}]}},
            {{"type": "scenario", "keyword": "Scenario", "location": "f.feature:4"{scenario}, "steps": [{steps}]}}]}}]"#
        )
    }

    #[test]
    fn the_status_of_a_scenario_counts_before_that_of_its_steps() {
        let step =
            |status: &str| format!(r#"{{"result": {{"status": "{status}", "duration": 0.5}}}}"#);
        for (status, scenario, steps, expected) in [
            ("passed", r#", "status": "passed""#, step("passed"), [1, 0, 0, 0]),
            ("failed", r#", "status": "failed""#, step("failed"), [0, 1, 0, 0]),
            ("failed", r#", "status": "error""#, step("undefined"), [0, 0, 1, 0]),
            ("passed", r#", "status": "passed""#, step("pending_warn"), [0, 0, 1, 0]),
            ("skipped", r#", "status": "skipped""#, "{}".to_owned(), [0, 0, 0, 1]),
            ("untested", r#", "status": "untested""#, step("untested"), [0, 0, 0, 1]),
            ("passed", r#", "status": "passed""#, String::new(), [0, 0, 0, 1]),
            ("failed", r#", "status": "passed""#, step("passed"), [1, 0, 1, 0]),
            ("passed", "", step("passed"), [1, 0, 0, 0]),
            ("failed", "", format!("{}, {}, {{}}", step("passed"), step("failed")), [0, 1, 0, 0]),
            ("failed", "", format!("{}, {}", step("undefined"), step("passed")), [0, 0, 1, 0]),
        ] {
            let text = feature(status, scenario, &steps);
            let tests = reading("behave-json", &text).facts.tests.unwrap();
            let seen = [tests.passed, tests.failed, tests.errored, tests.skipped];
            assert_eq!(seen, expected, "{text}");
        }
        let idle = feature("untested", r#", "status": "untested""#, &step("untested"));
        proves("behave-json", &[(&idle, "The only test was skipped")]);
    }
}
