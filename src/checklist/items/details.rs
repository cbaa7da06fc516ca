//! What is said of an item beside its text: where its links lead, its further paragraphs, code, and the
//! entries below it that are no items.

use crate::checklist::syntax::outline::{Code, Entry, Run};
use crate::checklist::text::slug::push_slug;
use crate::model::Item;

/// Adds what `entry` says to the details of the item at `of`: all but its own text, where it is that
/// item itself.
pub(super) fn add(items: &mut [Item], of: Option<usize>, entry: &Entry, itself: bool) {
    let Some(item) = of.and_then(|at| items.get_mut(at)) else { return };
    if let Some(body) = &entry.body {
        if !itself {
            push(&mut item.details, &body.raw);
        }
        push_links(&mut item.details, body);
    }
    for run in &entry.more {
        push(&mut item.details, &run.raw);
        push_links(&mut item.details, run);
    }
}

/// Adds the code blocks that stand within items; `item_of` says within which, by the number of an entry.
pub(super) fn add_code(items: &mut [Item], item_of: &[Option<usize>], codes: &[Code]) {
    for code in codes {
        let of = code.entry.and_then(|entry| item_of.get(entry).copied().flatten());
        if let Some(item) = of.and_then(|at| items.get_mut(at)) {
            push(&mut item.details, &code.text);
        }
    }
}

fn push_links(details: &mut String, run: &Run) {
    for (target, _) in &run.links {
        details.push('\n');
        details.push_str(target.trim());
    }
}

fn push(details: &mut String, text: &str) {
    let mut slug = String::new();
    push_slug(&mut slug, text);
    if !slug.is_empty() {
        details.push('\n');
        details.push_str(&slug);
    }
}
