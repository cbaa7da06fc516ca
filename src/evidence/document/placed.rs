//! A YAML document of any shape, each value with its place: how a number is written there is read from
//! the text.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use super::tree::number;
use crate::facts::Value;

/// A value of any shape.
pub(super) enum Placed {
    Plain(Value),
    Number(f64),
    List(Vec<Spanned<Placed>>),
    Map(Vec<(Spanned<Placed>, Spanned<Placed>)>),
}

impl Placed {
    /// The document, of which `text` is the file.
    pub(super) fn document(self, text: &str) -> Result<Value, String> {
        self.value(text, Location::UNKNOWN)
    }

    fn value(self, text: &str, at: Location) -> Result<Value, String> {
        let of = |part: Spanned<Placed>| part.value.value(text, part.defined);
        match self {
            Placed::Plain(value) => Ok(value),
            Placed::Number(value) => Ok(number(value, written(text, at))),
            Placed::List(values) => {
                values.into_iter().map(of).collect::<Result<_, _>>().map(Value::list)
            }
            Placed::Map(entries) => {
                let mut members = BTreeMap::new();
                for (key, value) in entries {
                    let line = key.referenced.line();
                    let key = name(of(key)?);
                    if members.contains_key(&key) {
                        return Err(format!("At line {line}: the key `{key}` stands twice."));
                    }
                    members.insert(key, of(value)?);
                }
                Ok(Value::Map(Arc::new(members)))
            }
        }
    }
}

/// What stands at a place.
fn written(text: &str, at: Location) -> Option<&str> {
    let from = usize::try_from(at.span().byte_offset()?).ok()?;
    let length = usize::try_from(at.span().byte_len()?).ok()?;
    text.get(from..from.checked_add(length)?).map(str::trim)
}

/// YAML's keys are values; conditions name members by text.
fn name(key: Value) -> String {
    match key {
        Value::Text(text) => text.as_ref().to_owned(),
        other => other.to_string(),
    }
}

impl<'de> Deserialize<'de> for Placed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Placed, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Placed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Placed, E> {
        Ok(Placed::Plain(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Placed, E> {
        Ok(Placed::Plain(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Placed, D::Error> {
        Placed::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Placed, E> {
        Ok(Placed::Plain(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Placed, E> {
        Ok(Placed::Plain(Value::Int(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Placed, E> {
        Ok(i64::try_from(value)
            .map_or(Placed::Number(value as f64), |whole| Placed::Plain(Value::Int(whole))))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Placed, E> {
        Ok(Placed::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Placed, E> {
        Ok(Placed::Plain(Value::text(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Placed, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Placed::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Placed, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Placed::Map(entries))
    }
}
