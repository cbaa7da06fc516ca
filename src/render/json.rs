//! The public contracts as they stand: `trueup schema` has their JSON Schemas.

use serde::Serialize;

use super::text::Paint;

/// Two blanks of indent, a line end.
pub(super) fn pretty<T: Serialize>(document: &T, _: Paint) -> String {
    // Every published type has text keys, and numbers that JSON has.
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}
