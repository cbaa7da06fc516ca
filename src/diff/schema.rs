//! The published JSON Schema of a diff.

use schemars::generate::SchemaSettings;

use super::Diff;

/// The JSON Schema (draft-07) of `trueup/diff/1`.
pub fn schema() -> serde_json::Value {
    let generator = SchemaSettings::draft07().into_generator();
    generator.into_root_schema_for::<Diff>().to_value()
}
