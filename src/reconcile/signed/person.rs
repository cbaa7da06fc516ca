//! Who is one person: people have several addresses and several names, and a report may show none.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Authorship;
use crate::policy::Config;
use crate::reconcile::witness::Hand;

/// `[people]`, as it tells who is one person.
#[derive(Debug, Clone, Copy)]
pub struct People<'a> {
    /// `@name` → addresses.
    pub named: &'a BTreeMap<String, Vec<String>>,
    /// Those of the names that are one person's.
    pub persons: &'a BTreeSet<String>,
}

impl<'a> People<'a> {
    /// Those of a configuration.
    pub fn of(config: &'a Config) -> People<'a> {
        People { named: &config.people, persons: &config.persons }
    }

    /// The names that hold both addresses.
    fn holding(self, one: &str, other: &str) -> impl Iterator<Item = &'a str> {
        let both = move |addresses: &Vec<String>| {
            let holds = |email: &str| addresses.iter().any(|of| of.eq_ignore_ascii_case(email));
            holds(one) && holds(other)
        };
        self.named.iter().filter(move |(_, of)| both(of)).map(|(name, _)| name.as_str())
    }
}

/// Somebody, as git knows them.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    email: &'a str,
    name: &'a str,
    /// Whose name a report does not show: one number a person.
    number: Option<u32>,
}

impl<'a> Person<'a> {
    /// Under their own name.
    pub fn named(email: &'a str, name: &'a str) -> Person<'a> {
        Person { email, name: name.trim(), number: None }
    }

    /// The author of a commit.
    pub fn author(by: &'a Authorship) -> Person<'a> {
        Person { email: &by.email, name: by.author.trim(), number: by.person }
    }

    /// Who made a change.
    pub fn hand(hand: &'a Hand) -> Person<'a> {
        Person { email: &hand.email, name: hand.name.trim(), number: hand.person }
    }

    /// Whether both are one: by the address, by the name, and of the addresses that one `@name` of
    /// `people` holds by what both are called. A group holds several people, so that being of one
    /// `@name` alone says nothing; where that is one person's, only two full names say that they are two.
    pub fn is(&self, other: &Person<'_>, people: People<'_>) -> bool {
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        if same(self.email, other.email) {
            return true;
        }
        match (self.number, other.number) {
            (Some(one), Some(two)) => one == two,
            (None, None) => {
                !self.name.is_empty() && same(self.name, other.name)
                    || people.holding(self.email, other.email).any(|name| {
                        self.is_alike(other)
                            || people.persons.contains(name) && !self.is_plainly_another(other)
                    })
            }
            _ => false,
        }
    }

    /// Whether both are called by full names that have no word in common.
    fn is_plainly_another(&self, other: &Person<'_>) -> bool {
        let (ours, theirs) = (parts(self.name), parts(other.name));
        ours.len() > 1 && theirs.len() > 1 && !ours.iter().any(|word| theirs.contains(word))
    }

    /// Whether one of the ways to call the one calls the other: `Ana`, `Ana Costa` and `acosta`.
    fn is_alike(&self, other: &Person<'_>) -> bool {
        let (ours, theirs) = (self.called(), other.called());
        !ours.is_disjoint(&theirs)
            || is_part(self.name, other.name)
            || is_part(other.name, self.name)
    }

    /// What the name and the address say that they are called: `anacosta`, `acosta`, `anac`.
    fn called(&self) -> BTreeSet<String> {
        let local = self.email.split('@').next().unwrap_or_default();
        let local = local.split_once('+').map_or(local, |(lead, rest)| {
            // `12+ana@users.noreply.github.com`, `ana+git@example.org`.
            if lead.bytes().all(|byte| byte.is_ascii_digit()) { rest } else { lead }
        });
        let names = parts(self.name);
        let mut called = BTreeSet::from([parts(local).concat(), names.concat()]);
        if let [first, .., last] = names.as_slice() {
            let initial = |name: &str| name.chars().take(1).collect::<String>();
            called.insert(format!("{first}{last}"));
            called.insert(format!("{}{last}", initial(first)));
            called.insert(format!("{first}{}", initial(last)));
        }
        called.retain(|name| name.chars().count() > 2);
        called
    }
}

/// Whether `name` is one word, the first or the last of `whole`.
fn is_part(name: &str, whole: &str) -> bool {
    let whole = parts(whole);
    match parts(name).as_slice() {
        [one] => whole.first() == Some(one) || whole.last() == Some(one),
        _ => false,
    }
}

/// The words of a name, in lower case.
fn parts(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_one_person() {
        let all = ["a@x", "ana@x", "ana.costa@y", "acosta@z", "noor@x"];
        let named =
            BTreeMap::from([("@all".to_owned(), all.iter().map(|of| (*of).to_owned()).collect())]);
        let people = People { named: &named, persons: &BTreeSet::new() };
        for (one, two, same) in [
            (("Ana", "ana@x"), ("Noor", "ANA@x"), true),
            (("Ana", "ana@x"), ("ana", "elsewhere@y"), true),
            (("Ana Costa", "a@x"), ("Ana", "ana@x"), true),
            (("Ana Costa", "a@x"), ("ac", "acosta@z"), true),
            (("Ana C.", "a@x"), ("A. Costa", "ana.costa@y"), false),
            (("Ana Costa", "a@x"), ("Ana Lima", "noor@x"), false),
            (("Ana Costa", "a@x"), ("Ana", "elsewhere@y"), false),
            (("", "a@x"), ("", "noor@x"), false),
        ] {
            let (one, two) = (Person::named(one.1, one.0), Person::named(two.1, two.0));
            assert_eq!(one.is(&two, people), same, "{one:?} {two:?}");
            assert_eq!(two.is(&one, people), same, "{two:?} {one:?}");
        }
    }

    #[test]
    fn the_addresses_of_one_person_are_two_people_by_their_full_names_alone() {
        let (at_home, in_browser) = ("ben@x", "1+octofox@users.noreply.github.com");
        let addresses = [at_home, in_browser].map(str::to_owned).to_vec();
        let named = BTreeMap::from([("@ben".to_owned(), addresses)]);
        let one_person = BTreeSet::from(["@ben".to_owned()]);
        for (name, persons, same) in [
            ("octofox", &one_person, true),
            ("", &one_person, true),
            ("Ben Lima", &one_person, true),
            ("Noor Ali", &one_person, false),
            ("octofox", &BTreeSet::new(), false),
        ] {
            let people = People { named: &named, persons };
            let (ben, other) =
                (Person::named(at_home, "Ben Smith"), Person::named(in_browser, name));
            assert_eq!(ben.is(&other, people), same, "{name}");
            assert_eq!(other.is(&ben, people), same, "{name}");
        }
    }
}
