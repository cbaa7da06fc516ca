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
    /// The files, and those of them that were not touched everywhere, to be shown.
    pub gaps: Gaps,
}

impl Coverage {
    fn shares(&self) -> [Option<Share>; 4] {
        [self.lines, self.branches, self.functions, self.statements]
    }

    /// Whether it has that share: `branches`.
    pub fn counts(&self, of: &str) -> bool {
        let at = FIELDS.iter().position(|field| field.name == of);
        at.and_then(|at| self.shares().get(at).copied().flatten()).is_some()
    }

    /// What each of the reports counts that were joined.
    fn reports(&self) -> Vec<[Option<Share>; 4]> {
        let joined = &self.gaps.files.reports;
        if joined.is_empty() { vec![self.shares()] } else { joined.clone() }
    }

    /// Between what a figure lies where several reports count the same files: lines that two of them
    /// touched are the same, or are not. `None` where the sum is exact.
    pub(super) fn limits(&self, of: &str, figure: &str) -> Option<(Value, Value)> {
        let at = FIELDS.iter().position(|field| field.name == of)?;
        let sum = (*self.shares().get(at)?).filter(|_| self.gaps.files.are_shared())?;
        // Of files the lines are known, or the statements where no lines are counted.
        let by_file = at == 0 || of == "statements" && self.lines.is_none();
        let each =
            self.reports().into_iter().filter_map(|report| report.get(at).copied().flatten());
        let mut shares: Vec<Share> = match (self.gaps.files.are_of_one_run(), by_file) {
            (true, _) => each.collect(),
            (false, true) => self.gaps.files.once().to_vec(),
            (false, false) => around(&each.collect::<Vec<_>>(), sum).to_vec(),
        };
        shares.push(sum);
        let (least, most) = match figure {
            "covered" => limits_of(shares.iter().map(|share| share.covered)),
            "total" => limits_of(shares.iter().map(|share| share.total)),
            "pct" => {
                let shares = || shares.iter().map(|share| share.pct().unwrap_or_default());
                let least = shares().fold(f64::INFINITY, f64::min);
                (Value::Double(least), Value::Double(shares().fold(0.0, f64::max)))
            }
            _ => return None,
        };
        (least != most).then_some((least, most))
    }
}

/// What of a share only some of several reports count.
impl Coverage {
    /// Of one run that is told in several forms the share is what those say that count it. Of more
    /// runs, what one report counts is there at least, and the share could be any.
    pub(super) fn part(&self, of: &str, figure: &str) -> Option<(Option<Value>, Option<Value>)> {
        let at = FIELDS.iter().position(|field| field.name == of)?;
        if self.shares().get(at)?.is_some() {
            return None;
        }
        let reports = self.reports().into_iter();
        let told: Vec<Share> = reports.filter_map(|of| of.get(at).copied().flatten()).collect();
        let files = &self.gaps.files;
        let one_run = files.are_shared() && files.are_of_one_run();
        match figure {
            "covered" => Some((Some(Value::count(told.iter().map(|of| of.covered).max()?)), None)),
            "total" => Some((Some(Value::count(told.iter().map(|of| of.total).max()?)), None)),
            "pct" if told.is_empty() => None,
            "pct" if !one_run => Some((None, None)),
            "pct" => {
                let shares: Option<Vec<f64>> = told.iter().map(|share| share.pct()).collect();
                let shares = shares?;
                let least = shares.iter().copied().fold(f64::INFINITY, f64::min);
                let most = shares.into_iter().fold(0.0, f64::max);
                Some((Some(Value::Double(least)), Some(Value::Double(most))))
            }
            _ => None,
        }
    }
}

/// What one report alone has, of as much as there can be; and all that any has, of as little.
fn around(each: &[Share], sum: Share) -> [Share; 2] {
    let covered = each.iter().map(|share| share.covered).max().unwrap_or_default();
    let total = each.iter().map(|share| share.total).max().unwrap_or_default();
    let all = Share { covered: sum.covered.min(total), total };
    [Share { covered, total: sum.total }, all]
}

