//! GitHub's alerts of code scanning, Dependabot and secret scanning: one event, or a list.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::family::own;
use crate::evidence::json::{Num, Str};
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Grade, Level};
use crate::model::{ProducedAt, Reading, Rule};

/// How many alerts GitHub gives at once: if not asked, at the most, and as is often asked.
const PAGES: [u64; 3] = [30, 100, 50];

/// How to ask for alerts of which none is trueup's.
const OTHERS: &str =
    " Ask for those of a scanner (`tool_name=CodeQL`): `[]` then says that there is none.";

pub(super) struct GithubAlert;

impl Format for GithubAlert {
    fn id(&self) -> &'static str {
        "github-alert"
    }

    fn about(&self) -> About {
        About {
            tool: "GitHub code scanning, Dependabot and secret scanning (webhook, REST lists)",
            recognised: "`alert` in an event, or a list of alerts by `security_advisory`, `most_recent_instance` or `secret_type`",
            carries: &["findings"],
            tells: Tells::NOTHING
                .time("the latest time of an alert")
                .commit("`commit_oid` of an event"),
            source: "https://docs.github.com/en/rest/code-scanning/code-scanning",
            clean: "`[]`, or only alerts that are not open.",
            vacuous: "An event, or one alert by itself: it says nothing of others; a full page of 30, 50 or 100 alerts of which none is open.",
            blank: Blanks::NONE.list(Means::Clean),
            notes: &[
                "Open alerts are findings; dismissed, fixed and resolved ones are listed, not counted.",
                "An event is about one alert and proves nothing: that there is no other does not follow. Ask for the list.",
                "A list of exactly 30, 50 or 100 alerts may be the first page of more (then those that are open only refute, and where none is, nothing is said): ask with `--paginate`, or for the open ones alone (`state=open`).",
                "Alerts of trueup's own log of SARIF are left out; of them alone nothing is proven: ask for those of a scanner (`tool_name=CodeQL`).",
                "A secret is never read, only its type; a list of secret scanning is not copied into a report, for it holds them.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let event = shape
            .get("alert")
            .is_some_and(|alert| alert.has(&["created_at"]) && shape.has(&["action"]));
        Fit::sure(event || is_alert(shape.first().unwrap_or(shape)))
    }

    fn grades(&self) -> bool {
        true
    }

    fn may_hold_secrets(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut findings = input.findings();
        let mut latest: Option<String> = None;
        let mut secrets = false;
        let (mut held, mut of_trueup) = (0, 0);
        let mut take = |alert: &Alert<'_>| {
            held += 1;
            let at = alert.updated_at.as_deref().or(alert.created_at.as_deref()).map(str::to_owned);
            latest = latest.take().max(at);
            secrets |= alert.secret_type.is_some() || alert.secret.is_some();
            if alert.security_vulnerability.is_some() {
                findings.list.tells("fixed_in");
            }
            if alert.is_own() {
                of_trueup += 1;
            } else {
                findings.add(alert.finding());
            }
        };
        match input.sniff.json() {
            Some(shape) if shape.has(&["alert"]) => {
                let event: Event<'_> = input.json()?;
                reading.commit = text::said(&event.commit_oid);
                take(&event.alert);
            }
            Some(shape) if shape.is_map() => take(&input.json()?),
            _ => {
                input.elements(|alert: Alert<'_>| take(&alert))?;
            }
        }
        own::settle(&mut reading, of_trueup, held - of_trueup, "alert", OTHERS);
        if PAGES.contains(&held) && findings.total() == 0 {
            let why = format!(
                "The list holds {held} alerts, a full page, and none is open: there may be more. Ask \
                 for the open ones alone (`state=open`)."
            );
            reading.doubt(Rule::Unreadable, why);
        } else if PAGES.contains(&held) {
            // Those that are listed refute; of the others nobody knows.
            let why = format!(
                "The list holds {held} alerts, a full page: there may be more. Ask with `--paginate`."
            );
            reading.doubt(Rule::FullPage, why);
        }
        if input.sniff.json().is_some_and(Shape::is_map) {
            let why = "The file is about one alert; that there is no other does not follow.";
            reading.doubt(Rule::NothingLookedAt, why);
        }
        reading.secrets = secrets;
        reading.tool = Some("GitHub alerts".to_owned());
        reading.produced_at = latest.as_deref().map(ProducedAt::parse);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

fn is_alert(shape: &Shape<'_>) -> bool {
    let kinds = ["security_advisory", "most_recent_instance", "secret_type", "instances"];
    shape.has(&["number", "state", "created_at"]) && kinds.iter().any(|key| shape.has(&[key]))
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    alert: Alert<'a>,
    commit_oid: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Alert<'a> {
    #[serde(borrow)]
    state: Option<Str<'a>>,
    created_at: Option<Str<'a>>,
    updated_at: Option<Str<'a>>,
    rule: Option<RuleIn<'a>>,
    tool: Option<Tool<'a>>,
    security_advisory: Option<Advisory<'a>>,
    dependency: Option<Dependency<'a>>,
    security_vulnerability: Option<Vulnerability<'a>>,
    secret_type: Option<IgnoredAny>,
    secret_type_display_name: Option<Str<'a>>,
    /// What leaked: that it is there is all that is read of it.
    secret: Option<IgnoredAny>,
    most_recent_instance: Option<Instance<'a>>,
}

#[derive(Deserialize)]
struct RuleIn<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    severity: Option<Str<'a>>,
    security_severity_level: Option<Str<'a>>,
    description: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Tool<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Advisory<'a> {
    #[serde(borrow)]
    ghsa_id: Option<Str<'a>>,
    cve_id: Option<Str<'a>>,
    summary: Option<Str<'a>>,
    severity: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Dependency<'a> {
    #[serde(borrow)]
    package: Option<Package<'a>>,
    manifest_path: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Vulnerability<'a> {
    #[serde(borrow)]
    first_patched_version: Option<Patched<'a>>,
}

#[derive(Deserialize)]
struct Patched<'a> {
    #[serde(borrow)]
    identifier: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Instance<'a> {
    #[serde(borrow)]
    location: Option<Location<'a>>,
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    path: Option<Str<'a>>,
    #[serde(default)]
    start_line: Num,
}

impl Alert<'_> {
    /// Whether it is of trueup's own log of SARIF.
    fn is_own(&self) -> bool {
        self.tool.as_ref().is_some_and(|tool| tool.name.as_deref() == Some(own::NAME))
    }

    fn finding(&self) -> Finding {
        let place = self.most_recent_instance.as_ref().and_then(|of| of.location.as_ref());
        let closed = ["fixed", "dismissed", "auto_dismissed", "resolved", "closed"];
        let suppressed = self.state.as_deref().is_some_and(|state| closed.contains(&state));
        if let Some(rule) = &self.rule {
            let level = rule.severity.as_deref().map_or(Level::Note, Level::from_word);
            let grade =
                rule.security_severity_level.as_deref().map_or(Grade::Unknown, Grade::from_word);
            return Finding {
                rule: text::said(&rule.id),
                title: rule.description.as_deref().and_then(text::title),
                path: place.and_then(|place| text::said(&place.path)),
                line: place.and_then(|place| place.start_line.line()),
                suppressed,
                ..Finding::new(grade, level)
            };
        }
        if let Some(advisory) = &self.security_advisory {
            let dependency = self.dependency.as_ref();
            let patched = self
                .security_vulnerability
                .as_ref()
                .and_then(|of| of.first_patched_version.as_ref());
            return Finding {
                rule: text::said(&advisory.ghsa_id),
                aliases: text::all_said(&advisory.cve_id),
                title: advisory.summary.as_deref().and_then(text::title),
                package: dependency.and_then(|of| text::said(&of.package.as_ref()?.name)),
                fixed_in: patched.and_then(|of| text::said(&of.identifier)),
                path: dependency.and_then(|of| text::said(&of.manifest_path)),
                suppressed,
                ..Finding::graded(
                    advisory.severity.as_deref().map_or(Grade::Unknown, Grade::from_word),
                )
            };
        }
        Finding {
            title: text::said(&self.secret_type_display_name),
            suppressed,
            ..Finding::levelled(Level::Error)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_full_page_without_an_open_alert_says_nothing_of_the_next() {
        let list = |count: usize, state: &str| {
            let alert = format!(
                r#"{{"number": 1, "state": "{state}", "created_at": "2026-11-22T10:00:00Z",
                "most_recent_instance": {{}}, "rule": {{"id": "a"}}}}"#
            );
            format!("[{}]", vec![alert; count].join(","))
        };
        for (count, state, why) in [
            (29, "fixed", ""),
            (30, "fixed", "30 alerts, a full page"),
            (100, "dismissed", "100 alerts, a full page"),
            (29, "open", ""),
            (30, "open", "a full page: there may be more"),
            (50, "open", "a full page: there may be more"),
        ] {
            proves("github-alert", &[(&list(count, state), why)]);
        }
    }

    #[test]
    fn one_alert_says_nothing_of_others() {
        let alert = r#"{"number": 1, "state": "fixed", "created_at": "2026-11-22T10:00:00Z",
            "most_recent_instance": {}, "rule": {"id": "a"}}"#;
        proves(
            "github-alert",
            &[
                (&format!("[{alert}]"), ""),
                (alert, "about one alert"),
                (&format!(r#"{{"action": "fixed", "alert": {alert}}}"#), "about one alert"),
            ],
        );
    }

    #[test]
    fn alerts_of_secrets_hold_them_and_no_others() {
        let secrets = |more: &str| {
            let alert = format!(
                r#"{{"number": 1, "state": "open", "created_at": "2026-11-22T10:00:00Z", {more}}}"#
            );
            reading("github-alert", &format!("[{alert}]")).secrets
        };
        assert!(secrets(r#""secret_type": "a_key", "secret": "leaked""#));
        assert!(!secrets(r#""most_recent_instance": {}, "rule": {"id": "a"}"#));
    }

    #[test]
    fn alerts_of_trueups_own_log_are_left_out() {
        let alert = |tool: &str, state: &str| {
            format!(
                r#"{{"number": 1, "state": "{state}", "created_at": "2026-11-22T10:00:00Z",
                "most_recent_instance": {{}}, "rule": {{"id": "a"}}, "tool": {{"name": "{tool}"}}}}"#
            )
        };
        let own = alert("trueup", "open");
        proves("github-alert", &[(&format!("[{own}]"), "tool_name=CodeQL")]);
        let mixed = format!("[{own},{}]", alert("CodeQL", "fixed"));
        proves("github-alert", &[(&mixed, "")]);
        assert_eq!(reading("github-alert", &mixed).facts.findings.unwrap().total(), 0);
        let open = format!("[{own},{}]", alert("CodeQL", "open"));
        assert_eq!(reading("github-alert", &open).facts.findings.unwrap().total(), 1);
    }
}
