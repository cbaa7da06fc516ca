//! Outputs: one file each, drawn from a snapshot and nothing else.

pub mod markdown;
pub mod text;
