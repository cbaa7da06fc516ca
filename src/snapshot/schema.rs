//! The published JSON Schema of the snapshot.

use schemars::generate::SchemaSettings;

use super::Snapshot;

/// The JSON Schema (draft-07) of `trueup/snapshot/1`.
pub fn schema() -> serde_json::Value {
    let generator = SchemaSettings::draft07().into_generator();
    generator.into_root_schema_for::<Snapshot>().to_value()
}
