//! Markdown for pull requests and job summaries.

mod diff;
mod escape;
mod item;
mod snapshot;

pub use diff::diff;
pub use item::item;
pub use snapshot::snapshot;

/// Bytes at the most: a comment of GitHub holds 65,536 characters, a job's summary 1 MiB.
const LONGEST: usize = 60_000;
