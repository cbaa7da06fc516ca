//! The shape of a JSON document: keys, kinds and short values, as far as the look goes.
//!
//! The scan is lenient: it stops where the look ends or the JSON does, and keeps what it saw.
//! Whether the document is sound is found by reading it.

use memchr::memchr2;

/// How deep values are kept.
const DEPTH: usize = 6;
/// How many members of a map, and elements of a list, are kept.
const MEMBERS: usize = 64;
const ELEMENTS: usize = 3;
/// How many documents that follow one another are kept.
const DOCUMENTS: usize = 12;

/// A JSON value as far as the look saw it.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as written.
    Number(&'a str),
    /// A text as written, escapes and all.
    Text(&'a str),
    /// The first elements.
    List(Vec<Shape<'a>>),
    /// The first members.
    Map(Vec<(&'a str, Shape<'a>)>),
    /// Something too deep to look into.
    Deep,
}

impl<'a> Shape<'a> {
    /// The member of a map.
    pub fn get(&self, name: &str) -> Option<&Shape<'a>> {
        match self {
            Shape::Map(members) => {
                members.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// The value at a path of members.
    pub fn at(&self, path: &[&str]) -> Option<&Shape<'a>> {
        path.iter().try_fold(self, |shape, name| shape.get(name))
    }

    /// Whether a map has all these members.
    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.get(name).is_some())
    }

    /// The members of a map.
    pub fn members(&self) -> &[(&'a str, Shape<'a>)] {
        match self {
            Shape::Map(members) => members,
            _ => &[],
        }
    }

    /// The first elements of a list.
    pub fn elements(&self) -> &[Shape<'a>] {
        match self {
            Shape::List(elements) => elements,
            _ => &[],
        }
    }

    /// The first element of a list.
    pub fn first(&self) -> Option<&Shape<'a>> {
        self.elements().first()
    }

    /// The first element of the list under a member.
    pub fn first_of(&self, name: &str) -> Option<&Shape<'a>> {
        self.get(name)?.first()
    }

    /// The first value of a map whose names are data.
    pub fn first_value(&self) -> Option<&Shape<'a>> {
        self.members().first().map(|(_, value)| value)
    }

    /// The text under a member.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        match self.get(name)? {
            Shape::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether a member is a list.
    pub fn has_list(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Shape::List(_)))
    }

    /// Whether a member is a map.
    pub fn has_map(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Shape::Map(_)))
    }

    /// Whether this is a map.
    pub fn is_map(&self) -> bool {
        matches!(self, Shape::Map(_))
    }
}

/// The first values of a text.
#[derive(Debug)]
pub(super) struct Values<'a> {
    pub(super) values: Vec<Shape<'a>>,
    /// Whether the first value is whole and nothing follows it.
    pub(super) alone: bool,
}

impl<'a> Values<'a> {
    /// Looks at a text; `None` where it is no JSON. After a banner only maps, and lists of maps or
    /// of nothing, are taken for JSON.
    pub(super) fn of(look: &'a str, after_banner: bool) -> Option<Values<'a>> {
        let mut scan = Scan { text: look, at: 0, ended: false, unlike: false };
        let first = scan.value(0)?;
        if scan.unlike && !holds_anything(&first) {
            return None;
        }
        let scalar = !matches!(first, Shape::List(_) | Shape::Map(_));
        // `1..0` of a TAP plan begins like a number.
        if matches!(first, Shape::Number(number) if number.parse::<f64>().is_err()) {
            return None;
        }
        if after_banner && !takes_part(&first) {
            return None;
        }
        let alone = !scan.ended && scan.rest().trim().is_empty();
        if scalar && !alone {
            return None;
        }
        let mut values = vec![first];
        while !scan.ended && values.len() < DOCUMENTS && scan.next_line_value() {
            values.extend(scan.value(0));
        }
        Some(Values { values, alone })
    }
}

/// Whether it is more than brackets around words, as a log line has them.
fn holds_anything(first: &Shape<'_>) -> bool {
    match first {
        Shape::Map(members) => !members.is_empty(),
        Shape::List(elements) => elements.iter().any(|one| one.is_map() || holds_anything(one)),
        _ => false,
    }
}

fn takes_part(first: &Shape<'_>) -> bool {
    match first {
        Shape::Map(_) => true,
        Shape::List(elements) => elements.iter().all(Shape::is_map),
        _ => false,
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// Whether the look ended, or the JSON did.
    ended: bool,
    /// Whether something stood there that is no JSON.
    unlike: bool,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        let next = bytes.get(self.at).copied();
        self.ended |= next.is_none();
        next
    }

    fn stop<T>(&mut self) -> Option<T> {
        self.ended = true;
        self.unlike = true;
        None
    }

    /// Moves to the next map that begins a line.
    fn next_line_value(&mut self) -> bool {
        while let Some(next) = self.peek() {
            if next == b'{' {
                return true;
            }
            match self.rest().find('\n') {
                Some(end) => self.at += end + 1,
                None => return false,
            }
        }
        false
    }

    fn value(&mut self, depth: usize) -> Option<Shape<'a>> {
        match self.peek()? {
            b'{' if depth < DEPTH => Some(self.map(depth)),
            b'[' if depth < DEPTH => Some(self.list(depth)),
            b'{' | b'[' => {
                self.pass();
                Some(Shape::Deep)
            }
            b'"' => self.string().map(Shape::Text),
            b'-' | b'0'..=b'9' => Some(Shape::Number(self.word())),
            b't' | b'f' | b'n' => match self.word() {
                "true" => Some(Shape::Bool(true)),
                "false" => Some(Shape::Bool(false)),
                "null" => Some(Shape::Null),
                _ => self.stop(),
            },
            _ => self.stop(),
        }
    }

