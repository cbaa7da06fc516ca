//! The blocks of a document: prose as markup, items as rows where they stand.

use crate::model::{Alignment, Block, Entry, Inline, Row as TableRow};
use crate::render::site::html::Html;
use crate::render::site::inline;
use crate::render::site::parts::claim::Row;
use crate::snapshot::v1::Item;

use super::{Part, Writer, words};

/// Blocks nested deeper are not drawn; their items follow at the end of the page.
const DEEP: usize = 60;

impl<'a> Writer<'a, '_, '_> {
    pub(super) fn block(&mut self, block: &Block, depth: usize) {
        if depth > DEEP {
            return self.html.raw("<p class=\"left-out\">Nested too deep to be shown.</p>");
        }
        match block {
            // Inside a list or quote a heading opens no section of the page.
            Block::Heading { text, .. } => self.run("<p class=\"inner-heading\">", text, "</p>"),
            Block::Paragraph { text } => {
                self.html.raw("<p>");
                inline::draw_paragraph(text, &mut self.html);
                self.html.raw("</p>");
            }
            Block::List { start, entries } => self.list(*start, entries, depth),
            Block::Quote { callout, blocks } => self.quote(callout.as_deref(), blocks, depth),
            Block::Code { text, .. } => self.verbatim("<pre><code>", text, "</code></pre>"),
            Block::Table { align, head, rows } => self.table(align, head, rows),
            Block::Html { text } => {
                self.verbatim("<pre class=\"raw\"><code>", text, "</code></pre>")
            }
            Block::Rule => self.html.raw("<hr>"),
        }
    }

    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        for block in blocks {
            self.block(block, depth + 1);
        }
    }

    fn run(&mut self, open: &'static str, text: &[Inline], close: &'static str) {
        self.html.raw(open);
        inline::draw(text, &mut self.html);
        self.html.raw(close);
    }

    fn verbatim(&mut self, open: &'static str, text: &str, close: &'static str) {
        self.html.raw(open);
        self.html.verbatim(text.trim_end_matches('\n'));
        self.html.raw(close);
    }

    fn quote(&mut self, callout: Option<&str>, blocks: &[Block], depth: usize) {
        self.html.raw("<blockquote>");
        if let Some(word) = callout {
            self.html.raw("<p class=\"callout-word\">");
            self.html.text(word);
            self.html.raw("</p>");
        }
        self.blocks(blocks, depth);
        self.html.raw("</blockquote>");
    }

    fn list(&mut self, start: Option<u64>, entries: &[Entry], depth: usize) {
        let has_items = entries.iter().any(|entry| self.known(entry.item.as_deref()).is_some());
        let (open, close) = match (start.is_some(), has_items) {
            (true, true) => ("<ol class=\"items\"", "</ol>"),
            (true, false) => ("<ol", "</ol>"),
            (false, true) => ("<ul class=\"items\"", "</ul>"),
            (false, false) => ("<ul", "</ul>"),
        };
        self.html.raw(open);
        if let Some(first) = start.filter(|first| *first != 1) {
            self.html.attribute("start", &first.to_string());
        }
        self.html.raw(">");
        for (position, entry) in (0..).zip(entries) {
            let number = start.map(|first: u64| first.saturating_add(position));
            self.entry(entry, number, depth);
        }
        self.html.raw(close);
    }

    fn entry(&mut self, entry: &Entry, number: Option<u64>, depth: usize) {
        let Some(item) = self.known(entry.item.as_deref()) else {
            self.html.raw("<li>");
            self.blocks(&entry.blocks, depth);
            self.unboxed(&entry.blocks);
            return self.html.raw("</li>");
        };
        let (text, below) = match entry.blocks.split_first() {
            Some((Block::Paragraph { text }, below)) => (inline::drawn(text), below),
            _ => (Html::of_text(&item.text), entry.blocks.as_slice()),
        };
        self.row(item, text, number);
        if !below.is_empty() {
            self.html.raw("<div class=\"under\">");
            self.blocks(below, depth);
            self.html.raw("</div>");
        }
        self.html.raw("</li>");
    }

    /// Says of an entry that it asks for something which nobody can claim.
    fn unboxed(&mut self, blocks: &[Block]) {
        if let Some(Block::Paragraph { text }) = blocks.first()
            && self.asked.remove(&words(&inline::plain(text)))
        {
            self.html.raw("<span class=\"src\">asked for without a box</span>");
        }
    }

    /// An item's row; the caller ends its entry.
    pub(super) fn row(&mut self, item: &'a Item, text: Html, number: Option<u64>) {
        self.flush();
        self.shown.insert(&item.id);
        let children = self.children.get(item.id.as_str());
        let row = Row::of(self.links, self.checklist, item, children, text).numbered(number);
        self.parts.push(Part::Row(Box::new(row)));
    }

    fn table(&mut self, align: &[Alignment], head: &[Vec<Inline>], rows: &[TableRow]) {
        let has_items = rows.iter().any(|row| self.known(row.item.as_deref()).is_some());
        self.html.raw("<div class=\"wide\" tabindex=\"0\"><table><thead><tr>");
        if has_items {
            self.html.raw("<th class=\"mark\"><span class=\"v\">Status</span></th>");
        }
        for (cell, align) in head.iter().zip(aligned(align)) {
            self.html.raw("<th scope=\"col\"");
            self.html.raw(align);
            inline::draw(cell, &mut self.html);
            self.html.raw("</th>");
        }
        if has_items {
            self.html.raw("<th scope=\"col\">What the evidence says</th>");
        }
        self.html.raw("</tr></thead><tbody>");
        for row in rows {
            self.table_row(align, row, has_items);
        }
        self.html.raw("</tbody></table></div>");
    }

    fn table_row(&mut self, align: &[Alignment], row: &TableRow, has_items: bool) {
        let mut cells = Html::default();
        for (cell, align) in row.cells.iter().zip(aligned(align)) {
            cells.raw("<td");
            cells.raw(align);
            inline::draw(cell, &mut cells);
            cells.raw("</td>");
        }
        if let Some(item) = self.known(row.item.as_deref()) {
            self.flush();
            self.shown.insert(&item.id);
            let row = Row::of(self.links, self.checklist, item, None, Html::default());
            return self.parts.push(Part::Cells { row: Box::new(row), cells_html: cells });
        }
        self.html.raw(if has_items { "<tr><td></td>" } else { "<tr>" });
        self.html.append(cells);
        self.html.raw(if has_items { "<td></td></tr>" } else { "</tr>" });
    }
}

/// The rest of each cell's tag; columns beyond those that the table declares stand as they are.
fn aligned(align: &[Alignment]) -> impl Iterator<Item = &'static str> {
    align
        .iter()
        .map(|align| match align {
            Alignment::Left | Alignment::None => ">",
            Alignment::Center => " class=\"center\">",
            Alignment::Right => " class=\"right\">",
        })
        .chain(std::iter::repeat(">"))
}
