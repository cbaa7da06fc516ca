//! Answers of the Prometheus HTTP API: alerts, rules, targets, and queries.

mod query;

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text, when};
use crate::facts::{Alert, AlertRule, AlertRules, Alerts, Targets};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct PrometheusApi;

impl Format for PrometheusApi {
    fn id(&self) -> &'static str {
        "prometheus-api"
    }

    fn about(&self) -> About {
        About {
            tool: "Prometheus (`/api/v1/alerts`, `rules`, `targets`, `query`, `query_range`, `series`)",
            recognised: "`status` beside `data` with `resultType`, `alerts`, `groups` or `activeTargets`, or beside `errorType`",
            carries: &["alerts", "rules", "targets", "metrics"],
            tells: Tells::NOTHING
                .time("the first sample, or the oldest scrape or evaluation of a rule"),
            source: "https://prometheus.io/docs/prometheus/latest/querying/api/",
            clean: "`status: success`; an empty list of alerts means that none fires.",
            vacuous: "`status: error`; `warnings`; `isPartial` of VictoriaMetrics; 0 active targets; no rule that alerts; a sample that is `NaN` or infinite.",
            blank: Blanks::NONE,
            notes: &[
                "A firing alert is active; which are silenced is known to Alertmanager alone. `status: error` means that the question failed, and `warnings` that the answer may lack a part.",
                "Of a rule that is paused (`isPaused`, of Grafana) or was never evaluated the health is unknown, whatever it says; one that is `recovering` fires.",
                "A rule whose `health` is not ok was not evaluated: it cannot fire, so a condition over `rules.firing` or `rules.list` must ask for `rules.unhealthy` where there is one.",
                "A target of unknown health was not scraped yet: `targets.down` alone does not count it, so a condition must ask for `targets.up` or `targets.total` where there is one.",
                "A sample is a metric by its name and labels, `up{job=\"api\"}`; the only sample of an answer is `result` too.",
                "An empty vector is no sample, not 0: a condition over `metrics` has nothing to ask.",
                "Numbers are texts; `NaN` and infinities prove nothing.",
                "The time is that of the first sample, or of the oldest scrape or evaluation of a rule; an answer about alerts has none.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        match (shape.text("status"), shape.get("data")) {
            (Some("error"), _) => Fit::sure(shape.has(&["errorType", "error"])),
            (Some("success"), Some(data @ Shape::Map(_))) => Fit::sure(
                data.has(&["resultType", "result"])
                    || data.has_list("alerts")
                    || data.has_list("groups")
                    || data.has_list("activeTargets")
                    || data.has_list("droppedTargets"),
            ),
            (Some("success"), Some(data)) => {
                Fit::sure(data.first().is_some_and(|series| series.has(&["__name__"])))
            }
            _ => Fit::No,
        }
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Prometheus");
        if input.sniff.json().is_some_and(|shape| matches!(shape.get("data"), Some(Shape::List(_))))
        {
            input.json::<Series>()?;
            return Ok(reading);
        }
        let answer: Answer<'_> = input.json()?;
        for warning in answer.warnings.iter().flatten() {
            let said = text::title(warning).unwrap_or_default();
            let why = format!("Prometheus warns that its answer may not be whole. It says: {said}");
            reading.doubt(Rule::ToolFailed, why);
        }
        if answer.partial == Some(true) {
            let why = "The answer says itself that it is partial (`isPartial`).";
            reading.doubt(Rule::ToolFailed, why);
        }
        if answer.status.as_deref() != Some("success") {
            let kind = answer.error_type.as_deref().unwrap_or("no type");
            let said = answer.error.as_deref().and_then(text::title).unwrap_or_default();
            reading
                .doubt(Rule::ToolFailed, format!("Prometheus reported an error ({kind}): {said}"));
        }
        if let Some(data) = &answer.data {
            data.settle(&mut reading)?;
        }
        Ok(reading)
    }
}

