//! What stands around an item and may say that it is not to be ticked: headings, the paragraph or the entry
//! above its list, an item that encloses it, orders in the prose of its section.

use crate::checklist::text::affix::{strip_prefix, strip_suffix};
use crate::model::{Checklist, Claim, Item};

use super::words::ORDERS;
use super::{leaves, remarks};

/// What a heading or an entry above says of all below it, as a whole or before what says more.
#[rustfmt::skip]
const STATES: [&str; 44] = [
    "abandoned", "archived", "backlog", "blocked", "by hand", "cancelled", "canceled", "deferred", "deprecated", "do not tick",
    "don't tick", "example", "examples", "frozen", "future", "ignore", "known issues", "later", "legend", "manual only",
    "n/a", "next release", "no-go", "not applicable", "not in this release", "not needed", "not now", "not started",
    "not yet", "obsolete", "old", "on hold", "out of scope", "paused", "postponed", "rejected", "roadmap", "superseded",
    "suspended", "template", "waiting", "won't", "won't do", "wontfix",
];

/// What a short paragraph above a list says of it somewhere.
#[rustfmt::skip]
const SAID: [&str; 20] = [
    "blocked", "blocked by", "choose one", "deferred", "do not", "don't", "either", "no longer", "not applicable", "obsolete",
    "on hold", "one of the following", "out of date", "pick one", "postponed", "select one", "tick one", "until", "waiting for",
    "waiting on",
];

/// Under which keys a document says of itself that nothing goes on, and what it says then.
const KEYS: [&str; 3] = ["status", "state", "overall status"];
#[rustfmt::skip]
const STOPPED: [&str; 14] = [
    "abandoned", "archived", "blocked", "cancelled", "canceled", "deprecated", "frozen", "no-go", "obsolete", "on hold",
    "paused", "rejected", "superseded", "suspended",
];

/// What stands around the items of a document.
pub struct Above<'c> {
    checklist: &'c Checklist,
    /// The lines of prose that forbid a tick.
    orders: Vec<usize>,
}

impl<'c> Above<'c> {
    /// Looks through the prose of `checklist`.
    pub fn of(checklist: &'c Checklist) -> Above<'c> {
        let is_order = |line: &usize| {
            let said = checklist.lines.line(*line).trim();
            let is_entry =
                said.starts_with(['-', '*', '+']) || said.starts_with(|c: char| c.is_ascii_digit());
            !is_entry && orders(said)
        };
        Above { checklist, orders: (1..=checklist.lines.count()).filter(is_order).collect() }
    }

    /// What around `item` keeps a tool from ticking it, as it stands there.
    pub fn reservation(&self, item: &Item) -> Option<String> {
        let headings = item.section.iter().map(String::as_str).chain([&*item.title]);
        let mut headings = headings.filter(|title| !title.is_empty());
        let mut around = item.around.iter().map(String::as_str);
        headings
            .find(|title| is_state(title) || remarks(title).any(is_state) || is_template(title))
            .or_else(|| around.find(|said| is_state(said) || says(said)))
            .map(str::to_owned)
            .or_else(|| above(self.checklist, item))
            .or_else(|| of_itself(self.checklist))
            .or_else(|| self.order(item))
    }

    /// An order not to tick in the prose of the item's section, or before the first one.
    fn order(&self, item: &Item) -> Option<String> {
        let starts = || self.checklist.sections.iter().map(|section| section.line);
        let own = starts().filter(|line| *line < item.line).max().unwrap_or(1);
        let next = starts().filter(|line| *line > item.line).min().unwrap_or(usize::MAX);
        let intro = 1..starts().nth(1).unwrap_or(usize::MAX).min(item.line);
        let holds = |line: &&usize| intro.contains(*line) || (own..next).contains(*line);
        let line = self.orders.iter().find(holds)?;
        Some(self.checklist.lines.line(*line).trim().to_owned())
    }
}

/// A state alone, or with a sign or a word behind it that tells more: `Postponed to 1.6`, not `Template rendering`.
fn is_state(text: &str) -> bool {
    const MORE: [&str; 8] = ["by", "for", "if", "in", "on", "only", "to", "until"];
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    STATES.iter().any(|state| {
        let Some(rest) = strip_prefix(bare, state) else { return false };
        let next = rest.split_whitespace().next().unwrap_or_default();
        let is_word = rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '\'');
        !is_word && (!next.starts_with(char::is_alphanumeric) || MORE.contains(&next))
    })
}

/// `Release checklist template`: it is there to be copied.
fn is_template(title: &str) -> bool {
    let bare = title.trim_end_matches(|c: char| !c.is_alphanumeric());
    strip_suffix(bare, " template").is_some()
}

/// Whether a short paragraph says so, or asks what the list answers.
fn says(text: &str) -> bool {
    const SHORT: usize = 16;
    if text.trim_end_matches(['*', '_', ' ']).ends_with('?') {
        return true;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').collect();
    let plain = format!(" {} ", words.join(" "));
    words.len() <= SHORT && SAID.iter().any(|said| plain.contains(&format!(" {said} ")))
}

/// An item around it that is put off or left out, or says that something is left.
fn above(checklist: &Checklist, item: &Item) -> Option<String> {
    let mut parent = item.parent.and_then(|at| checklist.items.get(at));
    // An item stands below those before it alone.
    for _ in 0..item.depth {
        let Some(of) = parent else { break };
        let left = || remarks(&of.text).any(leaves) || is_state(&of.text);
        if of.claim == Claim::Cancelled || left() {
            return Some(of.text.clone());
        }
        parent = of.parent.and_then(|at| checklist.items.get(at));
    }
    None
}

fn of_itself(checklist: &Checklist) -> Option<String> {
    let mut stated = checklist
        .metadata
        .iter()
        .filter(|(key, _)| KEYS.iter().any(|known| known.eq_ignore_ascii_case(key.trim())));
    let stopped = |value: &str| {
        let bare = value.trim_start_matches(|c: char| !c.is_alphanumeric());
        STOPPED.iter().any(|word| {
            strip_prefix(bare, word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    };
    stated.find(|(_, value)| stopped(value)).map(|(key, value)| format!("{key}: {value}"))
}

/// Whether a line of prose forbids a tick.
fn orders(line: &str) -> bool {
    let lower = line.to_lowercase();
    ORDERS[..13].iter().any(|order| {
        lower.match_indices(order).any(|(at, _)| {
            let rest = lower.get(at + order.len()..).unwrap_or_default();
            !rest.starts_with(char::is_alphanumeric)
        })
    })
}
