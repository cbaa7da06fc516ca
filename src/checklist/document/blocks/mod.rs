//! The document as written, as a tree of blocks: what the site draws, each item in its place.
//!
//! Comments are left out, as every renderer of Markdown does; other raw HTML is kept as text.

mod tree;

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::checklist::syntax::boxes::bracket_at;
use crate::checklist::syntax::decode::decode;
use crate::checklist::syntax::directives::comments_of;
use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::walk::options;
use crate::model::{Alignment, Block, Checklist, Inline, Item, LineIndex, Rendered};

use super::runbook::without_secrets;
use tree::{Phrase, Tree};

/// The document that `checklist` was read from, as a tree that names the items.
pub fn document(bytes: &[u8], checklist: &Checklist) -> Rendered {
    let read = decode(bytes);
    let text = &*read.text;
    let mut drawing = Drawing {
        text,
        lines: LineIndex::new(text),
        repair: Repair::of(text, read.body),
        items: checklist.items.iter().map(|item| (item.line, item)).collect(),
        slugs: checklist.sections.iter().map(|section| section.slug.as_str()).collect(),
        headings: 0,
        tree: Tree::default(),
        code: None,
        html: None,
        skip: 0,
        boxed_link: false,
        fresh: false,
    };
    let body = text.get(read.body..).unwrap_or_default();
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        drawing.event(event, range.start + read.body..range.end + read.body);
    }
    Rendered { blocks: drawing.tree.finish() }
}

struct Drawing<'t> {
    text: &'t str,
    lines: LineIndex,
    repair: Repair,
    /// The item that begins on a line; no two do.
    items: HashMap<usize, &'t Item>,
    slugs: Vec<&'t str>,
    headings: usize,
    tree: Tree,
    /// The code block that is open: language and text.
    code: Option<(Option<String>, String)>,
    html: Option<String>,
    /// Text before this offset is a box.
    skip: usize,
    /// Whether a link is open that is really a box.
    boxed_link: bool,
    /// An entry has just begun, and its first text tells which item it is.
    fresh: bool,
}

impl<'t> Drawing<'t> {
    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => self.words(&text, range),
            },
            Event::Code(text) => {
                self.name_entry(range.start);
                let text = without_secrets(&self.repair.text(&text));
                self.tree.inline(Inline::Code { text });
            }
            Event::InlineHtml(html) => {
                self.name_entry(range.start);
                if !html.starts_with("<!--") {
                    self.tree.text(&html);
                }
            }
            Event::Html(line) => {
                if let Some(html) = &mut self.html {
                    html.push_str(&line);
                }
            }
            Event::SoftBreak => self.tree.text(" "),
            Event::HardBreak => self.tree.inline(Inline::Break),
            Event::Rule => {
                self.fresh = false;
                self.tree.block(Block::Rule);
            }
            Event::FootnoteReference(label) => self.tree.text(&format!("[^{label}]")),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'t>, range: Range<usize>) {
        let at = range.start;
        match tag {
            Tag::Paragraph => self.tree.open_paragraph(),
            Tag::Heading { level, .. } => {
                self.fresh = false;
                let slug = self.slugs.get(self.headings).copied().unwrap_or_default();
                self.headings += 1;
                self.tree.open_heading(level as u8, slug);
            }
            Tag::List(start) => {
                self.fresh = false;
                self.tree.open_list(start);
            }
            Tag::Item => {
                self.tree.open_entry();
                self.fresh = true;
            }
            Tag::BlockQuote(kind) => {
                self.fresh = false;
                self.tree.open_quote(kind.map(callout));
            }
            Tag::CodeBlock(kind) => {
                self.fresh = false;
                self.code = Some((language(&kind), String::new()));
            }
            Tag::HtmlBlock => {
                self.fresh = false;
                self.html = Some(String::new());
            }
            Tag::Table(align) => {
                self.fresh = false;
                self.tree.open_table(align.into_iter().map(alignment).collect());
            }
            Tag::TableHead => self.tree.open_row(None),
            Tag::TableRow => {
                let item = self.items.get(&self.lines.line(at)).map(|item| item.id.clone());
                self.tree.open_row(item);
            }
            Tag::TableCell => self.tree.open_cell(),
            Tag::Emphasis => self.phrase(Phrase::Emphasis, at),
            Tag::Strong => self.phrase(Phrase::Strong, at),
            Tag::Strikethrough => self.phrase(Phrase::Struck, at),
            Tag::Link { dest_url, .. } => {
                self.name_entry(at);
                self.boxed_link = range.end <= self.skip;
                if !self.boxed_link {
                    self.tree.open_phrase(Phrase::Link(dest_url.to_string()));
                }
            }
            Tag::Image { dest_url, .. } => self.phrase(Phrase::Image(dest_url.to_string()), at),
            Tag::FootnoteDefinition(label) => {
                self.fresh = false;
                self.tree.prefix(format!("[^{label}]: "));
            }
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.tree.close_text(),
            TagEnd::Heading(_) => self.tree.close_text(),
            TagEnd::List(_) | TagEnd::BlockQuote(_) => self.tree.close_container(),
            TagEnd::Item => {
                self.fresh = false;
                self.tree.close_container();
            }
            TagEnd::CodeBlock => {
                if let Some((language, text)) = self.code.take() {
                    let text = without_secrets(&self.repair.text(&text));
                    self.tree.block(Block::Code { language, text });
                }
            }
            TagEnd::HtmlBlock => {
                let html = without_comments(&self.html.take().unwrap_or_default());
                if !html.trim().is_empty() {
                    self.tree.block(Block::Html { text: html });
                }
            }
            TagEnd::Table => self.tree.close_table(),
            TagEnd::TableHead | TagEnd::TableRow => self.tree.close_row(),
            TagEnd::TableCell => self.tree.close_cell(),
            TagEnd::Link if std::mem::take(&mut self.boxed_link) => {}
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image => {
                self.tree.close_phrase();
            }
            TagEnd::FootnoteDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn phrase(&mut self, phrase: Phrase, at: usize) {
        self.name_entry(at);
        self.tree.open_phrase(phrase);
    }

    /// The first inline content of an entry: it is the item that begins on this line.
    fn name_entry(&mut self, at: usize) {
        if !std::mem::take(&mut self.fresh) {
            return;
        }
        let Some(item) = self.items.get(&self.lines.line(at)) else { return };
        self.tree.name_entry(&item.id);
        if let Some(bracket) = item.marker.as_ref().and_then(|_| bracket_at(self.text, at)) {
            self.skip = bracket.end;
        }
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        self.name_entry(range.start);
        let text = match range.start < self.skip {
            false => text,
            true if range.end <= self.skip => return,
            true => self.text.get(self.skip..range.end).unwrap_or_default(),
        };
        let repaired = self.repair.text(text);
        self.tree.text(&repaired);
    }
}

fn callout(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

fn alignment(align: pulldown_cmark::Alignment) -> Alignment {
    match align {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

/// The first word of a fence's info string.
fn language(kind: &CodeBlockKind<'_>) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    info.split([' ', ',', '{']).next().filter(|word| !word.is_empty()).map(str::to_owned)
}

fn without_comments(html: &str) -> String {
    let mut kept = String::new();
    let mut at = 0;
    for (start, comment) in comments_of(html) {
        kept.push_str(html.get(at..start).unwrap_or_default());
        at = start + comment.len();
    }
    kept.push_str(html.get(at..).unwrap_or_default());
    kept
}

#[cfg(test)]
mod tests;