    fn map(&mut self, depth: usize) -> Shape<'a> {
        let mut members = Vec::new();
        self.at += 1;
        while !self.ended {
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b',') => self.at += 1,
                Some(b'"') => self.member(depth, &mut members),
                _ => {
                    self.stop::<()>();
                }
            }
        }
        Shape::Map(members)
    }

    fn member(&mut self, depth: usize, members: &mut Vec<(&'a str, Shape<'a>)>) {
        let Some(key) = self.string() else { return };
        if self.peek() != Some(b':') {
            self.stop::<()>();
            return;
        }
        self.at += 1;
        if members.len() >= MEMBERS {
            self.pass();
        } else if let Some(value) = self.value(depth + 1) {
            members.push((key, value));
        }
    }

    fn list(&mut self, depth: usize) -> Shape<'a> {
        let mut elements = Vec::new();
        self.at += 1;
        while !self.ended {
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.stop::<()>();
                }
                Some(_) if elements.len() >= ELEMENTS => self.pass(),
                Some(_) => elements.extend(self.value(depth + 1)),
                None => {}
            }
        }
        Shape::List(elements)
    }

    /// The text between quotes, as written.
    fn string(&mut self) -> Option<&'a str> {
        let begin = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut at = begin;
        while let Some(found) = memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
            at += found;
            if bytes.get(at) == Some(&b'"') {
                self.at = at + 1;
                return self.text.get(begin..at);
            }
            at += 2;
        }
        self.at = bytes.len();
        self.ended = true;
        None
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len().max(1);
        word
    }

    /// Passes over a value without looking into it.
    fn pass(&mut self) {
        match self.peek() {
            Some(b'{' | b'[') => self.pass_within(),
            Some(b'"') => {
                self.string();
            }
            Some(b',' | b':') => self.at += 1,
            Some(b'}' | b']') | None => {}
            Some(_) => {
                self.word();
            }
        }
    }

    /// Passes over a map or a list, from its bracket to the one that closes it.
    fn pass_within(&mut self) {
        let mut depth = 0_u32;
        while let Some(next) = self.text.as_bytes().get(self.at) {
            match next {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
        self.ended = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Shape<'_> {
        Values::of(text, false).unwrap().values.remove(0)
    }

    #[test]
    fn keys_kinds_and_short_values_are_seen() {
        let shape = first(r#"{"version": "2.1.0", "runs": [{"tool": {"a\"b": 1}}], "x": null}"#);
        assert_eq!(shape.text("version"), Some("2.1.0"));
        assert!(shape.first_of("runs").unwrap().has(&["tool"]));
        assert_eq!(shape.get("x"), Some(&Shape::Null));
        assert!(!shape.has(&["version", "y"]));
    }

    #[test]
    fn a_cut_document_keeps_what_was_seen() {
        for text in
            [r#"{"runs": [{"tool": "#, r#"{"runs": [{"tool": {}"#, r#"{"runs": [{"tool": nu"#]
        {
            let values = Values::of(text, false).unwrap();
            assert!(values.values[0].has_list("runs"), "{text}");
            assert!(!values.alone);
        }
    }

    #[test]
    fn documents_in_lines_are_seen_past_log_lines() {
        let values = Values::of("{\"a\":1}\nwarning: x\n{\"b\":2}\n", false).unwrap();
        assert_eq!(values.values.len(), 2);
        assert!(!values.alone);
    }

    #[test]
    fn the_scan_ends_on_any_bytes() {
        for text in
            ["{", "[", "[,", "{\"", "{\"a\"", "{\"a\":", "[[[[[[[[[[[[", "\"", "{]", "[}", "[\\"]
        {
            let _ = Values::of(text, false);
            let _ = Values::of(text, true);
        }
        let deep = "[".repeat(100_000);
        assert!(Values::of(&deep, false).is_some());
    }
}
