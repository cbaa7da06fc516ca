//! GitLab deployments: by the API, as an environment's last one, and by webhook.

use serde::Deserialize;

use crate::evidence::family::deployed::puts_less_live;
use crate::evidence::family::gitlab;
use crate::evidence::json::Str;
use crate::evidence::{
    About, Blanks, Broken, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Ci, Deployment};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct GitlabDeployment;

impl Format for GitlabDeployment {
    fn id(&self) -> &'static str {
        "gitlab-deployment"
    }

    fn about(&self) -> About {
        About {
            tool: "GitLab deployments (`/projects/:id/deployments`, an environment, webhook)",
            recognised: "`deployable`, `environment`, `sha` and `status`; an environment with `last_deployment`; an event of `object_kind: deployment`",
            carries: &["deployment", "ci"],
            tells: Tells::NOTHING
                .time("`deployable.finished_at`, `updated_at`, `status_changed_at` or `created_at`")
                .commit("`sha`, or the end of `commit_url`"),
            source: "https://docs.gitlab.com/api/deployments/",
            clean: "`status` is `success`.",
            vacuous: "A list without a deployment; a full page of 20, 50 or 100 that begins with the oldest; an environment that nothing was deployed to.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "`status` is told in GitHub's words: `failed` is `failure`, `running` is `in_progress`, `created` is `queued`; of an environment that is `stopped` a success is `inactive`, and one whose job says otherwise is none, nor one whose job is called `stop_production`, `deploy:canary` or a dry run.",
                "Of a list the latest by `id` counts; deployments to several environments disagree.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let one = shape.first().unwrap_or(shape);
        let event = shape.text("object_kind") == Some("deployment");
        Fit::sure(event || one.has(&["deployable", "environment", "sha", "status"]) || holds(shape))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "GitLab deployments");
        let shape = input.sniff.json();
        if shape.is_some_and(|shape| shape.has(&["object_kind"])) {
            let event: Event<'_> = input.json()?;
            settle(&mut reading, event.deployment());
        } else if shape.is_some_and(holds) {
            let environment: Environment<'_> = input.json()?;
            match environment.last_deployment {
                Some(last) => {
                    let (mut deployment, made) = last.deployment(&environment.name);
                    if is_stopped(environment.state.as_deref()) {
                        deployment.state = Some("inactive".to_owned());
                    }
                    settle(&mut reading, (deployment, made));
                }
                None => reading.doubt(Rule::NothingRan, "Nothing was deployed to it."),
            }
        } else if shape.is_some_and(Shape::is_map) {
            let only: Entry<'_> = input.json()?;
            settle(&mut reading, only.deployment(&None));
        } else {
            list(&mut reading, &input.json::<Vec<Entry<'_>>>()?);
        }
        Ok(reading)
    }
}

/// Whether it is an environment that says what was last deployed to it.
fn holds(shape: &Shape<'_>) -> bool {
    shape.has(&["last_deployment", "name", "state"])
}

fn is_stopped(state: Option<&str>) -> bool {
    matches!(state, Some("stopped" | "stopping"))
}

