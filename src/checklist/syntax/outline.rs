//! What one walk over a document finds, before anybody says what it means.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use super::boxes::Bracket;
use super::directives::{Beside, Fault};

/// The parts of a document, each list in document order.
#[derive(Debug, Default)]
pub(in crate::checklist) struct Outline {
    pub(in crate::checklist) headings: Vec<Heading>,
    pub(in crate::checklist) entries: Vec<Entry>,
    /// Paragraphs in no list, before the second heading and the first entry.
    pub(in crate::checklist) preamble: Vec<Run>,
    /// The same between the second heading and the third.
    pub(in crate::checklist) opening: Vec<Run>,
    /// The paragraphs that end the document behind its last rule.
    pub(in crate::checklist) closing: Vec<Run>,
    /// What stands in paragraphs right above lists and tables, below the heading or the list before.
    pub(in crate::checklist) leads: Vec<Lead>,
    /// What HTML says of a part of the document: the summary of what folds it, or a heading.
    pub(in crate::checklist) folds: Vec<Fold>,
    /// The names of footnotes, and what they say.
    pub(in crate::checklist) footnotes: Vec<(String, String)>,
    pub(in crate::checklist) codes: Vec<Code>,
    pub(in crate::checklist) rows: Vec<Row>,
    /// Comments with one of our keys that stand beside nothing.
    pub(in crate::checklist) strays: Vec<Beside>,
    /// Comments with one of our keys that cannot be understood, and whether each stands beside
    /// something.
    pub(in crate::checklist) faults: Vec<(Fault, bool)>,
    /// What looks like a box and is none.
    pub(in crate::checklist) oddities: Vec<Oddity>,
}

/// A run of inline Markdown as plain text.
#[derive(Debug, Default, Clone)]
pub(in crate::checklist) struct Run {
    /// Plain text, white space as in the source, our comments left out.
    pub(in crate::checklist) raw: String,
    /// Its first and last byte in the file.
    pub(in crate::checklist) span: Range<usize>,
    /// The parts of `raw` that are struck.
    pub(in crate::checklist) struck: Vec<Range<usize>>,
    /// How much of `raw` is a lead: bold, or code, from its very beginning.
    pub(in crate::checklist) lead: usize,
    /// The parts of `raw` that are code.
    pub(in crate::checklist) code: Vec<Range<usize>>,
    /// The parts of `raw` that are HTML.
    pub(in crate::checklist) html: Vec<Range<usize>>,
    /// Targets of links, with the offset of each.
    pub(in crate::checklist) links: Vec<(String, usize)>,
}

/// The paragraphs above a list.
#[derive(Debug, Default)]
pub(in crate::checklist) struct Lead {
    pub(in crate::checklist) text: String,
    /// The last of them, where it only names the list: it is bold as a whole, or short and ends in a
    /// colon.
    pub(in crate::checklist) label: Option<String>,
    /// The priority that the label, the beginning of the text or the summary around them says.
    pub(in crate::checklist) priority: Option<String>,
    /// What it says of each item below it; made of the above when the first is read.
    pub(in crate::checklist) below: OnceCell<Below>,
}

/// What a lead says of each item below it.
#[derive(Debug)]
pub(in crate::checklist) struct Below {
    /// What stands around the item.
    pub(in crate::checklist) around: Option<String>,
    /// What is said of it in its details; empty for most.
    pub(in crate::checklist) told: String,
}

/// What HTML says above a part of a document.
#[derive(Debug)]
pub(in crate::checklist) struct Fold {
    /// Where it is said, and where its part ends.
    pub(in crate::checklist) within: Range<usize>,
    /// The one that was open there.
    pub(in crate::checklist) outer: Option<usize>,
    pub(in crate::checklist) said: String,
}

/// A heading.
#[derive(Debug)]
pub(in crate::checklist) struct Heading {
    pub(in crate::checklist) level: u8,
    pub(in crate::checklist) start: usize,
    pub(in crate::checklist) run: Run,
}

impl Heading {
    /// A heading that stands above a part of a document.
    pub(in crate::checklist) fn above((level, title): &(u8, Arc<str>)) -> Heading {
        Heading { level: *level, start: 0, run: Run { raw: title.to_string(), ..Run::default() } }
    }
}

