//! The words by which a text says that somebody has to look before it is ticked.

/// What says, alone or as the beginning of a remark, that something is left to do: of a ticked item as well.
#[rustfmt::skip]
pub(in crate::checklist::checks) const LEFT: [&str; 45] = [
    "awaiting", "broken", "deferred", "draft", "failed", "failing", "fails", "half done",
    "half finished", "has yet to", "in progress", "in review", "incomplete", "missing", "mostly done", "never run",
    "never tested", "not complete", "not deployed", "not done", "not finished", "not merged",
    "not passing", "not published", "not ready", "not released", "not started", "not tested",
    "not verified", "not working", "on hold", "outstanding", "pending", "postponed", "reopened",
    "still", "tbc", "tbd", "to be", "to do", "unfinished", "untested", "unverified", "wip", "yet to",
];

/// The same, careful: it may say something else of what is done.
#[rustfmt::skip]
pub(super) const HELD: &[&str] = &[
    "1 of", "after", "ask", "before", "below", "blocked", "but", "by hand", "canceled", "cancelled", "disabled", "except",
    "commented out", "excluding", "flaky", "green only", "half", "held", "hold", "if", "in arbeit", "in theory", "in bearbeitung", "in corso", "keep", "later", "leave", "local", "locally", "manual",
    "manually", "mocked", "mostly", "n/a", "nearly", "needs", "not", "offen", "ongoing", "only",
    "open", "partial", "partially", "partly", "paused", "pendente", "pendiente", "retest", "reverted", "skip",
    "skipped", "stopped", "to-do", "todo", "unclear", "unconfirmed", "unknown", "wait",
    "guessed", "never", "on my", "on paper", "quarantined", "re-run", "reopen", "rerun", "reserved", "starting", "timed out",
    "almost", "at risk", "debugging", "for now", "hanging", "hangs", "investigating", "out of scope", "provisional", "recheck",
    "re-check", "redo", "revisit", "rework", "reworking", "so far", "stuck", "temporarily", "tentative", "unreliable",
    "assign", "coordinate", "run after",
    "waiting", "when", "won't", "à faire", "en cours",
];

/// What denies all that it stands behind, alone in a remark.
pub(super) const DENIED: [&str; 8] =
    ["down", "false", "no", "none", "nope", "red", "rejected", "wrong"];

/// What a short remark closes with that says of what stands before it that it is not so: `e2e red`.
#[rustfmt::skip]
pub(super) const CLOSES: [&str; 26] = [
    "amber", "blocked", "broken", "crashed", "degraded", "disabled", "down", "failed", "failing", "fails", "flaky",
    "incomplete", "missing", "none", "outdated", "overdue", "pending", "red", "rejected", "skipped", "stale", "tbd", "todo",
    "unstable", "wip", "yellow",
];

/// What a text may open with that speaks against ticking it.
pub(super) const OPENERS: [&str; 7] =
    ["not ", "some ", "manually ", "by hand ", "todo ", "will ", "next: "];

/// What forbids a tick, at the beginning of a clause.
#[rustfmt::skip]
pub(super) const ORDERS: [&str; 18] = [
    "do not tick", "don't tick", "do not check", "don't check", "do not mark", "don't mark", "do not close", "don't close",
    "never tick", "never mark", "may not be ticked", "must not be ticked", "not to be ticked", "no bots", "no auto",
    "requires sign-off", "requires approval", "subject to",
];

/// What a text opens with that is a task, or that names a claim only to ask for something else: it was
/// done, or it was not, whatever holds today.
pub(super) const TASKS: [&str; 17] = [
    "after",
    "ask",
    "check if",
    "check whether",
    "debug",
    "decide",
    "find out",
    "fix",
    "if",
    "investigate",
    "look into",
    "once",
    "re-enable",
    "repair",
    "stabilise",
    "stabilize",
    "when",
];

/// What is still to be done to the thing, wherever it stands.
pub(super) const TO_BE: [&str; 12] = [
    "agreed",
    "approved",
    "checked",
    "clarified",
    "confirmed",
    "decided",
    "defined",
    "determined",
    "discussed",
    "reviewed",
    "tested",
    "verified",
];