/// A list of series carries nothing but its being there.
#[derive(Deserialize)]
struct Series {
    #[serde(rename = "data")]
    _data: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
    #[serde(rename = "errorType")]
    error_type: Option<Str<'a>>,
    error: Option<Str<'a>>,
    warnings: Option<Vec<Str<'a>>>,
    /// As VictoriaMetrics says it, where a part of its storage did not answer.
    #[serde(rename = "isPartial")]
    partial: Option<bool>,
    data: Option<Data<'a>>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow, rename = "resultType")]
    kind: Option<Str<'a>>,
    #[serde(borrow)]
    result: Option<query::Samples<'a>>,
    alerts: Option<Vec<AlertIn<'a>>>,
    groups: Option<Vec<Group<'a>>>,
    #[serde(rename = "groupNextToken")]
    next_page: Option<Str<'a>>,
    #[serde(rename = "activeTargets")]
    targets: Option<Vec<Target<'a>>>,
}

#[derive(Deserialize)]
struct Labels<'a> {
    #[serde(borrow)]
    alertname: Option<Str<'a>>,
    severity: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct AlertIn<'a> {
    #[serde(borrow)]
    labels: Option<Labels<'a>>,
    state: Option<Str<'a>>,
    #[serde(rename = "activeAt")]
    since: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Group<'a> {
    #[serde(borrow)]
    rules: Vec<RuleIn<'a>>,
}

#[derive(Deserialize)]
struct RuleIn<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    #[serde(rename = "type")]
    kind: Option<Str<'a>>,
    state: Option<Str<'a>>,
    health: Option<Str<'a>>,
    #[serde(default)]
    duration: Num,
    labels: Option<Labels<'a>>,
    #[serde(rename = "lastEvaluation")]
    evaluated: Option<Str<'a>>,
    /// Of Grafana's rules.
    #[serde(default, rename = "isPaused")]
    paused: bool,
}

#[derive(Deserialize)]
struct Target<'a> {
    #[serde(borrow)]
    health: Option<Str<'a>>,
    #[serde(rename = "lastScrape")]
    scraped: Option<Str<'a>>,
}

/// Whether a time stands for never: it is of the year 1.
fn is_never(time: &str) -> bool {
    time.starts_with("0001-")
}

/// Keeps the oldest of the times at which Prometheus looked.
fn looked<'t>(reading: &mut Reading, times: impl Iterator<Item = Option<&'t str>>) {
    for time in times.flatten().filter(|time| !is_never(time)) {
        when::older(&mut reading.produced_at, ProducedAt::parse(time));
    }
}

impl Data<'_> {
    fn settle(&self, reading: &mut Reading) -> Result<(), Broken> {
        if let Some(alerts) = &self.alerts {
            reading.facts.alerts = Some(Alerts {
                list: alerts.iter().map(AlertIn::fact).collect(),
                lists_pending: true,
                lists_suppressed: false,
            });
        }
        if let Some(groups) = &self.groups {
            if self.next_page.as_deref().is_some_and(|token| !token.is_empty()) {
                let why = "The page holds only the first groups of rules.";
                reading.doubt(Rule::Unreadable, why);
            }
            let rules = groups.iter().flat_map(|group| &group.rules);
            if rules.clone().next().is_none() {
                reading.doubt(Rule::NothingLookedAt, "Prometheus has 0 rules.");
            } else if !rules.clone().any(RuleIn::alerts) {
                reading.doubt(Rule::NothingLookedAt, "None of the rules of Prometheus alerts.");
            }
            looked(reading, rules.clone().map(|rule| rule.evaluated.as_deref()));
            reading.facts.rules = Some(AlertRules { list: rules.map(RuleIn::fact).collect() });
        }
        if let Some(targets) = &self.targets {
            let of = |health: &str| {
                targets.iter().filter(|target| target.health.as_deref() == Some(health)).count()
                    as u64
            };
            let total = targets.len() as u64;
            looked(reading, targets.iter().map(|target| target.scraped.as_deref()));
            reading.facts.targets = Some(Targets { total, up: of("up"), down: of("down") });
            if total == 0 {
                reading.doubt(Rule::NothingLookedAt, "Prometheus has 0 active targets.");
            } else if of("up") + of("down") == 0 {
                let why = "Prometheus has not looked at any of its targets yet.";
                reading.doubt(Rule::NothingLookedAt, why);
            }
        }
        match (&self.kind, &self.result) {
            (Some(kind), Some(result)) => query::settle(reading, kind, result),
            _ => Ok(()),
        }
    }
}

