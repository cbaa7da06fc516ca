//! A TOML document of any shape, its numbers as they are written.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::tree::number;
use crate::facts::Value;

/// What is wrong, and where.
type Fault = (usize, String);

/// The document that `text` is.
pub(super) fn read(text: &str) -> Result<Value, Fault> {
    let root = DeTable::parse(text)
        .map_err(|error| (error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
    table(root.into_inner())
}

fn table(table: DeTable<'_>) -> Result<Value, Fault> {
    let member = |(name, value): (Spanned<_>, _)| Ok((String::from(name.into_inner()), of(value)?));
    Ok(Value::Map(Arc::new(table.into_iter().map(member).collect::<Result<_, _>>()?)))
}

fn of(value: Spanned<DeValue<'_>>) -> Result<Value, Fault> {
    let refused = (value.span().start, "the number is beyond 64 bits".to_owned());
    match value.into_inner() {
        DeValue::String(text) => Ok(Value::text(text)),
        DeValue::Boolean(value) => Ok(Value::Bool(value)),
        DeValue::Datetime(time) => Ok(Value::text(time.to_string())),
        DeValue::Integer(whole) => {
            i64::from_str_radix(whole.as_str(), whole.radix()).map(Value::Int).map_err(|_| refused)
        }
        DeValue::Float(float) => {
            let value = float.as_str().parse().map_err(|_| refused)?;
            Ok(number(value, Some(float.as_str())))
        }
        DeValue::Array(values) => {
            values.into_iter().map(of).collect::<Result<_, _>>().map(Value::list)
        }
        DeValue::Table(members) => table(members),
    }
}
