//! What one walk over a document finds, before anybody says what it means.

use std::ops::Range;

use super::boxes::Bracket;
use super::directives::{Beside, Fault};

/// The parts of a document, each list in document order.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) headings: Vec<Heading>,
    pub(super) entries: Vec<Entry>,
    /// Paragraphs in no list, before the second heading and the first entry.
    pub(super) preamble: Vec<Run>,
    pub(super) codes: Vec<Code>,
    pub(super) rows: Vec<Row>,
    /// Comments with one of our keys that stand beside nothing.
    pub(super) strays: Vec<Beside>,
    /// Comments with one of our keys that cannot be understood, and whether each stands beside
    /// something.
    pub(super) faults: Vec<(Fault, bool)>,
    /// What looks like a box and is none.
    pub(super) oddities: Vec<Oddity>,
}

/// A run of inline Markdown as plain text.
#[derive(Debug, Default, Clone)]
pub(super) struct Run {
    /// Plain text, white space as in the source, our comments left out.
    pub(super) raw: String,
    /// Its first and last byte in the file.
    pub(super) span: Range<usize>,
    /// The parts of `raw` that are struck.
    pub(super) struck: Vec<Range<usize>>,
    /// How much of `raw` is a lead: bold, or code, from its very beginning.
    pub(super) lead: usize,
    /// The parts of `raw` that are code.
    pub(super) code: Vec<Range<usize>>,
    /// The parts of `raw` that are HTML.
    pub(super) html: Vec<Range<usize>>,
    /// Targets of links, with the offset of each.
    pub(super) links: Vec<(String, usize)>,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) start: usize,
    pub(super) run: Run,
}

impl Heading {
    /// A heading that stands above a part of a document.
    pub(super) fn above(&(level, ref title): &(u8, String)) -> Heading {
        Heading { level, start: 0, run: Run { raw: title.clone(), ..Run::default() } }
    }
}

impl Outline {
    /// The outline of a part of a document, put below the headings that stand above it.
    pub(super) fn below(mut self, above: Vec<Heading>) -> Outline {
        let by = above.len();
        if by > 0 {
            let last = Some(by - 1);
            let shift =
                |heading: &mut Option<usize>| *heading = heading.map_or(last, |at| Some(at + by));
            self.entries.iter_mut().for_each(|entry| shift(&mut entry.heading));
            self.rows.iter_mut().for_each(|row| shift(&mut row.heading));
            self.codes.iter_mut().for_each(|code| shift(&mut code.heading));
            self.headings.splice(0..0, above);
        }
        self
    }
}

/// An entry of a list, at any depth.
#[derive(Debug)]
pub(super) struct Entry {
    /// Where its bullet stands.
    pub(super) start: usize,
    /// The entry around it.
    pub(super) parent: Option<usize>,
    /// How many lists are around its own.
    pub(super) depth: usize,
    /// Its number in an ordered list.
    pub(super) number: Option<u64>,
    /// The heading it stands under.
    pub(super) heading: Option<usize>,
    /// The brackets its text begins with: a box where [`Entry::boxed`].
    pub(super) bracket: Option<Bracket>,
    /// Its first paragraph, where that is its first block. Without the brackets where `boxed`.
    pub(super) body: Option<Run>,
    /// Whether the brackets are a box: white space and text follow.
    pub(super) boxed: bool,
    /// The comments beside it.
    pub(super) beside: Vec<Beside>,
}

/// A code block.
#[derive(Debug)]
pub(super) struct Code {
    pub(super) language: String,
    pub(super) text: String,
    /// Where its first line of text begins.
    pub(super) start: usize,
    pub(super) heading: Option<usize>,
    pub(super) entry: Option<usize>,
}

/// A row of a table, its head included.
#[derive(Debug)]
pub(super) struct Row {
    /// Which table of the document.
    pub(super) table: usize,
    pub(super) start: usize,
    pub(super) heading: Option<usize>,
    pub(super) cells: Vec<Run>,
    pub(super) head: bool,
    pub(super) beside: Vec<Beside>,
}

/// Something that looks like a box and is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Oddity {
    pub(super) at: usize,
    pub(super) kind: OddityKind,
}

/// Why it is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OddityKind {
    /// `- [] x`, `- [ x ] y`, `- [х] y`.
    Brackets,
    /// `- [x]no space`.
    Unspaced,
    /// `- **[x]** y`, `- ~~[x] y~~`.
    Wrapped,
    /// `[ ] x` in a paragraph, or on a continuation line.
    Unlisted,
    /// `-[ ] x`.
    Bullet,
    /// `- ☐ x`.
    Drawn,
    /// `- [x] x`, and below it a lone `-` that makes a heading of it.
    Setext,
    /// `# [ ] x`.
    InHeading,
    /// `- [x] | a | b |`.
    BeforeTable,
    /// `<input type="checkbox">`.
    Html,
    /// `| [ ] |`.
    InTable,
    /// A fence that is never closed, and boxes below it.
    Unclosed,
}
