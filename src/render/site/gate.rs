//! What the gate asks of which items: its rules, matched with the items that stand against it.

use std::collections::{HashMap, HashSet};

use crate::model::{Glob, Status};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Checklist, Item};

use super::world::address;

/// A rule that asks for certain statuses of certain items: `require security/* verified or ready`.
struct Required<'s> {
    items: Glob,
    /// `verified or ready`.
    statuses: &'s str,
}

impl<'s> Required<'s> {
    /// `None` for another rule, and for one that narrows by more than the items' names.
    fn of(rule: &'s str) -> Option<Required<'s>> {
        let (items, statuses) = rule.strip_prefix("require ")?.split_once(' ')?;
        let known = |word: &str| Status::from_word(word).is_some();
        let items = Glob::new(items).ok()?;
        statuses.split(" or ").all(known).then_some(Required { items, statuses })
    }

    fn asks(&self, item: &Item) -> bool {
        let named = self.items.matches(&item.id) || self.items.matches(&item.address);
        named && !self.statuses.split(" or ").any(|word| word == item.status.word())
    }
}

/// The statuses that the gate accepts, by the address of each item that has another.
pub(super) fn asked(snapshot: &Snapshot) -> HashMap<String, &str> {
    let rules: Vec<Required> =
        snapshot.summary.gate.rules.iter().filter_map(|rule| Required::of(&rule.rule)).collect();
    let of_item = |(checklist, item): (&Checklist, &Item)| {
        let rule = rules.iter().find(|rule| rule.asks(item))?;
        Some((address(checklist, item), rule.statuses))
    };
    let items = snapshot.checklists.iter();
    let items =
        items.flat_map(|checklist| checklist.items.iter().map(move |item| (checklist, item)));
    let blocking: HashSet<&str> =
        snapshot.summary.gate.blocking.iter().map(String::as_str).collect();
    let asked = items.filter_map(of_item);
    asked.filter(|(address, _)| blocking.contains(address.as_str())).collect()
}

/// Whether an item that blocks does so by `rule`.
pub(super) fn blocks(rule: &str, item: &Item) -> bool {
    let is_overdue = || item.window.as_ref().is_some_and(|window| window.state == "overdue");
    match rule.strip_prefix("fail-on ") {
        Some("overdue") => is_overdue(),
        Some(status) => item.status.word() == status,
        None => Required::of(rule).is_some_and(|rule| rule.asks(item)),
    }
}
