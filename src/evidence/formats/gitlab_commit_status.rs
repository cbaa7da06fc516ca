//! GitLab commit statuses, by the API.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::gitlab;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells, text};
use crate::facts::{Ci, Job};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct GitlabCommitStatus;

impl Format for GitlabCommitStatus {
    fn id(&self) -> &'static str {
        "gitlab-commit-status"
    }

    fn about(&self) -> About {
        About {
            tool: "GitLab (`/projects/:id/repository/commits/:sha/statuses`)",
            recognised: "a list of statuses with `sha`, `ref`, `status`, `target_url` and `author`",
            carries: &["ci"],
            tells: Tells::NOTHING
                .time("the latest `finished_at`, `started_at` or `created_at`")
                .commit("`sha`"),
            source: "https://docs.gitlab.com/api/commits/#list-commit-statuses",
            clean: "Each name's `status` is `success`.",
            vacuous: "A list without a status; statuses of several commits; a full page of 20, 50 or 100 statuses.",
            blank: Blanks::NONE.list(Means::Vacuous),
            notes: &[
                "Each name is a job of `ci.jobs`; what another service reported is one too. There is no status of them all: ask for the jobs by name.",
                "GitLab's one `status` is told as GitHub's two: `failed` is `failure`, `canceled` is `cancelled`; what waits is `queued`.",
                "Of several statuses of one name on one ref the latest by `id` counts, over several refs the worst; one that may fail has still failed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let first = sniff.json().and_then(|shape| shape.first());
        Fit::sure(first.is_some_and(|one| {
            one.has(&["sha", "ref", "status", "name", "target_url", "author"])
                && !one.has(&["pipeline"])
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let statuses: Vec<Status<'_>> = input.json()?;
        let mut reading = Reading::by(self.id(), "GitLab CI");
        let Some(first) = statuses.first() else {
            reading.doubt(Rule::NothingRan, "The list holds 0 statuses.");
            return Ok(reading);
        };
        if statuses.iter().any(|status| status.sha != first.sha) {
            reading.doubt(Rule::Conflicting, "The list holds statuses of several commits.");
        }
        gitlab::full_page(&mut reading, statuses.len(), "statuses");
        let mut ci = Ci {
            commit: text::commit(&first.sha),
            branch: text::said(&first.r#ref),
            ..Ci::default()
        };
        // What ran later on another branch or tag of the commit takes nothing back.
        let mut of_refs: BTreeMap<Option<&str>, Ci> = BTreeMap::new();
        for status in &statuses {
            let name = text::said(&status.name).unwrap_or_default();
            let of_ref = of_refs.entry(status.r#ref.as_deref()).or_default();
            of_ref.add_job(&name, gitlab::job(status.status.as_deref(), status.id));
        }
        for (name, job) in of_refs.into_values().flat_map(|of| of.jobs) {
            ci.add_job(&name, Job { attempt: 1, ..job });
        }
        let latest = statuses.iter().filter_map(Status::at).max();
        reading.produced_at = latest.map(ProducedAt::parse);
        reading.commit.clone_from(&ci.commit);
        reading.facts.ci = Some(ci);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Status<'a> {
    id: Option<u64>,
    #[serde(borrow)]
    sha: Option<Str<'a>>,
    r#ref: Option<Str<'a>>,
    status: Option<Str<'a>>,
    name: Option<Str<'a>>,
    created_at: Option<Str<'a>>,
    started_at: Option<Str<'a>>,
    finished_at: Option<Str<'a>>,
}

impl Status<'_> {
    fn at(&self) -> Option<&str> {
        [&self.finished_at, &self.started_at, &self.created_at]
            .into_iter()
            .find_map(|at| at.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn status(id: usize, name: &str, status: &str) -> String {
        format!(
            r#"{{"id": {id}, "sha": "18f3e63d05582537db6d183d9d557be09e1f90c8", "ref": "main",
            "status": "{status}", "name": "{name}", "target_url": "u", "description": null, "author": {{}},
            "created_at": "2026-11-20T08:00:00.000Z", "allow_failure": false}}"#
        )
    }

    #[test]
    fn the_latest_of_a_name_counts() {
        let text = format!("[{}, {}]", status(7, "lint", "success"), status(3, "lint", "failed"));
        let ci = reading("gitlab-commit-status", &text).facts.ci.unwrap();
        assert_eq!(ci.jobs["lint"].conclusion.as_deref(), Some("success"));
        assert_eq!(ci.conclusion, None);
        let of_tag = status(7, "lint", "success").replace("\"main\"", "\"v1\"");
        let text = format!("[{of_tag}, {}]", status(3, "lint", "failed"));
        let ci = reading("gitlab-commit-status", &text).facts.ci.unwrap();
        assert_eq!(ci.jobs["lint"].conclusion.as_deref(), Some("failure"));
    }

    #[test]
    fn a_page_that_may_not_be_the_only_one_proves_nothing() {
        let list = |of: usize| {
            let statuses = (1..=of).map(|id| status(id, &format!("j{id}"), "success"));
            format!("[{}]", statuses.collect::<Vec<_>>().join(","))
        };
        let why = "20 statuses, a full page";
        proves("gitlab-commit-status", &[(&list(19), ""), (&list(20), why)]);
    }
}
