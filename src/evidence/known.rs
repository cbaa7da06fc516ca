//! What is known of the formats before a file is read.

use super::FORMATS;

/// The ids of every format, in the order of the table.
pub fn format_ids() -> Vec<&'static str> {
    FORMATS.iter().map(|format| format.id()).collect()
}

/// Whether a file of `format` could have carried `group`, were it not broken. One that did not even
/// show its format could have carried anything.
pub fn could_carry(format: &str, group: &str) -> bool {
    match super::by_id(format) {
        Some(known) => {
            let carries = known.about().carries;
            carries.is_empty() || carries.contains(&"data") || carries.contains(&group)
        }
        None => true,
    }
}
