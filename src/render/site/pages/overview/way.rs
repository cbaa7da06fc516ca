//! What stands in the way, worst first: bad things are listed, good things are counted.

use std::collections::HashSet;

use serde::Serialize;

use crate::model::{Status, counted};
use crate::render::site::html::Html;
use crate::render::site::links::Links;
use crate::render::site::parts::beside::{self, Beside};
use crate::render::site::parts::claim;
use crate::render::site::parts::details::Details;
use crate::render::site::parts::mark::{self, Mark};
use crate::render::site::text::shortened;
use crate::render::site::world::{self, World};
use crate::snapshot::v1::{Checklist, Item, Waiver};

/// The most rows of a group.
const ROWS: usize = 12;

/// Items that stand in the way for one reason.
#[derive(Serialize)]
pub(in crate::render::site) struct Group {
    anchor: &'static str,
    mark: Mark,
    /// Said before the rows where the mark's word is not enough.
    lead_html: Option<Html>,
    /// Whether its rows are named in a line each: they stand in nobody's way.
    brief: bool,
    rows: Vec<Line>,
    more: Option<String>,
    href: Option<String>,
}

#[derive(Serialize)]
struct Line {
    mark: Mark,
    beside: Vec<Beside>,
    href: Option<String>,
    text_html: Html,
    reason_html: Html,
    place: String,
    source_html: Option<Html>,
    details: Option<Details>,
    /// Whether they stand open: of the first false claim, so that its proof is on the first screen.
    open: bool,
}

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
            lead_html: Some(Html::of_text("The gate asks for")),
            ..Group::of(links, "_asked", FAILING, &asked, None)
        },
        ready(links, &of(Status::Ready)),
    ];
    let mut groups: Vec<Group> =
        groups.into_iter().filter(|group| !group.rows.is_empty()).collect();
    if links.is_whole() {
        // The whole document has each item's evidence in its place.
        for row in groups.iter_mut().flat_map(|group| &mut group.rows) {
            row.details = None;
        }
    } else if let Some(first) = groups.first_mut().and_then(|group| group.rows.first_mut()) {
        first.open = true;
    }
    groups
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
        Group { anchor, mark, lead_html: None, brief: false, rows, more, href }
    }
}

/// What is proven and waits for its tick.
fn ready(links: Links, items: &[(&Checklist, &Item)]) -> Group {
    let href = only(links, Status::Ready);
    let group = Group::of(links, "", mark::of_status(Status::Ready), items, href);
    let lead = match items.len() {
        1 => "1 ready to tick. `trueup fix` would tick it.".to_owned(),
        count => format!("{count} ready to tick. `trueup fix` would tick them."),
    };
    Group { lead_html: Some(Html::of_sentence(&lead)), brief: true, ..group }
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
    let mut place = match item.section.last().filter(|_| !several) {
        Some(section) => format!("{} · line {}", shortened(section, 80), item.line),
        None => format!("{}:{}", checklist.path, item.line),
    };
    if item.required {
        place.push_str(" · required");
    }
    // Its group says that it is not ticked.
    let reason = item.reason.trim_end_matches("The box is not ticked.").trim_end();
    let opens = item.status == Status::Contradicted;
    Line {
        mark: mark::of(item),
        beside: beside::of(links.world, checklist, item),
        href: Some(links.item(checklist, item)),
        text_html: Html::of_text(&shortened(&item.text, 300)),
        reason_html: Html::of_sentence(&shortened(reason, 600)),
        place,
        source_html: claim::source(item, links.world.judged),
        details: if opens { Details::in_short(links, checklist, item) } else { None },
        open: false,
    }
}

fn expired(links: Links) -> Group {
    let waivers = links.world.snapshot.waivers.iter();
    let expired: Vec<&Waiver> = waivers.filter(|waiver| waiver.state == "expired").collect();
    let rows: Vec<Line> = expired.iter().take(ROWS).map(|waiver| ended(links, waiver)).collect();
    let rest = (expired.len() - rows.len()) as u64;
    Group {
        anchor: "_ended",
        mark: EXPIRED,
        lead_html: None,
        brief: false,
        more: (rest > 0).then(|| counted(rest, "more expired waiver")),
        href: Some(links.exceptions("")),
        rows,
    }
}

fn ended(links: Links, waiver: &Waiver) -> Line {
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
    Line {
        mark: EXPIRED,
        beside: Vec::new(),
        href: Some(links.exceptions("_expired")),
        text_html: Html::of_text(&shortened(text.unwrap_or(&waiver.item), 200)),
        reason_html: Html::of_sentence(&reason),
        place,
        source_html: Some(Html::of_text(&format!(
            "\u{201c}{}\u{201d}",
            shortened(&waiver.reason, 200)
        ))),
        details: None,
        open: false,
    }
}
