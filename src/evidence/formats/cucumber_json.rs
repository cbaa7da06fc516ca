//! Cucumber's JSON, which Cucumber, Cucumber-JVM, Behat and others write.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Case, Outcome, Tests};
use crate::model::Reading;

pub(super) struct CucumberJson;

impl Format for CucumberJson {
    fn id(&self) -> &'static str {
        "cucumber-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Cucumber (cucumber-js, Cucumber-JVM, Ruby, godog)",
            recognised: "a list of features with `uri` and `elements`",
            carries: &["tests"],
            tells: Tells::NOTHING,
            source: "https://cucumber.io/docs/cucumber/reporting/",
            clean: "At least 1 scenario passed and none failed.",
            vacuous: "0 scenarios; scenarios without a step.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "pytest-bdd leaves out what it could not match to a step (`--cucumberjson`): seal the report with the exit code.",
                "A case is a scenario, or a row of an outline; a background is none, and its failure is that of the scenario after it.",
                "A step that is undefined, ambiguous or pending makes its scenario errored: Cucumber fails a strict run for it.",
                "A scenario of which nothing ran is skipped. Durations are nanoseconds.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let feature = sniff.json().and_then(Shape::first);
        Fit::sure(feature.is_some_and(|feature| {
            let scenario = |one: &Shape<'_>| one.has(&["keyword", "line", "steps"]);
            feature.has(&["uri", "keyword"]) && (feature.has(&["elements"]) || feature.has(&["id"]))
                || feature.first_of("elements").is_some_and(scenario)
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut tests = input.tests();
        let (mut features, mut seconds) = (0, 0.0);
        input.elements(|feature: Feature<'_>| {
            features += 1;
            let mut before = Vec::new();
            for element in feature.elements.into_iter().flatten() {
                if element.kind.as_deref() == Some("background") {
                    before = element.into_results();
                } else {
                    seconds += element.add(
                        &mut tests,
                        std::mem::take(&mut before),
                        &feature.name,
                        &feature.uri,
                    );
                }
            }
        })?;
        let mut reading = Reading::by(self.id(), "Cucumber");
        tests.suites = Some(features);
        tests.duration_s = Some(seconds);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow)]
    uri: Option<Str<'a>>,
    name: Option<Str<'a>>,
    elements: Option<Vec<Element<'a>>>,
}

/// A scenario or a background.
#[derive(Deserialize)]
struct Element<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    name: Option<Str<'a>>,
    before: Option<Vec<Step<'a>>>,
    steps: Option<Vec<Step<'a>>>,
    after: Option<Vec<Step<'a>>>,
}

/// A step or a hook, and the hooks around a step.
#[derive(Deserialize)]
struct Step<'a> {
    #[serde(borrow)]
    result: Option<Ended<'a>>,
    /// Whether it is a hook, which some versions list among the steps.
    hidden: Option<bool>,
    before: Option<Vec<Step<'a>>>,
    after: Option<Vec<Step<'a>>>,
}

#[derive(Default, Deserialize)]
struct Ended<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
    #[serde(default)]
    duration: Num,
    error_message: Option<Str<'a>>,
}

impl<'a> Step<'a> {
    fn into_results(self) -> Vec<Ended<'a>> {
        let hooks = |hooks: Option<Vec<Step<'a>>>| hooks.into_iter().flatten();
        let mut results: Vec<Ended<'a>> =
            hooks(self.before).filter_map(|hook| hook.result).collect();
        results.push(self.result.unwrap_or_default());
        results.extend(hooks(self.after).filter_map(|hook| hook.result));
        results
    }
}

impl<'a> Element<'a> {
    fn into_results(self) -> Vec<Ended<'a>> {
        let hooks = |hooks: Option<Vec<Step<'a>>>| {
            hooks.into_iter().flatten().filter_map(|hook| hook.result)
        };
        let mut results: Vec<Ended<'a>> = hooks(self.before).collect();
        results.extend(self.steps.into_iter().flatten().flat_map(Step::into_results));
        results.extend(hooks(self.after));
        results
    }

    /// Adds the scenario, and says how many seconds it took.
    fn add(
        self,
        tests: &mut Tests,
        mut results: Vec<Ended<'a>>,
        feature: &Option<Str<'_>>,
        uri: &Option<Str<'_>>,
    ) -> f64 {
        let name = text::said(&self.name).unwrap_or_default();
        let steps = self.steps.iter().flatten().filter(|step| step.hidden != Some(true)).count();
        results.extend(self.into_results());
        let outcome = match worst(&results) {
            // Without a step nothing was tested, however well its hooks went.
            Outcome::Passed if steps == 0 => Outcome::Skipped,
            worst => worst,
        };
        let seconds = results.iter().filter_map(|result| result.duration.get()).sum::<f64>() / 1e9;
        tests.add(outcome, || Case {
            name,
            suite: text::said(feature),
            file: text::said(uri),
            outcome,
            duration_s: Some(seconds),
            message: results
                .iter()
                .find_map(|result| text::excerpt(result.error_message.as_deref()?)),
        });
        seconds
    }
}

/// What the steps come to: one that failed counts before one that is not defined, and that before
/// one that was skipped.
fn worst(results: &[Ended<'_>]) -> Outcome {
    let any = |words: &[&str]| {
        results.iter().any(|result| {
            words.contains(
                &result.status.as_deref().unwrap_or("unknown").to_ascii_lowercase().as_str(),
            )
        })
    };
    if any(&["failed"]) {
        Outcome::Failed
    } else if results.iter().any(|result| {
        !matches!(
            result.status.as_deref().unwrap_or("unknown").to_ascii_lowercase().as_str(),
            "passed" | "skipped"
        )
    }) {
        Outcome::Errored
    } else if any(&["skipped"]) || results.is_empty() {
        Outcome::Skipped
    } else {
        Outcome::Passed
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn hidden_steps_test_nothing() {
        for (hidden, expected) in [("true", [0, 1]), ("false", [1, 0])] {
            let text = format!(
                r#"[{{"uri": "a.feature", "keyword": "Feature", "name": "A", "elements": [{{"type": "scenario",
                "keyword": "Scenario", "name": "a", "steps": [{{"keyword": "Before", "hidden": {hidden},
                "result": {{"status": "passed"}}}}]}}]}}]"#
            );
            let tests = reading("cucumber-json", &text).facts.tests.unwrap();
            assert_eq!([tests.passed, tests.skipped], expected, "{hidden}");
        }
    }

    #[test]
    fn a_hook_that_failed_fails_a_scenario_without_steps() {
        for (hook, expected) in [("failed", [0, 1, 0]), ("passed", [0, 0, 1])] {
            let text = format!(
                r#"[{{"uri": "pay.feature", "keyword": "Feature", "name": "Pay", "elements": [{{"type": "scenario",
                "keyword": "Scenario", "name": "pays", "before": [{{"result": {{"status": "{hook}"}}}}],
                "steps": []}}]}}]"#
            );
            let tests = reading("cucumber-json", &text).facts.tests.unwrap();
            assert_eq!([tests.passed, tests.failed, tests.skipped], expected, "{hook}");
        }
    }
}
