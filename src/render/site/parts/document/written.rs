//! A stand-in for a document whose text the snapshot leaves out: its headings and items, in order.

use crate::model::{Block, Entry, Inline, Rendered};
use crate::snapshot::v1::{Checklist, Item};

/// The sections and items of `checklist` as blocks.
pub(super) fn from_items(checklist: &Checklist) -> Rendered {
    let mut blocks = Vec::new();
    let mut items = checklist.items.as_slice();
    let mut sections = checklist.sections.iter();
    items = before(items, sections.clone().next().map(|section| section.line), &mut blocks);
    while let Some(section) = sections.next() {
        let text = vec![Inline::Text { text: section.title.clone() }];
        blocks.push(Block::Heading { level: section.level, slug: section.slug.clone(), text });
        items = before(items, sections.clone().next().map(|next| next.line), &mut blocks);
    }
    Rendered { blocks }
}

/// Adds the items that stand before `line` as one list; gives the rest.
fn before<'i>(items: &'i [Item], line: Option<usize>, blocks: &mut Vec<Block>) -> &'i [Item] {
    let end = match line {
        Some(line) => items.iter().position(|item| item.line >= line).unwrap_or(items.len()),
        None => items.len(),
    };
    let (here, rest) = items.split_at(end);
    if !here.is_empty() {
        blocks.push(Block::List { start: None, entries: here.iter().map(entry).collect() });
    }
    rest
}

fn entry(item: &Item) -> Entry {
    let text = vec![Inline::Text { text: item.text.clone() }];
    Entry { item: Some(item.id.clone()), blocks: vec![Block::Paragraph { text }] }
}
