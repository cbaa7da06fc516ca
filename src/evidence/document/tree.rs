//! A document of any shape as one value, within a budget of values.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::evidence::bounds::MAX_KEPT;
use crate::evidence::json;
use crate::facts::Value;

/// How `toml` hands over dates and times.
const TOML_DATETIME: &str = "$__toml_private_datetime";

/// A value of any shape.
pub(super) struct Tree(pub(super) Value);

/// How many values are left to be kept.
pub(super) struct Budget(Cell<u64>);

impl Default for Budget {
    fn default() -> Budget {
        Budget(Cell::new(MAX_KEPT))
    }
}

/// Builds a tree; without a budget where the parser has one of its own.
#[derive(Clone, Copy)]
pub(super) struct Build<'b>(Option<&'b Budget>);

impl Tree {
    /// A seed that stops where the budget is spent.
    pub(super) fn within(budget: &Budget) -> Build<'_> {
        Build(Some(budget))
    }

    pub(super) fn seed(budget: Option<&Budget>) -> Build<'_> {
        Build(budget)
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tree, D::Error> {
        Build(None).deserialize(deserializer).map(Tree)
    }
}

impl<'de> DeserializeSeed<'de> for Build<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if let Some(Budget(left)) = self.0 {
            let rest = left.get().checked_sub(1);
            left.set(rest.ok_or_else(|| {
                D::Error::custom(format!("the document holds more than {MAX_KEPT} values"))
            })?);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::Double(value as f64), Value::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Double(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Value, A::Error> {
        super::elements(list, self.0).map(Value::list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(Tree(key)) = map.next_key::<Tree>()? {
            let key = name(key);
            if members.contains_key(&key) {
                return Err(json::twice(&key));
            }
            members.insert(key, map.next_value_seed(self)?);
        }
        match members.get(TOML_DATETIME) {
            Some(Value::Text(time)) if members.len() == 1 => Ok(Value::Text(time.clone())),
            _ => Ok(Value::Map(Arc::new(members))),
        }
    }
}

/// YAML's keys are values; conditions name members by text.
fn name(key: Value) -> String {
    match key {
        Value::Text(text) => text.as_ref().to_owned(),
        other => other.to_string(),
    }
}
