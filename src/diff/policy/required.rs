//! Whether what a rule of the gate required is required still, by rules that are written otherwise.

use std::collections::BTreeSet;

use crate::diff::requirement::freshness::covers;
use crate::model::{Glob, Status};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Checklist, Item};

/// A rule as it is written: `require security/** under Checks of P0 verified or ready`.
struct Required<'r> {
    items: &'r str,
    section: Option<&'r str>,
    priority: Option<&'r str>,
    status: BTreeSet<Status>,
}

/// Whether the rules `now` ask no less than `rule` did: one of them of all that it could mean, or several
/// of each item that stands on either side. What is not certain is not held.
pub(super) fn is_held(rule: &str, now: &[String], sides: [&Snapshot; 2]) -> bool {
    let Some(rule) = Required::read(rule) else { return false };
    let now: Vec<Required<'_>> = now.iter().filter_map(|of| Required::read(of)).collect();
    if now.iter().any(|of| of.asks_all_of(&rule)) {
        return true;
    }
    let items = sides.into_iter().flat_map(|side| &side.checklists);
    let items = items.flat_map(|of| of.items.iter().map(move |item| (of, item)));
    let meant: Vec<_> = items.filter(|(of, item)| rule.may_mean(of, item)).collect();
    let is_asked = |item: &Item| {
        now.iter().any(|of| of.status.is_subset(&rule.status) && of.surely_means(item))
    };
    !meant.is_empty() && meant.into_iter().all(|(_, item)| is_asked(item))
}

impl<'r> Required<'r> {
    /// `None` where it is another rule, or may be read in two ways.
    fn read(rule: &'r str) -> Option<Required<'r>> {
        let mut rest = rule.strip_prefix("require ")?;
        let mut status = BTreeSet::new();
        loop {
            let (before, word) = rest.rsplit_once(' ')?;
            status.insert(Status::from_word(word)?);
            rest = before;
            match rest.strip_suffix(" or") {
                Some(more) => rest = more,
                None => break,
            }
        }
        let once = |between: &str| rest.matches(between).count() < 2;
        if !once(" of ") || !once(" under ") {
            return None;
        }
        let priority = rest.rsplit_once(" of ").map(|(_, said)| said);
        if let Some(priority) = priority {
            let digits = priority.strip_prefix(['P', 'p'])?;
            digits.parse::<u8>().ok()?;
            rest = rest.strip_suffix(priority)?.strip_suffix(" of ")?;
        }
        let (items, section) = match rest.split_once(" under ") {
            Some((items, section)) => (items, Some(section)),
            None => (rest, None),
        };
        (!items.contains(' ')).then_some(Required { items, section, priority, status })
    }

    /// Whether every item that `other` could mean must have one of the statuses that it asks for.
    fn asks_all_of(&self, other: &Required<'_>) -> bool {
        let no_other = |mine: Option<&str>, theirs: Option<&str>| mine.is_none() || mine == theirs;
        self.status.is_subset(&other.status)
            && covers(self.items, other.items)
            && no_other(self.section, other.section)
            && no_other(self.priority, other.priority)
    }

    /// Whether it could mean an item: by its id, its address or the sections above it, of any priority.
    fn may_mean(&self, checklist: &Checklist, item: &Item) -> bool {
        let Ok(glob) = Glob::new(self.items) else { return true };
        let named = is_named(&glob, item) || self.may_name_below(checklist, item);
        named && self.section.is_none_or(|section| is_under(section, item))
    }

    /// Whether its glob could name an item by a section above it: `security/**` means `security/auth/csrf`.
    fn may_name_below(&self, checklist: &Checklist, item: &Item) -> bool {
        let own = checklist.sections.iter().find(|section| *section.slug == *item.section_slug);
        let (Some(own), Some((first, _)), Some((_, last))) =
            (own, self.items.split_once('/'), self.items.rsplit_once('/'))
        else {
            return false;
        };
        let may = |glob: &str, name: &str| Glob::new(glob).map_or(true, |glob| glob.matches(name));
        let base =
            |slug: &str| slug.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-').to_owned();
        let mut above =
            checklist.sections.iter().filter(|of| of.level < own.level || of.slug == own.slug);
        above.any(|of| may(first, &of.slug) || may(first, &base(&of.slug)))
            && may(last, item.id.rsplit('/').next().unwrap_or(&item.id))
    }

    /// Whether it means an item, whatever else it means.
    fn surely_means(&self, item: &Item) -> bool {
        let own = item.priority.as_deref();
        let is_of = |asked: &str| own.is_some_and(|own| own.eq_ignore_ascii_case(asked));
        Glob::new(self.items).is_ok_and(|glob| is_named(&glob, item))
            && self.section.is_none_or(|section| is_under(section, item))
            && self.priority.is_none_or(is_of)
    }
}

fn is_named(glob: &Glob, item: &Item) -> bool {
    glob.matches(&item.id) || glob.matches(&item.address)
}

fn is_under(section: &str, item: &Item) -> bool {
    let Ok(glob) = Glob::new(section) else { return false };
    glob.matches(&item.section_slug.to_lowercase())
        || item.section.iter().any(|title| glob.matches(&title.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_covered(rule: &str, now: &[&str]) -> bool {
        let now: Vec<String> = now.iter().map(|of| (*of).to_owned()).collect();
        let rule = Required::read(rule).unwrap();
        now.iter().filter_map(|of| Required::read(of)).any(|of| of.asks_all_of(&rule))
    }

    #[test]
    fn a_rule_that_asks_more_or_the_same_holds_another() {
        let rule = "require checks/* verified or ready";
        for now in [
            "require ** verified or ready",
            "require checks/** ready or verified",
            "require checks/* verified",
        ] {
            assert!(is_covered(rule, &[now]), "{now}");
        }
        for now in [
            "require checks/* verified or ready or waived",
            "require checks/a* verified",
            "require checks/* under Security verified",
            "require checks/* of P0 verified",
            "require ops/* verified",
            "fail-on stale",
        ] {
            assert!(!is_covered(rule, &[now]), "{now}");
        }
        assert!(is_covered("require a/* under X of P0 verified", &["require a/* of P0 verified"]));
    }

    #[test]
    fn what_may_be_read_in_two_ways_is_not_read() {
        for rule in [
            "require ** under Definition of done verified",
            "require ** under A of B of P0 verified",
            "require ** under A under B verified",
            "require ** sure",
            "regression previous",
        ] {
            assert!(Required::read(rule).is_none(), "{rule}");
        }
    }
}
