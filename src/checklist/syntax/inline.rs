//! Inline Markdown as plain text, with what the text alone no longer tells.

use std::borrow::Cow;
use std::ops::Range;

use crate::checklist::text::glance::Glance;

use super::outline::Run;

/// Collects one run of inline Markdown; kept and emptied between runs.
#[derive(Debug, Default)]
pub(super) struct Collector {
    run: Run,
    begun: bool,
    strikes: usize,
    struck_from: usize,
    leads: usize,
    /// Text before this offset belongs to the box.
    after: usize,
}

impl Collector {
    pub(super) fn is_empty(&self) -> bool {
        !self.begun
    }

    /// Leaves out what stands before `offset`.
    pub(super) fn skip_to(&mut self, offset: usize) {
        self.after = offset;
    }

    fn reach(&mut self, range: &Range<usize>) {
        if !self.begun {
            self.begun = true;
            self.run.span = range.clone();
        }
        self.run.span.end = self.run.span.end.max(range.end);
    }

    /// Plain characters, which stand at `range` of `document`.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>, document: &str) {
        let (text, range) = if range.start >= self.after {
            (text, range)
        } else if range.end > self.after {
            let rest = document.get(self.after..range.end).unwrap_or_default();
            (rest, self.after..range.end)
        } else {
            return;
        };
        self.reach(&range);
        // The space between a box and its text belongs to neither.
        let text = if self.run.raw.is_empty() { text.trim_start_matches(' ') } else { text };
        self.run.raw.push_str(text);
    }

    /// A code span.
    pub(super) fn code(&mut self, text: &str, range: Range<usize>) {
        self.reach(&range);
        let start = self.run.raw.len();
        let leads = self.run.raw.is_empty();
        self.run.raw.push_str(text);
        self.run.code.push(start..self.run.raw.len());
        if leads {
            self.run.lead = self.run.raw.len();
        }
    }

    /// Raw HTML, kept as text.
    pub(super) fn html(&mut self, text: &str, range: Range<usize>) {
        self.reach(&range);
        let start = self.run.raw.len();
        self.run.raw.push_str(text);
        self.run.html.push(start..self.run.raw.len());
    }

    /// Something that is there, but is no text: one of our comments.
    pub(super) fn silent(&mut self, range: Range<usize>) {
        self.reach(&range);
    }

    /// A line break.
    pub(super) fn line_break(&mut self) {
        if !self.run.raw.is_empty() {
            self.run.raw.push('\n');
        }
    }

    pub(super) fn open_strong(&mut self, range: Range<usize>) {
        self.reach(&range);
        if self.run.raw.is_empty() && self.leads == 0 {
            self.leads = 1;
        } else if self.leads > 0 {
            self.leads += 1;
        }
    }

    pub(super) fn close_strong(&mut self) {
        if self.leads == 1 {
            self.run.lead = self.run.raw.len();
        }
        self.leads = self.leads.saturating_sub(1);
    }

    pub(super) fn open_strike(&mut self, range: Range<usize>) {
        self.reach(&range);
        if self.strikes == 0 {
            self.struck_from = self.run.raw.len();
        }
        self.strikes += 1;
    }

    pub(super) fn close_strike(&mut self) {
        if self.strikes == 0 {
            return;
        }
        self.strikes -= 1;
        if self.strikes == 0 {
            self.run.struck.push(self.struck_from..self.run.raw.len());
        }
    }

    pub(super) fn link(&mut self, to: &str, range: Range<usize>) {
        let start = range.start;
        if range.end <= self.after {
            // `[x]` is a box also where the document defines a link of that name.
            return;
        }
        self.reach(&range);
        self.run.links.push((to.to_owned(), start));
    }

    /// Any other inline element opens.
    pub(super) fn open(&mut self, range: Range<usize>) {
        self.reach(&range);
    }

    /// The run, and an empty collector again.
    pub(super) fn take(&mut self) -> Run {
        self.begun = false;
        self.strikes = 0;
        self.leads = 0;
        self.after = 0;
        let run = Run {
            raw: self.run.raw.clone(),
            span: self.run.span.clone(),
            struck: std::mem::take(&mut self.run.struck),
            lead: std::mem::take(&mut self.run.lead),
            code: std::mem::take(&mut self.run.code),
            html: std::mem::take(&mut self.run.html),
            links: std::mem::take(&mut self.run.links),
        };
        self.run.raw.clear();
        run
    }
}

/// White space collapsed to single spaces, none at the ends.
pub(super) fn collapsed(raw: &str) -> Cow<'_, str> {
    if Glance::at(raw).is_tidy(raw) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    for word in raw.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses() {
        assert_eq!(collapsed(" a\n b\u{a0}c  "), "a b c");
        assert!(matches!(collapsed("a b"), Cow::Borrowed("a b")));
        assert_eq!(collapsed("a "), "a");
        assert_eq!(collapsed(" "), "");
        assert_eq!(collapsed(""), "");
    }
}
