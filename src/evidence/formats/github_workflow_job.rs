//! GitHub Actions jobs: the webhook, one job of the REST API, and pages of a run's jobs.

use serde::Deserialize;

use crate::evidence::family::github::{self, JobIn, Subject};
use crate::evidence::json::Str;
use crate::evidence::{About, Broken, Fit, Format, Input, Sniff};
use crate::facts::Ci;
use crate::model::{Reading, Rule};

pub(super) struct GithubWorkflowJob;

impl Format for GithubWorkflowJob {
    fn id(&self) -> &'static str {
        "github-workflow-job"
    }

    fn about(&self) -> About {
        About {
            tool: "GitHub Actions (webhook `workflow_job`, REST jobs of a run)",
            recognised: "`workflow_job`, `jobs` beside `total_count`, or `run_id` beside `head_sha`",
            carries: &["ci"],
            tells: &["time", "commit"],
            source: "https://docs.github.com/en/rest/actions/workflow-jobs",
            notes: &[
                "A matrix's legs stand under their own names, and the worst of them under the matrix's.",
                "The latest attempt of a job counts.",
                "A page that holds fewer jobs than `total_count` says is cut off.",
                "Of a list, `ci.status` and `ci.conclusion` are those of the run, and absent.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(github::subject(sniff) == Some(Subject::Job))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let shape = input.sniff.json();
        if shape.is_some_and(|shape| shape.has(&["workflow_job"])) {
            one(&mut reading, &input.json::<Event<'_>>()?.workflow_job);
        } else if shape.is_some_and(|shape| shape.has(&["jobs"])) {
            let page = input.json::<Page<'_>>()?;
            github::cut_page(&mut reading, Some(page.total_count), page.jobs.len(), "job");
            several(&mut reading, &page.jobs);
        } else if shape.is_some_and(|shape| shape.is_map()) {
            one(&mut reading, &input.json()?);
        } else {
            slurped(&mut reading, input)?;
        }
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    workflow_job: JobIn<'a>,
}

#[derive(Deserialize)]
struct Page<'a> {
    total_count: u64,
    #[serde(borrow)]
    jobs: Vec<JobIn<'a>>,
}

/// A bare list of jobs.
fn slurped(reading: &mut Reading, input: &Input<'_>) -> Result<(), Broken> {
    let jobs: Vec<JobIn<'_>> = input.json()?;
    several(reading, &jobs);
    Ok(())
}

/// A single job speaks for itself: its state is the reading's.
fn one(reading: &mut Reading, job: &JobIn<'_>) {
    let mut ci = run_of(job);
    ci.status = github::said(&job.status);
    ci.conclusion = github::said(&job.conclusion);
    ci.name = github::said(&job.name);
    ci.url = github::said(&job.html_url);
    job.add_to(&mut ci);
    reading.produced_at = github::latest(std::iter::once(job.at()));
    github::settle(reading, ci);
}

/// The jobs of a run, or of several attempts of it.
fn several(reading: &mut Reading, jobs: &[JobIn<'_>]) {
    let Some(first) = jobs.first() else {
        reading.doubt(Rule::NothingRan, "The list holds 0 jobs.");
        return;
    };
    if jobs.iter().any(|job| job.run_id != first.run_id) {
        reading.doubt(Rule::Conflicting, "The list holds jobs of several runs.");
    }
    let mut ci = run_of(first);
    ci.attempt = jobs.iter().filter_map(|job| job.run_attempt).max();
    for job in jobs {
        job.add_to(&mut ci);
    }
    reading.produced_at = github::latest(jobs.iter().map(JobIn::at));
    github::settle(reading, ci);
}

fn run_of(job: &JobIn<'_>) -> Ci {
    let owned = |text: &Option<Str<'_>>| github::said(text);
    Ci {
        branch: owned(&job.head_branch),
        commit: owned(&job.head_sha),
        attempt: job.run_attempt,
        run: job.run_id.map(|id| id.to_string()),
        ..Ci::default()
    }
}
