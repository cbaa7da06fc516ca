//! A world made up for a condition: facts by the types of the catalogue, files, documents.

use std::cell::{RefCell, RefMut};
use std::sync::Arc;

use super::draw::Draw;
use super::names::Names;
use super::pool::Pool;
use crate::condition::check::words_of;
use crate::condition::{Found, Limits, Listed, Scope};
use crate::facts::{Field, Type, Unit, Value, group};
use crate::model::Rule;

/// How deep a document is made up at most.
const DEPTH: usize = 8;

/// How many values a document holds at most.
const ROOM: usize = 300;

/// The most entries of a list.
const ENTRIES: usize = 3;

/// One world. No rule of trust is in force in it, for it is the condition that is tried, but where
/// `documents` are asked one: what holds over nothing alone is no answer.
pub(super) struct World<'p> {
    pool: &'p Pool,
    names: &'p Names,
    documents: bool,
    draw: RefCell<Draw>,
}

impl<'p> World<'p> {
    pub(super) fn new(pool: &'p Pool, names: &'p Names, draw: Draw) -> World<'p> {
        World { pool, names, documents: pool.documents, draw: RefCell::new(draw) }
    }

    fn made(&self) -> Maker<'p, '_> {
        Maker { pool: self.pool, names: self.names, draw: self.draw.borrow_mut(), room: ROOM }
    }

    fn made_group(&self, name: &str) -> Found {
        match group(name) {
            Some(field) => Found::Value(self.made().group(field)),
            None => Found::Absent(format!("There is no {name}.")),
        }
    }
}

impl Scope for World<'_> {
    fn group(&self, group: &str) -> Found {
        self.made_group(group)
    }

    fn artifact_group(&self, _: &str, group: &str) -> Found {
        self.made_group(group)
    }

    fn limits(&self, _: Option<&str>, _: &[String]) -> Option<Limits> {
        None
    }

    fn files(&self, _: &str) -> Result<Listed, String> {
        let mut make = self.made();
        let paths = (0..make.draw.below(ENTRIES + 1)).map(|_| make.text()).collect();
        Ok(Listed { paths, empty: Vec::new(), unlisted: None })
    }

    fn text(&self, _: &str) -> Option<Result<String, String>> {
        let mut make = self.made();
        let lines: Vec<String> = (0..make.draw.below(ENTRIES + 1)).map(|_| make.text()).collect();
        Some(Ok(lines.join("\n")))
    }

    fn load(&self, _: &str) -> Option<Result<Value, String>> {
        Some(Ok(self.made().document()))
    }

    fn is_whole(&self) -> bool {
        true
    }

    fn holds(&self, rule: Rule) -> bool {
        rule == Rule::OverNothing && self.documents
    }
}

/// Makes values up.
struct Maker<'p, 'd> {
    pool: &'p Pool,
    names: &'p Names,
    draw: RefMut<'d, Draw>,
    /// How many more values the document may hold.
    room: usize,
}

impl Maker<'_, '_> {
    fn group(&mut self, field: &Field) -> Value {
        let value = self.typed(field.ty, field.unit, field.name);
        let of = |parts: &[&str]| {
            let counts = parts.iter().filter_map(|part| match value.member(part) {
                Some(Value::Int(count)) => Some(*count),
                _ => None,
            });
            Value::Int(counts.fold(0, i64::saturating_add))
        };
        // A total is never below its parts.
        let total = match field.name {
            "tests" => of(&["passed", "failed", "errored", "skipped"]),
            "findings" => of(&["critical", "high", "medium", "low", "info", "unknown"]),
            _ => return value,
        };
        match &value {
            Value::Map(members) if members.contains_key("total") => {
                let mut members = members.as_ref().clone();
                members.insert("total".to_owned(), total);
                Value::map(members)
            }
            _ => value,
        }
    }

    /// A value of that type; `path` is its place in the catalogue.
    fn typed(&mut self, ty: Type, unit: Unit, path: &str) -> Value {
        match ty {
            Type::Bool => Value::Bool(self.draw.chance(50)),
            Type::Int => Value::Int(self.figure(unit)),
            Type::Double => Value::Double(self.fraction(unit)),
            Type::Text => Value::text(self.word(path)),
            Type::Time => Value::text(self.text()),
            Type::List(entry) => {
                let path = format!("{path}[]");
                self.list(|this| this.typed(*entry, Unit::None, &path))
            }
            Type::Names(member) => {
                let path = format!("{path}[]");
                let names = self.some_names();
                Value::map(names.into_iter().map(|name| {
                    let value = self.typed(*member, Unit::None, &path);
                    (name, value)
                }))
            }
            Type::Record(fields) => Value::map(self.record(fields, path)),
            Type::Stats(fields) => {
                let percentile = |name: &String| {
                    name.strip_prefix('p')
                        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
                };
                let mut members = self.record(fields, path);
                for name in self.some_names().into_iter().filter(percentile) {
                    members.push((name, Value::Double(self.fraction(Unit::Native))));
                }
                Value::map(members)
            }
            Type::Any => self.document(),
        }
    }

