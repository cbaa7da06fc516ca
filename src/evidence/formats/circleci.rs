//! CircleCI: workflows and their jobs, by the API, version 2.

use serde::Deserialize;

use crate::evidence::family::ci::{self, State};
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::Ci;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Circleci;

impl Format for Circleci {
    fn id(&self) -> &'static str {
        "circleci"
    }

    fn about(&self) -> About {
        About {
            tool: "CircleCI (`/workflow/:id`, `/workflow/:id/job`, `/pipeline/:id/workflow`)",
            recognised: "a workflow with `pipeline_id`, `pipeline_number` and `project_slug`; `items` of such, or of jobs with `project_slug` and `dependencies` or `job_number`",
            carries: &["ci"],
            tells: Tells::NOTHING.time("the latest `stopped_at` or `started_at`"),
            source: "https://circleci.com/docs/api/v2/",
            clean: "`status` is `success`; of jobs each one's.",
            vacuous: "`items` is empty; a `next_page_token`, for then there is another page; workflows of several pipelines or names.",
            blank: Blanks::NONE,
            notes: &[
                "CircleCI's one `status` is told as GitHub's two: `failed`, `timedout`, `infrastructure_fail` and `unauthorized` are failures, `not_run` is skipped; `failing` is still going.",
                "Of jobs of one name the one with the greatest `job_number` counts, of workflows the one that was created last.",
                "A list of jobs does not say how its workflow ended: name the workflow beside it, or ask for the jobs by name.",
                "Version 2 tells no commit of a workflow.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        Fit::sure(match shape.has_list("items") {
            true => shape.first_of("items").is_some_and(|one| is_workflow(one) || is_job(one)),
            false => is_workflow(shape),
        })
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        self.recognises(sniff) != Fit::No || sniff.json().is_some_and(|of| of.has_list("items"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "CircleCI");
        let shape = input.sniff.json();
        if !shape.is_some_and(|shape| shape.has_list("items")) {
            settle(&mut reading, &input.json()?);
            return Ok(reading);
        }
        let list: List<'_> = input.json()?;
        if list.next_page_token.as_deref().is_some_and(|token| !token.is_empty()) {
            let why = "The list goes on behind its `next_page_token`. Fetch the other pages too.";
            reading.doubt(Rule::Unreadable, why);
        }
        if shape.and_then(|shape| shape.first_of("items")).is_some_and(is_workflow) {
            workflows(&mut reading, list.items);
        } else {
            jobs(&mut reading, &list.items);
        }
        Ok(reading)
    }
}

fn is_workflow(shape: &Shape<'_>) -> bool {
    shape.has(&["pipeline_id", "pipeline_number", "project_slug", "status"])
}

fn is_job(shape: &Shape<'_>) -> bool {
    shape.has(&["project_slug", "status", "name"])
        && (shape.has(&["dependencies"]) || shape.has(&["job_number"]))
}

fn workflows(reading: &mut Reading, mut items: Vec<Item<'_>>) {
    items.sort_by(|a, b| a.created_at.cmp(&b.created_at));
    for (order, item) in (1..).zip(&mut items) {
        item.order = order;
    }
    let latest = ci::latest(
        reading,
        &items,
        "workflows",
        |item| Some(item.order),
        |item| [("pipelines", text::said(&item.pipeline_id)), ("names", text::said(&item.name))],
    );
    if let Some(latest) = latest {
        settle(reading, latest);
    }
}

fn settle(reading: &mut Reading, workflow: &Item<'_>) {
    let (status, conclusion) = workflow.state().map_or((None, None), State::told);
    reading.produced_at = workflow.at().map(ProducedAt::parse);
    reading.facts.ci = Some(Ci {
        status,
        conclusion,
        name: text::said(&workflow.name),
        run: text::said(&workflow.id),
        ..Ci::default()
    });
}

