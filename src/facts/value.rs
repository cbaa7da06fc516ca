//! The one dynamic value: what conditions compute with and what generic documents hold.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A value of a condition. Every whole number is an `Int`; maps are ordered by name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// `null`.
    Null,
    /// Of a report that never tells whether there is one.
    Untold,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction, NaN and infinities included.
    Double(f64),
    /// A number that its document writes in a way of its own: 1.10 is 1.1, and another version.
    #[serde(serialize_with = "by_value")]
    Written(f64, Arc<str>),
    /// A text.
    Text(Arc<str>),
    /// A list.
    List(Arc<Vec<Value>>),
    /// A map.
    Map(#[serde(serialize_with = "told")] Arc<BTreeMap<String, Value>>),
}

/// Writes what a map tells.
fn told<S: Serializer>(
    members: &Arc<BTreeMap<String, Value>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(members.iter().filter(|(_, member)| **member != Value::Untold))
}

/// Writes the number.
fn by_value<S: Serializer>(number: &f64, _: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(*number)
}

impl Value {
    /// A number of a document that stands there as `text`; that is kept where the number alone would
    /// be written otherwise.
    pub fn written(number: f64, text: &str) -> Value {
        if number.to_string() == text {
            return Value::Double(number);
        }
        Value::Written(number, Arc::from(text))
    }

    /// The same, of a number its value alone.
    #[must_use]
    pub fn by_value(&self) -> Value {
        match self {
            Value::Written(number, _) => Value::Double(*number),
            other => other.clone(),
        }
    }

    /// A text.
    pub fn text(text: impl AsRef<str>) -> Value {
        Value::Text(Arc::from(text.as_ref()))
    }

    /// A text, or `Null` where there is none.
    pub fn maybe_text(text: Option<&str>) -> Value {
        text.map_or(Value::Null, Value::text)
    }

    /// A count; beyond `i64` it saturates.
    pub fn count(count: u64) -> Value {
        Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A list.
    pub fn list(values: Vec<Value>) -> Value {
        Value::List(Arc::new(values))
    }

    /// A map; `Null` members are left out, so that an absent fact is absent.
    pub fn record<const N: usize>(members: [(&str, Value); N]) -> Value {
        Value::map(members.into_iter().map(|(name, value)| (name.to_owned(), value)))
    }

    /// A map with one more member, which is left out where it is `Null`; anything else as it is.
    pub fn with(mut self, name: &str, member: Value) -> Value {
        if let Value::Map(members) = &mut self
            && !matches!(member, Value::Null)
        {
            Arc::make_mut(members).insert(name.to_owned(), member);
        }
        self
    }

    /// A map; `Null` members are left out.
    pub fn map(members: impl IntoIterator<Item = (String, Value)>) -> Value {
        Value::Map(Arc::new(
            members.into_iter().filter(|(_, value)| !matches!(value, Value::Null)).collect(),
        ))
    }

    /// The member of a map.
    pub fn member(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Map(members) => members.get(name).filter(|member| **member != Value::Untold),
            _ => None,
        }
    }

    /// The names of a map's members.
    pub fn names(&self) -> Vec<&str> {
        let Value::Map(members) = self else { return Vec::new() };
        let told = members.iter().filter(|(_, member)| **member != Value::Untold);
        told.map(|(name, _)| name.as_str()).collect()
    }

    /// Whether this is a map of whose member `name` nothing is told, not even that there is none.
    pub fn leaves_open(&self, name: &str) -> bool {
        matches!(self, Value::Map(members) if members.get(name) == Some(&Value::Untold))
    }

    /// The same map, of whose members `untold` nothing is told.
    #[must_use]
    pub fn without_word_of(mut self, untold: &[&str]) -> Value {
        if let (Value::Map(members), false) = (&mut self, untold.is_empty()) {
            let untold = untold.iter().map(|name| ((*name).to_owned(), Value::Untold));
            Arc::make_mut(members).extend(untold);
        }
        self
    }

    /// What kind of value this is, as people say it.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Untold => "nothing told",
            Value::Bool(_) => "true or false",
            Value::Int(_) => "a whole number",
            Value::Double(_) | Value::Written(..) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

impl fmt::Display for Value {
    /// As a condition would write it; lists and maps by their size.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("null"),
            Value::Untold => f.write_str("not told"),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Int(value) => write!(f, "{value}"),
            Value::Double(value) => write!(f, "{value}"),
            Value::Written(_, text) => f.write_str(text),
            Value::Text(value) => write!(f, "{value:?}"),
            Value::List(values) => {
                write!(f, "a list of {}", values.len())
            }
            Value::Map(members) => write!(f, "a map of {}", members.len()),
        }
    }
}

impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Value {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(value),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(whole) => Value::Int(whole),
                None => Value::Double(number.as_f64().unwrap_or(f64::NAN)),
            },
            serde_json::Value::String(text) => Value::text(text),
            serde_json::Value::Array(values) => {
                Value::list(values.into_iter().map(Value::from).collect())
            }
            serde_json::Value::Object(members) => Value::Map(Arc::new(
                members.into_iter().map(|(name, value)| (name, Value::from(value))).collect(),
            )),
        }
    }
}
