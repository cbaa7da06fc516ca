//! Recorded snapshots: what their files are called, and their bytes in and out.
//!
//! Pure over bytes and names. Files are read and written elsewhere.

mod names;
mod read;
mod version;

use super::Snapshot;

pub use names::{FOLDER, NameError, Recorded, file_name, list, superseded_name};
pub use read::{StoreError, Stored, read};

/// The bytes of a snapshot's file: JSON over several lines, fields in the order of the schema, so
/// that the same snapshot gives the same bytes and git can tell two of them apart line by line.
pub fn write(snapshot: &Snapshot) -> String {
    #[expect(clippy::expect_used, reason = "every map of the wire types has text as keys")]
    let mut json = serde_json::to_string_pretty(snapshot).expect("a snapshot is JSON");
    json.push('\n');
    json
}

#[cfg(test)]
mod tests;
