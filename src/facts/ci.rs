//! `ci`: a CI run, its jobs and their steps.

use std::collections::BTreeMap;

use super::{Conflict, Field, Group, Type, Value};

/// A step of a job.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// `success`, `failure`, `skipped`, `cancelled`; `None` while it runs.
    pub conclusion: Option<String>,
}

/// A job of a run; a leg of a matrix is one of its own.
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
    /// By name, a matrix's legs under theirs; what they come to is told by the value.
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
    /// Adds a job or a leg: of another attempt the later wins, of the same the worse.
    pub fn add_job(&mut self, name: &str, job: Job) {
        match self.jobs.get_mut(name) {
            Some(known) if known.attempt > job.attempt => {}
            Some(known) if known.attempt == job.attempt => known.join(&job),
            _ => {
                self.jobs.insert(name.to_owned(), job);
            }
        }
    }

    /// The jobs, and of each matrix the worst of its legs under the matrix's name: `test` of
    /// `test (20, linux)`. Each leg is that of its own latest attempt.
    pub fn jobs_and_matrices(&self) -> BTreeMap<String, Job> {
        let mut all = self.jobs.clone();
        for (name, leg) in &self.jobs {
            let Some(matrix) = matrix_of(name) else { continue };
            match all.get_mut(matrix) {
                Some(known) => known.join(leg),
                None => {
                    all.insert(matrix.to_owned(), leg.clone());
                }
            }
        }
        all
    }
}

/// The matrix that a leg belongs to, by its name.
fn matrix_of(leg: &str) -> Option<&str> {
    leg.split_once(" (").filter(|(_, rest)| rest.ends_with(')')).map(|(matrix, _)| matrix)
}

impl Job {
    /// Adds a step: of several of one name the worst counts.
    pub fn add_step(&mut self, name: String, step: Step) {
        let worse = self.steps.get(&name).is_none_or(|known| {
            badness(step.conclusion.as_deref()) > badness(known.conclusion.as_deref())
        });
        if worse {
            self.steps.insert(name, step);
        }
    }

    /// Takes what is worse of another, step by step.
    pub fn join(&mut self, other: &Job) {
        for (name, step) in &other.steps {
            self.add_step(name.clone(), step.clone());
        }
        if other.badness() > self.badness() {
            self.status.clone_from(&other.status);
            self.conclusion.clone_from(&other.conclusion);
        }
    }
}

impl Group for Ci {
    fn merge(&mut self, other: &Ci) -> Result<(), Conflict> {
        if !self.is_same_run(other) {
            return Err(Conflict::of("ci"));
        }
        if other.attempt > self.attempt {
            let older = std::mem::replace(self, other.clone());
            return self.fill(&older);
        }
        self.fill(other)
    }

    fn value(&self) -> Value {
        let jobs = self.jobs_and_matrices();
        let jobs = jobs.iter().map(|(name, job)| (name.clone(), job_value(job)));
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
    /// By number; where a file does not number its run, by commit, and then only one of the two may
    /// speak for the run: two that do may be of two workflows.
    fn is_same_run(&self, other: &Ci) -> bool {
        match (&self.run, &other.run) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => {
                let speaks = |ci: &Ci| ci.status.is_some() || ci.conclusion.is_some();
                let same_commit = self.commit.is_some() && self.commit == other.commit;
                same_commit && (!(speaks(self) && speaks(other)) || self == other)
            }
        }
    }

