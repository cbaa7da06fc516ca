//! A JSON document of any shape as one value, within a budget of values.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::numbers::Numbers;
use crate::evidence::bounds::MAX_KEPT;
use crate::evidence::json;
use crate::facts::Value;

/// How many values are left to be kept, and the numbers that are still to come as they are written.
pub(super) struct Budget<'t> {
    left: Cell<u64>,
    numbers: RefCell<Numbers<'t>>,
}

/// Builds the value, a part at a time.
#[derive(Clone, Copy)]
pub(super) struct Build<'b, 't>(&'b Budget<'t>);

impl<'t> Budget<'t> {
    /// The budget of the one document that `text` is.
    pub(super) fn over(text: &'t str) -> Budget<'t> {
        Budget { left: Cell::new(MAX_KEPT), numbers: RefCell::new(Numbers::of(text)) }
    }

    /// What builds it.
    pub(super) fn build(&self) -> Build<'_, 't> {
        Build(self)
    }
}

impl<'de> DeserializeSeed<'de> for Build<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let rest = self.0.left.get().checked_sub(1);
        self.0.left.set(rest.ok_or_else(|| {
            D::Error::custom(format!("the document holds more than {MAX_KEPT} values"))
        })?);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        self.0.numbers.borrow_mut().next();
        Ok(Value::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        let written = self.0.numbers.borrow_mut().next();
        Ok(i64::try_from(value).map_or_else(|_| number(value as f64, written), Value::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        let written = self.0.numbers.borrow_mut().next();
        Ok(number(value, written))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::list(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if members.contains_key(&key) {
                return Err(json::twice(&key));
            }
            members.insert(key, map.next_value_seed(self)?);
        }
        Ok(Value::Map(Arc::new(members)))
    }
}

/// A number as it is written, where that is its text.
pub(super) fn number(value: f64, written: Option<&str>) -> Value {
    let is_same = |text: &&str| text.parse::<f64>().is_ok_and(|parsed| parsed == value);
    match written.filter(is_same) {
        Some(text) => Value::written(value, text),
        None => Value::Double(value),
    }
}
