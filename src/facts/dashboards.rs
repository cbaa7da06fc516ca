//! `dashboards`: dashboards of a monitoring system.

use super::{Conflict, Field, Group, Type, Value};

/// One dashboard, or several joined.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dashboards {
    /// The title.
    pub title: Option<String>,
    /// Panels, rows not among them.
    pub panels: u64,
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("title", Type::Text, "Its title."),
    Field::count("panels", "Panels, rows not among them."),
];

impl Group for Dashboards {
    fn merge(&mut self, other: &Dashboards) -> Result<(), Conflict> {
        if self.title != other.title {
            self.title = None;
        }
        self.panels += other.panels;
        Ok(())
    }

    fn value(&self) -> Value {
        Value::record([
            ("title", Value::maybe_text(self.title.as_deref())),
            ("panels", Value::count(self.panels)),
        ])
    }
}
