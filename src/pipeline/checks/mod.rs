//! What the inputs say that cannot hold or is probably not meant, before anything is judged.

pub(super) mod conflicts;
mod file_time;
pub(super) mod left;
pub(super) mod links;
pub(super) mod paths;
pub(super) mod problems;
pub(super) mod remarks;
pub(super) mod requirement_changes;
