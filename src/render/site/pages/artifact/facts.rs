//! The facts of an artifact: those that a condition asks for first, with the bound, whether it holds,
//! and how far the figure is from its limit.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::render::site::parts::readings;
use crate::render::site::world::World;
use crate::snapshot::v1::{Artifact, Read};

/// The most items whose conditions are looked at.
const ITEMS: usize = 200;

/// A fact, and what was asked of it.
#[derive(Serialize)]
pub(super) struct Fact {
    name: String,
    value: String,
    /// Every bound that a condition put on it.
    bounds: Vec<Bound>,
    /// Its figure beside the first limit that is one.
    gauge: Option<Gauge>,
}

#[derive(Serialize, PartialEq, Eq)]
struct Bound {
    bound: String,
    /// The hue and the mark of whether it holds; empty where that is not known.
    class: &'static str,
    symbol: &'static str,
    word: &'static str,
}

/// A figure and its limit on one scale of 100.
#[derive(Serialize)]
struct Gauge {
    value: String,
    limit: String,
    class: &'static str,
    words: String,
}

/// The facts that a condition asks for, and the others.
pub(super) fn of(world: &World, artifact: &Artifact) -> (Vec<Fact>, Vec<Fact>) {
    let asked = asked(world, artifact);
    readings::named(artifact)
        .into_iter()
        .map(|(name, value)| {
            let reads = asked.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
            Fact {
                bounds: bounds(reads),
                gauge: reads.iter().find_map(|read| Gauge::of(&value, read)),
                value: readings::shown(&value),
                name,
            }
        })
        .partition(|fact| !fact.bounds.is_empty())
}

/// What the conditions of the items that rely on the artifact read, by fact.
fn asked<'s>(world: &World<'s>, artifact: &Artifact) -> BTreeMap<&'s str, Vec<&'s Read>> {
    let mut asked: BTreeMap<&str, Vec<&Read>> = BTreeMap::new();
    for address in artifact.used_by.iter().take(ITEMS) {
        let Some((_, item)) = world.item(address) else { continue };
        let requirements = item.asked();
        for read in requirements.flat_map(|requirement| &requirement.read) {
            for fact in read.fact.split(" + ") {
                asked.entry(fact).or_default().push(read);
            }
        }
    }
    asked
}

fn bounds(reads: &[&Read]) -> Vec<Bound> {
    let mut bounds = Vec::new();
    for read in reads {
        let (class, symbol, word) = match read.holds {
            Some(true) => ("ready", "ready", "holds:"),
            Some(false) => ("failing", "failing", "does not hold:"),
            None => ("", "", ""),
        };
        let sum = read.fact.contains(" + ").then_some(read.fact.as_str());
        let bound = match (sum, &read.bound) {
            (Some(sum), Some(bound)) => format!("{sum} {bound}"),
            (_, bound) => bound.clone().unwrap_or_default(),
        };
        let bound = Bound { bound, class, symbol, word };
        if !bounds.contains(&bound) {
            bounds.push(bound);
        }
    }
    // That it was read says nothing beside what was asked of it.
    if bounds.iter().any(|bound| !bound.bound.is_empty()) {
        bounds.retain(|bound| !bound.bound.is_empty());
    }
    bounds
}

impl Gauge {
    /// `None` where the limit is none, or the two have no common scale.
    fn of(value: &Value, read: &Read) -> Option<Gauge> {
        let (sign, limit) = read.bound.as_deref()?.split_once(' ')?;
        let asked = read.asked.as_ref().and_then(Value::as_f64);
        let (value, limit) = (value.as_f64()?, asked.or_else(|| limit.parse::<f64>().ok())?);
        let is_limit = matches!(sign, "<" | "<=" | ">" | ">=");
        if !is_limit || read.fact.contains(" + ") || limit <= 0.0 || value < 0.0 {
            return None;
        }
        let longest = value.max(limit) * 1.1;
        let at = |figure: f64| format!("{:.0}", figure / longest * 100.0);
        let class = match read.holds {
            Some(false) => "beyond",
            _ => "within",
        };
        let words = format!("{value} against a limit of {limit}");
        Some(Gauge { value: at(value), limit: at(limit), class, words })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(bound: &str, holds: bool) -> Read {
        Read {
            fact: "metrics.a.p95".to_owned(),
            value: json!(0),
            bound: Some(bound.to_owned()),
            asked: None,
            holds: Some(holds),
            at: None,
            limit: None,
        }
    }

    #[test]
    fn a_figure_and_its_limit_share_a_scale() {
        let gauge = Gauge::of(&json!(1000), &read("< 500.0", false)).unwrap();
        assert_eq!((gauge.value.as_str(), gauge.limit.as_str()), ("91", "45"));
        assert_eq!(gauge.class, "beyond");
    }

    #[test]
    fn none_of_nothing_is_no_limit() {
        for bound in ["== 0", "> 0", "< a.b", "in x"] {
            assert!(Gauge::of(&json!(3), &read(bound, true)).is_none(), "{bound}");
        }
    }
}
