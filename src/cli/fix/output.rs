//! What `fix --format json` prints: `trueup/fix/1`.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::model::{Edit, HeldBack};

const SCHEMA: &str = "trueup/fix/1";

/// The changes that the evidence supports, written or only planned.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Printed {
    /// Always `trueup/fix/1`.
    schema: &'static str,
    /// Whether the files were changed.
    written: bool,
    /// By file, then by line.
    changes: Vec<Edit>,
    /// What stays as it is although something speaks for a change.
    held_back: Vec<HeldBack>,
}

impl Printed {
    pub(super) fn new(written: bool, changes: Vec<Edit>, held_back: Vec<HeldBack>) -> Printed {
        Printed { schema: SCHEMA, written, changes, held_back }
    }
}

/// The JSON Schema (draft-07) of `trueup/fix/1`.
pub(in crate::cli) fn schema() -> serde_json::Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<Printed>().to_value()
}
