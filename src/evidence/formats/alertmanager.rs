//! Alertmanager's API: alerts, alone, in groups, or as version 1 wrapped them.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Alert, Alerts};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Alertmanager;

impl Format for Alertmanager {
    fn id(&self) -> &'static str {
        "alertmanager"
    }

    fn about(&self) -> About {
        About {
            tool: "Alertmanager (`/api/v2/alerts`, `/api/v2/alerts/groups`, `amtool alert -o json`)",
            recognised: "a list of alerts with `fingerprint` and `startsAt`, or of groups with `alerts` and `receiver`",
            carries: &["alerts"],
            tells: Tells::NOTHING.time("the latest `updatedAt`"),
            source: "https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml",
            clean: "A list without an alert, where the format is named.",
            vacuous: "`status: error`; a webhook: it is about one group and says nothing of others.",
            blank: Blanks::NONE.list(Means::Clean),
            notes: &[
                "`active` fires, `suppressed` is silenced or inhibited. `unprocessed` was sent as one that fires, and is told as active: whether it is silenced Alertmanager does not know yet.",
                "An alert that stands in several groups counts once, by its fingerprint.",
                "A webhook calls its alerts `firing` and `resolved`; resolved ones are not listed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let alert = |shape: &Shape<'_>| shape.has(&["fingerprint", "startsAt", "labels"]);
        let group =
            |shape: &Shape<'_>| shape.has_list("alerts") && shape.has(&["labels", "receiver"]);
        let wrapped = shape.first_of("data").is_some_and(alert);
        let webhook = shape.has(&["groupKey", "receiver"]) && shape.has_list("alerts");
        let listed = shape.first().is_some_and(|first| alert(first) || group(first));
        Fit::sure(listed || wrapped || webhook)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Alertmanager");
        let mut seen = BTreeSet::new();
        let mut alerts = Alerts { lists_suppressed: true, ..Alerts::default() };
        let mut latest: Option<String> = None;
        let mut take = |entry: Entry<'_>| {
            for alert in entry.alerts.iter().flatten().chain(entry.own.as_ref()) {
                let new =
                    alert.fingerprint.as_ref().is_none_or(|print| seen.insert(print.to_string()));
                latest = latest.take().max(text::said(&alert.updated_at));
                if new && alert.state() != "resolved" {
                    alerts.list.push(alert.alert());
                }
            }
        };
        match input.sniff.json() {
            Some(Shape::Map(_)) => {
                let whole: Wrapped<'_> = input.json()?;
                if whole.status.as_deref() == Some("error") {
                    let said = whole.error.as_deref().and_then(text::title).unwrap_or_default();
                    reading
                        .doubt(Rule::ToolFailed, format!("Alertmanager reported an error: {said}"));
                }
                if whole.group_key.is_some() {
                    let why =
                        "The file is about one group; that no other alert fires does not follow.";
                    reading.doubt(Rule::NothingLookedAt, why);
                }
                let listed = whole.data.or(whole.alerts).unwrap_or_default();
                take(Entry { alerts: Some(listed), own: None });
            }
            _ => {
                input.elements(|entry: Group<'_>| take(entry.into_entry()))?;
            }
        }
        reading.produced_at = latest.as_deref().map(ProducedAt::parse);
        reading.facts.alerts = Some(alerts);
        Ok(reading)
    }
}

/// A group's alerts, or an alert by itself.
struct Entry<'a> {
    alerts: Option<Vec<AlertIn<'a>>>,
    own: Option<AlertIn<'a>>,
}

#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
    error: Option<Str<'a>>,
    data: Option<Vec<AlertIn<'a>>>,
    alerts: Option<Vec<AlertIn<'a>>>,
    #[serde(rename = "groupKey")]
    group_key: Option<Str<'a>>,
}

/// An element of the list: a group, or an alert.
#[derive(Deserialize)]
#[serde(untagged)]
enum Group<'a> {
    Several {
        #[serde(borrow)]
        alerts: Vec<AlertIn<'a>>,
    },
    One(#[serde(borrow)] AlertIn<'a>),
}

impl<'a> Group<'a> {
    fn into_entry(self) -> Entry<'a> {
        match self {
            Group::Several { alerts } => Entry { alerts: Some(alerts), own: None },
            Group::One(alert) => Entry { alerts: None, own: Some(alert) },
        }
    }
}

#[derive(Deserialize)]
struct AlertIn<'a> {
    #[serde(borrow)]
    fingerprint: Option<Str<'a>>,
    labels: Labels<'a>,
    status: Option<Status<'a>>,
    #[serde(rename = "startsAt")]
    starts_at: Option<Str<'a>>,
    #[serde(rename = "updatedAt")]
    updated_at: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Labels<'a> {
    #[serde(borrow)]
    alertname: Option<Str<'a>>,
    severity: Option<Str<'a>>,
}

/// The API's object, or the webhook's word.
#[derive(Deserialize)]
#[serde(untagged)]
enum Status<'a> {
    Of {
        #[serde(borrow)]
        state: Str<'a>,
    },
    Word(#[serde(borrow)] Str<'a>),
}

impl AlertIn<'_> {
    fn state(&self) -> &'static str {
        let word = match &self.status {
            Some(Status::Of { state }) => &**state,
            Some(Status::Word(word)) => word,
            None => "active",
        };
        match word {
            "suppressed" => "suppressed",
            "resolved" => "resolved",
            _ => "active",
        }
    }

    fn alert(&self) -> Alert {
        Alert {
            name: text::said(&self.labels.alertname).unwrap_or_default(),
            severity: text::said(&self.labels.severity),
            state: self.state().to_owned(),
            since: text::said(&self.starts_at),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn an_alert_that_was_not_looked_at_yet_fires() {
        for (state, active) in [("active", 1), ("unprocessed", 1), ("suppressed", 0)] {
            let report = format!(
                r#"[{{"fingerprint": "a", "startsAt": "2026-05-02T08:14:00Z", "labels": {{"alertname": "A"}},
                "status": {{"state": "{state}"}}}}]"#
            );
            let alerts = reading("alertmanager", &report).facts.alerts.unwrap();
            assert_eq!(alerts.in_state("active"), active, "{state}");
        }
    }
}