/// Takes the latest of a list.
fn list(reading: &mut Reading, entries: &[Entry<'_>]) {
    let Some(latest) = entries.iter().max_by_key(|entry| entry.id) else {
        return reading.doubt(Rule::NothingRan, "The list holds 0 deployments.");
    };
    let named = |entry: &Entry<'_>| entry.environment.as_ref().and_then(|of| text::said(&of.name));
    if entries.iter().any(|entry| named(entry) != named(latest)) {
        let why = "The list holds deployments to several environments.";
        reading.doubt(Rule::Conflicting, why);
    }
    // GitLab begins with the oldest, and a page that does not may hold the latest alone.
    if entries.first().map(|first| first.id) != Some(latest.id) {
        gitlab::full_page(reading, entries.len(), "deployments");
    }
    let (mut deployment, made) = latest.deployment(&None);
    let others = entries.iter().filter(|entry| entry.id != latest.id);
    deployment.earlier = others.map(|entry| entry.deployment(&None).0).collect();
    settle(reading, (deployment, made));
}

fn settle(reading: &mut Reading, (deployment, made): (Deployment, Option<ProducedAt>)) {
    reading.commit.clone_from(&deployment.commit);
    let commit = deployment.commit.clone();
    reading.facts.ci = commit.map(|commit| Ci { commit: Some(commit), ..Ci::default() });
    reading.facts.deployment = Some(deployment);
    reading.produced_at = made;
}

/// GitLab's word for how it stands, as GitHub says it.
fn state(word: Option<&str>) -> Option<String> {
    let said = match word? {
        "failed" => "failure",
        "running" => "in_progress",
        "created" => "queued",
        "canceled" => "cancelled",
        other => other,
    };
    Some(said.to_owned())
}

/// A deployment of the API.
#[derive(Deserialize)]
struct Entry<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    sha: Option<Str<'a>>,
    r#ref: Option<Str<'a>>,
    status: Option<Str<'a>>,
    created_at: Option<Str<'a>>,
    updated_at: Option<Str<'a>>,
    environment: Option<Named<'a>>,
    deployable: Option<Deployable<'a>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    state: Option<Str<'a>>,
}

/// The job that deployed.
#[derive(Deserialize)]
struct Deployable<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    status: Option<Str<'a>>,
    finished_at: Option<Str<'a>>,
}

/// An environment, and what was last deployed to it.
#[derive(Deserialize)]
struct Environment<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    state: Option<Str<'a>>,
    last_deployment: Option<Entry<'a>>,
}

impl Entry<'_> {
    /// How it stands: whatever ran in an environment that was stopped runs there no more, and of the whole a
    /// canary's job says nothing.
    fn state(&self) -> Option<String> {
        let job = self.deployable.as_ref().and_then(|job| job.status.as_deref());
        let place = self.environment.as_ref().and_then(|of| of.state.as_deref());
        let named = self.deployable.as_ref().and_then(|job| job.name.as_deref());
        let to = self.environment.as_ref().and_then(|of| of.name.as_deref());
        let less = named.and_then(|name| puts_less_live(name, to));
        match state(self.status.as_deref()) {
            Some(said) if said == "success" && less.is_some() => None,
            Some(said) if said == "success" && is_stopped(place) => Some("inactive".to_owned()),
            Some(said) if said == "success" && job.is_some_and(|job| job != "success") => None,
            said => said,
        }
    }

    /// The deployment, to `around` where it does not say itself where to.
    fn deployment(&self, around: &Option<Str<'_>>) -> (Deployment, Option<ProducedAt>) {
        let ended = self.deployable.as_ref().and_then(|job| job.finished_at.as_deref());
        let at = ended.or(self.updated_at.as_deref()).or(self.created_at.as_deref());
        let own = self.environment.as_ref().and_then(|of| text::said(&of.name));
        let made = at.map(ProducedAt::parse);
        let deployment = Deployment {
            id: self.id.map(|id| id.to_string()),
            environment: own.or_else(|| text::said(around)),
            state: self.state(),
            reference: text::said(&self.r#ref),
            commit: text::said(&self.sha),
            begun: moment(self.created_at.as_deref().map(ProducedAt::parse).as_ref()),
            at: moment(made.as_ref()),
            ..Deployment::default()
        };
        (deployment, made)
    }
}

/// A webhook.
#[derive(Deserialize)]
struct Event<'a> {
    deployment_id: Option<u64>,
    #[serde(borrow)]
    status: Option<Str<'a>>,
    status_changed_at: Option<Str<'a>>,
    environment: Option<Str<'a>>,
    r#ref: Option<Str<'a>>,
    commit_url: Option<Str<'a>>,
}

