//! GitHub Actions runs: the webhook, one run of the REST API or `gh`, and pages of runs.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::evidence::family::github::{self, Run, Subject};
use crate::evidence::json::Str;
use crate::evidence::{About, Broken, Fit, Format, Input, Sniff};
use crate::model::{Reading, Rule, counted};

pub(super) struct GithubWorkflowRun;

impl Format for GithubWorkflowRun {
    fn id(&self) -> &'static str {
        "github-workflow-run"
    }

    fn about(&self) -> About {
        About {
            tool: "GitHub Actions (webhook `workflow_run`, REST runs, `gh run view`, `gh run list`)",
            recognised: "`workflow_run`, `workflow_runs` beside `total_count`, `run_number` beside `head_sha`, or gh's `headSha`",
            carries: &["ci"],
            tells: &["time", "commit"],
            source: "https://docs.github.com/en/rest/actions/workflow-runs",
            notes: &[
                "`conclusion` is absent until the run is completed; skipped and cancelled are no success.",
                "Of a page of runs of one workflow the latest counts; runs of several workflows disagree.",
                "`gh run view --json` with `jobs` carries the jobs and their steps too.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(github::subject(sniff) == Some(Subject::Run))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let shape = input.sniff.json();
        let runs = if shape.is_some_and(|shape| shape.has(&["workflow_run"])) {
            vec![input.json::<Event<'_>>()?.workflow_run]
        } else if shape.is_some_and(|shape| shape.has(&["workflow_runs"])) {
            let page = input.json::<Page<'_>>()?;
            if page.total_count > page.workflow_runs.len() as u64 {
                let (held, total) = (page.workflow_runs.len(), page.total_count);
                reading.warn(format!("The page holds {held} of {}.", counted(total, "run")));
            }
            page.workflow_runs
        } else if shape.is_some_and(|shape| shape.is_map()) {
            vec![input.json()?]
        } else {
            input.json()?
        };
        latest(&mut reading, &runs);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    workflow_run: Run<'a>,
}

#[derive(Deserialize)]
struct Page<'a> {
    total_count: u64,
    #[serde(borrow)]
    workflow_runs: Vec<Run<'a>>,
}

/// The latest attempt of the latest run.
fn latest(reading: &mut Reading, runs: &[Run<'_>]) {
    let order = |run: &&Run<'_>| (run.run_number, run.id, run.run_attempt);
    let Some(run) = runs.iter().max_by_key(order) else {
        reading.doubt(Rule::NothingRan, "The list holds 0 runs.");
        return;
    };
    let workflows: BTreeSet<(Option<u64>, Option<&Str<'_>>)> =
        runs.iter().map(|run| (run.workflow_id, run.name.as_ref())).collect();
    if workflows.len() > 1 {
        let why = format!(
            "The list holds runs of {}; ask for one with `?workflow_id` or `--workflow`.",
            counted(workflows.len() as u64, "workflow")
        );
        reading.doubt(Rule::Conflicting, why);
    }
    reading.produced_at = github::latest(std::iter::once(run.updated_at.as_deref()));
    github::settle(reading, run.facts());
}