impl Outline {
    /// Nothing found yet; room for what most documents of so many bytes hold.
    pub(super) fn with_room(bytes: usize) -> Outline {
        let (headings, entries) = (Vec::with_capacity(bytes / 256), Vec::with_capacity(bytes / 64));
        Outline { headings, entries, ..Outline::default() }
    }

    /// The outline of a part of a document, put below the headings that stand above it.
    pub(in crate::checklist) fn below(mut self, above: Vec<Heading>) -> Outline {
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

impl Outline {
    /// What HTML says above `at`, the innermost first.
    pub(in crate::checklist) fn folded(&self, at: usize) -> impl Iterator<Item = &str> {
        let last = self.folds.partition_point(|fold| fold.within.start <= at).checked_sub(1);
        let outer = |fold: &usize| self.folds.get(*fold)?.outer;
        let around = std::iter::successors(last, outer).filter_map(|fold| self.folds.get(fold));
        around.filter(move |fold| fold.within.contains(&at)).map(|fold| fold.said.as_str())
    }
}

/// An entry of a list, at any depth.
#[derive(Debug)]
pub(in crate::checklist) struct Entry {
    /// Where its bullet stands.
    pub(in crate::checklist) start: usize,
    /// The entry around it.
    pub(in crate::checklist) parent: Option<usize>,
    /// How many lists are around its own.
    pub(in crate::checklist) depth: usize,
    /// Its number in an ordered list.
    pub(in crate::checklist) number: Option<u64>,
    /// The heading it stands under.
    pub(in crate::checklist) heading: Option<usize>,
    /// The brackets its text begins with: a box where [`Entry::boxed`].
    pub(in crate::checklist) bracket: Option<Bracket>,
    /// Its first paragraph, where that is its first block. Without the brackets where `boxed`.
    pub(in crate::checklist) body: Option<Run>,
    /// Its further paragraphs.
    pub(in crate::checklist) more: Vec<Run>,
    /// Whether the brackets are a box: white space and text follow.
    pub(in crate::checklist) boxed: bool,
    /// The comments beside it.
    pub(in crate::checklist) beside: Vec<Beside>,
    /// Which of the leads stands above its list.
    pub(in crate::checklist) lead: Option<usize>,
    /// The footnotes that it refers to.
    pub(in crate::checklist) notes: Vec<String>,
}

/// A code block.
#[derive(Debug)]
pub(in crate::checklist) struct Code {
    pub(in crate::checklist) language: String,
    pub(in crate::checklist) text: String,
    /// Where its first line of text begins.
    pub(in crate::checklist) start: usize,
    pub(in crate::checklist) heading: Option<usize>,
    pub(in crate::checklist) entry: Option<usize>,
}

/// A row of a table, its head included.
#[derive(Debug)]
pub(in crate::checklist) struct Row {
    /// Which table of the document.
    pub(in crate::checklist) table: usize,
    pub(in crate::checklist) start: usize,
    pub(in crate::checklist) heading: Option<usize>,
    pub(in crate::checklist) cells: Vec<Run>,
    pub(in crate::checklist) head: bool,
    pub(in crate::checklist) beside: Vec<Beside>,
    /// As of an entry.
    pub(in crate::checklist) lead: Option<usize>,
    /// As of an entry.
    pub(in crate::checklist) notes: Vec<String>,
}

/// Something that looks like a box and is none.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::checklist) struct Oddity {
    pub(in crate::checklist) at: usize,
    pub(in crate::checklist) kind: OddityKind,
}

/// Why it is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checklist) enum OddityKind {
    /// `- [] x`, `- [ x ] y`, `- [х] y`.
    Brackets,
    /// `- [x]no space`.
    Unspaced,
    /// `- [ ]* x`, by which Kiro marks what is optional.
    Starred,
    /// `- **[x]** y`, `- ~~[x] y~~`.
    Wrapped,
    /// `[ ] x` in a paragraph, or on a continuation line.
    Unlisted,
    /// `-[ ] x`.
    Bullet,
    /// `- ☐ x`.
    Drawn,
    /// `\[ ] x`.
    Escaped,
    /// What nobody sees stands before it.
    Hidden,
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
    /// A comment that is never closed, and boxes below it.
    Commented,
    /// Boxes so far indented below a paragraph that they are code.
    Indented,
    /// `<div>`, and `- [ ] x` on the next line.
    InHtml,
}
