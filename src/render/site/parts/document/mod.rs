//! A document as written, in document order, as parts that a template shows: prose as markup, each
//! item as a row in its place, each heading with the figures of its section.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use crate::model::{Block, Inline, Rendered};
use crate::render::site::html::Html;
use crate::render::site::inline;
use crate::render::site::links::Links;
use crate::render::site::names;
use crate::snapshot::v1::{Checklist, Item};

use super::beside::Children;
use super::claim::Row;
use super::section::{Tally, Worst};

mod blocks;
mod written;

/// A part of the page, in order.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(in crate::render::site) enum Part {
    /// Ends the section before, and begins one.
    Section(Heading),
    /// Markup of the document.
    Prose {
        /// Safe by how it is made.
        prose_html: Html,
    },
    /// An item that is an entry of a list: its row, the list's tags being prose.
    Row(Box<Row>),
    /// An item that is a row of a table.
    Cells {
        /// The item.
        row: Box<Row>,
        /// Its cells.
        cells_html: Html,
    },
}

/// A heading of the document with what its section comes to.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Heading {
    /// The section's address in the document.
    #[serde(skip)]
    pub(super) slug: String,
    anchor: String,
    /// The part of a link after `#` that leads here.
    target: String,
    /// 2 to 6, without jumps.
    level: u8,
    /// The document's own level, for its size.
    class: u8,
    pub(super) title_html: Html,
    figures: String,
    worst: Option<Worst>,
}

/// A document, or a part of one.
#[derive(Default)]
pub(in crate::render::site) struct Document {
    /// In order.
    pub(in crate::render::site) parts: Vec<Part>,
    /// Every section's heading, for the contents.
    pub(in crate::render::site) contents: Vec<Heading>,
}

/// Draws `checklist` as written, or from its sections and items where the text was left out.
pub(in crate::render::site) fn drawn(links: Links, checklist: &Checklist) -> Document {
    let stand_in;
    let rendered = match &checklist.document {
        Some(rendered) => rendered,
        None => {
            stand_in = written::from_items(checklist);
            &stand_in
        }
    };
    let mut writer = Writer::new(links, checklist);
    writer.document(rendered);
    Document { parts: writer.parts, contents: writer.contents }
}

/// Whether the text itself says `name: …`, so that its head need not.
pub(in crate::render::site) fn says(checklist: &Checklist, name: &str) -> bool {
    let blocks = checklist.document.iter().flat_map(|rendered| &rendered.blocks);
    let mut paragraphs = blocks.filter_map(|block| match block {
        Block::Paragraph { text } => Some(inline::plain(text)),
        _ => None,
    });
    paragraphs.any(|text| text.contains(&format!("{name}:")))
}

/// A text without what only its form needs.
fn words(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

/// The level of the document's own title: its sections lie below it.
fn top(links: Links) -> u8 {
    if links.is_whole() { 2 } else { 1 }
}

struct Writer<'a, 'w, 's> {
    links: Links<'w, 's>,
    checklist: &'a Checklist,
    items: HashMap<&'a str, &'a Item>,
    tallies: HashMap<&'a str, Tally>,
    children: HashMap<&'a str, Children>,
    /// What notes ask for, as [`words`] has it.
    asked: HashSet<String>,
    shown: HashSet<&'a str>,
    level: u8,
    html: Html,
    parts: Vec<Part>,
    contents: Vec<Heading>,
}

impl<'a, 'w, 's> Writer<'a, 'w, 's> {
    fn new(links: Links<'w, 's>, checklist: &'a Checklist) -> Writer<'a, 'w, 's> {
        let mut tallies: HashMap<&str, Tally> = HashMap::new();
        let mut children: HashMap<&str, Children> = HashMap::new();
        for item in &checklist.items {
            tallies.entry(&item.section_slug).or_default().add(item);
            if let Some(parent) = &item.parent {
                children.entry(parent).or_default().add(item);
            }
        }
        Writer {
            links,
            checklist,
            items: checklist.items.iter().map(|item| (item.id.as_str(), item)).collect(),
            tallies,
            children,
            asked: checklist.obligations.iter().map(|asked| words(&asked.text)).collect(),
            shown: HashSet::new(),
            level: top(links),
            html: Html::default(),
            parts: Vec::new(),
            contents: Vec::new(),
        }
    }

    fn document(&mut self, rendered: &Rendered) {
        let blocks = match rendered.blocks.as_slice() {
            // The page's own title says it already.
            [Block::Heading { level: 1, text, .. }, rest @ ..]
                if Some(inline::plain(text).trim()) == self.checklist.title.as_deref() =>
            {
                rest
            }
            all => all,
        };
        for block in blocks {
            match block {
                Block::Heading { level, slug, text } => self.section(*level, slug, text),
                other => self.block(other, 0),
            }
        }
        self.left_over();
        self.flush();
    }

    /// Items that the text did not show: no item is ever left out of its page.
    fn left_over(&mut self) {
        let checklist = self.checklist;
        let missing: Vec<&Item> =
            checklist.items.iter().filter(|item| !self.shown.contains(item.id.as_str())).collect();
        if missing.is_empty() {
            return;
        }
        let title = Inline::Text { text: "Items that the text above does not show".to_owned() };
        self.section(2, "-rest", &[title]);
        self.html.raw("<ul class=\"items\">");
        for item in missing {
            self.row(item, Html::of_text(&item.text), None);
            self.html.raw("</li>");
        }
        self.html.raw("</ul>");
    }

    fn section(&mut self, level: u8, slug: &str, text: &[Inline]) {
        self.flush();
        self.level = level.max(top(self.links) + 1).min(self.level + 1).min(6);
        let tally = self.tallies.get(slug);
        let anchor = self.links.section_anchor(self.checklist, slug);
        let heading = Heading {
            slug: slug.to_owned(),
            target: names::fragment(&anchor),
            anchor,
            level: self.level,
            class: level,
            title_html: inline::drawn(text),
            figures: tally.map(Tally::sentence).unwrap_or_default(),
            worst: tally.and_then(Tally::worst),
        };
        self.contents.push(heading.clone());
        self.parts.push(Part::Section(heading));
    }

    /// The item of that id, once: a second place that names it is drawn as prose.
    fn known(&self, id: Option<&str>) -> Option<&'a Item> {
        let item = self.items.get(id?).copied()?;
        (!self.shown.contains(item.id.as_str())).then_some(item)
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.parts.push(Part::Prose { prose_html: self.html.take() });
        }
    }
}
