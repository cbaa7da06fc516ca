//! GitHub deployments: the webhooks, deployments and statuses of the REST API, and lists of them.

use serde::Deserialize;

use crate::evidence::family::deployed::puts_less_live;
use crate::evidence::family::github::{self, Subject};
use crate::evidence::family::github_pages;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells};
use crate::facts::{Ci, Deployment};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct GithubDeployment;

impl Format for GithubDeployment {
    fn id(&self) -> &'static str {
        "github-deployment"
    }

    fn about(&self) -> About {
        About {
            tool: "GitHub deployments (webhooks `deployment` and `deployment_status`, REST)",
            recognised: "`deployment` in an event, or deployments and statuses by their keys",
            carries: &["deployment", "ci"],
            tells: Tells::NOTHING
                .time("`updated_at` or `created_at` of the status, or of the deployment")
                .commit("`sha`"),
            source: "https://docs.github.com/en/rest/deployments/deployments",
            clean: "`state` is `success`.",
            vacuous: "A list without a deployment.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "The commit is that of the deployment, even beside a `workflow_run`.",
                "A deployment without a status has no state; only a status says whether it succeeded. A status by itself names no commit. Both together tell of one deployment, by its id in its repository.",
                "Where the `task` is none that puts the whole live (`deploy`, `release`, …), as `destroy` and `deploy:migrations`, where its description or its status's says that it was a canary, a share of the users or taken back, where the environment is a transient one, and where it is called production and is said to be none, it proves nothing.",
                "Of a list the latest by `created_at` counts, for one that another took the place of is updated then; deployments to several environments disagree. Pages of `gh api --paginate` are one list.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(github::subject(sniff) == Some(Subject::Deployment))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let shape = input.sniff.json();
        if shape.is_some_and(|shape| shape.has(&["deployment"])) {
            let event: Event<'_> = input.json()?;
            settle(&mut reading, &event.deployment, event.deployment_status.as_ref());
        } else if shape.is_some_and(|shape| shape.is_map()) {
            let only: Entry<'_> = input.json()?;
            settle(&mut reading, &only, None);
        } else {
            let list: Vec<Entry<'_>> = github_pages::bare(input)?;
            // GitHub lists the newest first, and of two of one second that one counts.
            match list.iter().rev().max_by_key(|entry| (entry.created_at.as_deref(), entry.id)) {
                Some(latest) => {
                    if list.iter().any(|entry| entry.environment != latest.environment) {
                        let why = "The list holds deployments to several environments.";
                        reading.doubt(Rule::Conflicting, why);
                    }
                    settle(&mut reading, latest, None);
                    let others = list.iter().filter(|entry| !std::ptr::eq(*entry, latest));
                    if let Some(deployment) = &mut reading.facts.deployment {
                        deployment.earlier = others.map(|entry| entry.told(None)).collect();
                    }
                }
                None => reading.doubt(Rule::NothingRan, "The list holds 0 deployments."),
            }
        }
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    deployment: Entry<'a>,
    deployment_status: Option<Entry<'a>>,
}

/// A deployment, or a status of one.
#[derive(Deserialize)]
struct Entry<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    sha: Option<Str<'a>>,
    r#ref: Option<Str<'a>>,
    environment: Option<Str<'a>>,
    state: Option<Str<'a>>,
    task: Option<Str<'a>>,
    description: Option<Str<'a>>,
    url: Option<Str<'a>>,
    statuses_url: Option<Str<'a>>,
    created_at: Option<Str<'a>>,
    updated_at: Option<Str<'a>>,
    transient_environment: Option<bool>,
    production_environment: Option<bool>,
    /// Of a status by itself: whose it is.
    deployment_url: Option<Str<'a>>,
}

impl Entry<'_> {
    /// The deployment's own id, though it be a status of one.
    fn deployment(&self) -> Option<String> {
        let Some(url) = self.deployment_url.as_deref() else {
            return self.id.map(|id| id.to_string());
        };
        url.rsplit('/').next().filter(|id| !id.is_empty()).map(str::to_owned)
    }

    /// The project whose deployment it is.
    fn project(&self) -> Option<String> {
        let mut urls = [&self.deployment_url, &self.url, &self.statuses_url].into_iter().flatten();
        urls.find_map(|url| url.split_once("/deployments/")).map(|(project, _)| project.to_owned())
    }

    /// Why it puts nothing live where it is meant to be.
    fn is_another(&self) -> Option<String> {
        if let Some(task) = self.other_task() {
            return Some(format!(
                "The task of the deployment is `{task}`, which puts nothing live."
            ));
        }
        let described = self.description.as_deref();
        let less = described.and_then(|said| puts_less_live(said, self.environment.as_deref()));
        if let Some(less) = less {
            return Some(format!(
                "The description of the deployment says `{less}`: the whole is not live by it."
            ));
        }
        if self.transient_environment == Some(true) {
            return Some("The environment of the deployment is a transient one.".to_owned());
        }
        let named = self.environment.as_deref().unwrap_or_default();
        let is_none = self.production_environment == Some(false);
        // Of any other name it is none unless somebody says so.
        (is_none && named.eq_ignore_ascii_case("production")).then(|| {
            "The environment is called production and `production_environment` is false.".to_owned()
        })
    }

    /// Its task, where that is none that puts the whole live: it can be anything (`destroy`, `rollback`).
    fn other_task(&self) -> Option<&str> {
        const WHOLE: [&str; 6] = ["all", "app", "full", "live", "prod", "production"];
        const WORDS: [&str; 8] =
            ["deploy", "launch", "promot", "publish", "redeploy", "releas", "roll-out", "rollout"];
        let task = self.task.as_deref().filter(|task| !task.is_empty())?;
        let said = task.to_lowercase();
        let is_part = said.split_once(':').is_some_and(|(_, of)| !WHOLE.contains(&of.trim()));
        (is_part || !WORDS.iter().any(|word| said.starts_with(word))).then_some(task)
    }

    fn at(&self) -> Option<&str> {
        self.updated_at.as_deref().or(self.created_at.as_deref())
    }

    /// The deployment, by its `status` where one stands beside it.
    fn told(&self, status: Option<&Entry<'_>>) -> Deployment {
        let at = status.and_then(Entry::at).or(self.at());
        let state = status.map_or(&self.state, |status| &status.state);
        let environment = status.and_then(|status| github::said(&status.environment));
        // What a status says of another task is no deployment's state.
        let is_other = std::iter::once(self).chain(status).any(|of| of.is_another().is_some());
        Deployment {
            id: self.deployment().filter(|_| !is_other),
            project: self.project(),
            environment: environment.or_else(|| github::said(&self.environment)),
            state: github::said(state),
            reference: github::said(&self.r#ref),
            commit: github::said(&self.sha),
            begun: moment(self.created_at.as_deref().filter(|_| self.deployment_url.is_none())),
            at: moment(at),
            earlier: Vec::new(),
        }
    }
}

