//! Sentry's releases and deploys.

use serde::Deserialize;

use crate::evidence::json::{Count, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells, text};
use crate::facts::{Deployment, Metrics};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct SentryRelease;

impl Format for SentryRelease {
    fn id(&self) -> &'static str {
        "sentry-release"
    }

    fn about(&self) -> About {
        About {
            tool: "Sentry (`/organizations/:org/releases/:version/`)",
            recognised: "`version` beside `dateReleased` and `newGroups`; deploys: `environment`, `dateFinished` and `dateStarted`",
            carries: &["deployment", "metrics"],
            tells: Tells::NOTHING
                .time("`dateReleased` or `dateCreated`; of a deploy `dateFinished`")
                .commit("`lastCommit.id`"),
            source: "https://docs.sentry.io/api/releases/",
            clean: "A release is there; `new_groups.count` says how many new kinds of errors it brought.",
            vacuous: "A list without a release; a release that was neither released nor deployed and sent no event.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "A deploy that Sentry was told of carries no outcome: `deployment.state` is left out.",
                "Of a list the first, which is the latest, counts.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let one = shape.first().unwrap_or(shape);
        let release = one.has(&["version", "dateReleased", "newGroups"]);
        Fit::sure(release || one.has(&["environment", "dateFinished", "dateStarted"]))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Sentry");
        let releases: Vec<Release<'_>> = match input.sniff.json() {
            Some(shape) if shape.is_map() => vec![input.json()?],
            _ => input.json()?,
        };
        let Some(release) = releases.first() else {
            reading.doubt(Rule::NothingLookedAt, "The list holds 0 releases.");
            return Ok(reading);
        };
        let commit = release.commit.as_ref().and_then(|commit| text::said(&commit.id));
        let deploy = release.deploy.as_ref();
        let environment = deploy.map_or(&release.environment, |deploy| &deploy.environment);
        let finished = deploy.map_or(&release.finished, |deploy| &deploy.finished);
        let made = [finished, &release.released, &release.created];
        reading.produced_at =
            made.into_iter().find_map(|time| time.as_deref()).map(ProducedAt::parse);
        reading.commit.clone_from(&commit);
        if environment.is_some() {
            reading.facts.deployment = Some(Deployment {
                environment: text::said(environment),
                reference: text::said(&release.version),
                commit,
                at: finished
                    .as_deref()
                    .map(ProducedAt::parse)
                    .and_then(|made| made.at)
                    .map(|at| at.to_string()),
                ..Deployment::default()
            });
        }
        let mut metrics = Metrics::default();
        let counts = [("new_groups", release.new_groups), ("commits", release.commits)];
        for (name, count) in counts {
            if let Some(Count(count)) = count {
                metrics.set(name, "count", count as f64);
            }
        }
        if release.never_ran() && environment.is_none() {
            let why =
                "The release was neither released nor deployed, and sent no event: nothing ran it.";
            reading.doubt(Rule::NothingLookedAt, why);
        }
        reading.facts.metrics = (!metrics.by_name.is_empty()).then_some(metrics);
        Ok(reading)
    }
}

/// A release, or a deploy, which has its own environment.
#[derive(Deserialize)]
struct Release<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
    #[serde(rename = "dateReleased")]
    released: Option<Str<'a>>,
    #[serde(rename = "dateCreated")]
    created: Option<Str<'a>>,
    #[serde(rename = "newGroups")]
    new_groups: Option<Count>,
    #[serde(rename = "commitCount")]
    commits: Option<Count>,
    #[serde(rename = "lastCommit")]
    commit: Option<Commit<'a>>,
    #[serde(rename = "lastDeploy")]
    deploy: Option<Deploy<'a>>,
    environment: Option<Str<'a>>,
    #[serde(rename = "dateFinished")]
    finished: Option<Str<'a>>,
    #[serde(rename = "firstEvent")]
    first_event: Option<Str<'a>>,
}

impl Release<'_> {
    /// Whether nothing ever ran it, as far as Sentry knows.
    fn never_ran(&self) -> bool {
        self.released.is_none() && self.deploy.is_none() && self.first_event.is_none()
    }
}

#[derive(Deserialize)]
struct Commit<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Deploy<'a> {
    #[serde(borrow)]
    environment: Option<Str<'a>>,
    #[serde(rename = "dateFinished")]
    finished: Option<Str<'a>>,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_release_that_nothing_ran_proves_nothing() {
        let release = |released: &str, more: &str| {
            format!(
                r#"{{"version": "shop@1", "shortVersion": "1", "dateReleased": {released}, "ref": null,
                "dateCreated": "2026-05-02T08:00:00Z", "newGroups": 0, "commitCount": 1, "deployCount": 0,
                "firstEvent": {more}, "lastDeploy": null, "authors": [], "projects": []}}"#
            )
        };
        let when = r#""2026-05-02T08:14:00Z""#;
        proves(
            "sentry-release",
            &[
                (&release("null", "null"), "nothing ran it"),
                (&release(when, "null"), ""),
                (&release("null", when), ""),
            ],
        );
    }
}
