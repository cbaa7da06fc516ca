//! From a place in a text's value to its place in the file: through quotes, escapes and line ends.

use std::ops::Range;

use crate::model::Span;

/// The bytes of `file` under `range` of the value of the string that stands at `at`, quotes
/// included. The whole string where the two do not fit.
pub(super) fn place(file: &str, at: Span, value: &str, range: Range<usize>) -> Span {
    let Some(map) = map(at.of(file), value) else { return at };
    let byte = |offset: usize| map.get(offset).copied();
    match (byte(range.start), byte(range.end)) {
        (Some(start), Some(end)) => Span::new(at.start + start, at.start + end.max(start)),
        _ => at,
    }
}

/// For every byte of `value`, and its end, the byte of `raw` it was read from.
fn map(raw: &str, value: &str) -> Option<Vec<usize>> {
    let quote = raw.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let triple = quote.to_string().repeat(3);
    let is_multi = raw.len() >= 6 && raw.starts_with(&triple);
    let width = if is_multi { 3 } else { 1 };
    let body = raw.get(width..raw.len().checked_sub(width)?)?;
    let mut at = 0;
    if is_multi {
        at = if body.starts_with("\r\n") { 2 } else { usize::from(body.starts_with('\n')) };
    }
    let mut map = Vec::with_capacity(value.len() + 1);
    let mut wanted = value.chars();
    while let Some(next) = body.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = body.get(at..)?;
        let (length, gives) = match next {
            '\\' if quote == '"' => escape(rest)?,
            '\r' if wanted.clone().next() != Some('\r') => (1, false),
            other => (other.len_utf8(), true),
        };
        if gives {
            let char = wanted.next()?;
            map.extend(std::iter::repeat_n(width + at, char.len_utf8()));
        }
        at += length;
    }
    map.push(width + body.len());
    (map.len() == value.len() + 1).then_some(map)
}

/// The bytes that an escape takes, and whether it gives a character.
fn escape(rest: &str) -> Option<(usize, bool)> {
    let after = rest.get(1..)?;
    match after.chars().next()? {
        'x' => Some((4, true)),
        'u' => Some((6, true)),
        'U' => Some((10, true)),
        // A backslash at a line's end takes all white space up to the next text.
        blank if blank.is_ascii_whitespace() => {
            Some((1 + after.len() - after.trim_start().len(), false))
        }
        other => Some((1 + other.len_utf8(), true)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::typed::{self, Form};

    /// The file's text under the place of `needle` in the value of `key`.
    fn under(file: &str, needle: &str) -> String {
        let table = typed::parse(file).unwrap();
        let value = &table.entries[0].value;
        let Form::Text(text) = &value.form else { panic!("{file}") };
        let start = text.find(needle).unwrap();
        place(file, value.at, text, start..start + needle.len()).of(file).to_owned()
    }

    #[test]
    fn a_place_in_the_value_is_found_in_the_file() {
        for (file, needle, expected) in [
            ("a = 'x == faild'", "faild", "faild"),
            ("a = \"x == faild\"", "faild", "faild"),
            ("a = \"\\\"q\\\" == faild\"", "faild", "faild"),
            ("a = \"\\u00e9\\t == faild\"", "faild", "faild"),
            ("a = '''\nx &&\n  faild'''", "faild", "faild"),
            ("a = \"\"\"\r\nx &&\r\n  faild\"\"\"", "faild", "faild"),
            ("a = \"\"\"x && \\\n   faild\"\"\"", "faild", "faild"),
            ("a = 'é faild'", "faild", "faild"),
            ("a = \"é \\\" faild\"", "\" faild", "\\\" faild"),
        ] {
            assert_eq!(under(file, needle), expected, "{file:?}");
        }
    }

    #[test]
    fn a_text_that_does_not_fit_gives_the_whole_string() {
        let at = Span::new(0, 3);
        assert_eq!(place("'a'", at, "entirely other", 0..3), at);
        assert_eq!(place("", at, "", 0..0), at);
    }
}
