//! Builds the tree of a document from the events of its walk, no deeper than can be read back.

use crate::model::{Alignment, Block, Entry, Inline, Row};

/// How deep containers may nest, in levels of JSON: a list takes 4, a quote 2. A reader of JSON
/// gives up at 128; deeper containers are drawn as if they stood beside the one around them.
const DEEPEST: usize = 88;
/// How deep inline elements may nest.
const DEEPEST_INLINE: usize = 8;

/// An inline element that holds others.
#[derive(Debug)]
pub(super) enum Phrase {
    Emphasis,
    Strong,
    Struck,
    Link(String),
    Image(String),
}

#[derive(Debug)]
enum Container {
    Quote { callout: Option<String>, blocks: Vec<Block> },
    List { start: Option<u64>, entries: Vec<Entry> },
    Entry(Entry),
}

impl Container {
    fn levels(&self) -> usize {
        match self {
            Container::Quote { .. } => 2,
            Container::List { .. } => 4,
            Container::Entry(_) => 0,
        }
    }
}

#[derive(Debug, Default)]
struct Table {
    align: Vec<Alignment>,
    head: Option<Vec<Vec<Inline>>>,
    rows: Vec<Row>,
    item: Option<String>,
    cells: Vec<Vec<Inline>>,
}

/// What a run of text becomes.
#[derive(Debug, Default)]
enum Text {
    #[default]
    Paragraph,
    Heading(u8, String),
    Cell,
}

/// A tree that grows.
#[derive(Debug, Default)]
pub(super) struct Tree {
    blocks: Vec<Block>,
    containers: Vec<Container>,
    /// For each container that is open in the document, whether it is one here too.
    opened: Vec<bool>,
    levels: usize,
    table: Option<Table>,
    text: Text,
    /// The inline content of the open run.
    run: Vec<Inline>,
    /// Inline elements that are open, and how many more are too deep.
    phrases: Vec<(Phrase, Vec<Inline>)>,
    too_deep: usize,
    prefix: Option<String>,
}

