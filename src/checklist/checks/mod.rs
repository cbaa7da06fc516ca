//! What in a document does not fit together: texts against their boxes, progress against the count,
//! and what only looks like a box.

pub(super) mod contradictions;
pub(super) mod foreign;
pub(super) mod lint;
pub(super) mod progress;
pub(super) mod reserved;
pub(super) mod unfinished;
pub(super) mod waiting;
