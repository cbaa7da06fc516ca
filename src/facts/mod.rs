//! Facts: what trueup understands of an artifact, in one shape whatever tool wrote it.
//!
//! Each group is one file that holds its typed form (which readers fill), its rows of the
//! catalogue (which conditions are checked against), how two artifacts' groups join, and its value
//! (which conditions compute with).

mod alerts;
mod catalogue;
mod ci;
mod components;
mod coverage;
mod covered_files;
mod dashboards;
mod deployment;
mod findings;
mod gaps;
mod git;
mod image;
mod listing;
mod metrics;
mod packed;
mod print;
mod provenance;
mod published;
mod rules;
mod shards;
mod targets;
mod tests;
mod value;

pub use alerts::{Alert, Alerts};
pub use catalogue::{Field, GROUPS, Type, Unit, group};
pub use ci::{Ci, Job, Step};
pub use components::{Component, Components};
pub use coverage::{Coverage, Share};
pub use dashboards::Dashboards;
pub use deployment::Deployment;
pub use findings::{Finding, Findings, Grade, Level};
pub use gaps::{Gap, Gaps};
pub use git::{NEAREST_TAG, without_one_tag};
pub use image::Image;
pub use listing::{Entry, Keep, Listing, Optional, SHOWN};
pub use metrics::{Metrics, Tally};
pub use packed::Packed;
pub use print::Print;
pub use provenance::{Provenance, Subject};
pub use published::{Published, published};
pub use rules::{AlertRule, AlertRules};
pub use shards::{Shard, Shards};
pub use targets::Targets;
pub use tests::{Case, Outcome, Tests, Told};
pub use value::Value;

/// Two artifacts give one fact two values, and nothing says which holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// Each gives it one of its own.
    Values {
        /// The fact's path: `metrics.http_req_duration`.
        fact: String,
    },
    /// An image was built, and what was scanned is another.
    Image {
        /// The digest of the one that was built.
        built: String,
    },
}

impl Conflict {
    fn of(fact: impl Into<String>) -> Conflict {
        Conflict::Values { fact: fact.into() }
    }
}

/// What every group can do.
trait Group: Clone {
    /// Joins another artifact's group into this one.
    fn merge(&mut self, other: &Self) -> Result<(), Conflict>;

    /// The value that conditions see; what the artifact does not carry is left out.
    fn value(&self) -> Value;

    /// The same without a list that may be long.
    fn figures(&self) -> Value {
        self.value()
    }

    /// Closes the lists of one report.
    fn close(&mut self) {}

    /// Lets go of what no condition sees: entries of lists that are not whole.
    fn forget_shown(&mut self) {}
}

