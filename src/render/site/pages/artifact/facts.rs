//! The facts of an artifact: those that a condition asks for first, with the bound, whether it holds,
//! and how far the figure is from its limit.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::render::site::parts::{entries, readings};
use crate::render::site::world::World;
use crate::snapshot::v1::{Artifact, Item, Read};

/// The most items whose conditions are looked at.
const ITEMS: usize = 200;

/// A fact, or a whole expression over some, and what was asked of it.
#[derive(Serialize)]
pub(super) struct Fact {
    name: String,
    value: String,
    /// What it is made of: the facts of a sum, the lists that were held against each other.
    parts: Vec<Part>,
    /// Every bound that a condition put on it.
    bounds: Vec<Bound>,
    /// Its figure beside the first limit that is one.
    gauge: Option<Gauge>,
}

#[derive(Serialize)]
struct Part {
    name: String,
    value: String,
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

/// What the conditions of the items that rely on an artifact read, by expression.
type Asked<'s> = BTreeMap<&'s str, Vec<(&'s Item, &'s Read)>>;

/// What a condition asks for, that which does not hold first, and the other facts.
pub(super) fn of(world: &World, artifact: &Artifact) -> (Vec<Fact>, Vec<Fact>) {
    let figures: BTreeMap<String, Value> = readings::named(artifact).into_iter().collect();
    let groups: Vec<&str> = artifact.facts.all_figures().map(|(group, _)| group).collect();
    let asked = asked(world, artifact, &groups);
    let mut told: Vec<Fact> =
        asked.iter().map(|(name, reads)| Fact::of(world, name, reads, &figures)).collect();
    told.sort_by_key(|fact| !fact.fails());
    let is_told = |name: &str| {
        told.iter().any(|of| of.name == name || of.parts.iter().any(|p| p.name == name))
    };
    let others = figures.iter().filter(|(name, _)| !is_told(name));
    let others = others.map(|(name, value)| Fact {
        name: name.clone(),
        value: readings::shown(value),
        parts: Vec::new(),
        bounds: Vec::new(),
        gauge: None,
    });
    let others = others.collect();
    (told, others)
}

/// Those that this artifact has a share in. A fact that stands in an asked expression is a part of it.
fn asked<'s>(world: &World<'s>, artifact: &Artifact, groups: &[&str]) -> Asked<'s> {
    let mut asked: Asked = BTreeMap::new();
    for address in artifact.used_by.iter().take(ITEMS) {
        let Some((_, item)) = world.item(address) else { continue };
        for read in item.asked().flat_map(|requirement| &requirement.read) {
            if !entries::paths(&read.fact, groups).is_empty() {
                asked.entry(&read.fact).or_default().push((item, read));
            }
        }
    }
    let unasked = |reads: &[(&Item, &Read)]| {
        reads.iter().all(|(_, read)| read.bound.is_none() && read.holds.is_none())
    };
    let parts: Vec<&str> = asked
        .keys()
        .flat_map(|name| entries::paths(name, groups).into_iter().filter(move |path| path != name))
        .collect();
    asked.retain(|name, reads| !(unasked(reads) && parts.contains(name)));
    asked
}

impl Fact {
    fn of(
        world: &World,
        name: &str,
        reads: &[(&Item, &Read)],
        figures: &BTreeMap<String, Value>,
    ) -> Fact {
        let terms: Vec<&str> = name.split(" + ").collect();
        let own: Option<Vec<&Value>> = terms.iter().map(|term| figures.get(*term)).collect();
        let read = || reads.first().map(|(_, read)| read.value.clone()).unwrap_or_default();
        let value = match own.as_deref() {
            Some([value]) => (*value).clone(),
            Some(values) => sum(values).unwrap_or_else(read),
            None => read(),
        };
        let only: Vec<&Read> = reads.iter().map(|(_, read)| *read).collect();
        Fact {
            parts: match own {
                Some(values) if values.len() > 1 => {
                    terms.iter().zip(values).map(Part::of).collect()
                }
                Some(_) => Vec::new(),
                None => lists(world, name, reads),
            },
            bounds: bounds(&only),
            gauge: only.iter().find_map(|read| Gauge::of(&value, read)),
            value: readings::shown(&value),
            name: name.to_owned(),
        }
    }

    fn fails(&self) -> bool {
        self.bounds.iter().any(|bound| bound.class == FAILING)
    }
}

impl Part {
    fn of((name, value): (&&str, &Value)) -> Part {
        Part { name: (*name).to_owned(), value: readings::shown(value) }
    }
}

/// The lists that an expression goes through, with their texts.
fn lists(world: &World, name: &str, reads: &[(&Item, &Read)]) -> Vec<Part> {
    let Some((item, _)) = reads.first() else { return Vec::new() };
    let groups: Vec<&str> = item
        .evidence
        .iter()
        .filter_map(|of| world.artifact(&of.artifact))
        .flat_map(|artifact| artifact.facts.all_figures().map(|(group, _)| group))
        .collect();
    let paths = entries::paths(name, &groups).into_iter();
    let part = |path: &str| {
        let value = entries::texts(world, item, path)?;
        Some(Part { name: path.to_owned(), value })
    };
    paths.filter_map(part).collect()
}

fn sum(values: &[&Value]) -> Option<Value> {
    let counts: Option<Vec<u64>> = values.iter().map(|value| value.as_u64()).collect();
    Some(Value::from(counts?.into_iter().sum::<u64>()))
}

const FAILING: &str = "failing";

fn bounds(reads: &[&Read]) -> Vec<Bound> {
    let mut bounds = Vec::new();
    for read in reads {
        let (class, symbol, word) = match read.holds {
            Some(true) => ("ready", "ready", "holds:"),
            Some(false) => (FAILING, FAILING, "does not hold:"),
            None => ("", "", ""),
        };
        let asked = || if read.holds.is_some() { "must hold" } else { "" };
        let bound = read.bound.clone().unwrap_or_else(|| asked().to_owned());
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
