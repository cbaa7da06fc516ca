//! What a document says as a whole: its sections, what it tells of itself, its runbooks, and its
//! blocks as the site draws them.

mod blocks;
pub(super) mod metadata;
pub(super) mod obligations;
pub(super) mod runbook;
pub(super) mod sections;
pub(super) mod template;
pub(super) mod windows;

pub use blocks::document;
pub use runbook::{
    hides_exit_code, narrows, resolve, runner, runs_a_part, selects, shard, shard_said,
};
