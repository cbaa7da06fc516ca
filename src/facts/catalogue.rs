//! The catalogue of facts: every name a condition may use, its type, its unit, its meaning.
//!
//! One table feeds the check of conditions, the completion of names, the book and the schema.

use super::{
    alerts, ci, components, coverage, dashboards, deployment, findings, git, image, metrics,
    provenance, rules, targets, tests,
};

/// The type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A number with a fraction.
    Double,
    /// A text.
    Text,
    /// A text that is RFC 3339 in UTC, so that texts compare as times do.
    Time,
    /// A list.
    List(&'static Type),
    /// A map whose names the artifact gives and whose members are all of one type.
    Names(&'static Type),
    /// A map with these names and no others.
    Record(&'static [Field]),
    /// As [`Type::Record`], and any percentile `pNN` besides.
    Stats(&'static [Field]),
    /// Whatever the document holds.
    Any,
}

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Nothing: not a figure.
    None,
    /// Things; counts of several artifacts add up, so that more artifacts never mean less.
    Count,
    /// 0 to 100.
    Percent,
    /// 0 to 1.
    Ratio,
    /// Seconds.
    Seconds,
    /// Whatever the tool measures in.
    Native,
}

impl Unit {
    /// The word used in the book.
    pub fn word(self) -> &'static str {
        match self {
            Unit::None => "",
            Unit::Count => "count",
            Unit::Percent => "0..100",
            Unit::Ratio => "0..1",
            Unit::Seconds => "seconds",
            Unit::Native => "the tool's own",
        }
    }
}

/// A named fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name after the dot.
    pub name: &'static str,
    /// Its type.
    pub ty: Type,
    /// Its unit.
    pub unit: Unit,
    /// What it says, as a sentence.
    pub about: &'static str,
}

impl Field {
    /// A fact that is no figure.
    pub const fn new(name: &'static str, ty: Type, about: &'static str) -> Field {
        Field { name, ty, unit: Unit::None, about }
    }

    /// A count.
    pub const fn count(name: &'static str, about: &'static str) -> Field {
        Field { name, ty: Type::Int, unit: Unit::Count, about }
    }

    /// A figure with a fraction.
    pub const fn double(name: &'static str, unit: Unit, about: &'static str) -> Field {
        Field { name, ty: Type::Double, unit, about }
    }
}

/// Every group of facts: the roots of a condition's names.
pub const GROUPS: &[Field] = &[
    Field::new("tests", Type::Record(tests::FIELDS), "What a test runner ran."),
    Field::new("findings", Type::Record(findings::FIELDS), "What a linter or scanner found."),
    Field::new("coverage", Type::Record(coverage::FIELDS), "What the tests touched."),
    Field::new("metrics", Type::Names(&Type::Stats(metrics::STATS)), "Measurements by name."),
    Field::new("thresholds", Type::Record(metrics::THRESHOLDS), "The tool's own limits."),
    Field::new("checks", Type::Record(metrics::TALLY), "Evaluations of the tool's own checks."),
    Field::new("ci", Type::Record(ci::FIELDS), "A CI run and its jobs."),
    Field::new("components", Type::Record(components::FIELDS), "What a bill of materials lists."),
    Field::new("provenance", Type::Record(provenance::FIELDS), "Who built what from what."),
    Field::new("image", Type::Record(image::FIELDS), "The image that was scanned or built."),
    Field::new("alerts", Type::Record(alerts::FIELDS), "Alerts of a monitoring system."),
    Field::new("rules", Type::Record(rules::FIELDS), "Alerting and recording rules."),
    Field::new("targets", Type::Record(targets::FIELDS), "What a monitoring system scrapes."),
    Field::new("dashboards", Type::Record(dashboards::FIELDS), "Dashboards."),
    Field::new("deployment", Type::Record(deployment::FIELDS), "A deployment."),
    Field::new("data", Type::Any, "The document itself: any JSON, YAML or TOML."),
    Field::new("git", Type::Record(git::FIELDS), "The repository at the judged commit."),
];

/// The group of that name.
pub fn group(name: &str) -> Option<&'static Field> {
    GROUPS.iter().find(|group| group.name == name)
}

#[cfg(test)]
mod tests_of_the_table {
    use super::*;

    fn walk(path: &str, ty: Type, seen: &mut Vec<String>) {
        match ty {
            Type::Record(fields) | Type::Stats(fields) => {
                let mut names: Vec<_> = fields.iter().map(|field| field.name).collect();
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), fields.len(), "{path} names one fact twice");
                for field in fields {
                    assert!(field.about.ends_with('.'), "{path}.{} says no sentence", field.name);
                    walk(&format!("{path}.{}", field.name), field.ty, seen);
                }
            }
            Type::List(inner) | Type::Names(inner) => walk(&format!("{path}[]"), *inner, seen),
            Type::Bool | Type::Int | Type::Double | Type::Text | Type::Time | Type::Any => {
                seen.push(path.to_owned());
            }
        }
    }

    #[test]
    fn every_fact_is_named_once_and_says_what_it_is() {
        let mut seen = Vec::new();
        for group in GROUPS {
            assert!(group.about.ends_with('.'));
            walk(group.name, group.ty, &mut seen);
        }
        for public in
            ["tests.total", "findings.list[].fixed_in", "coverage.lines.pct", "metrics[].p95"]
        {
            assert!(seen.iter().any(|path| path == public), "{public}");
        }
    }
}
