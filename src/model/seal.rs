//! What a seal says of the run that made an artifact.

use super::{Selected, Timestamp};

/// Where, when and of which code an artifact was made, as `trueup collect` wrote it down in the job
/// that made it. Nobody's signature stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The seal's file, as artifacts are named.
    pub path: String,
    /// When it was sealed.
    pub at: Timestamp,
    /// When the file was last written, as the file system had it then.
    pub written: Option<Timestamp>,
    /// Since when `commit` was checked out.
    pub checked_out: Option<Timestamp>,
    /// The commit that was checked out before, when the file was written, and since when.
    pub before: Option<(String, Timestamp)>,
    /// The commit that was checked out.
    pub commit: Option<String>,
    /// The id of that commit's files.
    pub tree: Option<String>,
    /// Whether tracked files differed from that commit.
    pub dirty: bool,
    /// The branch or tag.
    pub ref_name: Option<String>,
    /// The CI system.
    pub system: Option<String>,
    /// The job within the run.
    pub job: Option<String>,
    /// The run's number or id.
    pub run_id: Option<String>,
    /// Where the run is shown.
    pub run_url: Option<String>,
    /// How the tool ended.
    pub exit_code: Option<i64>,
    /// What was run, as it was told.
    pub command: Option<String>,
    /// What in that command makes it end with 0 though its tool failed.
    pub hides: Option<String>,
    /// What in that command makes a test runner run a part of its tests.
    pub runs_a_part: Option<String>,
    /// Which tests that command chose by their names, marks or files.
    pub selected: Option<Selected>,
    /// What that command leaves out of what its linter or scanner could report.
    pub narrowed: Option<Narrowed>,
    /// Which part of a run the job did, where several share it.
    pub part: Option<Part>,
    /// Whether npm was told to ask no registry.
    pub npm_offline: bool,
}

/// A call of a linter or scanner that reports a part of what it could find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowed {
    /// The program; `None` for whatever the command runs.
    pub program: Option<String>,
    /// What says so: `--severity CRITICAL`.
    pub option: String,
    /// The counts of findings that it tells whole: `critical`. None where it looked at what changed alone.
    pub kept: Vec<&'static str>,
}

/// A part of a run that several jobs share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its own number, from 1.
    pub number: u64,
    /// How many there are.
    pub of: u64,
    /// What tells the run from others: the leg of a matrix, the job, its tool, the commit.
    pub run: Vec<String>,
    /// Whether the CI system alone says so: then what else was done in the job may be whole.
    pub by_system: bool,
}

impl Seal {
    /// When the artifact was made at the latest: a file may have lain there long before it was sealed.
    pub fn made(&self) -> Timestamp {
        self.written.map_or(self.at, |written| written.min(self.at))
    }

    /// By whom, as people read it: `job unit, run 7`.
    pub fn by(&self) -> String {
        let job = self.job.as_ref().map(|job| format!("job {job}"));
        let run = self.run_id.as_ref().map(|run| format!("run {run}"));
        let parts: Vec<String> = job.into_iter().chain(run).collect();
        match (parts.is_empty(), &self.system) {
            (false, _) => parts.join(", "),
            (true, Some(system)) => format!("a job of {system}"),
            (true, None) => "hand".to_owned(),
        }
    }
}

/// How an artifact stands to the seals beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Sealed {
    /// No seal names it.
    #[default]
    No,
    /// Every seal that names it is of its bytes; of several the one that has it oldest.
    Yes(Box<Seal>),
    /// A seal names it and is of other bytes, or two seals tell two things: why, as a sentence.
    Broken(String),
}

impl Sealed {
    /// The seal that holds.
    pub fn seal(&self) -> Option<&Seal> {
        match self {
            Sealed::Yes(seal) => Some(seal),
            Sealed::No | Sealed::Broken(_) => None,
        }
    }
}