impl Tree {
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.close_text();
        while !self.opened.is_empty() {
            self.close_container();
        }
        self.blocks
    }

    /// A whole block.
    pub(super) fn block(&mut self, block: Block) {
        self.close_text();
        self.push(block);
    }

    fn push(&mut self, block: Block) {
        let blocks = match self.containers.last_mut() {
            None => &mut self.blocks,
            Some(Container::Quote { blocks, .. }) => blocks,
            Some(Container::Entry(entry)) => &mut entry.blocks,
            Some(Container::List { entries, .. }) => match entries.last_mut() {
                Some(entry) => &mut entry.blocks,
                None => return,
            },
        };
        blocks.push(block);
    }

    fn open(&mut self, container: Container) {
        self.close_text();
        let levels = container.levels();
        let fits = self.levels + levels <= DEEPEST;
        self.opened.push(fits);
        if fits {
            self.levels += levels;
            self.containers.push(container);
        }
    }

    pub(super) fn open_quote(&mut self, callout: Option<&str>) {
        self.open(Container::Quote { callout: callout.map(str::to_owned), blocks: Vec::new() });
    }

    pub(super) fn open_list(&mut self, start: Option<u64>) {
        self.open(Container::List { start, entries: Vec::new() });
    }

    /// An entry of the innermost list; of one that is too deep, an entry beside the one around it.
    pub(super) fn open_entry(&mut self) {
        let entry = Entry { item: None, blocks: Vec::new() };
        if self.opened.last() != Some(&false) {
            self.open(Container::Entry(entry));
            return;
        }
        self.close_text();
        self.opened.push(false);
        if let Some(around) = self.innermost_entry() {
            let done = std::mem::replace(around, entry);
            self.push_entry(done);
        }
    }

    fn innermost_entry(&mut self) -> Option<&mut Entry> {
        self.containers.iter_mut().rev().find_map(|container| match container {
            Container::Entry(entry) => Some(entry),
            Container::Quote { .. } | Container::List { .. } => None,
        })
    }

    fn push_entry(&mut self, mut entry: Entry) {
        entry.blocks.shrink_to_fit();
        let list = self.containers.iter_mut().rev().find_map(|container| match container {
            Container::List { entries, .. } => Some(entries),
            Container::Quote { .. } | Container::Entry(_) => None,
        });
        if let Some(entries) = list {
            entries.push(entry);
        }
    }

    /// The innermost entry is the item `id`.
    pub(super) fn name_entry(&mut self, id: &str) {
        if let Some(entry) = self.innermost_entry() {
            entry.item = Some(id.to_owned());
        }
    }

    pub(super) fn close_container(&mut self) {
        self.close_text();
        if self.opened.pop() != Some(true) {
            return;
        }
        let Some(container) = self.containers.pop() else { return };
        self.levels -= container.levels();
        match container {
            Container::Quote { callout, blocks } => self.push(Block::Quote { callout, blocks }),
            Container::List { start, mut entries } => {
                entries.shrink_to_fit();
                self.push(Block::List { start, entries });
            }
            Container::Entry(entry) => self.push_entry(entry),
        }
    }

    pub(super) fn open_paragraph(&mut self) {
        self.close_text();
    }

    pub(super) fn open_heading(&mut self, level: u8, slug: &str) {
        self.close_text();
        self.text = Text::Heading(level, slug.to_owned());
    }

    /// What stands before the next text.
    pub(super) fn prefix(&mut self, prefix: String) {
        self.close_text();
        self.prefix = Some(prefix);
    }

    /// A paragraph, heading or tight text ends.
    pub(super) fn close_text(&mut self) {
        self.too_deep = 0;
        while !self.phrases.is_empty() {
            self.close_phrase();
        }
        let run = trimmed(std::mem::take(&mut self.run));
        match std::mem::take(&mut self.text) {
            Text::Paragraph if run.is_empty() => {}
            Text::Paragraph => self.push(Block::Paragraph { text: run }),
            Text::Heading(level, slug) => self.push(Block::Heading { level, slug, text: run }),
            Text::Cell => self.cell(run),
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(prefix) = self.prefix.take() {
            self.text(&prefix);
        }
        let run = self.innermost();
        if let Some(Inline::Text { text: before }) = run.last_mut() {
            before.push_str(text);
        } else {
            run.push(Inline::Text { text: text.to_owned() });
        }
    }

    pub(super) fn inline(&mut self, inline: Inline) {
        self.innermost().push(inline);
    }

    fn innermost(&mut self) -> &mut Vec<Inline> {
        match self.phrases.last_mut() {
            Some((_, run)) => run,
            None => &mut self.run,
        }
    }

    pub(super) fn open_phrase(&mut self, phrase: Phrase) {
        if self.phrases.len() < DEEPEST_INLINE {
            self.phrases.push((phrase, Vec::new()));
        } else {
            self.too_deep += 1;
        }
    }

    pub(super) fn close_phrase(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some((phrase, text)) = self.phrases.pop() else { return };
        let inline = match phrase {
            Phrase::Emphasis => Inline::Emphasis { text },
            Phrase::Strong => Inline::Strong { text },
            Phrase::Struck => Inline::Struck { text },
            Phrase::Link(to) => Inline::Link { to, text },
            Phrase::Image(to) => Inline::Image { to, alt: plain(&text) },
        };
        self.inline(inline);
    }

    pub(super) fn open_table(&mut self, align: Vec<Alignment>) {
        self.close_text();
        self.table = Some(Table { align, ..Table::default() });
    }

    pub(super) fn open_row(&mut self, item: Option<String>) {
        if let Some(table) = &mut self.table {
            table.item = item;
        }
    }

    pub(super) fn open_cell(&mut self) {
        self.text = Text::Cell;
    }

    pub(super) fn close_cell(&mut self) {
        self.close_text();
    }

    fn cell(&mut self, run: Vec<Inline>) {
        if let Some(table) = &mut self.table {
            table.cells.push(run);
        }
    }

    pub(super) fn close_row(&mut self) {
        let Some(table) = &mut self.table else { return };
        let cells = std::mem::take(&mut table.cells);
        let item = table.item.take();
        if table.head.is_none() {
            table.head = Some(cells);
        } else {
            table.rows.push(Row { item, cells });
        }
    }

    pub(super) fn close_table(&mut self) {
        if let Some(table) = self.table.take() {
            let head = table.head.unwrap_or_default();
            self.push(Block::Table { align: table.align, head, rows: table.rows });
        }
    }
}

/// A run without white space at its ends, which a box or a comment may have left. Most are of one text:
/// room for more would be most of what a long document takes.
fn trimmed(mut run: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text { text }) = run.first_mut() {
        text.drain(..text.len() - text.trim_start().len());
    }
    if let Some(Inline::Text { text }) = run.last_mut() {
        text.truncate(text.trim_end().len());
    }
    run.retain(|inline| !matches!(inline, Inline::Text { text } if text.is_empty()));
    for inline in &mut run {
        if let Inline::Text { text } = inline {
            text.shrink_to_fit();
        }
    }
    run.shrink_to_fit();
    run
}

/// The characters of `inlines` alone.
fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Emphasis { text }
            | Inline::Strong { text }
            | Inline::Struck { text }
            | Inline::Link { text, .. } => {
                out.push_str(&plain(text));
            }
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::Break => out.push(' '),
        }
    }
    out
}
