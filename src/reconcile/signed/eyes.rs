//! Four eyes: neither who ticked or worded the item nor who made the change may vouch for it.

use super::person::{People, Person};
use crate::model::{Authorship, Change, Event, Glob, ItemHistory, listed};
use crate::reconcile::freshness::short;
use crate::reconcile::witness::{Hand, Hands, Witness};

/// Who looked at the item before the one who signs.
pub(super) struct Eyes<'a> {
    pub(super) history: Option<&'a ItemHistory>,
    /// Where the change lies; `None` where the requirement does not say.
    pub(super) paths: Option<&'a [Glob]>,
    pub(super) witness: &'a dyn Witness,
    pub(super) people: People<'a>,
}

impl Eyes<'_> {
    /// Why the word in `by` is not that of another person, to stand after the name.
    pub(super) fn against(&self, by: &Authorship) -> Option<String> {
        let person = Person::author(by);
        if self.own_hands().any(|own| own.is(&person, self.people)) {
            return Some("ticked or worded the item, and four eyes are asked for".to_owned());
        }
        match self.hands(by)? {
            Hands::Known { since, hands } => {
                let own = |hand: &&Hand| Person::hand(hand).is(&person, self.people);
                let hand = hands.iter().find(own)?;
                Some(format!(
                    "changed {} in {}{}, and four eyes are asked for",
                    hand.path,
                    short(&hand.commit),
                    after(since.as_deref())
                ))
            }
            Hands::Truncated => Some(
                "may have made the change: the clone is shallow, and four eyes are asked for"
                    .to_owned(),
            ),
        }
    }

    /// What those did not do whose words count, to stand after their names.
    pub(super) fn told(&self, by: &Authorship) -> String {
        let mut told = ", who did not tick or word it".to_owned();
        if let (Some(Hands::Known { since, .. }), Some(paths)) = (self.hands(by), self.paths) {
            let paths: Vec<&str> = paths.iter().map(Glob::as_str).collect();
            let change = format!(" nor change {}{}", listed(&paths, 3), after(since.as_deref()));
            told.push_str(&change);
        }
        told
    }

    /// Who made the change that was vouched for.
    fn hands(&self, by: &Authorship) -> Option<Hands> {
        let paths = self.paths.filter(|paths| !paths.is_empty())?;
        Some(self.witness.hands(&by.commit, paths))
    }

    /// Who ticked the item, and who brought it or worded it last.
    fn own_hands(&self) -> impl Iterator<Item = Person<'_>> {
        let is_wording = |event: &&Event| matches!(event.change, Change::Added | Change::Reworded);
        let worded = self.history.and_then(|of| of.events.iter().rev().find(is_wording));
        let ticked = self.history.into_iter().flat_map(ItemHistory::ticks).map(|tick| &tick.event);
        ticked.chain(worded).map(|event| Person::author(&event.by))
    }
}

fn after(release: Option<&str>) -> String {
    release.map(|name| format!(" since {name}")).unwrap_or_default()
}
