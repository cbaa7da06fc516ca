//! The words in which a cell of a status table says a state in English.

/// Words for what is done.
pub(super) const DONE: &[&str] = &[
    "done",
    "complete",
    "completed",
    "pass",
    "passed",
    "passing",
    "ok",
    "okay",
    "verified",
    "fixed",
    "resolved",
    "closed",
    "merged",
    "approved",
    "deployed",
    "implemented",
    "finished",
    "success",
    "successful",
    "achieved",
    "met",
    "mitigated",
    "remediated",
    "released",
    "shipped",
    "delivered",
    "launched",
    "rolled out",
    "signed off",
];

/// Words for what is not done.
pub(super) const OPEN: &[&str] = &[
    "open",
    "todo",
    "to do",
    "to be done",
    "pending",
    "fail",
    "failed",
    "failing",
    "failure",
    "blocked",
    "blocker",
    "missing",
    "no-go",
    "no go",
    "nogo",
    "not approved",
    "not started",
    "not done",
    "not tested",
    "not met",
    "not implemented",
    "not yet",
    "untested",
    "planned",
    "tbd",
    "tba",
    "outstanding",
    "overdue",
    "rejected",
    "broken",
    "deferred",
    "skipped",
    "backlog",
    "not deployed",
    "not fixed",
    "not mitigated",
    "not ready",
    "not released",
    "not resolved",
    "not verified",
    "reopened",
    "unmitigated",
    "unreleased",
    "unresolved",
    "unverified",
];

/// Words for what is under way.
pub(super) const UNDER_WAY: &[&str] = &[
    "in progress",
    "in-progress",
    "wip",
    "started",
    "partial",
    "partially",
    "partly",
    "ongoing",
    "in review",
    "under review",
    "in development",
    "incomplete",
    "ready",
    "investigating",
    "under investigation",
    "mitigating",
    "monitoring",
    "in testing",
    "in qa",
    "rolling out",
    "under way",
    "underway",
];

/// Words for what will not be done.
pub(super) const CANCELLED: &[&str] = &[
    "cancelled",
    "canceled",
    "dropped",
    "obsolete",
    "out of scope",
    "superseded",
    "won't do",
    "won't fix",
    "wontfix",
];

/// How much of something is done where that is not all of it: `Partially mitigated`.
pub(super) const NOT_ALL: &[&str] = &["partially", "partly", "mostly", "nearly", "almost"];

/// Words that say nothing else than how far something is: a column of them is one of states, whatever
/// its title. A shop may be open or closed, and a licence complete.
const UNMISTAKABLE: &[&str] = &[
    "blocked",
    "completed",
    "done",
    "fail",
    "failed",
    "failing",
    "in progress",
    "in-progress",
    "no-go",
    "not done",
    "not started",
    "pass",
    "passed",
    "pending",
    "signed off",
    "to do",
    "todo",
    "wip",
];

/// Whether `word` is one that says nothing else than a state.
pub(super) fn is_unmistakable(word: &str) -> bool {
    UNMISTAKABLE.contains(&word)
}
