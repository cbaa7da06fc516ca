//! What stands in the way, worst first: bad things are listed, good things are counted.

use std::collections::HashSet;

use serde::Serialize;

use crate::model::{Status, counted};
use crate::snapshot::v1::{Checklist, Item, Waiver};

use super::super::claim;
use super::super::details::Details;
use super::super::html::Html;
use super::super::links::Links;
use super::super::mark::{self, Mark};
use super::super::text::shortened;
use super::super::world::{self, World};

/// The most rows of a group.
const ROWS: usize = 12;

/// Items that stand in the way for one reason.
#[derive(Serialize)]
pub(super) struct Group {
    anchor: &'static str,
    mark: Mark,
    /// Said before the rows where the mark's word is not enough.
    lead: Option<&'static str>,
    rows: Vec<Line>,
    more: Option<String>,
    href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    mark: Mark,
    beside: Vec<Mark>,
    href: Option<String>,
    text_html: Html,
    reason_html: Html,
    place: String,
    source_html: Option<Html>,
    details: Option<Details>,
}

/// Every group that has a row.
pub(super) fn groups(links: Links) -> Vec<Group> {
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
    let status = |status: Status| {
        Group::of(links, "", mark::of_status(status), &of(status), only(links, status))
    };
    let groups = [
        status(Status::Contradicted),
        expired(links),
        status(Status::Stale),
        Group::of(links, "_overdue", mark::OVERDUE, &overdue, None),
        status(Status::Unproven),
        Group {
            lead: Some("The gate asks for"),
            ..Group::of(links, "_asked", FAILING, &asked, None)
        },
        status(Status::Ready),
    ];
    groups.into_iter().filter(|group| !group.rows.is_empty()).collect()
}

const FAILING: Mark = Mark { class: "failing", symbol: "failing", word: "not satisfied" };
const EXPIRED: Mark = Mark { class: "overdue", symbol: "overdue", word: "waiver expired" };

impl Group {
    fn of(
        links: Links,
        anchor: &'static str,
        mark: Mark,
        items: &[(&Checklist, &Item)],
        href: Option<String>,
    ) -> Group {
        let rows = items.iter().take(ROWS).map(|(checklist, item)| line(links, checklist, item));
        let rows: Vec<Line> = rows.collect();
        let rest = (items.len() - rows.len()) as u64;
        let more = (rest > 0).then(|| format!("{} {}", counted(rest, "more item"), mark.word));
        Group { anchor, mark, lead: None, rows, more, href }
    }
}

fn only(links: Links, status: Status) -> Option<String> {
    super::only(links, status)
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

fn is_overdue(item: &Item) -> bool {
    item.window.as_ref().is_some_and(|window| window.state == "overdue")
}

fn line(links: Links, checklist: &Checklist, item: &Item) -> Line {
    let several = links.world.snapshot.checklists.len() > 1;
    let section = item.section.last().filter(|_| !several);
    let place = match section {
        Some(section) => format!("{} · {}:{}", shortened(section, 80), checklist.path, item.line),
        None => format!("{}:{}", checklist.path, item.line),
    };
    let opens = item.status == Status::Contradicted;
    Line {
        mark: mark::of(item),
        beside: mark::beside(item),
        href: Some(links.item(checklist, item)),
        text_html: Html::of_text(&shortened(&item.text, 300)),
        reason_html: Html::of_sentence(&shortened(&item.reason, 600)),
        place,
        source_html: claim::source(item),
        details: if opens { Details::of(links, checklist, item) } else { None },
    }
}

fn expired(links: Links) -> Group {
    let waivers = links.world.snapshot.waivers.iter();
    let expired: Vec<&Waiver> = waivers.filter(|waiver| waiver.state == "expired").collect();
    let rows: Vec<Line> = expired.iter().take(ROWS).map(|waiver| ended(links, waiver)).collect();
    let rest = (expired.len() - rows.len()) as u64;
    Group {
        anchor: "_expired",
        mark: EXPIRED,
        lead: None,
        more: (rest > 0).then(|| counted(rest, "more expired waiver")),
        href: Some(links.file("exceptions.html")),
        rows,
    }
}

fn ended(links: Links, waiver: &Waiver) -> Line {
    let place = match waiver.line {
        Some(line) => format!("{}:{line} · by {}", waiver.path, waiver.by),
        None => format!("{} · by {}", waiver.path, waiver.by),
    };
    let mut reason = format!("The waiver ended on {}.", waiver.until);
    if !waiver.matches.is_empty() {
        reason.push_str(" Since then it counts as it stands.");
    }
    Line {
        mark: EXPIRED,
        beside: Vec::new(),
        href: Some(links.file("exceptions.html#_expired")),
        text_html: Html::of_text(&shortened(&waiver.item, 200)),
        reason_html: Html::of_sentence(&reason),
        place,
        source_html: Some(Html::of_text(&format!(
            "\u{201c}{}\u{201d}",
            shortened(&waiver.reason, 200)
        ))),
        details: None,
    }
}
