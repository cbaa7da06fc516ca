//! A row of what stands in the way: an item alone, or one cause with all the items that stand so
//! because of it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Serialize;

use crate::model::{Claim, Status, counted, grouped};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::parts::beside::{self, Beside};
use crate::render::site::parts::claim;
use crate::render::site::parts::details::Details;
use crate::render::site::parts::mark::{self, Mark};
use crate::render::site::text::shortened;
use crate::render::site::world::World;
use crate::snapshot::v1::{Checklist, Item, Waiver};

use super::way::EXPIRED;

/// A row, ready to draw.
#[derive(Serialize)]
pub(in crate::render::site) struct Case {
    mark: Mark,
    /// The one that it is about; `None` where several stand so for one cause.
    name: Option<Name>,
    reason_html: Html,
    beside: Vec<Beside>,
    source_html: Option<Html>,
    details: Option<Details>,
    /// Whether they stand open: of the first false claim, so that its proof is on the first screen.
    open: bool,
    /// Where the evidence is that has no room here.
    evidence: Option<String>,
    several: Option<Several>,
}

/// What is named in a row.
#[derive(Serialize)]
struct Name {
    href: String,
    text_html: Html,
    place: String,
}

/// The items of one cause.
#[derive(Serialize)]
struct Several {
    /// `28 ticked items rely on it:`.
    lead: String,
    names: Vec<Name>,
    more: Option<String>,
    href: Option<String>,
}

/// Items that stand as they do for one cause: the same sentence about the same artifact, asked by
/// the same condition, and the same beside it.
pub(super) struct Cause<'s> {
    items: Vec<(&'s Checklist, &'s Item)>,
    beside: Vec<Beside>,
}

#[derive(PartialEq, Eq, Hash)]
struct Key<'s> {
    reason: &'s str,
    artifact: Option<&'s str>,
    condition: Option<&'s str>,
    beside: Vec<Beside>,
    /// What the texts say against the boxes, where there is no evidence to say it.
    refuted: Option<String>,
}

/// What the text of a ticked item without a requirement says against its box.
fn refuted<'b>(item: &Item, beside: &'b [Beside]) -> Option<&'b str> {
    let unbound = item.requirement.is_none() && item.claim == Claim::Done;
    beside.iter().filter(|_| unbound).find_map(Beside::refutes)
}

/// The causes of `items`, that of most items first.
pub(super) fn causes<'s>(world: &World<'s>, items: &[(&'s Checklist, &'s Item)]) -> Vec<Cause<'s>> {
    let mut causes: Vec<Cause> = Vec::new();
    let mut places = HashMap::new();
    for (checklist, item) in items {
        let beside = beside::of(world, checklist, item);
        let refuted = refuted(item, &beside);
        let key = Key {
            reason: &item.reason,
            artifact: artifact(item),
            condition: item.requirement.as_ref().and_then(|asked| asked.condition.as_deref()),
            beside: if refuted.is_some() { Vec::new() } else { beside.clone() },
            refuted: refuted.map(str::to_owned),
        };
        match places.entry(key) {
            Entry::Occupied(place) => {
                let place: usize = *place.get();
                causes[place].items.push((checklist, item));
            }
            Entry::Vacant(place) => {
                place.insert(causes.len());
                causes.push(Cause { items: vec![(checklist, item)], beside });
            }
        }
    }
    causes.sort_by_key(|cause| (cause.is_unbound(), std::cmp::Reverse(cause.items())));
    causes
}

/// The artifact that decides.
fn artifact(item: &Item) -> Option<&str> {
    item.evidence.first().map(|evidence| evidence.artifact.as_str())
}

