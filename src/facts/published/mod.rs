//! The facts of an artifact as they are published. There are findings by the hundred thousand and few
//! of them are asked for at once, so they are held as text, packed where it is long, and read where
//! they are asked for.

mod groups;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::{Facts, Packed};

pub use groups::published;

/// Facts by group, each group a map of figures, texts and lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Published(Arc<BTreeMap<String, Group>>);

/// One group as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    /// All but its lists.
    figures: Box<str>,
    /// Its lists by name, which are long; `None` where it has none.
    lists: Option<Packed<Map<String, Value>>>,
}

impl Published {
    /// What is published of `facts`.
    pub fn of(facts: &Facts) -> Published {
        published(facts).into_iter().collect()
    }

    /// A group as it is published.
    pub fn get(&self, group: &str) -> Option<Value> {
        self.0.get(group).map(Group::whole)
    }

    /// The same without the lists.
    pub fn figures(&self, group: &str) -> Option<Value> {
        self.0.get(group).map(Group::figures)
    }

    /// Every group by name, without its lists.
    pub fn all_figures(&self) -> impl Iterator<Item = (&str, Value)> {
        self.0.iter().map(|(name, group)| (name.as_str(), group.figures()))
    }

    /// Adds a group, in place of one of that name.
    pub fn insert(&mut self, name: String, group: Value) {
        Arc::make_mut(&mut self.0).insert(name, Group::of(group));
    }
}

impl Group {
    fn of(group: Value) -> Group {
        let Value::Object(mut figures) = group else {
            return Group { figures: text(&group), lists: None };
        };
        let mut lists = Map::new();
        let names: Vec<String> =
            figures.iter().filter(|(_, of)| of.is_array()).map(|(name, _)| name.clone()).collect();
        lists.extend(names.iter().filter_map(|name| figures.remove_entry(name)));
        let lists = if lists.is_empty() { None } else { Packed::of(&lists) };
        Group { figures: text(&Value::Object(figures)), lists }
    }

    fn figures(&self) -> Value {
        read(&self.figures)
    }

    fn whole(&self) -> Value {
        let mut whole = self.figures();
        let lists = self.lists.as_ref().and_then(Packed::read);
        if let (Value::Object(whole), Some(lists)) = (&mut whole, lists) {
            whole.extend(lists);
        }
        whole
    }
}

fn text(value: &Value) -> Box<str> {
    value.to_string().into_boxed_str()
}

/// What was written by [`text`]; nothing of nothing.
fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

impl FromIterator<(String, Value)> for Published {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(groups: I) -> Published {
        let groups = groups.into_iter().map(|(name, group)| (name, Group::of(group)));
        Published(Arc::new(groups.collect()))
    }
}

impl Serialize for Published {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (name, group) in self.0.iter() {
            map.serialize_entry(name, &group.whole())?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Published {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Published, D::Error> {
        BTreeMap::<String, Value>::deserialize(from).map(Published::from_iter)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn facts_are_read_as_they_were_written() {
        let groups = json!({
            "ci": {"jobs": {"test": {"steps": ["a"]}}, "status": null},
            "findings": {"list": [{"line": 3}], "omitted": 1, "other": []},
            "strange": 1.0,
            "tests": {"duration_s": 0.1, "total": 9_007_199_254_740_993_u64},
        });
        let facts: Published = serde_json::from_value(groups.clone()).unwrap();
        assert_eq!(serde_json::to_value(&facts).unwrap(), groups);
        assert_eq!(facts.get("findings").as_ref(), groups.get("findings"));
        assert_eq!(facts.figures("findings"), Some(json!({"omitted": 1})));
        assert_eq!(facts.get("tests"), facts.figures("tests"));
        assert_eq!(facts.get("coverage"), None);
        let names: Vec<&str> = facts.all_figures().map(|(name, _)| name).collect();
        assert_eq!(names, ["ci", "findings", "strange", "tests"]);
    }
}
