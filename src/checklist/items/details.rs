//! What is said of an item beside its text: where its links lead, its further paragraphs, code, and the
//! entries below it that are no items, footnotes, and what narrows it above its list.

use crate::checklist::syntax::outline::{Below, Code, Entry, Lead, Outline, Run};
use crate::checklist::text::slug::{push_slug, slug};
use crate::model::{
    Item, NARROWS, NARROWS_BELOW, is_kept, leading_priority, list_name, title_name,
};

/// How many words a paragraph has that may say of what the list below it is.
const SHORT: usize = 8;

/// How many of what encloses an item are kept, and how much of each: every item keeps its own.
const DEEP: usize = 32;
const LONG: usize = 600;

/// As much of `text` as is kept beside an item.
pub(super) fn beginning(text: &str) -> String {
    let end = text.char_indices().nth(LONG).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default().to_owned()
}

/// Adds what `entry` says to the details of the item at `of`: all but its own text, where it is that
/// item itself.
pub(super) fn add(items: &mut [Item], of: Option<usize>, entry: &Entry, itself: bool) {
    let Some(item) = of.and_then(|at| items.get_mut(at)) else { return };
    if let Some(body) = &entry.body {
        match itself {
            true => {}
            false if narrows_a_list(&body.raw) => push_marked(&mut item.details, &body.raw),
            false => push(&mut item.details, &body.raw),
        }
        push_links(&mut item.details, body);
    }
    for run in &entry.more {
        match itself {
            true => push_marked(&mut item.details, &run.raw),
            false => push(&mut item.details, &run.raw),
        }
        push_links(&mut item.details, run);
    }
}

/// Adds what is said elsewhere of the item that refers to `notes` and stands below the lead `lead`. All
/// that narrows it is marked, for a tick is of that as well.
pub(super) fn add_around(item: &mut Item, notes: &[String], lead: Option<usize>, of: &Outline) {
    for name in notes {
        for (_, text) in of.footnotes.iter().filter(|(known, _)| known == name) {
            push_marked(&mut item.details, text);
        }
    }
    let lead = lead.and_then(|at| of.leads.get(at));
    let Some(lead) = lead else { return };
    let Below { around, told } = lead.below.get_or_init(|| below(lead));
    item.around.extend(around.clone());
    item.details.push_str(told);
}

/// What `lead` says of each item below it.
fn below(lead: &Lead) -> Below {
    // A longer one speaks of much besides the list.
    let short = Some(&lead.text).filter(|text| text.split_whitespace().count() <= SHORT);
    let short = short.or(Some(&lead.text).filter(|text| narrows_a_list(text)));
    let around = short.or(lead.label.as_ref()).map(|text| beginning(text.trim()));
    let narrows = match narrows_a_list(&lead.text) {
        true => slug(&lead.text),
        // What names a list is as a heading above it.
        false => lead.label.as_deref().and_then(list_name).unwrap_or_default(),
    };
    let told = match (narrows.is_empty(), named_above(&lead.text)) {
        (false, _) => format!("\n{NARROWS}{NARROWS_BELOW}{narrows}"),
        (true, Some(named)) => format!("\n{NARROWS_BELOW}{named}"),
        (true, None) => String::new(),
    };
    Below { around, told }
}

/// How many words what stands above a list has where it may say for what that is: more tell of much else.
const SENTENCE: usize = 12;

/// What a line above a list names that says by a key, a share or a version for what that is, as a title does:
/// `Scope: EU customers`, `This goes to 10% of users`, `Release 1.4 to staging`. Nothing of a line on how the
/// document is kept.
fn named_above(text: &str) -> Option<String> {
    let mut named = String::new();
    for line in text.lines() {
        let pair = line.split_once([':', '：']).filter(|(_, value)| !value.trim().is_empty());
        let is_kept = pair.is_some_and(|(key, _)| is_kept(&key.trim().to_lowercase()));
        let share = share(line);
        let says = pair.is_some() || share.is_some() || has_version(line);
        if says && !is_kept && line.split_whitespace().count() <= SENTENCE {
            named.push_str(&title_name(line));
            named.push_str(share.unwrap_or_default());
        }
    }
    Some(named).filter(|named| !named.is_empty())
}

