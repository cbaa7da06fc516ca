//! What stands in the way, worst first: bad things are listed, good things are counted.

use std::collections::HashSet;

use serde::Serialize;

use crate::model::{Status, counted};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::parts::mark::{self, Mark};
use crate::render::site::world::{self, World};
use crate::snapshot::v1::{Checklist, Item, Waiver};

use super::case::{self, Case, Cause};

/// The most rows of a group, and those that a group has however many the groups before it took.
const ROWS: usize = 12;
const LEAST: usize = 3;
/// The rows of all groups together, those apart: the page stays as short whatever the report holds.
const ALL: usize = 24;
/// So few items of a group are all named; else its causes share the names of a group and those of
/// the page, each within these bounds.
const ALL_NAMED: usize = 12;
const NAMES: usize = 24;
const NAMES_OF_ALL: usize = 48;
const NAMES_OF_A_CAUSE: (usize, usize) = (2, 6);
/// The causes whose evidence lies in the page; that of the others is where the items are.
const CARDS: usize = 3;

/// What stands in the way for one reason.
#[derive(Serialize)]
pub(in crate::render::site) struct Group {
    anchor: &'static str,
    mark: Mark,
    /// Said before the rows where the mark's word is not enough.
    lead_html: Option<Html>,
    /// Whether its rows are named in a line each: they stand in nobody's way.
    brief: bool,
    rows: Vec<Case>,
    more: Option<String>,
    href: Option<String>,
}

const FAILING: Mark = Mark { class: "failing", symbol: "failing", word: "not satisfied" };
pub(super) const EXPIRED: Mark =
    Mark { class: "overdue", symbol: "overdue", word: "waiver expired" };

/// Every group that has a row.
pub(in crate::render::site) fn groups(links: Links) -> Vec<Group> {
    let world = links.world;
    let of = |status: Status| -> Vec<(&Checklist, &Item)> {
        world.all_items().filter(|(_, item)| item.status == status).collect()
    };
    let listed = [Status::Contradicted, Status::Stale, Status::Unproven, Status::Ready];
    let asked: Vec<_> = asked(world)
        .into_iter()
        .filter(|(_, item)| !listed.contains(&item.status) && !is_overdue(item))
        .collect();
    let overdue: Vec<_> = world
        .all_items()
        .filter(|(_, item)| is_overdue(item) && !listed.contains(&item.status))
        .collect();
    // The whole document has each item's evidence in its place.
    let cards = if links.is_whole() { 0 } else { CARDS };
    let mut page = Page { links, rows: ALL, names: NAMES_OF_ALL, cards };
    let mut groups = vec![
        page.status(Status::Contradicted, &of(Status::Contradicted)),
        page.expired(),
        page.status(Status::Stale, &of(Status::Stale)),
        page.group("_overdue", mark::OVERDUE, &overdue, None),
        page.status(Status::Unproven, &of(Status::Unproven)),
        Group {
            lead_html: Some(Html::of_text("The gate asks for")),
            ..page.group("_asked", FAILING, &asked, None)
        },
        ready(links, &of(Status::Ready)),
    ];
    groups.retain(|group| !group.rows.is_empty());
    if let Some(first) = groups.first_mut().and_then(|group| group.rows.first_mut()) {
        first.open();
    }
    groups
}

/// The page as far as it is filled.
struct Page<'w, 's> {
    links: Links<'w, 's>,
    /// The rows, the names within them and the cards that are left.
    rows: usize,
    names: usize,
    cards: usize,
}

impl<'s> Page<'_, 's> {
    fn status(&mut self, status: Status, items: &[(&'s Checklist, &'s Item)]) -> Group {
        self.group("", mark::of_status(status), items, super::only(self.links, status))
    }

    /// Items that stand in the way for one reason, a row a cause.
    fn group(
        &mut self,
        anchor: &'static str,
        mark: Mark,
        items: &[(&'s Checklist, &'s Item)],
        href: Option<String>,
    ) -> Group {
        let mut causes = case::causes(self.links.world, items);
        causes.truncate(self.take(causes.len()));
        let shown: usize = causes.iter().map(Cause::items).sum();
        let names = self.names(items.len(), causes.len());
        let rows = causes.iter().map(|cause| {
            let with_card = cause.is_false() && self.cards > 0;
            self.cards -= usize::from(with_card);
            cause.draw(self.links, names, with_card, href.as_deref())
        });
        let rows: Vec<Case> = rows.collect();
        let rest = (items.len() - shown) as u64;
        let more = (rest > 0).then(|| format!("{} {}", counted(rest, "more item"), mark.word));
        Group { anchor, mark, lead_html: None, brief: false, rows, more, href }
    }

    fn expired(&mut self) -> Group {
        let waivers = self.links.world.snapshot.waivers.iter();
        let expired: Vec<&Waiver> = waivers.filter(|waiver| waiver.state == "expired").collect();
        let shown = expired.iter().take(self.take(expired.len()));
        let rows: Vec<Case> = shown.map(|waiver| case::ended(self.links, waiver)).collect();
        let rest = (expired.len() - rows.len()) as u64;
        Group {
            anchor: "_ended",
            mark: EXPIRED,
            lead_html: None,
            brief: false,
            more: (rest > 0).then(|| counted(rest, "more expired waiver")),
            href: Some(self.links.exceptions("")),
            rows,
        }
    }

    /// How many items each of `causes` may name, of `items` in all.
    fn names(&mut self, items: usize, causes: usize) -> usize {
        let (least, most) = NAMES_OF_A_CAUSE;
        let each = match items {
            0..=ALL_NAMED => ALL_NAMED,
            _ => (self.names.min(NAMES) / causes.max(1)).clamp(least, most),
        };
        self.names = self.names.saturating_sub(items.min(each * causes));
        each
    }

    /// How many rows a group gets of those that it has.
    fn take(&mut self, wanted: usize) -> usize {
        let taken = wanted.min(ROWS).min(self.rows.max(LEAST));
        self.rows -= taken.min(self.rows);
        taken
    }
}

/// What is proven and waits for its tick.
fn ready(links: Links, items: &[(&Checklist, &Item)]) -> Group {
    let mark = mark::of_status(Status::Ready);
    let lead = match items.len() {
        1 => "1 ready to tick. `trueup fix` would tick it.".to_owned(),
        count => format!("{count} ready to tick. `trueup fix` would tick them."),
    };
    let rows = items.iter().take(ROWS).map(|of| Cause::of_one(links.world, *of));
    let rows: Vec<Case> = rows.map(|cause| cause.draw(links, 1, false, None)).collect();
    let rest = (items.len() - rows.len()) as u64;
    Group {
        anchor: "",
        mark,
        lead_html: Some(Html::of_sentence(&lead)),
        brief: true,
        rows,
        more: (rest > 0).then(|| format!("{} {}", counted(rest, "more item"), mark.word)),
        href: super::only(links, Status::Ready),
    }
}

fn asked<'s>(world: &World<'s>) -> Vec<(&'s Checklist, &'s Item)> {
    let blocking: HashSet<&str> =
        world.snapshot.summary.gate.blocking.iter().map(String::as_str).collect();
    if blocking.is_empty() {
        return Vec::new();
    }
    let is_asked = |checklist, item| blocking.contains(world::address(checklist, item).as_str());
    world.all_items().filter(|(checklist, item)| is_asked(checklist, item)).collect()
}

pub(super) fn is_overdue(item: &Item) -> bool {
    item.window.as_ref().is_some_and(|window| window.state == "overdue")
}
