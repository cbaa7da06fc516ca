//! What became of the sign-offs that are asked for.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::model::{counted, listed};
use crate::snapshot::v1::{Requirement, SignOff};

use super::super::words::Shift;
use super::{Aspect, freshness, said};

/// How many people a sentence names.
const NAMED: usize = 6;

/// The sign-offs, if more, fewer or other people's are asked for.
pub(super) fn aspect(from: &Requirement, to: &Requirement) -> Option<Aspect> {
    let (shift, why) = match (&from.sign_off, &to.sign_off) {
        (None, None) => return None,
        (None, Some(_)) => (Shift::Tightened, "A person must sign off too."),
        (Some(_), None) => (Shift::Loosened, "Nobody has to sign off any more."),
        (Some(from), Some(to)) => shift(from, to)?,
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

/// Who may sign off and could not before, and who cannot any more, where groups have other members.
pub(super) fn who(
    (from, to): &(&Requirement, &Requirement),
    person: &dyn Fn(&str) -> Option<String>,
) -> Option<String> {
    let (from, to) = (from.sign_off.as_ref()?, to.sign_off.as_ref()?);
    if from.people.is_empty() || to.people.is_empty() {
        return None;
    }
    let beside = |of: &SignOff, other: &SignOff, verb: &str| {
        let people = of.people.iter().filter(|digest| !other.people.contains(digest));
        let mut names: Vec<String> = Vec::new();
        let mut nameless = 0;
        people.for_each(|digest| match person(digest) {
            Some(name) => names.push(name),
            None => nameless += 1,
        });
        names.sort();
        nameless += names.split_off(names.len().min(NAMED)).len() as u64;
        match (names.is_empty(), nameless) {
            (true, 0) => return None,
            (_, 0) => {}
            (true, some) => names.push(counted(some, "address")),
            (false, some) => names.push(format!("{some} more")),
        }
        Some(format!("{verb}: {}.", listed(&names, NAMED + 1)))
    };
    let came = beside(to, from, "May sign off now");
    let went = beside(from, to, "No longer may");
    let told: Vec<String> = came.into_iter().chain(went).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// What asks for the least, with what became of it; `None` where all is the same.
fn shift(from: &SignOff, to: &SignOff) -> Option<(Shift, &'static str)> {
    let age = match (&from.max_age, &to.max_age) {
        (None, None) => Shift::Same,
        (None, Some(_)) => Shift::Tightened,
        (Some(_), None) => Shift::Loosened,
        (Some(from), Some(to)) => freshness::longer(from, to).unwrap_or(Shift::Same),
    };
    // Each with what is said where it asks for less, and for more.
    let shifts = [
        (rising(from.count, to.count), "Fewer sign-offs do.", "More sign-offs are asked for."),
        (age, "Older sign-offs do.", "Sign-offs must be younger."),
        (people(from, to), "Other people's sign-offs do.", "Fewer people may sign off."),
        (
            rising(from.signed, to.signed),
            "Commits need no signature any more.",
            "Only signed commits count.",
        ),
        (
            rising(from.four_eyes, to.four_eyes),
            "Who ticked or changed it may sign off.",
            "Four eyes are asked for.",
        ),
        // A tick that counts asks for less.
        (
            rising(to.tick, from.tick),
            "A tick counts as a sign-off.",
            "A tick alone does not count.",
        ),
        (
            rising(from.each_release, to.each_release),
            "What was signed before a release counts after it.",
            "It is asked for anew with each release.",
        ),
    ];
    let least = shifts.iter().map(|(shift, ..)| *shift).max()?;
    let (_, less, more) = shifts.iter().find(|(shift, ..)| *shift == least)?;
    match least {
        Shift::Same => None,
        Shift::Loosened => Some((least, *less)),
        Shift::Tightened => Some((least, *more)),
        Shift::Changed => Some((least, "Another sign-off is asked for.")),
    }
}

/// Of what asks for more the greater it is.
fn rising<T: Ord>(from: T, to: T) -> Shift {
    match to.cmp(&from) {
        Ordering::Less => Shift::Loosened,
        Ordering::Greater => Shift::Tightened,
        Ordering::Equal => Shift::Same,
    }
}

/// Who may sign. A group has other members under the same name; an earlier snapshot may not know them.
fn people(from: &SignOff, to: &SignOff) -> Shift {
    let set = |of: &[String]| of.iter().cloned().collect::<BTreeSet<String>>();
    if from.people.is_empty() || to.people.is_empty() {
        among(&set(&from.by), &set(&to.by))
    } else {
        among(&set(&from.people), &set(&to.people))
    }
}
