//! A text as prose: what stands in code or in quotes is named, and not said of the item. It is put
//! out of sight in place, so that offsets hold.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

use super::glance::Glance;

/// `text` with the letters of what is in `ranges` put out of sight.
pub(in crate::checklist) fn without(text: &str, ranges: &[Range<usize>]) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        seen.push_str(text.get(at..range.start).unwrap_or_default());
        for c in text.get(range.clone()).unwrap_or_default().chars() {
            match c {
                _ if c.is_whitespace() => seen.push(c),
                '!'..='~' => seen.push('x'),
                _ => seen.extend(std::iter::repeat_n('x', c.len_utf8())),
            }
        }
        at = range.end;
    }
    seen.push_str(text.get(at..).unwrap_or_default());
    seen
}

/// `text` with what stands in quotes put out of sight.
pub(in crate::checklist) fn without_quotes(text: &str, glance: Glance) -> Cow<'_, str> {
    const QUOTES: [(char, char); 5] =
        [('"', '"'), ('“', '”'), ('«', '»'), ('‘', '’'), ('\'', '\'')];
    let plain = || memchr2(b'"', b'\'', text.as_bytes()).is_none();
    if plain() && !(glance.foreign() && text.contains(QUOTES.map(|(open, _)| open))) {
        return Cow::Borrowed(text);
    }
    let mut ranges = Vec::new();
    let mut open: Option<(char, usize)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = || text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        match open {
            // An apostrophe within a word ends nothing.
            Some((close, from)) if c == close => {
                if c != '\'' && c != '’' || after().is_none_or(|next| !next.is_alphanumeric()) {
                    ranges.push(from..at);
                    open = None;
                }
            }
            None if !before.is_alphanumeric() => {
                let quote = QUOTES.iter().find(|(opens, _)| *opens == c);
                open = quote.map(|(_, close)| (*close, at + c.len_utf8()));
            }
            Some(_) | None => {}
        }
        before = c;
    }
    Cow::Owned(without(text, &ranges))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_out_of_sight() {
        for (text, seen) in [
            ("The \"pending\" badge", "The \"xxxxxxx\" badge"),
            ("The “é” badge", "The “xx” badge"),
            ("Don't show 'a b' of Ana's", "Don't show 'x x' of Ana's"),
            ("5\" wide, TODO", "5\" wide, TODO"),
            ("Open \"and TODO", "Open \"and TODO"),
        ] {
            let unquoted = without_quotes(text, Glance::at(text));
            assert_eq!((&*unquoted, unquoted.len()), (seen, text.len()));
        }
    }
}