impl Event<'_> {
    fn deployment(&self) -> (Deployment, Option<ProducedAt>) {
        let made = self.status_changed_at.as_deref().map(ProducedAt::parse);
        let url = self.commit_url.as_deref().unwrap_or_default();
        let commit = url.rsplit_once("/commit/").map(|(_, commit)| commit.to_owned());
        let deployment = Deployment {
            id: self.deployment_id.map(|id| id.to_string()),
            environment: text::said(&self.environment),
            state: state(self.status.as_deref()),
            reference: text::said(&self.r#ref),
            commit: commit.filter(|commit| !commit.is_empty()),
            at: moment(made.as_ref()),
            ..Deployment::default()
        };
        (deployment, made)
    }
}

fn moment(made: Option<&ProducedAt>) -> Option<String> {
    made.and_then(|made| made.at).map(|at| at.to_string())
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn entry(id: u64, status: &str, to: &str, sha: &str) -> String {
        format!(
            r#"{{"id": {id}, "iid": {id}, "ref": "main", "sha": "{sha}", "status": "{status}",
            "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T10:05:00Z",
            "environment": {{"id": 9, "name": "{to}"}}, "deployable": {{"finished_at": null}}}}"#
        )
    }

    #[test]
    fn of_a_list_the_latest_counts_whatever_its_order() {
        let (new, old) = (entry(2, "success", "live", "new"), entry(1, "success", "live", "old"));
        for list in [format!("[{new},{old}]"), format!("[{old},{new}]")] {
            let told = reading("gitlab-deployment", &list).facts.deployment.unwrap();
            assert_eq!(told.commit.as_deref(), Some("new"));
        }
        let mixed = format!("[{new},{}]", entry(1, "success", "test", "old"));
        proves("gitlab-deployment", &[(&mixed, "several environments")]);
    }

    #[test]
    fn a_full_page_that_begins_with_the_oldest_may_lack_the_latest() {
        let list = |ids: &mut dyn Iterator<Item = u64>| {
            let entries = ids.map(|id| entry(id, "success", "live", "c")).collect::<Vec<_>>();
            format!("[{}]", entries.join(","))
        };
        let (rising, falling) = (list(&mut (1..=20)), list(&mut (1..=20).rev()));
        let short = list(&mut (1..=19));
        proves("gitlab-deployment", &[(&rising, "a full page"), (&falling, ""), (&short, "")]);
    }

    #[test]
    fn a_success_that_its_job_or_its_environment_denies_is_none() {
        let told = |own: &str, other: &str| {
            let entry = entry(1, "success", "live", "c").replace(own, other);
            reading("gitlab-deployment", &entry).facts.deployment.unwrap().state
        };
        let stopped = told("\"name\": \"live\"", "\"name\": \"live\", \"state\": \"stopped\"");
        assert_eq!(stopped.as_deref(), Some("inactive"));
        let job = told("\"finished_at\"", "\"status\": \"failed\", \"finished_at\"");
        assert_eq!(job, None);
        let (job, ok) = ("\"finished_at\"", "\"status\": \"success\", \"finished_at\"");
        assert_eq!(told(job, ok).as_deref(), Some("success"));
        for (name, state) in [("deploy_production", Some("success")), ("stop_production", None)] {
            let named = told(job, &format!("\"name\": \"{name}\", \"finished_at\""));
            assert_eq!(named.as_deref(), state, "{name}");
        }
    }

    #[test]
    fn what_is_no_success_is_told_as_none() {
        for (word, said) in [
            ("success", "success"),
            ("failed", "failure"),
            ("running", "in_progress"),
            ("created", "queued"),
            ("canceled", "cancelled"),
            ("blocked", "blocked"),
            ("skipped", "skipped"),
        ] {
            let told = reading("gitlab-deployment", &entry(1, word, "live", "c"));
            assert_eq!(told.facts.deployment.unwrap().state.as_deref(), Some(said));
        }
    }
}