fn jobs(reading: &mut Reading, items: &[Item<'_>]) {
    if items.is_empty() {
        reading.doubt(Rule::NothingRan, "The list holds nothing.");
        return;
    }
    let mut ci = Ci::default();
    for item in items {
        let state = item.state().unwrap_or(State::QUEUED);
        let name = text::said(&item.name).unwrap_or_default();
        ci.add_job(&name, state.job(item.job_number.unwrap_or(1)));
    }
    reading.produced_at = items.iter().filter_map(Item::at).max().map(ProducedAt::parse);
    reading.facts.ci = Some(ci);
}

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow)]
    items: Vec<Item<'a>>,
    next_page_token: Option<Str<'a>>,
}

/// A workflow or a job.
#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    name: Option<Str<'a>>,
    status: Option<Str<'a>>,
    pipeline_id: Option<Str<'a>>,
    job_number: Option<u64>,
    created_at: Option<Str<'a>>,
    started_at: Option<Str<'a>>,
    stopped_at: Option<Str<'a>>,
    /// Which of the workflows it is, the first created first.
    #[serde(skip)]
    order: u64,
}

impl Item<'_> {
    fn state(&self) -> Option<State> {
        Some(match self.status.as_deref()? {
            "success" => State::SUCCESS,
            "failed"
            | "error"
            | "infrastructure_fail"
            | "timedout"
            | "terminated-unknown"
            | "unauthorized" => State::FAILURE,
            // Another job stands in the place of one that was retried.
            "canceled" | "retried" => State::CANCELLED,
            "not_run" => State::SKIPPED,
            "running" | "failing" => State::RUNNING,
            _ => State::QUEUED,
        })
    }

    fn at(&self) -> Option<&str> {
        [&self.stopped_at, &self.started_at].into_iter().find_map(|at| at.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn workflow(name: &str, created: &str, status: &str) -> String {
        format!(
            r#"{{"id": "{created}", "name": "{name}", "status": "{status}", "pipeline_id": "p",
            "pipeline_number": 25, "project_slug": "gh/acme/shop", "created_at": "2026-11-{created}T08:00:00Z"}}"#
        )
    }

    fn job(name: &str, number: u64, status: &str) -> String {
        format!(
            r#"{{"id": "j{number}", "name": "{name}", "job_number": {number}, "status": "{status}",
            "project_slug": "gh/acme/shop", "type": "build", "dependencies": []}}"#
        )
    }

    fn list(items: &[String], token: &str) -> String {
        format!(r#"{{"items": [{}], "next_page_token": {token}}}"#, items.join(","))
    }

    #[test]
    fn what_is_no_success_never_reads_as_one() {
        for status in
            ["failed", "error", "failing", "on_hold", "canceled", "not_run", "running", "x"]
        {
            let ci = reading("circleci", &workflow("ci", "20", status)).facts.ci.unwrap();
            assert_ne!(ci.conclusion.as_deref(), Some("success"), "{status}");
        }
    }

    #[test]
    fn what_ran_again_counts_by_its_latest_run() {
        let workflows = [workflow("ci", "21", "success"), workflow("ci", "20", "failed")];
        let ci = reading("circleci", &list(&workflows, "null")).facts.ci.unwrap();
        assert_eq!(ci.conclusion.as_deref(), Some("success"));
        let jobs = [job("test", 8, "success"), job("test", 7, "retried"), job("lint", 6, "failed")];
        let ci = reading("circleci", &list(&jobs, "null")).facts.ci.unwrap();
        assert_eq!(ci.jobs["test"].conclusion.as_deref(), Some("success"));
        assert_eq!(ci.jobs["lint"].conclusion.as_deref(), Some("failure"));
    }

    #[test]
    fn a_list_that_is_not_whole_proves_nothing() {
        let one = [job("test", 8, "success")];
        let names = [workflow("ci", "21", "success"), workflow("nightly", "20", "success")];
        proves(
            "circleci",
            &[
                (&list(&one, "null"), ""),
                (&list(&one, "\"x\""), "goes on behind"),
                (&list(&names, "null"), "workflows of several names"),
                (&list(&[], "null"), "holds nothing"),
            ],
        );
    }
}
