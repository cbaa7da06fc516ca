//! The one walk over a document's Markdown events.
//!
//! The parser's own task lists stay off: it ends a paragraph at a box that ends its line. To it a
//! box is text, and the words of the GFM specification decide here: a box begins the paragraph
//! that is an entry's first block (no table, no setext heading), and white space and text follow.

mod around;
mod braces;
mod brackets;
mod folds;
mod html;
mod swallowed;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::directives;
use super::inline::Collector;
use super::markers::Markers;
use super::outline::{Code, Entry, Heading, Oddity, OddityKind, Outline, Row, Run};
use around::Around;
use html::Html;

/// What is enabled: GFM without its task lists; neither metadata blocks (they eat `---` pairs) nor
/// typography.
pub(in crate::checklist) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Walks over `text` from `base` on.
pub(in crate::checklist) fn walk(text: &str, base: usize, markers: &Markers) -> Outline {
    let mut walker = Walker::new(text, markers);
    let body = text.get(base..).unwrap_or_default();
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        walker.event(event, range.start + base..range.end + base);
    }
    walker.out
}

/// A container that is open.
#[derive(Debug)]
enum Frame {
    List { next: Option<u64> },
    Item { entry: usize, begun: bool },
    Other,
}

/// Where inline content goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sink {
    Closed,
    Entry(usize),
    Heading(u8, usize),
    Cell,
    Prose,
}

/// Whether the next inline content is the first of its run, or of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fresh {
    No,
    Run,
    Line,
}

struct Walker<'t> {
    text: &'t str,
    markers: &'t Markers,
    out: Outline,
    frames: Vec<Frame>,
    lists: usize,
    tables: usize,
    /// Where the last cell of a row ends, and where the row does.
    cells_end: usize,
    row_end: usize,
    sink: Sink,
    collector: Collector,
    html: Option<Html>,
    in_code: bool,
    /// The last entry, where nothing has begun since its end.
    closed: Option<usize>,
    /// Whether nothing but paragraphs has stood since the last rule.
    ruled: bool,
    fresh: Fresh,
    /// The braces at the end of the heading that is open, where they hold words.
    braces: Option<Range<usize>>,
    around: Around,
}

