//! Checklists too long for one page: a page a top section, so that each opens at once. The first page
//! keeps an anchor for every item that moved, so that a link from an older report still lands.

use std::collections::HashMap;

use serde::Serialize;

use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::names::file_stem;
use crate::render::site::text::shortened;
use crate::snapshot::v1::{Checklist, Item};

use super::document::{Document, Heading, Part};

/// The most items of one page.
const ITEMS: usize = 5000;

/// The stem of the page of every section that moved, by its slug; empty where all is one page.
pub(in crate::render::site) fn moved<'s>(
    checklist: &'s Checklist,
    stem: &str,
) -> HashMap<&'s str, String> {
    let mut moved = HashMap::new();
    if checklist.items.len() <= ITEMS {
        return moved;
    }
    let of_level = |level| checklist.sections.iter().filter(move |s| s.level == level).count();
    let Some(top) = (1..=6).find(|level| of_level(*level) > 1) else { return moved };
    let mut page = None;
    for section in &checklist.sections {
        if section.level <= top {
            let is_top = section.level == top;
            page = is_top.then(|| format!("{stem}--{}", file_stem(&section.slug)));
        }
        if let Some(page) = &page {
            moved.insert(section.slug.as_str(), page.clone());
        }
    }
    moved
}

/// A page of a checklist.
pub(in crate::render::site) struct Leaf {
    /// The stem of its file.
    pub(in crate::render::site) stem: String,
    /// Its section's heading; `None` of the first page.
    pub(in crate::render::site) title: Option<Html>,
    /// What stands on it.
    pub(in crate::render::site) document: Document,
}

/// The pages of `checklist`, the first first.
pub(in crate::render::site) fn leaves(
    links: Links,
    checklist: &Checklist,
    document: Document,
) -> Vec<Leaf> {
    let stem = links.world.stem(&checklist.path);
    let mut leaves = vec![Leaf { stem: stem.clone(), title: None, document: Document::default() }];
    for part in document.parts {
        if let Part::Section(heading) = &part {
            let page = links.world.page(&checklist.path, &heading.slug).unwrap_or(&stem);
            if leaves.last().is_some_and(|leaf| leaf.stem != page) {
                leaves.push(Leaf {
                    stem: page.to_owned(),
                    title: (page != stem).then(|| heading.title_html.clone()),
                    document: Document::default(),
                });
            }
        }
        if let Some(leaf) = leaves.last_mut() {
            if let Part::Section(heading) = &part {
                leaf.document.contents.push(heading.clone());
            }
            leaf.document.parts.push(part);
        }
    }
    leaves
}

/// A section that moved to a page of its own, as the first page has it.
#[derive(Serialize)]
pub(in crate::render::site) struct Moved {
    href: String,
    heading: Heading,
    items: Vec<Anchor>,
}

/// An item that moved.
#[derive(Serialize)]
struct Anchor {
    anchor: String,
    href: String,
    text_html: Html,
}

/// Every section that moved, with its items.
pub(in crate::render::site) fn index(
    links: Links,
    checklist: &Checklist,
    leaves: &[Leaf],
) -> Vec<Moved> {
    let mut by_page: HashMap<&str, Vec<&Item>> = HashMap::new();
    for item in &checklist.items {
        if let Some(page) = links.world.page(&checklist.path, &item.section_slug) {
            by_page.entry(page).or_default().push(item);
        }
    }
    let anchor = |item: &Item| Anchor {
        anchor: links.item_anchor(checklist, item),
        href: links.item(checklist, item),
        text_html: Html::of_text(&shortened(&item.text, 100)),
    };
    let moved = leaves.iter().filter_map(|leaf| {
        let heading = leaf.document.contents.first().filter(|_| leaf.title.is_some())?.clone();
        let items = by_page.get(leaf.stem.as_str()).into_iter().flatten();
        Some(Moved {
            href: links.section(checklist, &heading.slug),
            heading,
            items: items.map(|item| anchor(item)).collect(),
        })
    });
    moved.collect()
}
