//! `coverage`: what the tests touched.

use super::{Conflict, Field, Gaps, Group, Type, Unit, Value};

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Touched.
    pub covered: u64,
    /// All that could be touched.
    pub total: u64,
}

impl Share {
    /// 0 to 100; `None` over nothing.
    pub fn pct(self) -> Option<f64> {
        (self.total > 0).then(|| self.covered as f64 * 100.0 / self.total as f64)
    }

    fn value(self) -> Value {
        Value::record([
            ("covered", Value::count(self.covered)),
            ("total", Value::count(self.total)),
            ("pct", self.pct().map_or(Value::Null, Value::Double)),
        ])
    }
}

/// Shares, each where the format has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Source lines.
    pub lines: Option<Share>,
    /// Branches.
    pub branches: Option<Share>,
    /// Functions or methods.
    pub functions: Option<Share>,
    /// Statements.
    pub statements: Option<Share>,
    /// The files that were not touched everywhere, to be shown.
    pub gaps: Gaps,
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("lines", Type::Record(SHARE), "Source lines."),
    Field::new("branches", Type::Record(SHARE), "Branches."),
    Field::new("functions", Type::Record(SHARE), "Functions or methods."),
    Field::new("statements", Type::Record(SHARE), "Statements."),
];

const SHARE: &[Field] = &[
    Field::count("covered", "Those that a test touched."),
    Field::count("total", "All that could be touched."),
    Field::double("pct", Unit::Percent, "Covered of total; absent where the total is 0."),
];

impl Group for Coverage {
    fn merge(&mut self, other: &Coverage) -> Result<(), Conflict> {
        let sum = |(a, b): (Share, Share)| Share {
            covered: a.covered.saturating_add(b.covered),
            total: a.total.saturating_add(b.total),
        };
        // A report that counts no lines, or no branches, is not covered: those of another do not speak
        // for it.
        self.lines = self.lines.zip(other.lines).map(sum);
        self.statements = self.statements.zip(other.statements).map(sum);
        self.branches = self.branches.zip(other.branches).map(sum);
        self.functions = self.functions.zip(other.functions).map(sum);
        Ok(())
    }

    fn value(&self) -> Value {
        let share = |share: Option<Share>| share.map_or(Value::Null, Share::value);
        Value::record([
            ("lines", share(self.lines)),
            ("branches", share(self.branches)),
            ("functions", share(self.functions)),
            ("statements", share(self.statements)),
        ])
    }
}

#[cfg(test)]
mod merged {
    use super::*;

    #[test]
    fn lines_of_one_report_do_not_speak_for_another() {
        let share = Some(Share { covered: 1, total: 2 });
        let lines = Coverage { lines: share, branches: share, ..Coverage::default() };
        let statements = Coverage { statements: share, ..Coverage::default() };
        let mut both = lines.clone();
        both.merge(&statements).unwrap();
        assert_eq!((both.lines, both.statements, both.branches), (None, None, None));
        let mut twice = lines.clone();
        twice.merge(&lines).unwrap();
        assert_eq!(twice.lines, Some(Share { covered: 2, total: 4 }));
    }
}
