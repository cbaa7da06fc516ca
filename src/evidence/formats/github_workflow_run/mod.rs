//! GitHub Actions runs: the webhook, one run of the REST API or `gh`, and pages of runs.

mod list;

use serde::Deserialize;

use crate::evidence::family::github::{self, Run, Subject};
use crate::evidence::family::github_pages;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::model::{Reading, counted};

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
            tells: Tells::NOTHING.time("`updated_at`, or `created_at`").commit("`head_sha`"),
            source: "https://docs.github.com/en/rest/actions/workflow-runs",
            clean: "`conclusion` is `success`.",
            vacuous: "A list without a run; a list of several workflows' or branches' runs.",
            blank: Blanks::NONE,
            notes: &[
                "`conclusion` is absent until the run is completed; skipped and cancelled are no success.",
                "Of a list of runs of one workflow on one branch the latest attempt of the latest run counts; runs of several workflows or branches disagree, and so do runs that do not say of which they are.",
                "Where the latest succeeded and the newest of another `event` of the same commit did not, neither counts: a schedule may run other jobs than a push. One that was skipped says nothing.",
                "A run of the event `pull_request` names the head of the branch and tested its merge with the base: where the base went on meanwhile, judge the run of the push, or seal in the job.",
                "Pages one behind the other (`gh api --paginate`), or in a list (`--slurp`), are one list.",
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
        } else if github_pages::is_paged(input.sniff, "workflow_runs") {
            let runs = github_pages::paged::<Page<'_>>(input)?;
            let held = runs.distinct;
            if let Some(total) = runs.total.filter(|&total| total > held as u64) {
                reading.warn(format!("The page holds {held} of {}.", counted(total, "run")));
            }
            runs.entries
        } else if shape.is_some_and(|shape| shape.is_map()) {
            vec![input.json()?]
        } else {
            github_pages::bare(input)?
        };
        list::settle(&mut reading, &runs);
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

impl<'a> github_pages::Page for Page<'a> {
    type Entry = Run<'a>;

    fn parts(self) -> (Option<u64>, Vec<Run<'a>>) {
        (Some(self.total_count), self.workflow_runs)
    }

    fn id(entry: &Run<'a>) -> Option<u64> {
        entry.id
    }
}
