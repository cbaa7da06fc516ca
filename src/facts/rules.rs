//! `rules`: alerting and recording rules.

use super::{Conflict, Field, Group, Type, Unit, Value};

/// One rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AlertRule {
    /// Its name.
    pub name: String,
    /// The severity label.
    pub severity: Option<String>,
    /// How long its condition must last.
    pub for_s: Option<f64>,
    /// `firing`, `pending`, `inactive`; `None` in a file of rules.
    pub state: Option<String>,
    /// `ok`, `err`, `unknown`; `None` in a file of rules.
    pub health: Option<String>,
    /// Whether it alerts, or records.
    pub alerting: bool,
}

impl AlertRule {
    /// Whether a system evaluates it; one that is only written down neither fires nor fails.
    fn is_evaluated(&self) -> bool {
        self.state.is_some() || self.health.is_some()
    }
}

/// Every rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AlertRules {
    /// In the file's order.
    pub list: Vec<AlertRule>,
}

pub(super) const FIELDS: &[Field] = &[
    Field::count("total", "All rules, recording ones too."),
    Field::count("alerting", "Those that alert."),
    Field::count("firing", "Those that fire now. Absent in a file of rules."),
    Field::count(
        "unhealthy",
        "Those that the system could not evaluate, or has not yet. Absent in a file of rules.",
    ),
    Field::new("list", Type::List(&Type::Record(RULE)), "Every alerting rule."),
];

const RULE: &[Field] = &[
    Field::new("name", Type::Text, "Its name."),
    Field::new("severity", Type::Text, "Its severity label."),
    Field::double("for_s", Unit::Seconds, "How long its condition must last."),
    Field::new("state", Type::Text, "`firing`, `pending` or `inactive`."),
    Field::new("health", Type::Text, "`ok`, `err` or `unknown`."),
];

impl Group for AlertRules {
    fn merge(&mut self, other: &AlertRules) -> Result<(), Conflict> {
        self.list.extend(other.list.iter().cloned());
        Ok(())
    }

    fn value(&self) -> Value {
        let count = |keep: &dyn Fn(&AlertRule) -> bool| {
            Value::count(self.list.iter().filter(|rule| keep(rule)).count() as u64)
        };
        let list = self.list.iter().filter(|rule| rule.alerting).map(|rule| {
            let now = |word: &Option<String>| match word {
                None if !rule.is_evaluated() => Value::Untold,
                word => Value::maybe_text(word.as_deref()),
            };
            Value::record([
                ("name", Value::text(&rule.name)),
                ("severity", Value::maybe_text(rule.severity.as_deref())),
                ("for_s", rule.for_s.map_or(Value::Null, Value::Double)),
                ("state", now(&rule.state)),
                ("health", now(&rule.health)),
            ])
        });
        let evaluated = self.list.iter().all(AlertRule::is_evaluated);
        let now = |keep: &dyn Fn(&AlertRule) -> bool| match evaluated {
            true => count(keep),
            false => Value::Null,
        };
        Value::record([
            ("total", Value::count(self.list.len() as u64)),
            ("alerting", count(&|rule| rule.alerting)),
            ("firing", now(&|rule| rule.state.as_deref() == Some("firing"))),
            ("unhealthy", now(&|rule| rule.health.as_deref().is_some_and(|health| health != "ok"))),
            ("list", Value::list(list.collect())),
        ])
    }
}
