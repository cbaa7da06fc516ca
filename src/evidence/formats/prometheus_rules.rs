//! Prometheus rule files, and the `PrometheusRule` resource of Kubernetes: YAML.

use serde::Deserialize;

use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Sniff, Tells, document};
use crate::facts::{AlertRule, AlertRules};
use crate::model::{Reading, Rule};

pub(super) struct PrometheusRules;

impl Format for PrometheusRules {
    fn id(&self) -> &'static str {
        "prometheus-rules"
    }

    fn about(&self) -> About {
        About {
            tool: "Prometheus (rule files, `PrometheusRule` of Kubernetes)",
            recognised: "YAML with `groups:` and rules of `alert:` or `record:`",
            carries: &["rules"],
            tells: Tells::NOTHING,
            source: "https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/",
            clean: "Rules are listed.",
            vacuous: "0 rules; a rule without `expr`.",
            blank: Blanks::NONE,
            notes: &[
                "A file says what is watched, not what fires: `state` and `health` are absent, and so are `rules.firing` and `rules.unhealthy`.",
                "`for` is in seconds; an alerting rule without one fires at once, and `for_s` is absent.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(head) = sniff.text() else { return Fit::No };
        let groups = head.any(|line| line.trim() == "groups:");
        let rule = head.any(|line| {
            let line = line.trim().trim_start_matches("- ");
            line.starts_with("alert:") || line.starts_with("record:")
        });
        Fit::sure(groups && rule)
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        sniff.text().is_some_and(|head| head.any(|line| line.trim() == "groups:"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let documents: Vec<Document> = document::yaml_typed(input.text).map_err(Broken)?;
        let mut rules = AlertRules::default();
        let mut blank = None;
        for document in &documents {
            let spec = document.spec.as_ref().and_then(|spec| spec.groups.as_ref());
            for group in document.groups.as_ref().or(spec).into_iter().flatten() {
                let rules_in = group.rules.iter().flatten();
                blank = blank
                    .or_else(|| rules_in.clone().find(|rule| rule.is_blank()).map(RuleIn::fact));
                rules.list.extend(group.rules.iter().flatten().map(RuleIn::fact));
            }
        }
        let mut reading = Reading::of(self.id());
        if let Some(rule) = blank {
            let why = format!("The rule {} has no `expr`: it watches nothing.", rule.name);
            reading.doubt(Rule::Unreadable, why);
        }
        if rules.list.is_empty() {
            reading.doubt(Rule::NothingLookedAt, "The file holds 0 rules.");
        }
        reading.facts.rules = Some(rules);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::Anywhere
    }
}

#[derive(Deserialize)]
struct Document {
    groups: Option<Vec<Group>>,
    spec: Option<Spec>,
}

#[derive(Deserialize)]
struct Spec {
    groups: Option<Vec<Group>>,
}

#[derive(Deserialize)]
struct Group {
    rules: Option<Vec<RuleIn>>,
}

#[derive(Deserialize)]
struct RuleIn {
    alert: Option<String>,
    record: Option<String>,
    expr: Option<Expression>,
    r#for: Option<String>,
    labels: Option<Labels>,
}

/// PromQL; YAML takes `1` for a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Expression {
    Text(String),
    Number(f64),
}

#[derive(Deserialize)]
struct Labels {
    severity: Option<String>,
}

impl RuleIn {
    fn is_blank(&self) -> bool {
        match &self.expr {
            None => true,
            Some(Expression::Text(text)) => text.trim().is_empty(),
            Some(Expression::Number(number)) => number.is_nan(),
        }
    }

    fn fact(&self) -> AlertRule {
        AlertRule {
            name: self.alert.clone().or_else(|| self.record.clone()).unwrap_or_default(),
            severity: self.labels.as_ref().and_then(|labels| labels.severity.clone()),
            for_s: self.r#for.as_deref().and_then(seconds),
            state: None,
            health: None,
            alerting: self.alert.is_some(),
        }
    }
}

/// `1h30m` in seconds.
fn seconds(duration: &str) -> Option<f64> {
    let mut rest = duration.trim();
    let mut sum = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, tail) = rest.split_at(digits);
        let unit = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, next) = tail.split_at(unit);
        let scale = match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            "d" => 86_400.0,
            "w" => 604_800.0,
            "y" => 31_536_000.0,
            _ => return None,
        };
        sum += number.parse::<f64>().ok()? * scale;
        rest = next;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Detail, read};
    use crate::model::Answer;

    #[test]
    fn a_rule_without_an_expression_watches_nothing() {
        for (expr, blank) in
            [("expr: up == 0", false), ("expr: 1", false), ("expr: \"\"", true), ("for: 5m", true)]
        {
            let text =
                format!("groups:\n  - name: a\n    rules:\n      - alert: X\n        {expr}\n");
            let answer = read("rules.yaml", text.as_bytes(), None, &Detail::default());
            let Answer::Read(reading) = answer else { panic!("{answer:?}") };
            assert_eq!(!reading.doubts.is_empty(), blank, "{expr}");
            let rules = reading.facts.value("rules").unwrap();
            assert_eq!(rules.member("firing"), None, "{expr}");
        }
    }

    #[test]
    fn durations_are_seconds() {
        for (text, expected) in [
            ("5m", Some(300.0)),
            ("1h30m", Some(5400.0)),
            ("500ms", Some(0.5)),
            ("5", None),
            ("m", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
