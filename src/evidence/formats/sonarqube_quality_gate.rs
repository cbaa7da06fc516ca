//! SonarQube's quality gate: the conditions, and whether each holds.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::{Metrics, Tally};
use crate::model::{Reading, Rule};

pub(super) struct SonarqubeQualityGate;

impl Format for SonarqubeQualityGate {
    fn id(&self) -> &'static str {
        "sonarqube-quality-gate"
    }

    fn about(&self) -> About {
        About {
            tool: "SonarQube, SonarCloud (`/api/qualitygates/project_status`)",
            recognised: "`projectStatus` with `status` and `conditions`",
            carries: &["thresholds", "metrics"],
            tells: Tells::NOTHING,
            source: "https://docs.sonarsource.com/sonarqube-server/latest/extension-guide/web-api/",
            clean: "`status` is `OK` and every condition is too.",
            vacuous: "`status: NONE`: no gate was computed; 0 conditions; a status that the conditions do not explain.",
            blank: Blanks::NONE,
            notes: &[
                "A condition of status ERROR is a threshold that failed; `actualValue` is its metric's `value`.",
                "WARN, of old versions, holds.",
                "`ignoredConditions: true` means that conditions on coverage and duplication hold because few lines changed: it is told. The metrics are what they are.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .json()
                .and_then(|shape| shape.get("projectStatus"))
                .is_some_and(|status| status.has(&["status"]) && status.has_list("conditions")),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let Answer { status: gate } = input.json()?;
        let mut reading = Reading::by(self.id(), "SonarQube");
        let mut metrics = Metrics::default();
        let mut thresholds = Tally::default();
        for condition in &gate.conditions {
            let holds = matches!(condition.status.as_deref(), Some("OK" | "WARN"));
            thresholds.add(holds, || condition.threshold());
            if let Some((name, value)) = condition.metric.as_deref().zip(condition.actual.get()) {
                metrics.set(name, "value", value);
            }
        }
        let word = gate.status.as_deref().unwrap_or("NONE");
        if word == "NONE" || thresholds.total == 0 {
            reading.doubt(Rule::NothingLookedAt, "No quality gate was computed.");
        } else if !matches!(word, "OK" | "WARN") && thresholds.failed == 0 {
            let why = format!("The gate says {word}, though every condition holds.");
            reading.doubt(Rule::ToolFailed, why);
        }
        if gate.ignored == Some(true) {
            reading.warn(
                "SonarQube left conditions on coverage or duplication out: the change is small.",
            );
        }
        reading.facts.thresholds = Some(thresholds);
        reading.facts.metrics = Some(metrics);
        Ok(reading)
    }
}

impl Condition<'_> {
    /// What was measured, and what it came to.
    fn threshold(&self) -> String {
        let name = self.metric.as_deref().unwrap_or("a condition");
        match self.actual.get() {
            Some(actual) => format!("{name}: {actual}"),
            None => name.to_owned(),
        }
    }
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow, rename = "projectStatus")]
    status: Gate<'a>,
}

#[derive(Deserialize)]
struct Gate<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
    conditions: Vec<Condition<'a>>,
    #[serde(rename = "ignoredConditions")]
    ignored: Option<bool>,
}

#[derive(Deserialize)]
struct Condition<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
    #[serde(rename = "metricKey")]
    metric: Option<Str<'a>>,
    #[serde(default, rename = "actualValue")]
    actual: Num,
}
