//! How a report names the people that git knows: by name, by handle, or not at all.

use std::sync::Arc;

use crate::model::{Authorship, Document, Documents, ItemHistory};
use crate::pipeline::witness::numbers::Numbers;
use crate::policy::{Config, ShownPeople};
use crate::snapshot::v1;

/// Who did something, where people are not shown.
const SOMEBODY: &str = "Somebody";

/// The people, as one report shows them. Their addresses, by which sign-offs are judged, stay known.
pub(in crate::pipeline) struct Shown<'c> {
    config: &'c Config,
}

impl<'c> Shown<'c> {
    /// As `[site] people` asks.
    pub(in crate::pipeline) fn by(config: &'c Config) -> Shown<'c> {
        Shown { config }
    }

    /// Puts the shown name of each author in the place of the real one, and beside it who that is:
    /// how people are shown decides nothing. `None` where they are shown by their names.
    pub(super) fn name_in(&self, documents: &mut Documents) -> Option<Numbers> {
        if self.config.shown_people == ShownPeople::Names {
            return None;
        }
        let histories = || documents.iter().filter_map(|of| of.histories.as_ref()).flatten();
        let authors = histories().flat_map(ItemHistory::authors);
        let authors = authors.map(|by| (by.email.clone(), by.author.clone())).collect();
        let numbers = Numbers::of(authors, self.config);
        let histories = documents.iter_mut().flat_map(Document::traced_mut);
        for by in histories.flat_map(|(_, history)| history.commits()) {
            let (author, person) = (self.name(by), numbers.number(&by.email, &by.author));
            *by = Arc::new(Authorship { author, person, ..(**by).clone() });
        }
        Some(numbers)
    }

    /// Takes the addresses out of checklists that do not name people.
    pub(in crate::pipeline) fn address_in(&self, checklists: &mut [v1::Checklist]) {
        if self.config.shown_people == ShownPeople::Names {
            return;
        }
        for item in checklists.iter_mut().flat_map(|of| &mut of.items) {
            let said = item.history.iter_mut().flat_map(|of| &mut of.attestations);
            said.for_each(|of| of.email.clear());
            let asked = item.requirement.as_deref_mut().into_iter().chain(&mut item.requirements);
            for sign_off in asked.filter_map(|of| of.sign_off.as_mut()) {
                sign_off.people.clear();
                sign_off.given.iter_mut().for_each(|of| of.email.clear());
            }
        }
    }

    fn name(&self, by: &Authorship) -> String {
        match self.config.shown_people {
            ShownPeople::Names => by.author.clone(),
            ShownPeople::Handles => self.handle(&by.email),
            ShownPeople::None => SOMEBODY.to_owned(),
        }
    }

    /// The `@name` that `[people]` gives to this address alone, else the address before its `@`;
    /// of `12+ana@users.noreply.github.com` what follows the number.
    fn handle(&self, email: &str) -> String {
        let is_own = |addresses: &[String]| matches!(addresses, [address] if address.eq_ignore_ascii_case(email));
        let mut people = self.config.people.iter();
        if let Some((name, _)) = people.find(|(_, addresses)| is_own(addresses)) {
            return name.clone();
        }
        let local = email.split('@').next().unwrap_or_default();
        let handle = match local.split_once('+') {
            Some((number, name)) if number.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => local,
        };
        if handle.is_empty() { SOMEBODY.to_owned() } else { format!("@{handle}") }
    }
}
