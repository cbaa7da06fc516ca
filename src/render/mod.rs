//! Outputs: one file each, drawn from a snapshot and nothing else. A line here is an output.

pub mod markdown;
pub mod site;
pub mod text;
