//! SonarQube and SonarCloud: the measures of a project, by the web API.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::Metrics;
use crate::model::{Reading, Rule};

pub(super) struct SonarqubeMeasures;

impl Format for SonarqubeMeasures {
    fn id(&self) -> &'static str {
        "sonarqube-measures"
    }

    fn about(&self) -> About {
        About {
            tool: "SonarQube, SonarCloud (`/api/measures/component`)",
            recognised: "`component` with `key` and `measures`",
            carries: &["metrics"],
            tells: Tells::NOTHING,
            source: "https://docs.sonarsource.com/sonarqube-server/latest/extension-guide/web-api/",
            clean: "The metrics that were asked for have values.",
            vacuous: "`measures` is empty, as it is before the first analysis; none is a number; errors instead of an answer.",
            blank: Blanks::NONE,
            notes: &[
                "A measure is its metric's `value`; one of new code (`new_…`) stands under `period`, or the first of `periods`.",
                "A metric that was asked for and has no measure is left out by SonarQube: `metrics` has none of that name.",
                "What is no number (`alert_status`, `ncloc_language_distribution`) stands in `data` alone. Ratings are numbers: 1 is A.",
                "A component that is no project (`qualifier` FIL, DIR, UTS) is told.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .and_then(|shape| shape.get("component"))
                .is_some_and(|component| component.has(&["key"]) && component.has_list("measures")),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let Answer { component } = input.json()?;
        let mut reading = Reading::by(self.id(), "SonarQube");
        let mut metrics = Metrics::default();
        for measure in &component.measures {
            if let Some(value) = measure.value() {
                metrics.set(&measure.metric, "value", value);
            }
        }
        if metrics.by_name.is_empty() {
            let why = match component.measures.is_empty() {
                true => {
                    "SonarQube has no measure of what was asked for: it may never have analysed it."
                }
                false => "No measure is a number.",
            };
            reading.doubt(Rule::NothingLookedAt, why);
        }
        if let Some(part @ ("FIL" | "DIR" | "UTS")) = component.qualifier.as_deref() {
            let key = component.key.as_deref().unwrap_or_default();
            reading.warn(format!("The measures are of {key}, which is no project ({part})."));
        }
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    component: Component<'a>,
}

#[derive(Deserialize)]
struct Component<'a> {
    #[serde(borrow)]
    key: Option<Str<'a>>,
    qualifier: Option<Str<'a>>,
    measures: Vec<Measure<'a>>,
}

#[derive(Deserialize)]
struct Measure<'a> {
    #[serde(borrow)]
    metric: Str<'a>,
    value: Option<Num>,
    period: Option<Period>,
    periods: Option<Vec<Period>>,
}

#[derive(Deserialize)]
struct Period {
    value: Option<Num>,
}

impl Measure<'_> {
    /// Its number. What stands in a period beside a value is by how much that changed.
    fn value(&self) -> Option<f64> {
        let first = || self.period.as_ref().or(self.periods.iter().flatten().next());
        self.value.or_else(|| first()?.value).and_then(Num::get)
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn answer(measures: &str) -> String {
        format!(
            r#"{{"component": {{"key": "shop", "qualifier": "TRK", "measures": [{measures}]}}}}"#
        )
    }

    #[test]
    fn a_measure_is_its_value_or_that_of_its_period() {
        for (measure, expected) in [
            (r#"{"metric": "m", "value": "82.5", "period": {"value": "-1"}}"#, Some(82.5)),
            (r#"{"metric": "m", "period": {"index": 1, "value": "0"}}"#, Some(0.0)),
            (
                r#"{"metric": "m", "periods": [{"index": 1, "value": "7"}, {"value": "8"}]}"#,
                Some(7.0),
            ),
            (r#"{"metric": "m", "value": "OK"}"#, None),
            (r#"{"metric": "m"}"#, None),
        ] {
            let metrics = reading("sonarqube-measures", &answer(measure)).facts.metrics.unwrap();
            let seen = metrics.by_name.get("m").and_then(|of| of.get("value"));
            assert_eq!(seen.copied(), expected, "{measure}");
        }
    }

    #[test]
    fn an_answer_without_a_number_proves_nothing() {
        proves(
            "sonarqube-measures",
            &[
                (&answer(r#"{"metric": "bugs", "value": "0"}"#), ""),
                (&answer(""), "may never have analysed it"),
                (&answer(r#"{"metric": "alert_status", "value": "OK"}"#), "No measure is a number"),
            ],
        );
    }
}
