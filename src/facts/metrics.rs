//! `metrics`, `thresholds`, `checks`: what a load or performance tool measured.

use std::collections::BTreeMap;

use super::listing::shorten;
use super::{Conflict, Field, Group, SHOWN, Type, Unit, Value};

/// Measurements by name, and of each its statistics by name, on the tool's own scale.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Metrics {
    /// `http_req_duration` → `p95` → 612.4.
    pub by_name: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Metrics {
    /// Names a metric of which nothing could be measured.
    pub fn name(&mut self, metric: &str) {
        self.by_name.entry(metric.to_owned()).or_default();
    }

    /// Sets one statistic. What is beyond every number (a share of 1e308 in percent) is none.
    pub fn set(&mut self, metric: &str, statistic: &str, value: f64) {
        if !value.is_finite() {
            return;
        }
        self.by_name.entry(metric.to_owned()).or_default().insert(statistic.to_owned(), value);
    }
}

/// The tool's own limits or checks: how many, and how many did not hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// All.
    pub total: u64,
    /// Those that did not hold.
    pub failed: u64,
    /// Those that hold of nothing, for what they limit has no sample; not among the others. `None`
    /// where the tool does not tell.
    pub unmeasured: Option<u64>,
    /// The first of those that did not hold by name, where the report names them, to be shown.
    pub crossed: Vec<String>,
}

impl Tally {
    /// So many, of which so many did not hold, none of them by name.
    pub fn of(total: u64, failed: u64) -> Tally {
        Tally { total, failed, ..Tally::default() }
    }

    /// Counts one that `holds` or does not; `name` is asked where it is shown.
    pub fn add(&mut self, holds: bool, name: impl FnOnce() -> String) {
        self.total += 1;
        if !holds {
            self.failed += 1;
            if self.crossed.len() < SHOWN {
                let mut name = name();
                shorten(&mut name);
                self.crossed.push(name);
            }
        }
    }
}

pub(super) const STATS: &[Field] = &[
    Field::double("avg", Unit::Native, "The mean."),
    Field::double("min", Unit::Native, "The least."),
    Field::double("med", Unit::Native, "The median, the same as p50."),
    Field::double("max", Unit::Native, "The greatest."),
    Field::double("p90", Unit::Native, "90 of 100 are at most this."),
    Field::double("p95", Unit::Native, "95 of 100 are at most this."),
    Field::double("p99", Unit::Native, "99 of 100 are at most this."),
    Field::double("rate", Unit::Native, "Per second, or for a share 0 to 1."),
    Field::double("rate_pct", Unit::Percent, "A share of 0 to 1 as 0 to 100."),
    Field::double("count", Unit::Native, "How many."),
    Field::double("value", Unit::Native, "The last value."),
];

pub(super) const TALLY: &[Field] = &[
    Field { name: "total", ty: Type::Int, unit: Unit::Count, about: "All." },
    Field { name: "failed", ty: Type::Int, unit: Unit::Count, about: "Those that did not hold." },
];

pub(super) const THRESHOLDS: &[Field] = &[
    Field::count("total", "All that limit something measured."),
    Field::count("failed", "Those that did not hold."),
    Field::count("unmeasured", "Those that hold of nothing: what they limit has no sample."),
];

impl Group for Metrics {
    fn merge(&mut self, other: &Metrics) -> Result<(), Conflict> {
        for (name, statistics) in &other.by_name {
            match self.by_name.get(name) {
                None => {
                    self.by_name.insert(name.clone(), statistics.clone());
                }
                Some(mine) if mine == statistics => {}
                Some(_) => return Err(Conflict::of(format!("metrics.{name}"))),
            }
        }
        Ok(())
    }

    fn value(&self) -> Value {
        Value::map(self.by_name.iter().map(|(name, statistics)| {
            let statistics =
                statistics.iter().map(|(name, value)| (name.clone(), Value::Double(*value)));
            (name.clone(), Value::map(statistics))
        }))
    }
}

impl Group for Tally {
    fn merge(&mut self, other: &Tally) -> Result<(), Conflict> {
        self.total = self.total.saturating_add(other.total);
        self.failed = self.failed.saturating_add(other.failed);
        self.unmeasured = match (self.unmeasured, other.unmeasured) {
            (Some(mine), Some(theirs)) => Some(mine.saturating_add(theirs)),
            (mine, theirs) => mine.or(theirs),
        };
        self.crossed.extend(other.crossed.iter().cloned());
        self.crossed.truncate(SHOWN);
        Ok(())
    }

    fn forget_shown(&mut self) {
        self.crossed = Vec::new();
    }

    fn value(&self) -> Value {
        Value::record([
            ("total", Value::count(self.total)),
            ("failed", Value::count(self.failed)),
            ("unmeasured", self.unmeasured.map_or(Value::Null, Value::count)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_no_statistic() {
        let mut metrics = Metrics::default();
        metrics.set("failed", "rate", f64::MAX);
        metrics.set("failed", "rate_pct", f64::MAX * 100.0);
        metrics.set("score", "value", f64::NAN);
        let names: Vec<&String> = metrics.by_name.values().flat_map(BTreeMap::keys).collect();
        assert_eq!(names, ["rate"]);
    }
}