/// Whether a word is a number with a dot in it.
fn has_version(line: &str) -> bool {
    line.split_whitespace().any(|word| {
        let word = word.trim_start_matches('v').trim_end_matches(|c: char| !c.is_ascii_digit());
        let mut parts = word.split('.');
        word.contains('.')
            && parts.all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// The share that a sentence is of: `to 10% of users`; not how much is done.
fn share(text: &str) -> Option<&str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(3).find_map(|three| match three {
        ["to" | "for" | "at" | "on", share, _] if share.ends_with('%') => Some(*share),
        [share, "of", _] if share.ends_with('%') => Some(*share),
        _ => None,
    })
}

/// Adds what HTML says of the part of the document in which `item` begins at `start`.
pub(super) fn add_folded(item: &mut Item, start: usize, of: &Outline) {
    item.around.extend(of.folded(start).take(DEEP).map(beginning));
}

/// Adds to the item at `of` what the entries say that enclose it, items or not.
pub(super) fn add_enclosing(
    items: &mut [Item],
    of: Option<usize>,
    entry: &Entry,
    own: &[Option<usize>],
    outline: &Outline,
) {
    let Some(of) = of else { return };
    let around = std::iter::successors(entry.parent, |at| outline.entries.get(*at)?.parent);
    let texts = around.take(DEEP).filter_map(|at| match own.get(at).copied().flatten() {
        Some(item) => items.get(item).map(|item| beginning(&item.text)),
        None => Some(beginning(&outline.entries.get(at)?.body.as_ref()?.raw)),
    });
    let texts: Vec<String> = texts.collect();
    items.get_mut(of).into_iter().for_each(|item| item.around.extend(texts.iter().cloned()));
}

/// The priority that stands above an entry without being a heading: the nearest entry around it that
/// is no item says it, or the lead above its list.
pub(super) fn graded(entry: &Entry, own: &[Option<usize>], of: &Outline) -> Option<String> {
    let mut around = std::iter::successors(entry.parent, |at| of.entries.get(*at)?.parent);
    let by_group = around.find_map(|at| {
        let is_item = own.get(at).copied().flatten().is_some();
        let body = of.entries.get(at).filter(|_| !is_item)?.body.as_ref()?;
        leading_priority(&body.raw)
    });
    by_group.or_else(|| graded_by_lead(entry.lead, of))
}

/// The priority that the lead says.
pub(super) fn graded_by_lead(lead: Option<usize>, of: &Outline) -> Option<String> {
    of.leads.get(lead?)?.priority.clone()
}

/// Words that say of something that it is so of a part.
const OF_A_PART: [&str; 10] = [
    "except",
    "excepting",
    "exception",
    "exceptions",
    "excluded",
    "excludes",
    "excluding",
    "only",
    "partially",
    "solely",
];

/// Whether a paragraph says of the list below it that it is of a part. Such a paragraph says much else:
/// `Do not deploy without approval`.
fn narrows_a_list(text: &str) -> bool {
    const NOT_OF: [&str; 6] = ["for", "in", "of", "on", "valid", "yet"];
    let words: Vec<String> = words(text).map(str::to_lowercase).collect();
    let denies =
        |two: &[String]| matches!(two, [not, of] if not == "not" && NOT_OF.contains(&of.as_str()));
    words.iter().any(|word| OF_A_PART.contains(&word.as_str())) || words.windows(2).any(denies)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn push_marked(details: &mut String, text: &str) {
    if !narrows(text) {
        return push(details, text);
    }
    let mut slug = String::new();
    push_slug(&mut slug, text);
    details.push('\n');
    details.push(NARROWS);
    details.push_str(&slug);
}

/// Whether a text says that something is so of a part alone, or not so.
fn narrows(text: &str) -> bool {
    const MORE: [&str; 9] =
        ["but", "incomplete", "isn", "missing", "not", "partial", "pending", "unless", "without"];
    let known = || OF_A_PART.iter().chain(&MORE);
    words(text).any(|word| known().any(|known| known.eq_ignore_ascii_case(word)))
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
