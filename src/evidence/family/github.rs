//! What GitHub says of runs, jobs and checks, by webhook, REST or `gh`; one meaning of each.
//!
//! A webhook is known by its event, and carries other objects beside: a `workflow_job` comes before
//! a check, a check before a `deployment`, that before a `workflow_run`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::json::Str;
pub(in crate::evidence) use crate::evidence::text::said;
use crate::evidence::{Shape, Sniff};
use crate::facts::{Ci, Job, Step};
use crate::model::{ProducedAt, Reading, Rule, counted};

/// What a document of GitHub is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence) enum Subject {
    Job,
    Check,
    Deployment,
    Run,
}

/// What the document is about, if it is one of GitHub's; the whole page of a list, or one object.
pub(in crate::evidence) fn subject(sniff: &Sniff<'_>) -> Option<Subject> {
    let shape = sniff.json()?;
    let one = shape.first().unwrap_or(shape);
    // A list of pages that are lists themselves.
    let one = one.first().unwrap_or(one);
    let event = |name: &str| shape.has_map(name);
    let page = |name: &str| one.has_list(name) && one.has(&["total_count"]);
    if event("workflow_job") || page("jobs") || bare_job(one) {
        Some(Subject::Job)
    } else if event("check_run")
        || event("check_suite")
        || page("check_runs")
        || bare_check(one)
        || shape.first().is_some_and(gh_check)
    {
        Some(Subject::Check)
    } else if event("deployment") || bare_deployment(one) || bare_status(one) {
        Some(Subject::Deployment)
    } else if event("workflow_run") || page("workflow_runs") || bare_run(one) {
        Some(Subject::Run)
    } else {
        None
    }
}

fn bare_run(shape: &Shape<'_>) -> bool {
    shape.has(&["head_sha", "run_number"]) || by_gh(shape)
}

/// What `gh run view --json …` and `gh run list --json …` write; the user picks the keys.
fn by_gh(shape: &Shape<'_>) -> bool {
    shape.has(&["headSha"]) && (shape.has(&["conclusion"]) || shape.has(&["status"]))
}

fn bare_job(shape: &Shape<'_>) -> bool {
    shape.has(&["head_sha", "run_id", "run_url", "conclusion"])
}

fn bare_check(shape: &Shape<'_>) -> bool {
    shape.has(&["head_sha", "status", "conclusion", "output", "check_suite"])
}

/// What `gh pr checks --json …` writes, where the user picks the name and how it ended.
pub(in crate::evidence) fn gh_check(shape: &Shape<'_>) -> bool {
    let bucket = ["pass", "fail", "pending", "skipping", "cancel"];
    let ended = shape.text("bucket").is_some_and(|word| bucket.contains(&word));
    shape.has(&["name"]) && (ended || shape.has(&["state", "workflow"]))
}

fn bare_deployment(shape: &Shape<'_>) -> bool {
    shape.has(&["sha", "ref", "task", "environment", "statuses_url"])
}

fn bare_status(shape: &Shape<'_>) -> bool {
    shape.has(&["state", "environment", "deployment_url"])
}

/// A run as REST, webhooks and `gh` write it.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::evidence) struct Run<'a> {
    #[serde(alias = "databaseId")]
    pub id: Option<u64>,
    #[serde(borrow)]
    pub name: Option<Str<'a>>,
    #[serde(rename = "workflowName")]
    pub workflow_name: Option<Str<'a>>,
    #[serde(alias = "headBranch")]
    pub head_branch: Option<Str<'a>>,
    #[serde(alias = "headSha")]
    pub head_sha: Option<Str<'a>>,
    /// Whose commit ran: of a fork's pull request another than the repository.
    pub head_repository: Option<RepositoryIn>,
    /// What started it: `push`, `schedule`.
    pub event: Option<Str<'a>>,
    pub status: Option<Str<'a>>,
    pub conclusion: Option<Str<'a>>,
    pub html_url: Option<Str<'a>>,
    pub url: Option<Str<'a>>,
    #[serde(alias = "attempt")]
    pub run_attempt: Option<u64>,
    #[serde(alias = "number")]
    pub run_number: Option<u64>,
    #[serde(alias = "workflowDatabaseId")]
    pub workflow_id: Option<u64>,
    #[serde(alias = "updatedAt")]
    pub updated_at: Option<Str<'a>>,
    #[serde(alias = "createdAt")]
    pub created_at: Option<Str<'a>>,
    pub path: Option<Str<'a>>,
    #[serde(default)]
    pub jobs: Option<Vec<JobIn<'a>>>,
}

