//! What names an item, kept apart from it: for older versions, of which the ids alone are asked.

use std::sync::Arc;

use crate::checklist::document::sections::Sections;
use crate::checklist::text::figures::counts;
use crate::checklist::text::glance::Glance;
use crate::checklist::text::slug::push_slug;
use crate::model::{DirectiveKey, Item};

use super::identity::{self, Candidate};
use super::item::read_figures;
use super::parts::parts;
use super::{At, Items};

/// What an item brings to its identity.
#[derive(Debug, Clone)]
pub(in crate::checklist) struct Named {
    /// The heading that it stands under.
    pub(in crate::checklist) heading: Option<usize>,
    explicit: Option<String>,
    label: Option<String>,
    chain: String,
    own: String,
    /// What its parents mean, where they are called by something else.
    above: Option<String>,
    text: String,
    lead: usize,
}

/// What names each of those items, which have no names yet.
pub(in crate::checklist) fn named(unnamed: Items) -> Vec<Named> {
    unnamed.items.into_iter().zip(unnamed.places).map(|(item, at)| of(item, at)).collect()
}

fn of(item: Item, at: At) -> Named {
    let explicit = item.directives.into_iter().find(|directive| directive.key == DirectiveKey::Id);
    let (chain, above) = match at.below {
        Some(below) => (below, Some(item.above)),
        None => (item.above, None),
    };
    Named {
        heading: at.heading,
        explicit: explicit.map(|directive| directive.value),
        label: item.label,
        chain,
        own: at.name.unwrap_or(item.meaning),
        above,
        text: item.text,
        lead: at.lead,
    }
}

/// The id of each item of a document with those `sections`, each beside the heading it stands under.
pub(in crate::checklist) fn ids(
    items: &[(&Named, Option<usize>)],
    sections: &Sections,
) -> Vec<String> {
    let section = |heading| match sections.is_title(heading) {
        true => Arc::default(),
        false => sections.slug(heading),
    };
    let slugs: Vec<Arc<str>> = items.iter().map(|(_, heading)| section(*heading)).collect();
    let candidates: Vec<Candidate<'_>> =
        items.iter().zip(&slugs).map(|((named, _), section)| named.candidate(section)).collect();
    let left_out = |at: usize| match items.get(at) {
        Some((named, _)) => rest(named.above.as_deref(), &named.text, named.lead),
        None => String::new(),
    };
    identity::ids(&candidates, &left_out).0
}

impl Named {
    fn candidate<'n>(&'n self, section: &'n str) -> Candidate<'n> {
        Candidate {
            explicit: self.explicit.as_deref(),
            label: self.label.as_deref(),
            section,
            chain: &self.chain,
            own: &self.own,
        }
    }
}

/// What tells an item from one of the same name: what its parents mean, where they are called by
/// something else, then what the name of `text` leaves out of it: figures, counts, then the remark.
pub(super) fn rest(above: Option<&str>, text: &str, lead: usize) -> String {
    let glance = Glance::at(text);
    let taken = parts(text, lead, glance);
    let mut rest = String::new();
    let figures = read_figures(taken.core, glance);
    for figure in &figures {
        push_slug(&mut rest, &figure.text);
    }
    for count in counts(taken.core, 0, &figures) {
        push_slug(&mut rest, taken.core.get(count).unwrap_or_default());
    }
    push_slug(&mut rest, taken.rest);
    let all = above.into_iter().chain([&*rest]).filter(|part| !part.is_empty());
    all.collect::<Vec<_>>().join("-")
}
