//! The stages that compare for equality: id, history, text.

use std::collections::BTreeMap;

use super::{Column, Entry, Match, Table};

/// Texts of fewer words say too little to be found again in another checklist.
const WORDS_ACROSS: usize = 2;

/// The same id in the same checklist.
pub(super) fn by_id(table: &mut Table<'_>) {
    by(table, Match::Id, Repeats::Apart, |e| Some((e.group, e.located.item.id.as_str())));
}

/// What history followed from one address to another.
pub(super) fn by_history(table: &mut Table<'_>, followed: &BTreeMap<String, String>) {
    if followed.is_empty() {
        return;
    }
    let later: BTreeMap<String, usize> =
        table.to.open().map(|(index, entry)| (entry.located.address(), index)).collect();
    let pairs: Vec<(usize, usize)> = table
        .from
        .open()
        .filter_map(|(index, entry)| {
            let address = followed.get(&entry.located.address())?;
            Some((index, *later.get(address)?))
        })
        .collect();
    for (from, to) in pairs {
        table.pair(from, to, Match::History);
    }
}

/// The same text: in the same section, anywhere in the checklist, then in another checklist.
pub(super) fn by_text(table: &mut Table<'_>) {
    by(table, Match::Text, Repeats::InOrder, |e| {
        Some((e.group, e.words().plain.clone(), e.section().plain.clone()))
    });
    by(table, Match::Text, Repeats::Apart, |e| Some((e.group, e.words().plain.clone())));
    by(table, Match::Text, Repeats::Apart, |e| {
        Some((e.located.item.id.as_str(), e.words().plain.clone()))
    });
    by(table, Match::Text, Repeats::Apart, |e| {
        (e.words().stems.len() >= WORDS_ACROSS).then(|| e.words().plain.clone())
    });
}

/// What to do where several items have one key.
#[derive(Clone, Copy)]
enum Repeats {
    /// They cannot be told apart: the first is the first.
    InOrder,
    /// As many on either side are taken in order; else none is, for which one is gone is not known.
    Apart,
}

fn by<'s, K: Ord>(
    table: &mut Table<'s>,
    how: Match,
    repeats: Repeats,
    key: impl Fn(&Entry<'s>) -> Option<K>,
) {
    let (earlier, later) = (keyed(&table.from, &key), keyed(&table.to, &key));
    let mut later = later.chunk_by(|a, b| a.0 == b.0).peekable();
    for from in earlier.chunk_by(|a, b| a.0 == b.0) {
        while later.next_if(|to| to[0].0 < from[0].0).is_some() {}
        let Some(to) = later.next_if(|to| to[0].0 == from[0].0) else { continue };
        if matches!(repeats, Repeats::InOrder) || from.len() == to.len() {
            for ((_, from), (_, to)) in from.iter().zip(to) {
                table.pair(*from, *to, how);
            }
        }
    }
}

/// What is not paired yet by its key, in the order of the keys; what has none is left out.
fn keyed<'s, K: Ord>(
    column: &Column<'s>,
    key: impl Fn(&Entry<'s>) -> Option<K>,
) -> Vec<(K, usize)> {
    let mut keyed: Vec<(K, usize)> =
        column.open().filter_map(|(index, entry)| Some((key(entry)?, index))).collect();
    keyed.sort_unstable();
    keyed
}
