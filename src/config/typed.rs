//! The only door to the `toml` crate: text in, our own tree out, the place of every value kept.

use toml::de::{DeTable, DeValue};

use crate::model::Span;

/// A table: its keys, each with its place, in the order of their names.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
    pub(super) at: Span,
}

impl Table {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Typed> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_at: Span,
    pub(super) value: Typed,
}

/// A value and its place, quotes and brackets included.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) form: Form,
    pub(super) at: Span,
}

/// What can be written.
#[derive(Debug, Clone)]
pub(super) enum Form {
    Text(String),
    Whole(i64),
    Bool(bool),
    /// A date or time without quotes, as written.
    Date(String),
    List(Vec<Typed>),
    Table(Table),
    /// A number that is none of the above; not one where it is larger than any count.
    Number(f64),
}

impl Form {
    /// As people say it.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Form::Text(_) => "a text",
            Form::Whole(_) | Form::Number(_) => "a number",
            Form::Bool(_) => "true or false",
            Form::Date(_) => "a date",
            Form::List(_) => "a list",
            Form::Table(_) => "a table",
        }
    }
}

/// The file as a table, or every fault of its syntax: a place and the crate's words.
pub(super) fn parse(text: &str) -> Result<Table, Vec<(Span, String)>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let span = document.span();
        return Ok(table(document.get_ref(), span.start, span.end));
    }
    let fault = |error: &toml::de::Error| {
        let span = error.span().unwrap_or_default();
        (Span::new(span.start, span.end), error.message().to_owned())
    };
    Err(errors.iter().map(fault).collect())
}

fn table(typed: &DeTable<'_>, start: usize, end: usize) -> Table {
    let entries = typed.iter().map(|(key, value)| {
        let key_at = key.span();
        let at = value.span();
        Entry {
            key: key.get_ref().to_string(),
            key_at: Span::new(key_at.start, key_at.end),
            value: Typed {
                form: form(value.get_ref(), at.start, at.end),
                at: Span::new(at.start, at.end),
            },
        }
    });
    Table { entries: entries.collect(), at: Span::new(start, end) }
}

fn form(value: &DeValue<'_>, start: usize, end: usize) -> Form {
    match value {
        DeValue::String(text) => Form::Text(text.to_string()),
        DeValue::Integer(number) => {
            let whole = i64::from_str_radix(number.as_str(), number.radix());
            whole.map_or(Form::Number(f64::NAN), Form::Whole)
        }
        DeValue::Float(number) => Form::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(value) => Form::Bool(*value),
        DeValue::Datetime(date) => Form::Date(date.to_string()),
        DeValue::Array(items) => Form::List(
            items
                .iter()
                .map(|item| {
                    let at = item.span();
                    Typed {
                        form: form(item.get_ref(), at.start, at.end),
                        at: Span::new(at.start, at.end),
                    }
                })
                .collect(),
        ),
        DeValue::Table(members) => Form::Table(table(members, start, end)),
    }
}
