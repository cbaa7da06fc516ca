//! The regular expressions of the data files. Each is built when it is first asked: most never are.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, bytes};
use serde::Deserialize;

use super::unread::{self, Read, Unread};

/// An expression in two forms. Nearly all texts are ASCII, and over their bytes alone it is built in
/// half the time; it is built whole for a text that has other letters, or where it has some itself.
#[derive(Default)]
struct Expression {
    text: String,
    plain: OnceLock<Option<bytes::Regex>>,
    whole: OnceLock<Option<Regex>>,
}

impl Expression {
    fn new(text: String) -> Expression {
        Expression { text, ..Expression::default() }
    }

    /// Where it matches first.
    fn find(&self, text: &str) -> Option<Range<usize>> {
        match self.plain(text) {
            Some(plain) => plain.find(text.as_bytes()).map(|found| found.range()),
            None => self.whole()?.find(text).map(|found| found.range()),
        }
    }

    /// Every match, and what its named groups span.
    fn all(&self, text: &str) -> Vec<Read> {
        if let Some(plain) = self.plain(text) {
            let names: Vec<&str> = plain.capture_names().flatten().collect();
            let read = |found: bytes::Captures<'_>| Read {
                span: found.get(0).map(|of| of.range()).unwrap_or_default(),
                gaps: names.iter().filter_map(|name| Some(found.name(name)?.range())).collect(),
            };
            return plain.captures_iter(text.as_bytes()).map(read).collect();
        }
        let Some(whole) = self.whole() else { return Vec::new() };
        let names: Vec<&str> = whole.capture_names().flatten().collect();
        let read = |found: regex::Captures<'_>| Read {
            span: found.get(0).map(|of| of.range()).unwrap_or_default(),
            gaps: names.iter().filter_map(|name| Some(found.name(name)?.range())).collect(),
        };
        whole.captures_iter(text).map(read).collect()
    }

    /// The one over bytes, where it says the same of `text` as the whole one.
    fn plain(&self, text: &str) -> Option<&bytes::Regex> {
        let build = || bytes::RegexBuilder::new(&self.text).unicode(false).build().ok();
        if text.is_ascii() { self.plain.get_or_init(build).as_ref() } else { None }
    }

    /// `None` where it is no expression, which the tests refuse.
    fn whole(&self) -> Option<&Regex> {
        self.whole.get_or_init(|| Regex::new(&self.text).ok()).as_ref()
    }

    /// What is wrong with it.
    #[cfg(test)]
    fn fault(&self) -> Option<regex::Error> {
        Regex::new(&self.text).err()
    }
}

/// An expression that has no regard to case.
pub(super) struct Pattern {
    text: String,
    any_case: Expression,
}

impl Pattern {
    /// As it is written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.found(text).is_some()
    }

    /// Everywhere that it stands.
    pub(super) fn all(&self, text: &str) -> Vec<Range<usize>> {
        self.any_case.all(text).into_iter().map(|read| read.span).collect()
    }

    /// Where it stands first.
    pub(super) fn found(&self, text: &str) -> Option<Range<usize>> {
        self.any_case.find(text)
    }
}

/// An expression over an item's text in small letters: without regard to case it would be built of
/// every letter's other forms, and none of its words could be sought as such. Its boundaries are those
/// of ASCII's words, so that no letter beyond them makes it slow.
pub(super) struct Wording {
    text: String,
    /// The same with its gaps set apart.
    apart: Expression,
}

impl Wording {
    /// As it is written, but for its boundaries.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where it begins in `text`, at its first.
    pub(super) fn start(&self, text: &str) -> Option<usize> {
        self.apart.find(text).map(|found| found.start)
    }

    /// The words of `text` that it does not read.
    pub(super) fn unread<'t>(&self, text: &'t str) -> Vec<Unread<'t>> {
        unread::unread(&self.apart.all(text), text)
    }
}

impl From<&str> for Wording {
    fn from(text: &str) -> Wording {
        let text = text.replace(r"\b", r"(?-u:\b)");
        Wording { apart: Expression::new(unread::with_gaps_apart(&text)), text }
    }
}

impl<'de> Deserialize<'de> for Wording {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Wording, D::Error> {
        let wording = Wording::from(String::deserialize(deserializer)?.as_str());
        #[cfg(test)]
        wording.apart.fault().map_or(Ok(()), |fault| Err(serde::de::Error::custom(fault)))?;
        Ok(wording)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Pattern, D::Error> {
        let text = String::deserialize(deserializer)?;
        let pattern = Pattern { any_case: Expression::new(format!("(?i){text}")), text };
        #[cfg(test)]
        pattern.any_case.fault().map_or(Ok(()), |fault| Err(serde::de::Error::custom(fault)))?;
        Ok(pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What it reads, and the gaps in parentheses.
    fn read(text: &str) -> Vec<(&str, Vec<&str>)> {
        let wording = Wording::from(r"\btests?\b.{0,9}\b(pass|grün)");
        let of = |read: Read| {
            (&text[read.span], read.gaps.into_iter().map(|gap| &text[gap]).collect::<Vec<_>>())
        };
        wording.apart.all(text).into_iter().map(of).collect()
    }

    #[test]
    fn a_text_is_read_alike_in_both_forms() {
        assert_eq!(read("all tests now pass"), [("tests now pass", vec![" now "])]);
        assert_eq!(read("all tests – pass"), [("tests – pass", vec![" – "])]);
        assert_eq!(read("all tests: grün"), [("tests: grün", vec![": "])]);
        assert_eq!(read("tests\npass"), []);
    }
}
