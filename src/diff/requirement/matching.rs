//! Which requirement of an item is which: the same, then those that share the most.

use std::cmp::Reverse;

use crate::snapshot::v1::Requirement;

use super::super::words::Shift;
use super::{limit, said};

/// The requirements of one item, side by side.
pub(super) struct Matched<'r> {
    pub(super) pairs: Vec<(&'r Requirement, &'r Requirement)>,
    pub(super) gone: Vec<&'r Requirement>,
    pub(super) new: Vec<&'r Requirement>,
}

/// Pairs the requirements. What shares nothing is paired too while both sides have some left: it
/// was put in the other's place.
pub(super) fn matched<'r>(
    from: &[&'r Requirement],
    to: &[&'r Requirement],
    compare: &dyn Fn(&str, &str) -> Shift,
) -> Matched<'r> {
    let (mut gone, mut new) = (sorted(from), sorted(to));
    let mut scored = Vec::new();
    for (a, from) in gone.iter().enumerate() {
        for (b, to) in new.iter().enumerate() {
            scored.push((Reverse(likeness(from, to, compare)), a, b));
        }
    }
    scored.sort_unstable();
    let mut pairs = Vec::new();
    let (mut left, mut right) = (vec![true; gone.len()], vec![true; new.len()]);
    for (_, a, b) in scored {
        if let (Some(free_a @ true), Some(free_b @ true)) = (left.get_mut(a), right.get_mut(b)) {
            (*free_a, *free_b) = (false, false);
            if let (Some(from), Some(to)) = (gone.get(a), new.get(b)) {
                pairs.push((*from, *to));
            }
        }
    }
    retain(&mut gone, &left);
    retain(&mut new, &right);
    Matched { pairs, gone, new }
}

/// In an order that does not hang on which requirement decides.
fn sorted<'r>(requirements: &[&'r Requirement]) -> Vec<&'r Requirement> {
    let mut sorted = requirements.to_vec();
    sorted.sort_by_cached_key(|requirement| said::whole(requirement));
    sorted
}

fn retain(requirements: &mut Vec<&Requirement>, free: &[bool]) {
    let mut free = free.iter();
    requirements.retain(|_| free.next().copied().unwrap_or(false));
}

/// How much two requirements share: the condition above all.
fn likeness(a: &Requirement, b: &Requirement, compare: &dyn Fn(&str, &str) -> Shift) -> u8 {
    if said::whole(a) == said::whole(b) {
        return u8::MAX;
    }
    let is_unchanged =
        a.condition.as_deref().map(said::one_line) == b.condition.as_deref().map(said::one_line);
    let condition = match (limit::spelled(a), limit::spelled(b)) {
        (Some(_), Some(_)) if is_unchanged => 8,
        (Some(a), Some(b)) => match compare(&a, &b) {
            Shift::Same => 8,
            Shift::Tightened | Shift::Loosened => 6,
            Shift::Changed => 0,
        },
        _ => 0,
    };
    let sign_off = u8::from(a.sign_off.is_some() && b.sign_off.is_some()) * 4;
    let artifacts = u8::from(!a.artifacts.is_empty() && a.artifacts == b.artifacts) * 3;
    condition + sign_off + artifacts + u8::from(a.path == b.path)
}
