//! What became of the sign-offs that are asked for.

use std::collections::BTreeSet;

use crate::snapshot::v1::{Requirement, SignOff};

use super::super::words::Shift;
use super::{Aspect, freshness, said};

/// The sign-offs, if more, fewer or other people's are asked for.
pub(super) fn aspect(from: &Requirement, to: &Requirement) -> Option<Aspect> {
    let (shift, why) = match (&from.sign_off, &to.sign_off) {
        (None, None) => return None,
        (None, Some(_)) => (Shift::Tightened, "A person must sign off too."),
        (Some(_), None) => (Shift::Loosened, "Nobody has to sign off any more."),
        (Some(from), Some(to)) => match shift(from, to)? {
            Shift::Loosened => (Shift::Loosened, "Fewer, older or other people's sign-offs do."),
            Shift::Tightened => (Shift::Tightened, "More, younger or fewer people's sign-offs do."),
            other => (other, "Another sign-off is asked for."),
        },
    };
    let said = |of: &Requirement| {
        of.sign_off.as_ref().map_or_else(|| "no sign-off".to_owned(), said::sign_off)
    };
    Some(Aspect { shift, from: said(from), to: said(to), why: why.to_owned() })
}

/// People who may sign and could not before ask for less, whoever cannot any more.
fn among(before: &BTreeSet<String>, after: &BTreeSet<String>) -> Shift {
    match (before.is_subset(after), after.is_subset(before)) {
        (true, true) => Shift::Same,
        (_, false) => Shift::Loosened,
        (false, true) => Shift::Tightened,
    }
}

/// All differences together; `None` where there is none.
fn shift(from: &SignOff, to: &SignOff) -> Option<Shift> {
    let count = match to.count.cmp(&from.count) {
        std::cmp::Ordering::Less => Shift::Loosened,
        std::cmp::Ordering::Greater => Shift::Tightened,
        std::cmp::Ordering::Equal => Shift::Same,
    };
    let age = match (&from.max_age, &to.max_age) {
        (None, None) => Shift::Same,
        (None, Some(_)) => Shift::Tightened,
        (Some(_), None) => Shift::Loosened,
        (Some(from), Some(to)) => freshness::longer(from, to).unwrap_or(Shift::Same),
    };
    let people = |of: &SignOff| of.by.iter().cloned().collect::<BTreeSet<String>>();
    let (before, after) = (people(from), people(to));
    let people = among(&before, &after);
    // A group has other members under the same name. An earlier snapshot may not know them.
    let known = !from.people.is_empty() && !to.people.is_empty();
    let members = |of: &SignOff| of.people.iter().cloned().collect::<BTreeSet<String>>();
    let people = if known { among(&members(from), &members(to)) } else { people };
    let flag = |from: bool, to: bool| match (from, to) {
        (false, true) => Shift::Tightened,
        (true, false) => Shift::Loosened,
        _ => Shift::Same,
    };
    let signed = flag(from.signed, to.signed);
    let four_eyes = flag(from.four_eyes, to.four_eyes);
    // A tick that counts asks for less.
    let tick = flag(to.tick, from.tick);
    let each_release = flag(from.each_release, to.each_release);
    [count, age, people, signed, four_eyes, tick, each_release]
        .into_iter()
        .max()
        .filter(|shift| *shift != Shift::Same)
}