    /// Takes from `older` what this does not say itself. A file of jobs alone has no conclusion of
    /// the run, which the run's own file then gives; an older attempt gives none. Two that conclude
    /// one attempt otherwise disagree: one may be of a job.
    fn fill(&mut self, older: &Ci) -> Result<(), Conflict> {
        let same_attempt =
            self.attempt.is_none() || older.attempt.is_none() || self.attempt == older.attempt;
        let silent = self.conclusion.is_none() && self.status.is_none();
        if same_attempt && silent {
            self.status.clone_from(&older.status);
            self.conclusion.clone_from(&older.conclusion);
        } else if same_attempt
            && (older.conclusion.is_some() || older.status.is_some())
            && self.conclusion != older.conclusion
        {
            return Err(Conflict::of("ci.conclusion"));
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
        // What an earlier attempt did says nothing of a run that began anew, unless pages of its jobs
        // follow each other.
        if same_attempt || !self.jobs.is_empty() {
            for (name, job) in &older.jobs {
                self.add_job(name, job.clone());
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn job(conclusion: &str, attempt: u64) -> Job {
        Job { conclusion: Some(conclusion.to_owned()), attempt, ..Job::default() }
    }

    fn run(id: Option<&str>, conclusion: Option<&str>) -> Ci {
        Ci {
            commit: Some("c".to_owned()),
            run: id.map(str::to_owned),
            conclusion: conclusion.map(str::to_owned),
            ..Ci::default()
        }
    }

    #[test]
    fn of_a_matrix_the_worst_of_each_legs_latest_attempt_counts() {
        for (legs, expected) in [
            (vec![("t (1)", "failure", 1), ("t (1)", "success", 2), ("t (2)", "success", 1)], 0),
            (vec![("t (1)", "failure", 1), ("t (2)", "failure", 1), ("t (2)", "success", 2)], 5),
            (vec![("t (1)", "success", 1), ("t (2)", "failure", 2)], 5),
            (vec![("t (1)", "success", 2), ("t (1)", "failure", 1)], 0),
        ] {
            let mut ci = Ci::default();
            for (name, conclusion, attempt) in &legs {
                ci.add_job(name, job(conclusion, *attempt));
            }
            assert_eq!(ci.jobs_and_matrices()["t"].badness(), expected, "{legs:?}");
        }
    }

    #[test]
    fn files_join_only_where_they_are_of_one_run() {
        let (success, failure) = (Some("success"), Some("failure"));
        for (mine, theirs, joined) in [
            (run(Some("1"), success), run(Some("2"), failure), false),
            (run(None, success), run(None, failure), false),
            (run(None, success), run(Some("2"), success), false),
            (run(Some("1"), success), run(Some("1"), failure), false),
            (run(Some("1"), success), run(Some("1"), None), true),
            (run(Some("1"), None), run(None, failure), true),
            (run(None, success), run(None, success), true),
        ] {
            for (mut mine, theirs) in [(mine.clone(), theirs.clone()), (theirs, mine)] {
                let told = format!("{mine:?} {theirs:?}");
                assert_eq!(mine.merge(&theirs).is_ok(), joined, "{told}");
                if joined {
                    assert!(mine.conclusion.is_some(), "{told}");
                }
            }
        }
    }

    #[test]
    fn the_jobs_of_an_earlier_attempt_are_not_those_of_a_later_run() {
        let of = |attempt: u64, jobs: &[&str]| {
            let mut ci = Ci { run: Some("1".to_owned()), attempt: Some(attempt), ..Ci::default() };
            jobs.iter().for_each(|name| ci.add_job(name, job("success", attempt)));
            ci
        };
        for (later, expected) in [
            (of(2, &[]), vec![]),
            (of(2, &["lint"]), vec!["lint", "test"]),
            (of(1, &[]), vec!["test"]),
        ] {
            for (mut mine, theirs) in [(later.clone(), of(1, &["test"])), (of(1, &["test"]), later)]
            {
                mine.merge(&theirs).unwrap();
                assert_eq!(mine.jobs.keys().collect::<Vec<_>>(), expected, "{mine:?}");
            }
        }
    }

    #[test]
    fn of_steps_of_one_name_the_worst_counts() {
        let mut job = Job::default();
        for conclusion in ["failure", "success"] {
            job.add_step("s".to_owned(), Step { conclusion: Some(conclusion.to_owned()) });
        }
        assert_eq!(job.steps["s"].conclusion.as_deref(), Some("failure"));
    }
}