/// A repository that a run names.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::evidence) struct RepositoryIn {
    pub id: Option<u64>,
}

/// A job of a run.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::evidence) struct JobIn<'a> {
    #[serde(alias = "databaseId")]
    pub id: Option<u64>,
    pub run_id: Option<u64>,
    #[serde(borrow)]
    pub name: Option<Str<'a>>,
    pub head_branch: Option<Str<'a>>,
    pub head_sha: Option<Str<'a>>,
    pub status: Option<Str<'a>>,
    pub conclusion: Option<Str<'a>>,
    pub html_url: Option<Str<'a>>,
    pub run_attempt: Option<u64>,
    #[serde(alias = "completedAt")]
    pub completed_at: Option<Str<'a>>,
    #[serde(alias = "startedAt")]
    pub started_at: Option<Str<'a>>,
    #[serde(default)]
    pub steps: Option<Vec<StepIn<'a>>>,
}

/// A step of a job.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::evidence) struct StepIn<'a> {
    #[serde(borrow)]
    pub name: Option<Str<'a>>,
    pub conclusion: Option<Str<'a>>,
}

impl Run<'_> {
    /// The run's own facts.
    pub(in crate::evidence) fn facts(&self) -> Ci {
        let mut ci = Ci {
            status: said(&self.status),
            conclusion: said(&self.conclusion),
            branch: said(&self.head_branch),
            commit: said(&self.head_sha),
            url: said(&self.html_url).or_else(|| said(&self.url)),
            attempt: self.run_attempt,
            name: said(&self.name).or_else(|| said(&self.workflow_name)),
            jobs: BTreeMap::new(),
            run: self.id.map(|id| id.to_string()),
        };
        for job in self.jobs.iter().flatten() {
            job.add_to(&mut ci, self.run_attempt);
        }
        ci
    }
}

impl JobIn<'_> {
    /// Adds the job; one that does not say its attempt is of `attempt`, that of its run.
    pub(in crate::evidence) fn add_to(&self, ci: &mut Ci, attempt: Option<u64>) {
        let mut job = Job {
            status: said(&self.status),
            conclusion: said(&self.conclusion),
            steps: BTreeMap::new(),
            attempt: self.run_attempt.or(attempt).unwrap_or(1),
        };
        for step in self.steps.iter().flatten() {
            let name = said(&step.name).unwrap_or_default();
            job.add_step(name, Step { conclusion: said(&step.conclusion) });
        }
        ci.add_job(&said(&self.name).unwrap_or_default(), job);
    }

    /// When it ended, or began.
    pub(in crate::evidence) fn at(&self) -> Option<&str> {
        self.completed_at.as_deref().or(self.started_at.as_deref())
    }
}

/// The latest of the times, as written; GitHub's sort as text.
pub(in crate::evidence) fn latest<'a>(
    times: impl Iterator<Item = Option<&'a str>>,
) -> Option<ProducedAt> {
    times.flatten().filter(|time| !time.is_empty()).max().map(ProducedAt::parse)
}

/// A page that holds less than the list: what stands on the other pages is not known.
pub(in crate::evidence) fn cut_page(
    reading: &mut Reading,
    total: Option<u64>,
    held: usize,
    noun: &str,
) {
    let held = held as u64;
    if let Some(total) = total.filter(|&total| total > held) {
        let why = format!(
            "The page holds {held} of {}. Fetch all pages with `--paginate`.",
            counted(total, noun)
        );
        reading.doubt(Rule::Unreadable, why);
    }
}

/// Fills what every reading of GitHub Actions has in common.
pub(in crate::evidence) fn settle(reading: &mut Reading, ci: Ci) {
    reading.tool = Some("GitHub Actions".to_owned());
    reading.commit.clone_from(&ci.commit);
    reading.facts.ci = Some(ci);
}