fn limits_of(counts: impl Iterator<Item = u64> + Clone) -> (Value, Value) {
    let least = counts.clone().min().unwrap_or_default();
    (Value::count(least), Value::count(counts.max().unwrap_or_default()))
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
    fn forget_shown(&mut self) {
        self.gaps.forget_shown();
    }

    fn merge(&mut self, other: &Coverage) -> Result<(), Conflict> {
        let sum = |(a, b): (Share, Share)| Share {
            covered: a.covered.saturating_add(b.covered),
            total: a.total.saturating_add(b.total),
        };
        let reports = [self.reports(), other.reports()].concat();
        // A report that counts no lines, or no branches, is not covered: those of another do not speak
        // for it.
        self.lines = self.lines.zip(other.lines).map(sum);
        self.statements = self.statements.zip(other.statements).map(sum);
        self.branches = self.branches.zip(other.branches).map(sum);
        self.functions = self.functions.zip(other.functions).map(sum);
        self.gaps.files.join(&other.gaps.files);
        self.gaps.files.reports = reports;
        Ok(())
    }

    fn value(&self) -> Value {
        let reports = &self.gaps.files.reports;
        // What some of several reports count is neither there nor not.
        let share = |at: usize, share: Option<Share>| match share {
            Some(share) => share.value(),
            None if reports.iter().any(|of| of.get(at).is_some_and(Option::is_some)) => {
                Value::Untold
            }
            None => Value::Null,
        };
        let shares = self.shares();
        let named = FIELDS.iter().zip(shares).enumerate();
        Value::map(named.map(|(at, (field, told))| (field.name.to_owned(), share(at, told))))
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

    fn report(files: &[(&str, u64, u64)]) -> Coverage {
        let (mut lines, mut gaps) = (Share::default(), Gaps::default());
        for (path, covered, total) in files {
            let share = Share { covered: *covered, total: *total };
            gaps.add(path, share);
            lines = Share { covered: lines.covered + covered, total: lines.total + total };
        }
        Coverage { lines: Some(lines), branches: Some(lines), gaps, ..Coverage::default() }
    }

    /// Between which shares of lines two reports lie together; `None` where that is exact.
    fn between(one: &[(&str, u64, u64)], other: &[(&str, u64, u64)]) -> Option<(f64, f64)> {
        let mut both = report(one);
        both.merge(&report(other)).unwrap();
        match both.limits("lines", "pct")? {
            (Value::Double(low), Value::Double(high)) => Some((low.round(), high.round())),
            _ => None,
        }
    }

    #[test]
    fn a_file_of_two_reports_counts_once() {
        let unit = [("src/a.js", 100, 100)];
        assert_eq!(between(&unit, &[("src/b.js", 0, 50)]), None, "other files add up");
        let both = [("src/a.js", 100, 100), ("src/b.js", 0, 50)];
        assert_eq!(between(&unit, &both), Some((67.0, 80.0)), "the sum would be 80");
        let elsewhere = [("/home/ci/shop/src/a.js", 100, 100), ("/home/ci/shop/src/b.js", 0, 50)];
        assert_eq!(between(&unit, &elsewhere), Some((67.0, 80.0)));
        let half = [("src/a.js", 50, 100)];
        let other = [("src/a.js", 60, 100)];
        assert_eq!(between(&half, &other), Some((55.0, 100.0)), "the same half, or the other");
        assert_eq!(between(&half, &half), None, "one run, told twice");
        assert_eq!(between(&half, &[("src/a.js", 0, 80)]), Some((28.0, 100.0)));
    }

    #[test]
    fn one_run_in_several_forms_is_told_exactly() {
        let files = [("src/a.js", 80, 100), ("src/b.js", 3, 9)];
        let mut three = report(&files);
        three.merge(&report(&files)).unwrap();
        let absolute = [("/ci/src/a.js", 80, 100), ("/ci/src/b.js", 3, 9)];
        three.merge(&Coverage { branches: None, ..report(&absolute) }).unwrap();
        assert_eq!(three.limits("lines", "pct"), None);
        assert_eq!(three.limits("lines", "covered"), Some((Value::Int(83), Value::Int(249))));
        let mut two = report(&files);
        two.merge(&report(&files)).unwrap();
        assert_eq!(two.limits("branches", "pct"), None);
    }

    #[test]
    fn what_is_not_known_by_file_lies_between_what_one_and_all_have() {
        let mut both = report(&[("a", 8, 10)]);
        both.merge(&report(&[("a", 4, 10)])).unwrap();
        let told = |of, figure| both.limits(of, figure);
        assert_eq!(told("branches", "pct"), Some((Value::Double(40.0), Value::Double(100.0))));
        assert_eq!(told("branches", "covered"), Some((Value::Int(8), Value::Int(12))));
        assert_eq!(told("lines", "total"), Some((Value::Int(10), Value::Int(20))));
        assert_eq!(told("functions", "pct"), None, "not counted");
    }
}
