//! GitHub Actions jobs: the webhook, one job of the REST API, and pages of a run's jobs.

use serde::Deserialize;

use crate::evidence::family::github::{self, JobIn, Subject};
use crate::evidence::family::github_pages;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
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
            tells: Tells::NOTHING
                .time("the latest `completed_at` or `started_at`")
                .commit("`head_sha`"),
            source: "https://docs.github.com/en/rest/actions/workflow-jobs",
            clean: "Every job's `conclusion` is `success`.",
            vacuous: "A list without a job; a page that is cut off.",
            blank: Blanks::NONE,
            notes: &[
                "A matrix's legs stand under their own names, and the worst of them under the matrix's.",
                "The latest attempt of a job counts, of each leg its own; of steps of one name the worst.",
                "A page that holds fewer jobs than `total_count` says is cut off; pages one behind the other (`gh api --paginate`), or in a list (`--slurp`), are one list.",
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
        } else if github_pages::is_paged(input.sniff, "jobs") {
            let jobs = github_pages::paged::<Page<'_>>(input)?;
            jobs.whole(&mut reading, "job");
            several(&mut reading, &jobs.entries);
        } else if shape.is_some_and(|shape| shape.is_map()) {
            one(&mut reading, &input.json()?);
        } else {
            let jobs: Vec<JobIn<'_>> = github_pages::bare(input)?;
            several(&mut reading, &jobs);
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

impl<'a> github_pages::Page for Page<'a> {
    type Entry = JobIn<'a>;

    fn parts(self) -> (Option<u64>, Vec<JobIn<'a>>) {
        (Some(self.total_count), self.jobs)
    }

    fn id(entry: &JobIn<'a>) -> Option<u64> {
        entry.id
    }
}

/// A single job speaks for itself: its state is the reading's.
fn one(reading: &mut Reading, job: &JobIn<'_>) {
    let mut ci = run_of(job);
    ci.status = github::said(&job.status);
    ci.conclusion = github::said(&job.conclusion);
    ci.name = github::said(&job.name);
    ci.url = github::said(&job.html_url);
    job.add_to(&mut ci, None);
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
    if jobs.iter().any(|job| job.head_sha != first.head_sha) {
        reading.doubt(Rule::Conflicting, "The list holds jobs of several commits.");
    }
    let mut ci = run_of(first);
    ci.attempt = jobs.iter().filter_map(|job| job.run_attempt).max();
    for job in jobs {
        job.add_to(&mut ci, None);
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

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn page(jobs: &[(&str, u64, &str, u64)]) -> String {
        let jobs: Vec<String> = jobs
            .iter()
            .map(|(name, attempt, conclusion, sha)| {
                format!(
                    r#"{{"run_id": 5, "name": "{name}", "head_sha": "{sha}", "status": "completed",
                    "run_attempt": {attempt}, "conclusion": "{conclusion}", "steps": [
                    {{"name": "s", "conclusion": "failure"}}, {{"name": "s", "conclusion": "success"}}
                    ]}}"#
                )
            })
            .collect();
        format!(r#"{{"total_count": {}, "jobs": [{}]}}"#, jobs.len(), jobs.join(","))
    }

    #[test]
    fn jobs_of_two_commits_do_not_vouch_for_one() {
        proves(
            "github-workflow-job",
            &[
                (&page(&[("a", 1, "success", 1), ("b", 1, "success", 1)]), ""),
                (&page(&[("a", 1, "success", 1), ("b", 1, "success", 2)]), "several commits"),
                (&format!("[{}]", page(&[("a", 1, "success", 1)])), ""),
                (
                    &format!(
                        "[{}]",
                        page(&[("a", 1, "success", 1)]).replace(": 1, \"jobs", ": 2, \"jobs")
                    ),
                    "holds 1 of 2 jobs",
                ),
            ],
        );
    }

    #[test]
    fn the_worst_leg_of_the_latest_attempts_and_the_worst_step_count() {
        let legs =
            [("t (1)", 1, "failure", 1), ("t (2)", 1, "success", 1), ("t (2)", 2, "success", 1)];
        let ci = reading("github-workflow-job", &page(&legs)).facts.ci.unwrap();
        let jobs = ci.jobs_and_matrices();
        assert_eq!(jobs["t"].conclusion.as_deref(), Some("failure"));
        assert_eq!(jobs["t"].steps["s"].conclusion.as_deref(), Some("failure"));
    }
}
