//! What the limits that a condition reads from the tree say, and what became of those of an unchanged one.

use crate::snapshot::v1::{Limit, Read, Requirement};

use super::super::words::Shift;
use super::{Aspect, said};

/// Each limit whose file says another number now, as if that number stood in the condition.
pub(super) fn aspects(
    from: &Requirement,
    to: &Requirement,
    compare: &dyn Fn(&str, &str) -> Shift,
) -> Vec<Aspect> {
    let (Some(before), Some(after)) = (&from.condition, &to.condition) else { return Vec::new() };
    if said::one_line(before) != said::one_line(after) {
        return Vec::new();
    }
    let told = moved(from, to).into_iter().filter_map(|(was, is)| {
        let shift = compare(&written(before, was)?, &written(after, is)?);
        let (source, then, now) = (&was.from, was.value, is.value);
        let why = match shift {
            Shift::Same => return None,
            Shift::Loosened => "which asks for less",
            Shift::Tightened => "which asks for more",
            Shift::Changed => "which asks for something else",
        };
        Some(Aspect {
            shift,
            from: format!("limit read from {source}: {then}"),
            to: now.to_string(),
            why: format!("The limit in {source} went from {then} to {now}, {why}."),
        })
    });
    let mut aspects: Vec<Aspect> = told.collect();
    aspects.dedup();
    aspects
}

/// The limits of the same comparisons that are not the same number.
fn moved<'r>(from: &'r Requirement, to: &'r Requirement) -> Vec<(&'r Limit, &'r Limit)> {
    let same = |was: &Read, is: &Read| was.fact == is.fact && was.bound == is.bound;
    let pair = |is: &'r Read| {
        let now = is.limit.as_ref()?;
        let was = from.read.iter().find(|was| same(was, is))?.limit.as_ref()?;
        (was.value != now.value && was.from == now.from).then_some((was, now))
    };
    to.read.iter().filter_map(pair).collect()
}

/// The condition of `asked` with every limit that is known in place of what reads it.
pub(super) fn spelled(asked: &Requirement) -> Option<String> {
    let mut spelled = asked.condition.clone()?;
    let mut limits: Vec<&Limit> =
        asked.read.iter().filter_map(|read| read.limit.as_ref()).collect();
    limits.sort_by_key(|limit| std::cmp::Reverse(limit.at));
    let mut behind = spelled.len();
    for limit in limits {
        // Of two comparisons with one limit, each has it.
        if limit.at.1 > behind {
            continue;
        }
        behind = limit.at.0;
        spelled = written(&spelled, limit).unwrap_or(spelled);
    }
    Some(said::one_line(&spelled))
}

/// The condition with the number in place of what reads it; `None` where it does not stand there.
fn written(condition: &str, limit: &Limit) -> Option<String> {
    let (start, end) = limit.at;
    condition.get(start..end)?;
    Some(format!("{}{}{}", condition.get(..start)?, limit.value, condition.get(end..)?))
}
