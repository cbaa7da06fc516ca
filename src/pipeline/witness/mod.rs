//! What judging asks of the repository: answered, written down as it is asked, and kept as
//! `witness.json`.

pub(super) mod answers;
pub(super) mod file;
mod no_code;
pub(super) mod numbers;
pub(super) mod pages;
pub(super) mod recording;
pub(super) mod sections;
pub(super) mod shipping;
pub(super) mod write;

pub use file::{Recorded, witness_schema};
