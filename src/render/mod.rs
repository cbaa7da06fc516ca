//! Outputs: one file each, drawn from a snapshot or a diff and nothing else. A line of
//! [`output::OUTPUTS`] is an output.

mod annotation;
mod badge;
pub mod beside;
mod cyclonedx;
mod github;
mod gitlab;
mod identity;
pub mod in_toto;
mod json;
mod junit;
pub mod markdown;
mod ndjson;
mod oscal;
pub mod output;
mod sarif;
pub mod site;
mod spreadsheet;
pub mod text;

pub use json::write_json;