/// Declares the groups that artifacts carry: field, type.
macro_rules! groups {
    ($($name:ident: $ty:ty,)*) => {
        /// The facts of one artifact, or of several joined.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct Facts {
            $(#[doc = concat!("The group `", stringify!($name), "`.")] pub $name: Option<$ty>,)*
            /// The document itself, where a condition asks for it.
            pub data: Option<Value>,
        }

        impl Facts {
            /// Joins one group of another artifact into these facts.
            pub fn merge_group(&mut self, group: &str, other: &Facts) -> Result<(), Conflict> {
                match group {
                    $(stringify!($name) => merge(&mut self.$name, other.$name.as_ref()),)*
                    "data" => match (&self.data, &other.data) {
                        (Some(_), Some(_)) => Err(Conflict::of("data")),
                        (None, Some(theirs)) => {
                            self.data = Some(theirs.clone());
                            Ok(())
                        }
                        (_, None) => Ok(()),
                    },
                    _ => Ok(()),
                }
            }

            /// What of a group does not fit together once all artifacts are joined.
            pub fn conflict(&self, group: &str) -> Option<Conflict> {
                let image = self.image.as_ref().filter(|_| group == "image")?;
                Some(Conflict::Image { built: image.unscanned()?.to_owned() })
            }

            /// The value of one group, if it is carried.
            pub fn value(&self, group: &str) -> Option<Value> {
                match group {
                    $(stringify!($name) => self.$name.as_ref().map(Group::value),)*
                    "data" => self.data.clone(),
                    _ => None,
                }
            }

            /// The same without the list of what was counted, which may be long.
            pub fn figures(&self, group: &str) -> Option<Value> {
                match group {
                    $(stringify!($name) => self.$name.as_ref().map(Group::figures),)*
                    _ => None,
                }
            }

            /// Between what a figure lies where the artifacts that were joined do not tell it
            /// exactly: they count the same thing, each its own part of it.
            pub fn limits(&self, path: &[String]) -> Option<(Value, Value)> {
                let [group, of, figure] = path else { return None };
                let coverage = self.coverage.as_ref().filter(|_| group == "coverage")?;
                coverage.limits(of, figure)
            }

            /// What a figure is at least and at most where some of the artifacts that were joined
            /// tell it and others do not.
            pub fn part(&self, path: &[String]) -> Option<(Option<Value>, Option<Value>)> {
                match path {
                    [group, figure] if group == "tests" => {
                        let told = self.tests.as_ref()?.part(figure)?;
                        Some((Some(Value::count(told)), None))
                    }
                    [group, of, figure] if group == "coverage" => {
                        self.coverage.as_ref()?.part(of, figure)
                    }
                    _ => None,
                }
            }

            /// Closes the lists of one report, which is read to its end.
            pub fn close(&mut self) {
                $(if let Some(group) = &mut self.$name { group.close(); })*
            }

            /// Lets go of what was kept to be shown alone.
            pub fn forget_shown(&mut self) {
                $(if let Some(group) = &mut self.$name { group.forget_shown(); })*
            }

            /// The names of the groups that are carried, `data` not among them.
            pub fn carried(&self) -> Vec<&'static str> {
                let mut carried = Vec::new();
                $(if self.$name.is_some() { carried.push(stringify!($name)); })*
                carried
            }
        }
    };
}

groups! {
    tests: Tests,
    findings: Findings,
    coverage: Coverage,
    metrics: Metrics,
    thresholds: Tally,
    checks: Tally,
    ci: Ci,
    components: Components,
    provenance: Provenance,
    image: Image,
    alerts: Alerts,
    rules: AlertRules,
    targets: Targets,
    dashboards: Dashboards,
    deployment: Deployment,
}

fn merge<G: Group>(mine: &mut Option<G>, theirs: Option<&G>) -> Result<(), Conflict> {
    match (mine.as_mut(), theirs) {
        (Some(mine), Some(theirs)) => mine.merge(theirs),
        (None, Some(theirs)) => {
            *mine = Some(theirs.clone());
            Ok(())
        }
        (_, None) => Ok(()),
    }
}

/// The sum of two counts; unknown where either is.
fn sum(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    Some(a?.saturating_add(b?))
}

#[cfg(test)]
mod consistency {
    use super::*;

    fn sample() -> Facts {
        Facts {
            tests: Some(Tests { passed: 1, ..Tests::default() }),
            findings: Some(Findings::default()),
            thresholds: Some(Tally::of(2, 1)),
            ..Facts::default()
        }
    }

    #[test]
    fn counts_of_two_artifacts_add_up() {
        let mut joined = sample();
        for group in ["tests", "thresholds"] {
            joined.merge_group(group, &sample()).unwrap();
        }
        assert_eq!(joined.value("tests").unwrap().member("total"), Some(&Value::Int(2)));
        assert_eq!(joined.value("thresholds").unwrap().member("failed"), Some(&Value::Int(2)));
    }

    #[test]
    fn every_group_that_artifacts_carry_is_in_the_catalogue() {
        for name in sample().carried() {
            assert!(group(name).is_some(), "{name}");
        }
    }
}
