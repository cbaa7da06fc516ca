//! A figure in a text: a limit, a count, a share or a change, with its unit.

use super::Span;

/// A figure as people write it into an item: `< 500ms (p95)`, `~80 remaining`, `22 → 0`, `165/165`.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// As written.
    pub text: String,
    /// Where in the text that was read.
    pub span: Span,
    /// What it says.
    pub shape: Shape,
    /// In what it is counted; `None` for plain numbers.
    pub unit: Option<Unit>,
    /// Written as about so much.
    pub approximate: bool,
    /// The words right after it, lower case: `remaining`, `critical findings`.
    pub noun: Option<String>,
    /// What it measures: the words before it in its clause, lower case: `response times`.
    pub metric: Option<String>,
    /// The percentile beside it: `p95`.
    pub percentile: Option<String>,
}

/// What a figure says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// `< 500ms`.
    Limit {
        /// How the value bounds.
        operator: Operator,
        /// In the figure's unit.
        value: f64,
    },
    /// `5 passing`.
    Count {
        /// In the figure's unit.
        value: f64,
    },
    /// `22 → 0`.
    Change {
        /// Before.
        from: f64,
        /// Now.
        to: f64,
    },
    /// `165/165`, `4 of 5`.
    Share {
        /// So many.
        part: f64,
        /// Of so many.
        whole: f64,
    },
}

impl Figure {
    /// The value to hold against evidence: the limit, the count, the part, where a change ends.
    pub fn value(&self) -> f64 {
        match self.shape {
            Shape::Limit { value, .. } | Shape::Count { value } => value,
            Shape::Change { to, .. } => to,
            Shape::Share { part, .. } => part,
        }
    }

    /// A limit in a form that compares: `p95 < 500 ms` for `< 0.5s (p95)`; `None` where it is none.
    pub fn limit(&self) -> Option<String> {
        let Shape::Limit { operator, value } = self.shape else { return None };
        let (value, unit) = match self.unit {
            Some(unit) => unit.base(value),
            None => (value, ""),
        };
        let percentile = self.percentile.as_deref().map(|name| format!("{name} "));
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        Some(format!("{}{} {value}{unit}", percentile.unwrap_or_default(), operator.sign()))
    }
}

/// How a limit bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Less than.
    Below,
    /// At most.
    AtMost,
    /// Exactly.
    Exactly,
    /// At least.
    AtLeast,
    /// More than.
    Above,
}

impl Operator {
    /// As conditions write it.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Below => "<",
            Operator::AtMost => "<=",
            Operator::Exactly => "==",
            Operator::AtLeast => ">=",
            Operator::Above => ">",
        }
    }
}

/// In what a figure is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Of a hundred.
    Percent,
    /// 0.001 ms.
    Microseconds,
    /// A thousandth of a second.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// 60 s.
    Minutes,
    /// 60 min.
    Hours,
    /// 24 h.
    Days,
    /// 7 days.
    Weeks,
    /// Bytes.
    Bytes,
    /// 1,000 bytes.
    Kilobytes,
    /// 1,000,000 bytes.
    Megabytes,
    /// 1,000,000,000 bytes.
    Gigabytes,
    /// Requests a second.
    PerSecond,
}

impl Unit {
    /// As it is shown.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Percent => "%",
            Unit::Microseconds => "µs",
            Unit::Milliseconds => "ms",
            Unit::Seconds => "s",
            Unit::Minutes => "min",
            Unit::Hours => "h",
            Unit::Days => "days",
            Unit::Weeks => "weeks",
            Unit::Bytes => "B",
            Unit::Kilobytes => "kB",
            Unit::Megabytes => "MB",
            Unit::Gigabytes => "GB",
            Unit::PerSecond => "/s",
        }
    }

    /// `value` in the unit that its kind compares in: milliseconds, bytes, percent, a second.
    pub fn base(self, value: f64) -> (f64, &'static str) {
        match self {
            Unit::Percent => (value, "%"),
            Unit::Microseconds => (value / 1e3, "ms"),
            Unit::Milliseconds => (value, "ms"),
            Unit::Seconds => (value * 1e3, "ms"),
            Unit::Minutes => (value * 60e3, "ms"),
            Unit::Hours => (value * 3_600e3, "ms"),
            Unit::Days => (value * 86_400e3, "ms"),
            Unit::Weeks => (value * 604_800e3, "ms"),
            Unit::Bytes => (value, "B"),
            Unit::Kilobytes => (value * 1e3, "B"),
            Unit::Megabytes => (value * 1e6, "B"),
            Unit::Gigabytes => (value * 1e9, "B"),
            Unit::PerSecond => (value, "/s"),
        }
    }
}
