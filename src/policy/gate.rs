//! The rules by which a gate decides.

use crate::model::{Code, Glob, Place, Status};

/// The decision's rules.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    /// Statuses that stop a release.
    pub fail_on_status: Vec<Status>,
    /// Problem codes that stop a release.
    pub fail_on_code: Vec<Code>,
    /// What must be proven.
    pub require: Vec<Required>,
    /// The least share of all applicable items that must be proven, 0 to 100.
    pub min_proven: Option<f64>,
    /// The release, tag or revision against which nothing may have got worse; `previous` for the
    /// release before.
    pub regression: Option<String>,
}

/// Items that must have one of some statuses.
#[derive(Debug, Clone)]
pub struct Required {
    /// Where it is written.
    pub place: Place,
    /// Over ids and addresses.
    pub items: Glob,
    /// Only those in checklists of the configuration's folder: a name that it shares with others means its own.
    pub within: Option<Glob>,
    /// Only those under a heading whose title or slug this glob matches, in any case.
    pub section: Option<Glob>,
    /// Only those of this priority.
    pub priority: Option<String>,
    /// The statuses that satisfy it.
    pub status: Vec<Status>,
}
