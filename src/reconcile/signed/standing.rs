//! Which of the words of one person stands: the latest of those that hold for the item as it is. One that
//! is stale takes nothing away: it may be of another release's line that was merged.

use std::collections::BTreeSet;

use crate::model::Rule;
use crate::policy::SignOff;
use crate::reconcile::freshness::short;
use crate::reconcile::ruling::Ruling;

use super::word::Word;
use super::{Against, Person, Signing};

/// What speaks against words.
pub(super) struct Weighed {
    /// Against each; nothing where it counts.
    pub(super) against: Vec<Option<Against>>,
    /// Of each person of whom none counts what made the latest stale.
    pub(super) stale: Vec<(Rule, String)>,
    /// Two of one person count, and neither is the later one.
    pub(super) tie: Option<Ruling>,
}

impl Signing<'_> {
    /// Weighs `words`, the latest first.
    pub(super) fn weigh(
        &self,
        asked: &SignOff,
        able: &BTreeSet<String>,
        words: &[Word<'_>],
    ) -> Weighed {
        let mut standing: Vec<&Word<'_>> = Vec::new();
        let mut tie = None;
        let mut against: Vec<Option<Against>> = Vec::with_capacity(words.len());
        for word in words {
            let person = Person::author(word.by);
            let is_theirs = |known: &&&Word<'_>| self.is_one(&Person::author(known.by), &person);
            let found = match standing.iter().find(is_theirs) {
                None => self.against(asked, able, word),
                Some(known) if known.is_at_one_time(word) => {
                    self.against(asked, able, word).or_else(|| {
                        tie.get_or_insert_with(|| at_one_time(known, word));
                        let before = words.iter().position(|of| std::ptr::eq(of, *known));
                        let before = before.and_then(|at| against.get_mut(at));
                        before.into_iter().for_each(|of| *of = Some(tied()));
                        Some(tied())
                    })
                }
                Some(_) => {
                    let later = || "a later one of the same person stands".to_owned();
                    let why = self.of_another(able, word).unwrap_or_else(later);
                    Some(Against::NotCounted(why))
                }
            };
            if found.is_none() {
                standing.push(word);
            }
            against.push(found);
        }
        let mut stale: Vec<(Person<'_>, Rule, &String)> = Vec::new();
        for (word, against) in words.iter().zip(&against) {
            let Some(Against::Stale(rule, why)) = against else { continue };
            let person = Person::author(word.by);
            let mut others = standing.iter().map(|known| Person::author(known.by));
            let mut told = stale.iter().map(|(known, ..)| known);
            if !others.any(|known| self.is_one(&known, &person))
                && !told.any(|known| self.is_one(known, &person))
            {
                stale.push((person, *rule, why));
            }
        }
        let stale = stale.into_iter().map(|(_, rule, why)| (rule, why.clone())).collect();
        Weighed { against, stale, tie }
    }

    fn is_one(&self, known: &Person<'_>, person: &Person<'_>) -> bool {
        known.is(person, self.people)
    }
}

fn tied() -> Against {
    let why = "gave another at the same time, so neither is the later one";
    Against::NotCounted(why.to_owned())
}

/// Two sign-offs at one time of one person: neither is the later one.
fn at_one_time(one: &Word<'_>, other: &Word<'_>) -> Ruling {
    let place = |word: &Word<'_>| {
        let commit = short(&word.by.commit);
        match word.entry {
            Some((path, entry)) => format!("{commit} ({path}:{})", entry.line),
            None => commit.to_owned(),
        }
    };
    let why = format!(
        "{} signed in {} and in {} at the same time, so neither is the later one. Take one of them out, \
         or sign it off again.",
        one.by.author,
        place(one),
        place(other)
    );
    Ruling::invalid(Rule::Conflicting, why).instructing()
}
