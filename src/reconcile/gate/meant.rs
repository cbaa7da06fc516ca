//! Which items a rule of the gate means.

use crate::model::{Checklist, Glob, Item, priority_in};
use crate::policy::Required;
use crate::reconcile::bind::names;

/// Whether a rule of the gate means `item`: `security/**` means what lies in the sections below that
/// one too.
pub(super) fn asks_for(required: &Required, checklist: &Checklist, item: &Item) -> bool {
    let under = |glob: &Glob| {
        glob.matches(&item.section_slug.to_lowercase())
            || item.section.iter().any(|title| glob.matches(&title.to_lowercase()))
    };
    let named = || names(&required.items, item) || names_below(&required.items, checklist, item);
    required.within.as_ref().is_none_or(|folder| folder.matches(&checklist.path))
        && named()
        && required.section.as_ref().is_none_or(under)
        && required.priority.as_ref().is_none_or(|asked| is_of(asked, item))
}

/// Whether an item is of the priority `asked`, by its own word or by the nearest heading, or what
/// stands as one, that has one.
fn is_of(asked: &str, item: &Item) -> bool {
    let is_asked = |said: &str| {
        let word = priority_in(said);
        said.eq_ignore_ascii_case(asked)
            || word.is_some_and(|word| word.eq_ignore_ascii_case(asked))
    };
    let own = item.priority.as_deref();
    if own.is_some_and(is_asked) {
        return true;
    }
    // A sign beside it grades it too, and leaves the heading's word standing.
    let worded = own.is_some_and(|own| priority_in(own).is_some());
    let mut above = item.graded.iter().chain(item.section.iter().rev());
    !worded
        && match priority_in(asked) {
            Some(_) => {
                above.find_map(|title| priority_in(title)).is_some_and(|said| is_asked(&said))
            }
            None => above.any(|title| title.trim_start().starts_with(asked)),
        }
}

/// Whether `glob` names the item by the sections above its own: `security/auth/csrf`.
fn names_below(glob: &Glob, checklist: &Checklist, item: &Item) -> bool {
    let own = checklist.sections.iter().rposition(|section| *section.slug == *item.section_slug);
    let Some(own) = own else { return false };
    let id = item.id.rsplit('/').next().unwrap_or(&item.id);
    // The second section of a name is `security-2`; its name is the same.
    let named = |slug: &str| {
        let base = slug.rsplit_once('-').filter(|(_, end)| end.bytes().all(|b| b.is_ascii_digit()));
        let base = base.map_or(slug, |(base, _)| base);
        let is_first = checklist.sections.iter().any(|section| *section.slug == *base);
        if is_first { base.to_owned() } else { slug.to_owned() }
    };
    let (mut level, mut address, mut plain) = (u8::MAX, id.to_owned(), id.to_owned());
    for section in checklist.sections[..=own].iter().rev().filter(|_| item.address().contains('/'))
    {
        if section.level < level {
            level = section.level;
            address = format!("{}/{address}", section.slug);
            plain = format!("{}/{plain}", named(&section.slug));
            if glob.matches(&address) || glob.matches(&plain) {
                return true;
            }
        }
    }
    false
}