impl<'t> Walker<'t> {
    fn new(text: &'t str, markers: &'t Markers) -> Walker<'t> {
        Walker {
            text,
            markers,
            out: Outline::with_room(text.len()),
            frames: Vec::new(),
            lists: 0,
            tables: 0,
            cells_end: 0,
            row_end: 0,
            sink: Sink::Closed,
            collector: Collector::default(),
            html: None,
            in_code: false,
            closed: None,
            ruled: false,
            fresh: Fresh::No,
            braces: None,
            around: Around::default(),
        }
    }

    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => self.code_text(&text, range.start),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                self.inline(&range);
                self.collector.code(&text, range);
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::Html(html) => self.html_line(&html, range.start),
            Event::SoftBreak | Event::HardBreak => {
                self.collector.line_break();
                self.fresh = Fresh::Line;
            }
            Event::Rule => {
                self.block();
                self.ruled = true;
            }
            Event::FootnoteReference(name) => {
                self.inline(&range);
                self.collector.open(range);
                self.refer(&name);
            }
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'t>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.open_paragraph(),
            Tag::Heading { level, attrs, .. } => {
                self.open_heading(level as u8, range.start);
                let worded = attrs.iter().any(|(_, value)| value.is_none());
                self.braces = if worded { braces::last(self.text, range) } else { None };
            }
            Tag::List(first) => {
                self.block();
                self.around.list();
                self.lists += 1;
                self.frames.push(Frame::List { next: first });
            }
            Tag::Item => self.open_item(range.start),
            Tag::CodeBlock(kind) => self.open_code(&kind, range),
            Tag::HtmlBlock => {
                let above = self.closed;
                self.block();
                self.html = Some(Html { above, ..Html::default() });
            }
            Tag::Table(_) => {
                self.box_before_table(range.start);
                self.block();
                self.around.list();
                self.tables += 1;
            }
            Tag::TableHead | Tag::TableRow => {
                self.open_row(range.start, matches!(tag, Tag::TableHead));
                (self.cells_end, self.row_end) = (range.start, range.end);
            }
            Tag::TableCell => {
                self.sink = Sink::Cell;
                self.fresh = Fresh::Run;
                self.cells_end = range.end;
            }
            Tag::Strong => {
                self.inline(&range);
                self.collector.open_strong(range);
            }
            Tag::Strikethrough => {
                self.inline(&range);
                self.collector.open_strike(range);
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.inline(&range);
                self.collector.link(&dest_url, range);
            }
            Tag::Emphasis | Tag::Superscript | Tag::Subscript => {
                self.inline(&range);
                self.collector.open(range);
            }
            Tag::FootnoteDefinition(name) => {
                self.block();
                self.around.open_footnote(&name);
                self.frames.push(Frame::Other);
            }
            Tag::BlockQuote(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {
                self.block();
                self.frames.push(Frame::Other);
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.close_run(),
            TagEnd::Heading(_) => {
                self.braces_are_words();
                self.close_run();
            }
            TagEnd::Strong => self.collector.close_strong(),
            TagEnd::Strikethrough => self.collector.close_strike(),
            TagEnd::Item => {
                self.close_run();
                self.frames.pop();
                self.closed = self.out.entries.len().checked_sub(1);
            }
            TagEnd::List(_) => {
                self.frames.pop();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::HtmlBlock => self.close_html(),
            TagEnd::TableCell => {
                let run = self.collector.take();
                self.half_a_comment(&run);
                if let Some(row) = self.out.rows.last_mut() {
                    row.cells.push(run);
                }
                self.sink = Sink::Closed;
            }
            TagEnd::Table => {}
            TagEnd::TableHead | TagEnd::TableRow => {
                self.sink = Sink::Closed;
                self.comments_behind(self.cells_end..self.row_end);
            }
            TagEnd::Link
            | TagEnd::Image
            | TagEnd::Emphasis
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            TagEnd::FootnoteDefinition => {
                self.close_run();
                self.around.close_footnote();
                self.frames.pop();
            }
            TagEnd::BlockQuote(_)
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {
                self.close_run();
                self.frames.pop();
            }
        }
    }

    fn odd(&mut self, at: usize, kind: OddityKind) {
        self.out.oddities.push(Oddity { at, kind });
    }

    fn heading(&self) -> Option<usize> {
        self.out.headings.len().checked_sub(1)
    }

    /// The innermost entry that is open.
    fn open_entry(&self) -> Option<usize> {
        self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Item { entry, .. } => Some(*entry),
            Frame::List { .. } | Frame::Other => None,
        })
    }

    fn open_item(&mut self, start: usize) {
        self.closed = None;
        let parent = self.open_entry();
        let number = match self.frames.last_mut() {
            Some(Frame::List { next: Some(next) }) => {
                let number = *next;
                *next = next.saturating_add(1);
                Some(number)
            }
            _ => None,
        };
        let entry = self.out.entries.len();
        self.out.entries.push(Entry {
            start,
            parent,
            depth: self.lists.saturating_sub(1),
            number,
            heading: self.heading(),
            bracket: None,
            body: None,
            more: Vec::new(),
            boxed: false,
            beside: Vec::new(),
            lead: self.around.lead(),
            notes: Vec::new(),
        });
        self.frames.push(Frame::Item { entry, begun: false });
    }

    /// A block that is no paragraph begins: what stood open ends.
    fn block(&mut self) {
        self.close_run();
        self.closed = None;
        self.ruled = false;
        self.out.closing.clear();
        if let Some(Frame::Item { begun, .. }) = self.frames.last_mut() {
            *begun = true;
        }
    }

    fn open_paragraph(&mut self) {
        self.close_run();
        self.closed = None;
        self.fresh = Fresh::Run;
        if let Some(Frame::Item { entry, begun }) = self.frames.last_mut()
            && !*begun
        {
            *begun = true;
            self.sink = Sink::Entry(*entry);
            return;
        }
        self.sink = Sink::Prose;
    }

    fn open_heading(&mut self, level: u8, start: usize) {
        self.block();
        self.around.heading();
        self.around.parts.heading(start, &mut self.out.folds);
        self.sink = Sink::Heading(level, start);
        self.fresh = Fresh::Run;
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'t>, range: Range<usize>) {
        self.block();
        let start = range.start;
        if *kind == CodeBlockKind::Indented {
            if self.text.get(range).is_some_and(swallowed::by_indentation) {
                self.odd(start, OddityKind::Indented);
            }
        } else if self.is_open_to_the_end(range) {
            self.odd(start, OddityKind::Unclosed);
        }
        self.in_code = true;
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.to_string(),
            CodeBlockKind::Indented => String::new(),
        };
        let (heading, entry) = (self.heading(), self.open_entry());
        self.out.codes.push(Code { language, text: String::new(), start, heading, entry });
    }

    fn is_open_to_the_end(&self, range: Range<usize>) -> bool {
        range.end >= self.text.trim_end().len()
            && self.text.get(range).is_some_and(swallowed::by_a_fence)
    }

    fn code_text(&mut self, text: &str, at: usize) {
        if let Some(code) = self.out.codes.last_mut() {
            if code.text.is_empty() {
                code.start = at;
            }
            code.text.push_str(text);
        }
    }

    fn open_row(&mut self, start: usize, head: bool) {
        self.close_run();
        let (table, heading) = (self.tables, self.heading());
        self.out.rows.push(Row {
            table,
            start,
            heading,
            cells: Vec::new(),
            head,
            beside: Vec::new(),
            lead: self.around.lead(),
            notes: Vec::new(),
        });
    }

    /// Inline content arrives: it has a place to go to.
    fn inline(&mut self, range: &Range<usize>) {
        if self.sink == Sink::Closed {
            self.fresh = Fresh::Run;
            self.sink = match self.frames.last_mut() {
                Some(Frame::Item { entry, begun }) if !*begun => {
                    *begun = true;
                    Sink::Entry(*entry)
                }
                _ => Sink::Prose,
            };
        }
        if self.fresh != Fresh::No {
            self.first_of_line(range.start);
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.inline(&range);
        self.collector.text(text, range, self.text);
    }

    /// A paragraph, heading or tight text ends.
    fn close_run(&mut self) {
        let sink = std::mem::replace(&mut self.sink, Sink::Closed);
        if self.collector.is_empty() && !matches!(sink, Sink::Heading(..)) {
            if let Sink::Entry(entry) = sink
                && let Some(found) = self.out.entries.get_mut(entry)
            {
                // A box, and nothing after it.
                found.boxed = false;
            }
            self.collector.take();
            return;
        }
        match sink {
            Sink::Closed | Sink::Cell => {
                self.collector.take();
            }
            Sink::Entry(entry) => self.close_entry_text(entry),
            Sink::Heading(level, start) => {
                let run = self.collector.take();
                self.out.headings.push(Heading { level, start, run });
            }
            Sink::Prose => {
                let run = self.collector.take();
                self.close_prose(run);
            }
        }
    }

    fn close_prose(&mut self, run: Run) {
        let within = self.open_entry().filter(|_| !self.ruled);
        let out = &mut self.out;
        self.around.prose(&run, within.is_some(), out);
        if let Some(entry) = within.and_then(|entry| out.entries.get_mut(entry)) {
            entry.more.push(run);
            return;
        }
        match out.headings.len() {
            0 | 1 if out.entries.is_empty() => out.preamble.push(run),
            2 if out.entries.is_empty() => out.opening.push(run),
            _ if self.ruled => out.closing.push(run),
            _ => {}
        }
    }

    fn close_entry_text(&mut self, entry: usize) {
        let run: Run = self.collector.take();
        if run.raw.contains('<')
            && let Some(fault) = directives::unterminated_in(&run.raw, run.span.start)
        {
            self.out.faults.push((fault, true));
        }
        if let Some(found) = self.out.entries.get_mut(entry) {
            found.body = Some(run);
        }
    }
}

