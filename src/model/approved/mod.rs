//! What was approved beside an item's own text: what its document says it is for, the headings and the items
//! above it, and the text between. A sign-off is of all that; it says the same until one of it says something
//! else.

mod headings;
mod kept;
mod lines;
mod remarks;
mod says;
mod signs;
mod values;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Checklist, edition};
use headings::Headings;
use kept::Line;
pub(super) use remarks::{STATES, without_progress};

pub use remarks::{without_doer, without_signs};
pub use says::{said, words};
pub use values::is_place;

/// What stands around an item, in a form that says the same where the document does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Approved {
    /// What its path, its title and the keys of its header name.
    pub document: String,
    /// The headings above the item.
    pub headings: String,
    /// The items around it.
    pub items: String,
    /// The lines between the title and the item.
    pub lines: String,
    /// The tickets that all is done under; empty where none is named.
    pub tickets: String,
}

impl Approved {
    /// What stands around the item at `item` of `checklist`.
    pub fn of(checklist: &Checklist, item: usize) -> Approved {
        let headings = Headings::of(&checklist.sections);
        let lines = lines::above(checklist, item, &headings);
        let mut tickets = lines.tickets;
        let document = document(checklist, &headings, &mut tickets);
        let own = checklist.items.get(item);
        let title = own.map_or("", |item| &*item.title);
        let sections = own.map(|item| item.section.iter()).into_iter().flatten();
        let above = sections.map(|title| headings.said(title, false));
        let above = std::iter::once(headings.said(title, true)).chain(above);
        let above: Vec<String> = above.filter(|said| !said.is_empty()).collect();
        let parent = |at: &usize| checklist.items.get(*at)?.parent;
        let around = std::iter::successors(own.and_then(|item| item.parent), parent);
        let around = around.filter_map(|at| Some(checklist.items.get(at)?.text.as_str()));
        let around: Vec<String> = around.map(|text| said(without_progress(text))).collect();
        Approved {
            document,
            headings: above.join("\n"),
            items: around.join("\n"),
            lines: lines.text,
            tickets: tickets.into_iter().collect::<Vec<_>>().join("\n"),
        }
    }

    /// What says something else than it did `then`; `None` where nothing does.
    pub fn change(&self, then: &Approved) -> Option<&'static str> {
        let of_other_ticket =
            !self.tickets.is_empty() && !then.tickets.is_empty() && self.tickets != then.tickets;
        if self.headings != then.headings {
            return Some("heading above it");
        }
        if self.items != then.items {
            return Some("item above it");
        }
        if self.document != then.document || of_other_ticket {
            return Some("release or environment that the document names");
        }
        (self.lines != then.lines).then_some("text above it")
    }
}

/// What the document's path and the keys of its header name, each in a line of its own.
fn document(
    checklist: &Checklist,
    headings: &Headings<'_>,
    tickets: &mut std::collections::BTreeSet<String>,
) -> String {
    let mut named = vec![edition(&checklist.path, &[])];
    for (key, value) in &checklist.metadata {
        if key.trim().eq_ignore_ascii_case("title") {
            named.push(headings.said(value, true));
            continue;
        }
        match Line::of_front(key, value) {
            Line::Said => named.push(said(&format!("{key} {value}"))),
            Line::Ticket(ticket) => drop(tickets.insert(ticket)),
            Line::Kept => {}
        }
    }
    named.join("\n")
}
