//! `alerts`: alerts of a monitoring system.

use super::{Conflict, Field, Group, Type, Value};

/// One alert.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alert {
    /// Its name.
    pub name: String,
    /// The severity label.
    pub severity: Option<String>,
    /// `active`, `pending` or `suppressed`.
    pub state: String,
    /// Since when, RFC 3339.
    pub since: Option<String>,
}

/// Alerts by state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alerts {
    /// Every alert.
    pub list: Vec<Alert>,
    /// Whether those that wait are among them.
    pub lists_pending: bool,
    /// Whether those that are silenced or inhibited are among them.
    pub lists_suppressed: bool,
}

impl Alerts {
    /// Those in one state.
    pub fn in_state(&self, state: &str) -> u64 {
        self.list.iter().filter(|alert| alert.state == state).count() as u64
    }
}

pub(super) const FIELDS: &[Field] = &[
    Field::count("total", "All alerts that the system lists."),
    Field::count("active", "Those that fire."),
    Field::count(
        "pending",
        "Those that would fire if their condition lasts. Absent where the system does not list them.",
    ),
    Field::count(
        "suppressed",
        "Those silenced or inhibited. Absent where the system does not list them.",
    ),
    Field::new("list", Type::List(&Type::Record(ALERT)), "Every alert."),
];

const ALERT: &[Field] = &[
    Field::new("name", Type::Text, "Its name."),
    Field::new("severity", Type::Text, "Its severity label."),
    Field::new("state", Type::Text, "`active`, `pending` or `suppressed`."),
    Field::new("since", Type::Time, "Since when."),
];

impl Group for Alerts {
    fn merge(&mut self, other: &Alerts) -> Result<(), Conflict> {
        self.lists_pending &= other.lists_pending;
        self.lists_suppressed &= other.lists_suppressed;
        self.list.extend(other.list.iter().cloned());
        Ok(())
    }

    fn value(&self) -> Value {
        let list = self.list.iter().map(|alert| {
            Value::record([
                ("name", Value::text(&alert.name)),
                ("severity", Value::maybe_text(alert.severity.as_deref())),
                ("state", Value::text(&alert.state)),
                ("since", Value::maybe_text(alert.since.as_deref())),
            ])
        });
        let listed = |is: bool, state: &str| match self.in_state(state) {
            0 if !is => Value::Null,
            count => Value::count(count),
        };
        Value::record([
            ("total", Value::count(self.list.len() as u64)),
            ("active", Value::count(self.in_state("active"))),
            ("pending", listed(self.lists_pending, "pending")),
            ("suppressed", listed(self.lists_suppressed, "suppressed")),
            ("list", Value::list(list.collect())),
        ])
    }
}