/// Whether the line above the one that holds `at` is blank, or there is none.
fn after_blank_line(text: &str, at: usize) -> bool {
    let lead = text.get(..at).unwrap_or_default();
    let quoted = |c: char| matches!(c, ' ' | '\t' | '>' | '\r');
    match lead.trim_end_matches(quoted).strip_suffix('\n') {
        Some(above) => above.trim_end_matches(quoted).ends_with('\n'),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The boxes of a document: line, marker, and the text that stands beside each.
    fn boxes(text: &str) -> Vec<(usize, String, String)> {
        let outline = walk(text, 0, &Markers::default());
        let boxed = outline.entries.iter().filter(|entry| entry.boxed);
        boxed
            .filter_map(|entry| {
                let (bracket, run) = (entry.bracket?, entry.body.as_ref()?);
                let line = text[..bracket.start].matches('\n').count() + 1;
                Some((line, bracket.marker(text).to_owned(), run.raw.trim().to_owned()))
            })
            .collect()
    }

    fn one(line: usize, marker: &str, text: &str) -> (usize, String, String) {
        (line, marker.to_owned(), text.to_owned())
    }

    #[test]
    fn the_text_of_a_box_may_stand_on_the_next_line_however_deep() {
        assert_eq!(boxes("- [ ]\n      deep"), [one(1, " ", "deep")]);
        assert_eq!(boxes("- [x] \n  7) no list"), [one(1, "x", "7) no list")]);
        assert_eq!(boxes("-\n  [ ] below"), [one(2, " ", "below")]);
        assert_eq!(boxes("- [ ]\n\n  apart"), []);
        assert_eq!(boxes("- [ ]\n- [ ] \t\n"), []);
    }

    #[test]
    fn a_box_is_one_also_where_a_link_has_its_name() {
        assert_eq!(
            boxes("- [x] a\n- [x](u) b\n- [x][y] c\n\n[x]: /u\n[y]: /v"),
            [one(1, "x", "a")]
        );
        assert_eq!(boxes("- [x]: /u"), []);
    }

    #[test]
    fn only_the_paragraph_that_is_the_first_block_carries_a_box() {
        for text in
            ["- [ ] a | b\n  --|--\n", "- [x] a\n  -\n", "- # [ ] a", "- > [ ] a", "- a\n\n  [ ] b"]
        {
            assert_eq!(boxes(text), [], "{text}");
        }
        let nested =
            "> 3. [X] a\n>    - [ ] b\n\n[^1]: - [x] c\n\n<details>\n\n- [ ] d\n</details>\n";
        let found = [one(1, "X", "a"), one(2, " ", "b"), one(4, "x", "c"), one(8, " ", "d")];
        assert_eq!(boxes(nested), found);
    }
}
