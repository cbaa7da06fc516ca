//! The people of a run under numbers: by them a sign-off is judged where no name is shown.

use std::collections::{BTreeMap, BTreeSet};

use crate::policy::Config;
use crate::reconcile::{People, Person};

/// Each person's number, by each of their addresses and names.
#[derive(Debug, Clone, Default)]
pub(in crate::pipeline) struct Numbers {
    /// By address and name.
    known: BTreeMap<(String, String), u32>,
    /// `@name` → addresses.
    named: BTreeMap<String, Vec<String>>,
    /// Those of the names that are one person's.
    persons: BTreeSet<String>,
}

impl Numbers {
    /// Numbers the `authors`, each an address and a name; those who are one person share theirs.
    pub(in crate::pipeline) fn of(authors: BTreeSet<(String, String)>, config: &Config) -> Numbers {
        let people = People::of(config);
        let authors: Vec<(String, String)> = authors.into_iter().collect();
        let mut first: Vec<usize> = (0..authors.len()).collect();
        for (at, author) in authors.iter().enumerate() {
            for (before, other) in authors.iter().enumerate().take(at) {
                let (one, two) = (root(&first, at), root(&first, before));
                if one != two && person(author).is(&person(other), people) {
                    first[one.max(two)] = one.min(two);
                }
            }
        }
        let number = |at: usize| u32::try_from(root(&first, at)).unwrap_or(u32::MAX);
        let known = authors.iter().cloned().enumerate().map(|(at, of)| (of, number(at))).collect();
        Numbers { known, named: config.people.clone(), persons: config.persons.clone() }
    }

    /// The number of who goes by that address and name; `None` of somebody else.
    pub(in crate::pipeline) fn number(&self, email: &str, name: &str) -> Option<u32> {
        let sought = (email.to_owned(), name.to_owned());
        if let Some(number) = self.known.get(&sought) {
            return Some(*number);
        }
        let people = People { named: &self.named, persons: &self.persons };
        let is_it = |known: &(String, String)| person(known).is(&person(&sought), people);
        self.known.iter().find(|(known, _)| is_it(known)).map(|(_, number)| *number)
    }
}

fn person((email, name): &(String, String)) -> Person<'_> {
    Person::named(email, name)
}

/// The first of those who are one with the author at `at`.
fn root(first: &[usize], mut at: usize) -> usize {
    while let Some(&before) = first.get(at).filter(|before| **before < at) {
        at = before;
    }
    at
}
