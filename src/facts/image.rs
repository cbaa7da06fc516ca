//! `image`: the container image that was scanned or built.

use super::{Conflict, Field, Group, Type, Value};

/// Digests of an image, in every form that the artifact names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Image {
    /// `sha256:…`.
    pub digests: Vec<String>,
}

pub(super) const FIELDS: &[Field] =
    &[Field::new("digests", Type::List(&Type::Text), "`sha256:…` of what was scanned or built.")];

impl Group for Image {
    fn merge(&mut self, other: &Image) -> Result<(), Conflict> {
        self.digests.extend(other.digests.iter().cloned());
        Ok(())
    }

    fn value(&self) -> Value {
        Value::record([("digests", Value::list(self.digests.iter().map(Value::text).collect()))])
    }
}
