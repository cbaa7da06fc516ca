//! Brackets that the walk meets: which is a box, and which only looks like one.

use crate::checklist::syntax::boxes::{self, Bracket, bracket_at};
use crate::checklist::syntax::outline::OddityKind;

use super::{Frame, Fresh, Sink, Walker};

impl Walker<'_> {
    /// The first inline content of a run, or of one of its lines, stands at `at`.
    pub(super) fn first_of_line(&mut self, at: usize) {
        let fresh = std::mem::replace(&mut self.fresh, Fresh::No);
        match (self.sink, fresh) {
            (Sink::Entry(entry), Fresh::Run) => self.first_of_entry(entry, at),
            (Sink::Entry(_) | Sink::Prose, _) => self.unlisted(at),
            (Sink::Heading(_, start), Fresh::Run) if self.is_box(at) => {
                let listed = matches!(self.frames.last(), Some(Frame::Item { .. }));
                let underlined = self.text.as_bytes().get(start) != Some(&b'#');
                self.odd(
                    at,
                    match listed && underlined {
                        true => OddityKind::Setext,
                        false => OddityKind::InHeading,
                    },
                );
            }
            (Sink::Cell, Fresh::Run) if self.is_box(at) && !self.is_told(at) => {
                self.odd(at, OddityKind::InTable);
            }
            (Sink::Heading(..) | Sink::Cell | Sink::Closed, _) => {}
        }
    }

    fn is_box(&self, at: usize) -> bool {
        bracket_at(self.text, at)
            .is_some_and(|found| found.spaced && is_gfm(found.marker(self.text)))
    }

    /// A table is the first block of an entry: a box before it is none, by the specification.
    pub(super) fn box_before_table(&mut self, table: usize) {
        let first = matches!(self.frames.last(), Some(Frame::Item { begun: false, .. }));
        if first && self.is_box(table) {
            self.odd(table, OddityKind::BeforeTable);
        }
    }

    /// Whether something odd is known of `at`.
    fn is_told(&self, at: usize) -> bool {
        self.out.oddities.last().is_some_and(|oddity| oddity.at == at)
    }

    fn unlisted(&mut self, at: usize) {
        if self.is_box(at) {
            self.odd(at, OddityKind::Unlisted);
        } else if matches!(self.text.as_bytes().get(at), Some(b'-' | b'+' | b'*'))
            && self.is_box(at + 1)
        {
            self.odd(at, OddityKind::Bullet);
        } else if self.text.get(at..).and_then(past_other_bullet).is_some_and(begins_with_box) {
            self.odd(at, OddityKind::Unlisted);
        }
    }

    /// The first inline content of an entry: settles whether the entry has a box.
    fn first_of_entry(&mut self, entry: usize, at: usize) {
        let text = self.text;
        let Some(found) = self.out.entries.get_mut(entry) else { return };
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
            false if is_starred(self.text, bracket.end) => {
                self.odd(bracket.start, OddityKind::Starred);
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
        } else if escaped(self.text, at).is_some_and(begins_with_box) {
            self.odd(at, OddityKind::Escaped);
        } else if rest.starts_with(HIDDEN) && begins_with_box(rest.trim_start_matches(HIDDEN)) {
            self.odd(at, OddityKind::Hidden);
        }
    }
}

/// What has no width.
const HIDDEN: [char; 5] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

/// What follows a bullet of a word processor, or a letter: `– [ ] x`, `• [ ] x`, `a. [ ] x`.
fn past_other_bullet(line: &str) -> Option<&str> {
    const BULLETS: [char; 14] =
        ['-', '*', '+', '–', '—', '‐', '‑', '•', '‣', '▪', '◦', '·', '●', '○'];
    let drawn = line.strip_prefix(BULLETS);
    let lettered = || {
        let rest = line.strip_prefix('(').unwrap_or(line);
        rest.strip_prefix(|c: char| c.is_ascii_alphabetic())?.strip_prefix(['.', ')'])
    };
    let rest = drawn.or_else(lettered)?;
    let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || HIDDEN.contains(&c));
    (bare.len() < rest.len()).then_some(bare)
}

/// The box at `at`, or right behind it, without the `\` before it and the one before its end.
fn escaped(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    let opened = text.get(..at).is_some_and(|lead| lead.ends_with('\\'));
    rest.strip_prefix('\\').or_else(|| opened.then_some(rest))
}

/// Whether `text` begins with a box and a space.
fn begins_with_box(text: &str) -> bool {
    ["[ ]", "[x]", "[X]", "[ \\]", "[x\\]"]
        .iter()
        .any(|of| text.strip_prefix(of).is_some_and(|rest| rest.starts_with([' ', '\t'])))
}

/// Whether a `*` and a space follow the bracket that ends at `end`.
fn is_starred(text: &str, end: usize) -> bool {
    text.get(end..)
        .and_then(|rest| rest.strip_prefix('*'))
        .is_some_and(|rest| rest.starts_with(' '))
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