    /// A short list; a long one where the condition asks for a length.
    fn list(&mut self, mut entry: impl FnMut(&mut Self) -> Value) -> Value {
        match self.size() {
            Some(size) => Value::list(vec![entry(self); size]),
            None => {
                let entries = 0..self.draw.below(ENTRIES + 1);
                Value::list(entries.map(|_| entry(self)).collect())
            }
        }
    }

    fn size(&mut self) -> Option<usize> {
        if self.pool.sizes.is_empty() || !self.draw.chance(15) {
            return None;
        }
        self.draw.one(&self.pool.sizes).copied()
    }

    /// Nearly all fields of a record: an artifact may lack each.
    fn record(&mut self, fields: &[Field], path: &str) -> Vec<(String, Value)> {
        let mut members = Vec::with_capacity(fields.len());
        for field in fields {
            if self.draw.chance(95) {
                let path = format!("{path}.{}", field.name);
                members.push((field.name.to_owned(), self.typed(field.ty, field.unit, &path)));
            }
        }
        members
    }

    fn some_names(&mut self) -> Vec<String> {
        let names = self.pool.names.iter();
        names.filter(|_| self.draw.chance(85)).cloned().collect()
    }

    fn figure(&mut self, unit: Unit) -> i64 {
        let figure = self.draw.one(&self.pool.ints).copied().unwrap_or_default();
        if unit == Unit::Count { figure.max(0) } else { figure }
    }

    fn fraction(&mut self, unit: Unit) -> f64 {
        let figure = match self.draw.chance(50) {
            true => self.draw.one(&self.pool.doubles).copied().unwrap_or_default(),
            false => self.figure(Unit::None) as f64,
        };
        match unit {
            Unit::Percent => figure.clamp(0.0, 100.0),
            Unit::Ratio => figure.clamp(0.0, 1.0),
            Unit::Count | Unit::Seconds => figure.max(0.0),
            Unit::None | Unit::Native => figure,
        }
    }

    /// A text that the fact at `path` can hold.
    fn word(&mut self, path: &str) -> String {
        match words_of(path) {
            Some(words) if words.closed || self.draw.chance(70) => {
                self.draw.one(&words.known).map(|word| (*word).to_owned()).unwrap_or_default()
            }
            _ => self.text(),
        }
    }

    fn text(&mut self) -> String {
        if let Some(size) = self.size() {
            return "x".repeat(size);
        }
        self.draw.one(&self.pool.texts).cloned().unwrap_or_default()
    }

    fn document(&mut self) -> Value {
        self.room = ROOM;
        self.below(self.names, DEPTH)
    }

    /// What may stand where `names` are asked for: most of the time what has them.
    fn below(&mut self, names: &Names, depth: usize) -> Value {
        self.room = self.room.saturating_sub(1);
        let depth = if self.room == 0 { 0 } else { depth };
        if depth > 0 && names.walked && names.is_leaf() && self.draw.chance(80) {
            return self.entries(depth);
        }
        if names.is_leaf() || depth == 0 || self.draw.chance(4) {
            return match self.draw.one(&names.said) {
                // Of several that are asked together all must come out.
                Some(said) if self.draw.chance(50) => said.clone(),
                _ => self.leaf(depth),
            };
        }
        let mut members = Vec::new();
        for (name, below) in &names.members {
            if self.draw.chance(85) {
                members.push((name.clone(), self.below(below, depth - 1)));
            }
        }
        match &names.entry {
            Some(entry) if members.is_empty() && self.draw.chance(50) => {
                self.list(|this| this.below(entry, depth - 1))
            }
            Some(entry) => {
                for name in self.some_names() {
                    members.push((name, self.below(entry, depth - 1)));
                }
                document(members)
            }
            None if names.keyed => {
                for name in self.some_names() {
                    members.push((name, self.leaf(1)));
                }
                document(members)
            }
            None => document(members),
        }
    }

    /// A list that is gone through: maps of what is asked, or plain values of one kind.
    fn entries(&mut self, depth: usize) -> Value {
        let names = self.names;
        match self.draw.below(10) {
            0..=5 => self.list(|this| this.below(names, depth - 1)),
            6 | 7 => self.list(|this| Value::text(this.text())),
            8 => self.list(|this| Value::Int(this.figure(Unit::None))),
            _ => match self.draw.chance(50) {
                true => self.list(|this| Value::Double(this.fraction(Unit::None))),
                false => self.list(|this| Value::Bool(this.draw.chance(50))),
            },
        }
    }

    /// What may stand where nothing is asked below: a scalar, or a list of what may be gone through.
    fn leaf(&mut self, depth: usize) -> Value {
        let depth = depth.saturating_sub(1);
        match self.draw.below(20) {
            0..=3 => Value::Bool(self.draw.chance(50)),
            4..=7 => Value::Int(self.figure(Unit::None)),
            8 => Value::Double(self.fraction(Unit::None)),
            9..=13 => Value::text(self.text()),
            14 => Value::Null,
            _ if depth == 0 => Value::text(self.text()),
            15 | 16 => self.list(|this| Value::text(this.text())),
            _ => {
                let names = self.names;
                self.list(|this| this.below(names, depth))
            }
        }
    }
}

/// A map of a document, its nulls kept.
fn document(members: Vec<(String, Value)>) -> Value {
    Value::Map(Arc::new(members.into_iter().collect()))
}
