//! Reads typed values as what they should be, and collects every fault on the way.

use std::ops::Range;

use super::fault::ConfigFault;
use super::quoted;
use super::typed::{Form, Table, Typed};
use crate::condition::{self, Condition};
use crate::model::{Glob, LineIndex, Place, Span, listed, nearest, parse_size};
use crate::policy::MaxAge;

/// A file that is being read.
pub(super) struct Reader<'t> {
    path: &'t str,
    text: &'t str,
    lines: LineIndex,
    /// The ids of the formats that there are.
    pub(super) formats: &'t [&'t str],
    pub(super) faults: Vec<ConfigFault>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(path: &'t str, text: &'t str, formats: &'t [&'t str]) -> Reader<'t> {
        Reader { path, text, lines: LineIndex::new(text), formats, faults: Vec::new() }
    }

    pub(super) fn fault(&mut self, at: Span, message: impl Into<String>, hint: &str) {
        self.faults.push(ConfigFault {
            path: self.path.to_owned(),
            at,
            message: message.into(),
            hint: (!hint.is_empty()).then(|| hint.to_owned()),
        });
    }

    /// The file and line of a place.
    pub(super) fn place(&self, at: Span) -> Place {
        Place::line(self.path, self.lines.line(at.start))
    }

    /// A table whose keys are among `known`; every other key is a fault.
    pub(super) fn fields<'v>(
        &mut self,
        table: &'v Table,
        name: &str,
        known: &[&'static str],
    ) -> Fields<'v> {
        for entry in &table.entries {
            if !known.contains(&entry.key.as_str()) {
                let hint = suggestion(&entry.key, known);
                let message = format!("unknown key `{}` in {name}", entry.key);
                self.fault(entry.key_at, message, &hint);
            }
        }
        Fields { table }
    }

    fn unlike(&mut self, value: &Typed, wanted: &str) {
        let message = format!("this is {}; it must be {wanted}", value.form.kind());
        self.fault(value.at, message, "");
    }

    pub(super) fn text<'v>(&mut self, value: &'v Typed) -> Option<&'v str> {
        match &value.form {
            Form::Text(text) => Some(text),
            _ => {
                self.unlike(value, "a text");
                None
            }
        }
    }

    /// A text with something in it.
    pub(super) fn words<'v>(&mut self, value: &'v Typed) -> Option<&'v str> {
        let text = self.text(value)?;
        if text.trim().is_empty() {
            self.fault(value.at, "this text is empty", "");
            return None;
        }
        Some(text)
    }

    pub(super) fn flag(&mut self, value: &Typed) -> Option<bool> {
        match value.form {
            Form::Bool(flag) => Some(flag),
            _ => {
                self.unlike(value, "true or false");
                None
            }
        }
    }

    pub(super) fn table<'v>(&mut self, value: &'v Typed) -> Option<&'v Table> {
        match &value.form {
            Form::Table(table) => Some(table),
            _ => {
                self.unlike(value, "a table");
                None
            }
        }
    }

    /// `[[name]]`: a list of tables; a single one is a list of one.
    pub(super) fn tables<'v>(&mut self, value: &'v Typed) -> Vec<&'v Table> {
        match &value.form {
            Form::Table(table) => vec![table],
            Form::List(items) => items.iter().filter_map(|item| self.table(item)).collect(),
            _ => {
                self.unlike(value, "a list of tables");
                Vec::new()
            }
        }
    }

    /// A text, or a list of texts.
    pub(super) fn texts<'v>(&mut self, value: &'v Typed) -> Vec<(&'v str, Span)> {
        self.list(value).into_iter().filter_map(|item| Some((self.words(item)?, item.at))).collect()
    }

    /// The entries of a list; a single value is a list of one.
    pub(super) fn list<'v>(&mut self, value: &'v Typed) -> Vec<&'v Typed> {
        match &value.form {
            Form::List(items) => items.iter().collect(),
            _ => vec![value],
        }
    }

    pub(super) fn glob(&mut self, text: &str, at: Span) -> Option<Glob> {
        match Glob::new(text) {
            Ok(glob) => Some(glob),
            Err(fault) => {
                self.fault(at, fault.to_string(), "");
                None
            }
        }
    }

    /// A glob, or the several that the names in its braces mean: each must match.
    pub(super) fn each_glob(&mut self, text: &str, at: Span) -> Vec<Glob> {
        self.glob(text, at).map(|glob| glob.alternatives()).unwrap_or_default()
    }

    pub(super) fn globs(&mut self, value: &Typed) -> Vec<Glob> {
        let texts = self.texts(value);
        texts.into_iter().flat_map(|(text, at)| self.each_glob(text, at)).collect()
    }

    pub(super) fn max_age(&mut self, value: &Typed) -> Option<MaxAge> {
        let text = self.text(value)?;
        self.age(text, value.at)
    }

    pub(super) fn age(&mut self, text: &str, at: Span) -> Option<MaxAge> {
        match text.parse() {
            Ok(age) => Some(MaxAge { age, written: text.trim().to_owned() }),
            Err(why) => {
                self.fault(at, why, "");
                None
            }
        }
    }

    /// A whole number above 0.
    pub(super) fn whole(&mut self, value: &Typed, key: &str) -> Option<u64> {
        match value.form {
            Form::Whole(number) if number > 0 => u64::try_from(number).ok(),
            _ => {
                self.fault(value.at, format!("`{key}` must be a whole number above 0"), "");
                None
            }
        }
    }

    /// A size: `64MiB`.
    pub(super) fn size(&mut self, value: &Typed) -> Option<u64> {
        let text = self.text(value)?;
        match parse_size(text) {
            Ok(size) => Some(size),
            Err(why) => {
                self.fault(value.at, why, "");
                None
            }
        }
    }

    /// The format of that id.
    pub(super) fn format(&mut self, text: &str, at: Span) -> Option<String> {
        if self.formats.contains(&text) {
            return Some(text.to_owned());
        }
        let hint = suggestion(text, self.formats);
        self.fault(at, format!("unknown format `{text}`"), &hint);
        None
    }

    /// One of a few words, each with what it means.
    pub(super) fn one_of<T: Clone>(
        &mut self,
        what: &str,
        text: &str,
        at: Span,
        words: &[(&str, T)],
    ) -> Option<T> {
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(meaning.clone());
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let hint = suggestion(text, &known);
        self.fault(at, format!("unknown {what} `{text}`"), &hint);
        None
    }

    /// A condition in a string of the file.
    pub(super) fn condition(&mut self, value: &Typed) -> Option<Condition> {
        let text = self.text(value)?;
        let file = self.text;
        let place = |range| quoted::place(file, value.at, text, range);
        self.parsed(text, place)
    }

    /// A condition, whose faults `place` finds in the file.
    pub(super) fn parsed(
        &mut self,
        text: &str,
        place: impl Fn(Range<usize>) -> Span,
    ) -> Option<Condition> {
        match Condition::parse(text) {
            Ok(condition) => Some(condition),
            Err(faults) => {
                for condition::Fault { at, message, hint } in faults {
                    self.fault(place(at), message, &hint.unwrap_or_default());
                }
                None
            }
        }
    }
}

/// The keys of one table.
pub(super) struct Fields<'v> {
    table: &'v Table,
}

impl<'v> Fields<'v> {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'v Typed> {
        self.table.get(key)
    }

    /// Whether every key is among `known`.
    pub(super) fn all_known(&self, known: &[&str]) -> bool {
        self.table.entries.iter().all(|entry| known.contains(&entry.key.as_str()))
    }

    /// The table's own place.
    pub(super) fn at(&self) -> Span {
        self.table.at
    }
}

/// What a word was probably meant to be, or which there are.
pub(super) fn suggestion(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => {
            let named = known.iter().filter(|word| !word.is_empty());
            let quoted: Vec<String> = named.map(|word| format!("`{word}`")).collect();
            format!("Known: {}.", listed(&quoted, 24))
        }
    }
}
