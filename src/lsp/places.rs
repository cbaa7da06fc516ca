//! Between bytes of a text and the protocol's places: lines from 0, columns in UTF-16.

use gen_lsp_types::{Position, Range};

use crate::model::{LineIndex, Span};

/// A text with its lines counted twice: as the protocol counts them (a lone CR ends one, too), and
/// as trueup does.
pub(super) struct Places<'t> {
    text: &'t str,
    starts: Vec<usize>,
    lines: LineIndex,
}

impl<'t> Places<'t> {
    pub(super) fn of(text: &'t str) -> Places<'t> {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Places { text, starts, lines: LineIndex::new(text) }
    }

    /// The place of a byte; of one within a letter that letter's, beyond the end the end.
    pub(super) fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        let column = before.encode_utf16().count();
        Position { line: count(line), character: count(column) }
    }

    /// The byte at a place; beyond the end of a line that end, as the protocol asks.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(&start) = self.starts.get(line) else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let text = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let mut left = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut offset = start;
        for letter in text.chars() {
            if left < letter.len_utf16() {
                break;
            }
            left -= letter.len_utf16();
            offset += letter.len_utf8();
        }
        offset
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end.max(span.start)) }
    }

    /// What is written in 1-based `line`, as trueup counts lines, without blanks around it.
    pub(super) fn line(&self, line: usize) -> Span {
        let whole = self.lines.text_of(line, self.text);
        let start = self.lines.start_of(line).min(self.text.len());
        let blank = whole.len() - whole.trim_start().len();
        Span::new(start + blank, start + whole.trim_end().len().max(blank))
    }

    /// Where `sought` stands in `within`, the first time.
    pub(super) fn find(&self, within: Span, sought: &str) -> Option<Span> {
        let at = within.of(self.text).find(sought).filter(|_| !sought.is_empty())?;
        Some(Span::new(within.start + at, within.start + at + sought.len()))
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_count_what_editors_count() {
        let text = "é😀x\r\n- [ ] b\rc";
        let places = Places::of(text);
        assert_eq!(places.position("é😀".len()), at(0, 3), "two bytes are one, four are two");
        assert_eq!(places.position("é😀x\r\n".len()), at(1, 0));
        assert_eq!(places.position(text.len()), at(2, 1), "a lone CR ends a line");
        assert_eq!(places.offset(at(0, 3)), "é😀".len());
        assert_eq!(places.offset(at(0, 2)), "é".len(), "within a letter: before it");
        assert_eq!(places.offset(at(0, 99)), "é😀x".len(), "a line's end");
        assert_eq!(places.offset(at(9, 0)), text.len());
        assert_eq!(places.line(2).of(text), "- [ ] b\rc", "trueup's second line");
        assert_eq!(places.line(99).of(text), "- [ ] b\rc", "the last one");
        assert_eq!(places.find(places.line(2), "b").unwrap().of(text), "b");
    }

    proptest! {
        #[test]
        fn a_place_leads_back_to_its_byte(text in "[a\u{e9}\u{1f600}\r\n]{0,40}", at in 0..60usize) {
            let places = Places::of(&text);
            let mut offset = at.min(text.len());
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            let back = places.offset(places.position(offset));
            // Between CR and LF is no place of a line: its end is.
            let between = text.get(..offset).unwrap().ends_with('\r')
                && text.get(offset..).unwrap().starts_with('\n');
            prop_assert_eq!(back, if between { offset - 1 } else { offset });
        }
    }
}