fn moment(time: Option<&str>) -> Option<String> {
    ProducedAt::parse(time?).at.map(|at| at.to_string())
}

fn settle(reading: &mut Reading, deployment: &Entry<'_>, status: Option<&Entry<'_>>) {
    reading.tool = Some("GitHub deployments".to_owned());
    reading.commit = github::said(&deployment.sha);
    reading.facts.deployment = Some(deployment.told(status));
    if let Some(why) = deployment.is_another().or_else(|| status?.is_another()) {
        reading.doubt(Rule::NothingRan, why);
    }
    if let Some(commit) = github::said(&deployment.sha) {
        reading.facts.ci = Some(Ci { commit: Some(commit), ..Ci::default() });
    }
    reading.produced_at = status.and_then(Entry::at).or(deployment.at()).map(ProducedAt::parse);
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_deployment_that_became_inactive_is_not_the_latest() {
        let deployment = |id: u64, sha: &str, created: &str, updated: &str| {
            format!(
                r#"{{"id": {id}, "sha": "{sha}", "ref": "main", "task": "deploy", "environment": "live", "statuses_url": "u",
                "created_at": "2026-11-{created}Z", "updated_at": "2026-11-{updated}Z"}}"#
            )
        };
        let newer = deployment(2, "new", "24T10:00:00", "24T10:05:00");
        let older = deployment(1, "old", "23T09:00:00", "24T10:05:01");
        let twin = deployment(1, "old", "24T10:00:00", "24T10:05:01");
        for list in [[&newer, &older], [&older, &newer], [&twin, &newer]] {
            let read = reading("github-deployment", &format!("[{},{}]", list[0], list[1]));
            assert_eq!(read.facts.deployment.unwrap().commit.as_deref(), Some("new"));
        }
    }

    #[test]
    fn what_puts_nothing_live_in_production_proves_nothing() {
        let deployment = |more: &str| {
            format!(
                r#"{{"id": 2, "sha": "c", "ref": "main", {more}, "environment": "production", "statuses_url": "u",
                "created_at": "2026-11-24T10:00:00Z", "updated_at": "2026-11-24T10:00:00Z"}}"#
            )
        };
        for (more, why) in [
            (r#""task": "deploy""#, ""),
            (r#""task": "deploy:production""#, ""),
            (
                r#""task": "deploy", "production_environment": true, "transient_environment": false"#,
                "",
            ),
            (r#""task": "deploy:migrations""#, "puts nothing live"),
            (r#""task": "deploy", "description": "Deploy request from hubot""#, ""),
            (r#""task": "deploy", "description": "canary 5%""#, "says `canary`"),
            (r#""task": "deploy", "description": "Rolled back""#, "says `rolled back`"),
            (r#""task": "deploy", "transient_environment": true"#, "a transient one"),
            (r#""task": "deploy", "production_environment": false"#, "is false"),
        ] {
            proves("github-deployment", &[(&deployment(more), why)]);
        }
    }

    #[test]
    fn of_statuses_the_latest_counts_and_of_one_environment() {
        let status = |state: &str, to: &str| {
            format!(
                r#"{{"state": "{state}", "environment": "{to}", "deployment_url": "u",
                "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T10:00:00Z"}}"#
            )
        };
        let list = |first: &str, second: &str| format!("[{first},{second}]");
        let newest_fails = list(&status("failure", "live"), &status("success", "live"));
        let deployment = reading("github-deployment", &newest_fails).facts.deployment.unwrap();
        assert_eq!(deployment.state.as_deref(), Some("failure"));
        let mixed = list(&status("success", "test"), &status("failure", "live"));
        proves("github-deployment", &[(&newest_fails, ""), (&mixed, "several environments")]);
    }
}