impl AlertIn<'_> {
    fn fact(&self) -> Alert {
        let labels = self.labels.as_ref();
        Alert {
            name: labels.and_then(|labels| text::said(&labels.alertname)).unwrap_or_default(),
            severity: labels.and_then(|labels| text::said(&labels.severity)),
            // An alert that is listed and does not say that it waits is one that fires.
            state: match self.state.as_deref() {
                Some(state) if state.eq_ignore_ascii_case("pending") => "pending".to_owned(),
                _ => "active".to_owned(),
            },
            since: self
                .since
                .as_deref()
                .and_then(|since| ProducedAt::parse(since).at)
                .map(|at| at.to_string()),
        }
    }
}

impl RuleIn<'_> {
    fn fact(&self) -> AlertRule {
        AlertRule {
            name: text::said(&self.name).unwrap_or_default(),
            severity: self.labels.as_ref().and_then(|labels| text::said(&labels.severity)),
            for_s: self.duration.get(),
            state: text::said(&self.state).map(|state| {
                // It fires until its condition has been quiet for as long as was asked.
                let fires = state.eq_ignore_ascii_case("recovering");
                if fires { "firing".to_owned() } else { state }
            }),
            health: self.health(),
            alerting: self.alerts(),
        }
    }

    /// As told, but of a rule that is paused or was never evaluated: Grafana and vmalert call such well.
    fn health(&self) -> Option<String> {
        let idle = self.paused || self.evaluated.as_deref().is_some_and(is_never);
        if idle { Some("unknown".to_owned()) } else { text::said(&self.health) }
    }

    /// Whether it can fire: the others only record.
    fn alerts(&self) -> bool {
        self.kind.as_deref() == Some("alerting")
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::AlertRule;

    #[test]
    fn a_rule_that_nobody_evaluates_is_not_well_and_one_that_recovers_fires() {
        for (rule, firing, unhealthy) in [
            (r#""state": "inactive""#, 0, 0),
            (r#""state": "firing""#, 1, 0),
            (r#""state": "recovering""#, 1, 0),
            (r#""state": "inactive", "isPaused": false"#, 0, 0),
            (r#""state": "inactive", "isPaused": true"#, 0, 1),
            (r#""state": "inactive", "lastEvaluation": "0001-01-01T00:00:00Z""#, 0, 1),
            (r#""state": "inactive", "lastEvaluation": "2026-11-22T10:00:00Z""#, 0, 0),
        ] {
            let answer = format!(
                r#"{{"status": "success", "data": {{"groups": [{{"rules": [{{"name": "a", "type": "alerting",
                "health": "ok", {rule}}}]}}]}}}}"#
            );
            let rules = reading("prometheus-api", &answer).facts.rules.unwrap().list;
            let count = |is: &dyn Fn(&AlertRule) -> bool| rules.iter().filter(|of| is(of)).count();
            assert_eq!(count(&|of| of.state.as_deref() == Some("firing")), firing, "{rule}");
            assert_eq!(count(&|of| of.health.as_deref() != Some("ok")), unhealthy, "{rule}");
        }
    }

    #[test]
    fn an_answer_that_is_not_whole_proves_nothing() {
        let answer =
            |data: &str, more: &str| format!(r#"{{"status": "success", "data": {data}{more}}}"#);
        let target = |health: &str| format!(r#"{{"activeTargets": [{{"health": "{health}"}}]}}"#);
        proves(
            "prometheus-api",
            &[
                (&answer(r#"{"alerts": []}"#, r#", "warnings": []"#), ""),
                (
                    &answer(r#"{"alerts": []}"#, r#", "warnings": ["remote read failed"]"#),
                    "It says: remote read failed",
                ),
                (&answer(r#"{"alerts": []}"#, r#", "isPartial": false"#), ""),
                (&answer(r#"{"alerts": []}"#, r#", "isPartial": true"#), "it is partial"),
                (&answer(r#"{"groups": [], "groupNextToken": "x"}"#, ""), "only the first groups"),
                (&answer(&target("up"), ""), ""),
                (&answer(&target("unknown"), ""), "not looked at any"),
            ],
        );
    }
}
