//! Brackets that the walk meets: which is a box, and which only looks like one.

use super::super::boxes::{self, Bracket, bracket_at};
use super::super::outline::OddityKind;
use super::{Frame, Fresh, Sink, Walker};

impl Walker<'_> {
    /// The first inline content of a run, or of one of its lines, stands at `at`.
    pub(super) fn first_of_line(&mut self, at: usize) {
        let fresh = std::mem::replace(&mut self.fresh, Fresh::No);
        match (self.sink, fresh) {
            (Sink::Entry(entry), Fresh::Run) => self.first_of_entry(entry, at),
            (Sink::Entry(_) | Sink::Prose, _) => self.unlisted(at),
            (Sink::Heading(..), Fresh::Run) if self.is_box(at) => {
                self.odd(at, OddityKind::InHeading);
            }
            (Sink::Cell, Fresh::Run) if self.is_box(at) => self.odd(at, OddityKind::InTable),
            (Sink::Heading(..) | Sink::Cell | Sink::Closed, _) => {}
        }
    }

    fn is_box(&self, at: usize) -> bool {
        bracket_at(self.text, at)
            .is_some_and(|found| found.spaced && is_gfm(found.marker(self.text)))
    }

    /// A table is the first block of an entry: a box before it is none, by the specification.
    pub(super) fn box_before_table(&mut self, table: usize) {
        let Some(Frame::Item { entry, begun: false }) = self.frames.last() else { return };
        let Some(start) = self.out.entries.get(*entry).map(|entry| entry.start) else { return };
        let lead = self.text.get(start..table).unwrap_or_default();
        if let Some(open) = lead.rfind('[')
            && self.is_box(start + open)
        {
            self.odd(start + open, OddityKind::BeforeTable);
        }
    }

    fn unlisted(&mut self, at: usize) {
        if self.is_box(at) {
            self.odd(at, OddityKind::Unlisted);
        } else if matches!(self.text.as_bytes().get(at), Some(b'-' | b'+' | b'*'))
            && self.is_box(at + 1)
        {
            self.odd(at, OddityKind::Bullet);
        }
    }

    /// The first inline content of an entry: settles whether the entry has a box.
    fn first_of_entry(&mut self, entry: usize, at: usize) {
        self.bare = None;
        let text = self.text;
        let Some(found) = self.out.entries.get_mut(entry) else { return };
        if let Some(bracket) = found.bracket {
            // The parser has seen a box; its text may stand on the next line, but not further.
            found.boxed = boxes::continues(text, bracket.end, at);
            return;
        }
        let Some(bracket) = bracket_at(text, at) else {
            self.lookalike(at);
            return;
        };
        found.bracket = Some(bracket);
        let marker = bracket.marker(text);
        if bracket.spaced && self.markers.claim(marker).is_some() {
            found.boxed = true;
            self.collector.skip_to(bracket.end);
        } else if !self.markers.is_switched_off(marker) && boxes::looks_like_a_state(marker) {
            self.strange_bracket(bracket);
        }
    }

    fn strange_bracket(&mut self, bracket: Bracket) {
        let next = self.text.as_bytes().get(bracket.end);
        let linked = matches!(next, Some(b'(' | b'[' | b':'));
        match bracket.spaced {
            true if !ends_line(self.text, bracket.end) => {
                self.odd(bracket.start, OddityKind::Brackets);
            }
            false if !linked => self.odd(bracket.start, OddityKind::Unspaced),
            true | false => {}
        }
    }

    /// What begins an entry's text and is drawn like a box.
    fn lookalike(&mut self, at: usize) {
        let rest = self.text.get(at..).unwrap_or_default();
        let inner = rest.trim_start_matches(['*', '_', '~']);
        let wrapped = rest.len() - inner.len();
        if (1..=3).contains(&wrapped)
            && bracket_at(self.text, at + wrapped)
                .is_some_and(|found| is_gfm(found.marker(self.text)))
        {
            self.odd(at, OddityKind::Wrapped);
        } else if rest.starts_with(['☐', '☑', '☒', '🗹', '🗷']) {
            self.odd(at, OddityKind::Drawn);
        }
    }
}

/// Whether `marker` is one of GFM's own.
fn is_gfm(marker: &str) -> bool {
    matches!(marker, " " | "\t" | "x" | "X")
}

/// Whether nothing but white space stands between `at` and the end of its line.
fn ends_line(text: &str, at: usize) -> bool {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    rest.iter()
        .find(|byte| !matches!(byte, b' ' | b'\t'))
        .is_none_or(|byte| matches!(byte, b'\r' | b'\n'))
}
