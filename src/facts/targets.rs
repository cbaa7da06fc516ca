//! `targets`: what a monitoring system scrapes.

use super::{Conflict, Field, Group, Value};

/// Scraped targets by health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Targets {
    /// All active targets.
    pub total: u64,
    /// Those that answered.
    pub up: u64,
    /// Those that did not.
    pub down: u64,
}

pub(super) const FIELDS: &[Field] = &[
    Field::count("total", "All active targets."),
    Field::count("up", "Those that answered."),
    Field::count("down", "Those that did not."),
];

impl Group for Targets {
    fn merge(&mut self, other: &Targets) -> Result<(), Conflict> {
        self.total = self.total.saturating_add(other.total);
        self.up += other.up;
        self.down += other.down;
        Ok(())
    }

    fn value(&self) -> Value {
        Value::record([
            ("total", Value::count(self.total)),
            ("up", Value::count(self.up)),
            ("down", Value::count(self.down)),
        ])
    }
}
