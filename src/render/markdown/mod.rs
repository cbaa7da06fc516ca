//! Markdown for pull requests and job summaries.

mod diff;
mod escape;

pub use diff::diff;