impl<'s> Cause<'s> {
    /// Of an item alone.
    pub(super) fn of_one(world: &World<'s>, of: (&'s Checklist, &'s Item)) -> Cause<'s> {
        Cause { items: vec![of], beside: beside::of(world, of.0, of.1) }
    }

    /// The number of its items.
    pub(super) fn items(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing is known of its items but that no requirement is bound to them.
    fn is_unbound(&self) -> bool {
        let (_, item) = self.items[0];
        item.requirement.is_none() && self.refuted().is_none()
    }

    fn refuted(&self) -> Option<&str> {
        refuted(self.items[0].1, &self.beside)
    }

    /// Whether a claim is false by it.
    pub(super) fn is_false(&self) -> bool {
        self.items.iter().any(|(_, item)| item.status == Status::Contradicted)
    }

    /// Its row, with as many as `most` of its items by name; the rest is at the artifact that they
    /// rely on, else at `list`.
    pub(super) fn draw(
        &self,
        links: Links,
        most: usize,
        with_card: bool,
        list: Option<&str>,
    ) -> Case {
        let (checklist, item) = self.items[0];
        let several = (self.items() > 1).then(|| self.several(links, most, list));
        let has_evidence = item.requirement.is_some() && self.is_false() && !links.is_whole();
        let details = Details::in_short(links, checklist, item).filter(|_| with_card);
        // Its group says that it is not ticked.
        let told = self.refuted().map(|said| format!("Ticked, but {said}."));
        let reason = item.reason.trim_end_matches("The box is not ticked.").trim_end();
        let reason = told.as_deref().unwrap_or(reason);
        Case {
            mark: mark::of(item),
            reason_html: Html::of_sentence(&shortened(reason, 600)),
            beside: if told.is_some() { Vec::new() } else { self.beside.clone() },
            source_html: claim::source(item, links.world.judged).filter(|_| several.is_none()),
            open: false,
            evidence: (has_evidence && details.is_none()).then(|| links.item(checklist, item)),
            details: match several {
                // The condition is theirs together, its line that of one of them.
                Some(_) if !self.is_of_one_place() => details.map(Details::without_place),
                _ => details,
            },
            name: several.is_none().then(|| name(links, checklist, item, 200)),
            several,
        }
    }

    fn several(&self, links: Links, most: usize, list: Option<&str>) -> Several {
        let ticked = self.items.iter().all(|(_, item)| item.claim == Claim::Done);
        let noun = if ticked { "ticked item" } else { "item" };
        let count = counted(self.items.len() as u64, noun);
        let artifact = artifact(self.items[0].1);
        let names = self.items.iter().take(most);
        let rest = self.items.len().saturating_sub(most);
        Several {
            lead: match artifact {
                Some(_) => format!("{count} rely on it:"),
                None => format!("{count}:"),
            },
            names: names.map(|(checklist, item)| name(links, checklist, item, 120)).collect(),
            more: (rest > 0).then(|| format!("{} more", grouped(rest as u64))),
            href: artifact.and_then(|path| links.artifact(path)).or(list.map(str::to_owned)),
        }
    }

    /// Whether the condition of all its items is written in one place.
    fn is_of_one_place(&self) -> bool {
        let place =
            |item: &'s Item| item.requirement.as_ref().map(|asked| (&asked.path, asked.line));
        self.items.iter().all(|(_, item)| place(item) == place(self.items[0].1))
    }
}

impl Case {
    /// Shows its details.
    pub(super) fn open(&mut self) {
        self.open = true;
    }
}

fn name(links: Links, checklist: &Checklist, item: &Item, most: usize) -> Name {
    let in_several = links.world.snapshot.checklists.len() > 1;
    let mut place = match item.section.last().filter(|_| !in_several) {
        Some(section) => format!("{} · line {}", shortened(section, 80), item.line),
        None => format!("{}:{}", checklist.path, item.line),
    };
    if item.required {
        place.push_str(" · marked required");
    }
    Name {
        href: links.item(checklist, item),
        text_html: Html::of_text(&shortened(&item.text, most)),
        place,
    }
}

/// A waiver that is over.
pub(super) fn ended(links: Links, waiver: &Waiver) -> Case {
    let mut place = match waiver.line {
        Some(line) => format!("{}:{line} · by {}", waiver.path, waiver.by),
        None => format!("{} · by {}", waiver.path, waiver.by),
    };
    let text = match waiver.matches.as_slice() {
        [only] => links.world.item(only).map(|(_, item)| &item.text),
        _ => None,
    };
    if text.is_some() {
        place = format!("{} · {place}", shortened(&waiver.item, 200));
    }
    let mut reason = format!("The waiver ended on {}.", waiver.until);
    if !waiver.matches.is_empty() {
        reason.push_str(" Since then it counts as it stands.");
    }
    let words = format!("\u{201c}{}\u{201d}", shortened(&waiver.reason, 200));
    Case {
        mark: EXPIRED,
        name: Some(Name {
            href: links.exceptions("_expired"),
            text_html: Html::of_text(&shortened(text.unwrap_or(&waiver.item), 200)),
            place,
        }),
        reason_html: Html::of_sentence(&reason),
        beside: Vec::new(),
        source_html: Some(Html::of_text(&words)),
        details: None,
        open: false,
        evidence: None,
        several: None,
    }
}
