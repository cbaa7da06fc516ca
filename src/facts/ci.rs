//! `ci`: a CI run, its jobs and their steps.

use std::collections::BTreeMap;

use super::{Conflict, Field, Group, Type, Value};

/// A step of a job.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// `success`, `failure`, `skipped`, `cancelled`; `None` while it runs.
    pub conclusion: Option<String>,
}

/// A job of a run; of a matrix the worst of its legs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Job {
    /// `queued`, `in_progress`, `completed`.
    pub status: Option<String>,
    /// `success`, `failure`, …; `None` while it runs.
    pub conclusion: Option<String>,
    /// By name.
    pub steps: BTreeMap<String, Step>,
    /// Which attempt of the run it belongs to.
    pub attempt: u64,
}

/// A CI run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ci {
    /// `queued`, `in_progress`, `completed`.
    pub status: Option<String>,
    /// `success`, `failure`, `cancelled`, …; `None` while it runs.
    pub conclusion: Option<String>,
    /// The branch it ran on.
    pub branch: Option<String>,
    /// The commit it ran on.
    pub commit: Option<String>,
    /// Where a person sees it.
    pub url: Option<String>,
    /// 1 for the first.
    pub attempt: Option<u64>,
    /// The run's, job's or check's name.
    pub name: Option<String>,
    /// By name, without a matrix's legs.
    pub jobs: BTreeMap<String, Job>,
    /// Which run this is, as the platform numbers it: two files of one run join.
    pub run: Option<String>,
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("status", Type::Text, "`queued`, `in_progress` or `completed`."),
    Field::new("conclusion", Type::Text, "`success`, `failure`, `cancelled` and so on."),
    Field::new("branch", Type::Text, "The branch it ran on."),
    Field::new("commit", Type::Text, "The commit it ran on."),
    Field::new("url", Type::Text, "Where a person sees it."),
    Field::new("attempt", Type::Int, "1 for the first; the latest wins."),
    Field::new("name", Type::Text, "The run's, job's or check's name."),
    Field::new("jobs", Type::Names(&Type::Record(JOB)), "Jobs by name; of a matrix the worst leg."),
];

const JOB: &[Field] = &[
    Field::new("status", Type::Text, "`queued`, `in_progress` or `completed`."),
    Field::new("conclusion", Type::Text, "`success`, `failure`, `cancelled` and so on."),
    Field::new("steps", Type::Names(&Type::Record(STEP)), "Steps by name."),
];

const STEP: &[Field] =
    &[Field::new("conclusion", Type::Text, "`success`, `failure`, `skipped` and so on.")];

impl Job {
    /// 0 for the best; a failed leg is worse than one that did not run.
    pub fn badness(&self) -> u8 {
        badness(self.conclusion.as_deref())
    }
}

fn badness(conclusion: Option<&str>) -> u8 {
    match conclusion {
        Some("success") => 0,
        Some("neutral") => 1,
        Some("skipped") => 2,
        None => 3,
        Some("cancelled" | "stale" | "action_required") => 4,
        Some(_) => 5,
    }
}

impl Ci {
    /// Adds a job: of another attempt the later wins, of a matrix the worst leg.
    pub fn add_job(&mut self, name: &str, job: Job) {
        match self.jobs.get_mut(name) {
            Some(known) if known.attempt > job.attempt => {}
            Some(known) if known.attempt == job.attempt => known.join_leg(job),
            _ => {
                self.jobs.insert(name.to_owned(), job);
            }
        }
    }
}

impl Job {
    fn join_leg(&mut self, leg: Job) {
        for (name, step) in leg.steps {
            let worse = self.steps.get(&name).is_none_or(|known| {
                badness(step.conclusion.as_deref()) > badness(known.conclusion.as_deref())
            });
            if worse {
                self.steps.insert(name, step);
            }
        }
        if badness(leg.conclusion.as_deref()) > self.badness() {
            self.status = leg.status;
            self.conclusion = leg.conclusion;
        }
    }
}

impl Group for Ci {
    fn merge(&mut self, other: &Ci) -> Result<(), Conflict> {
        let same_run = match (&self.run, &other.run) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => self.commit.is_some() && self.commit == other.commit,
        };
        if !same_run {
            return Err(Conflict { fact: "ci".to_owned() });
        }
        if other.attempt > self.attempt {
            let older = std::mem::replace(self, other.clone());
            return self.fill(&older);
        }
        self.fill(other)
    }

    fn value(&self) -> Value {
        let jobs = self.jobs.iter().map(|(name, job)| (name.clone(), job_value(job)));
        Value::record([
            ("status", Value::maybe_text(self.status.as_deref())),
            ("conclusion", Value::maybe_text(self.conclusion.as_deref())),
            ("branch", Value::maybe_text(self.branch.as_deref())),
            ("commit", Value::maybe_text(self.commit.as_deref())),
            ("url", Value::maybe_text(self.url.as_deref())),
            ("attempt", self.attempt.map_or(Value::Null, Value::count)),
            ("name", Value::maybe_text(self.name.as_deref())),
            ("jobs", Value::map(jobs)),
        ])
    }
}

impl Ci {
    /// Takes from `older` what this does not say itself. A file of jobs alone has no conclusion of
    /// the run, which the run's own file then gives; an older attempt gives none.
    fn fill(&mut self, older: &Ci) -> Result<(), Conflict> {
        let same_attempt =
            self.attempt.is_none() || older.attempt.is_none() || self.attempt == older.attempt;
        if same_attempt && self.conclusion.is_none() && self.status.is_none() {
            self.status.clone_from(&older.status);
            self.conclusion.clone_from(&older.conclusion);
        }
        let fill = |mine: &mut Option<String>, theirs: &Option<String>| {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        };
        fill(&mut self.branch, &older.branch);
        fill(&mut self.commit, &older.commit);
        fill(&mut self.url, &older.url);
        fill(&mut self.name, &older.name);
        fill(&mut self.run, &older.run);
        self.attempt = self.attempt.max(older.attempt);
        for (name, job) in &older.jobs {
            self.add_job(name, job.clone());
        }
        Ok(())
    }
}

fn job_value(job: &Job) -> Value {
    let steps = job.steps.iter().map(|(name, step)| {
        let conclusion = Value::maybe_text(step.conclusion.as_deref());
        (name.clone(), Value::record([("conclusion", conclusion)]))
    });
    Value::record([
        ("status", Value::maybe_text(job.status.as_deref())),
        ("conclusion", Value::maybe_text(job.conclusion.as_deref())),
        ("steps", Value::map(steps)),
    ])
}
