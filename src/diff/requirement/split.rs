//! One requirement written as several of the same evidence, or several as one: all of an item's hold
//! together, so that asks the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::snapshot::v1::Requirement;

use super::super::words::Shift;
use super::said;

/// The requirements of one item.
type All<'r> = Vec<&'r Requirement>;

/// Both sides without what was only split or joined.
pub(super) fn without<'r>(
    from: &[&'r Requirement],
    to: &[&'r Requirement],
    compare: &dyn Fn(&str, &str) -> Shift,
) -> (All<'r>, All<'r>) {
    let (before, after) = (by_evidence(from), by_evidence(to));
    let is_same = |evidence: &String| match (before.get(evidence), after.get(evidence)) {
        (Some(before), Some(after)) => asks_the_same(before, after, compare),
        _ => false,
    };
    let same: BTreeSet<&String> = before.keys().filter(|evidence| is_same(evidence)).collect();
    let rest = |all: &[&'r Requirement]| {
        let stays = |of: &&&Requirement| evidence(of).is_none_or(|of| !same.contains(&of));
        all.iter().filter(stays).copied().collect()
    };
    (rest(from), rest(to))
}

fn by_evidence<'r>(all: &[&'r Requirement]) -> BTreeMap<String, All<'r>> {
    let mut by_evidence: BTreeMap<String, All<'r>> = BTreeMap::new();
    for requirement in all {
        if let Some(evidence) = evidence(requirement) {
            by_evidence.entry(evidence).or_default().push(requirement);
        }
    }
    by_evidence
}

/// Everything that a requirement asks beside its condition; `None` of one that asks for people or has no
/// condition.
fn evidence(of: &Requirement) -> Option<String> {
    let has_condition = of.condition.is_some() && of.sign_off.is_none();
    has_condition.then(|| said::whole(&Requirement { condition: None, ..of.clone() }))
}

/// Whether another number of conditions comes to the same, with the same limits read from the tree.
fn asks_the_same(
    before: &[&Requirement],
    after: &[&Requirement],
    compare: &dyn Fn(&str, &str) -> Shift,
) -> bool {
    let is_split = before.len() != after.len() && limits(before) == limits(after);
    let (before, after) = (joined(before), joined(after));
    is_split && (before == after || compare(&before, &after) == Shift::Same)
}

/// Every term of all conditions, each once, in one condition.
fn joined(all: &[&Requirement]) -> String {
    let terms = all.iter().filter_map(|of| of.condition.as_deref()).flat_map(terms);
    let terms: BTreeSet<String> = terms.collect();
    terms.into_iter().collect::<Vec<_>>().join(" && ")
}

/// What stands between the outer `&&`; all of it where something binds less than they do.
fn terms(condition: &str) -> Vec<String> {
    let (mut terms, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    let mut quote = None;
    let mut letters = condition.char_indices();
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (Some(_), '\\') => {
                letters.next();
            }
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, '|' | '?') if depth == 0 => return vec![format!("({condition})")],
            (None, '&') if depth == 0 => {
                terms.extend(condition.get(start..at).map(said::one_line));
                start = at + 1;
            }
            (None, _) => {}
        }
    }
    terms.extend(condition.get(start..).map(said::one_line));
    terms.retain(|term| !term.is_empty());
    terms
}

/// What the limits are that comparisons read from the tree.
fn limits(all: &[&Requirement]) -> BTreeSet<String> {
    let read = all.iter().flat_map(|of| &of.read);
    let limits = read.filter_map(|read| {
        let limit = read.limit.as_ref()?;
        Some(format!("{} {:?} {} {:?}", read.fact, read.bound, limit.from, limit.value))
    });
    limits.collect()
}
