//! The only doors to disk, git, environment and time. What comes out is plain data in trueup's
//! own words; no type of git2, walkdir or ignore leaves its file.

pub mod cache;
pub mod clock;
mod content;
pub mod digest;
pub mod environment;
pub mod files;
pub mod git;
pub mod job;
pub mod output;
pub mod ssh;
pub mod watch;

pub use content::Content;
