//! A claim row: the mark in place of the box, the text as written, the reason in the margin.

use serde::Serialize;

use crate::model::{Claim, Timestamp, Verdict};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::text::shortened;
use crate::render::site::when;
use crate::render::site::world::short;
use crate::snapshot::v1::{Checklist, Item};

use super::beside::{self, Beside, Children};
use super::details::Details;
use super::mark::{self, Mark};

/// A row, ready to draw.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Row {
    anchor: String,
    mark: Mark,
    /// The item's text as written; empty where the caller draws it (cells of a table).
    text_html: Html,
    /// The number of an entry of an ordered list.
    number: Option<u64>,
    reason_html: Html,
    beside: Vec<Beside>,
    /// `marked required`, and of an item that holds others how those stand.
    standing: Option<String>,
    /// `ticked by Ana Ruiz in 4f2c9e1, 2025-11-10`.
    source_html: Option<Html>,
    line: usize,
    owner: Option<String>,
    priority: Option<String>,
    details: Option<Details>,
    /// Whether the details stand open, as on paper.
    open: bool,
}

impl Row {
    /// Of `item`, and of those right under it; `text_html` is its text as the document has it.
    pub(super) fn of(
        links: Links,
        checklist: &Checklist,
        item: &Item,
        children: Option<&Children>,
        text_html: Html,
    ) -> Row {
        Row {
            anchor: links.item_anchor(checklist, item),
            mark: mark::of(item),
            text_html,
            number: None,
            reason_html: reason(item),
            beside: beside::of(links.world, checklist, item),
            standing: beside::standing(item, children),
            source_html: source(item, None),
            line: item.line,
            owner: item.owner.as_deref().map(|owner| shortened(owner, 80)),
            priority: item.priority.as_deref().map(|priority| shortened(priority, 40)),
            details: Details::of(links, checklist, item),
            open: links.is_open(),
        }
    }

    /// The same, as an entry of an ordered list.
    pub(super) fn numbered(mut self, number: Option<u64>) -> Row {
        self.number = number;
        self
    }
}

/// The sentence in the margin; a waiver's own words stand beside what it hides.
fn reason(item: &Item) -> Html {
    let is_quiet = item.verdict == Verdict::Unbound && item.claim != Claim::Done;
    if item.reason.is_empty() && is_quiet {
        return Html::of_sentence("Nothing is bound to it.");
    }
    Html::of_sentence(&item.reason)
}

/// Who claimed it, in which commit, and when: the day, or how long before `judged` where that is
/// given.
pub(in crate::render::site) fn source(item: &Item, judged: Option<Timestamp>) -> Option<Html> {
    let ticked = item.history.as_ref()?.ticked.as_ref()?;
    let mut html = Html::default();
    html.raw("ticked by <bdi>");
    html.text(&shortened(&ticked.by.author, 80));
    html.raw("</bdi> in <code>");
    html.verbatim(&short(&ticked.by.commit));
    html.raw("</code>, <time>");
    match when::age(&ticked.by.time, judged) {
        Some(age) => html.verbatim(&format!("{age} ago")),
        None => html.verbatim(&when::when(&ticked.by.time, None).day),
    }
    html.raw("</time>");
    Some(html)
}
