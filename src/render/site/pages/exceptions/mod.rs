//! Waivers and sign-offs: what is excepted, what that hides, whose word is asked for.

mod sign_offs;

use serde::Serialize;

use crate::model::counted;
use crate::render::site::frame::{Frame, Part};
use crate::render::site::links::{Links, Named};
use crate::render::site::parts::mark::Mark;
use crate::render::site::world::World;
use crate::render::site::{Pen, SiteError};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::Waiver;

use sign_offs::SignOffs;

/// The most items that are named under a waiver.
const NAMED: usize = 20;

#[derive(Serialize)]
struct View {
    frame: Frame,
    exceptions: Exceptions,
}

/// All exceptions, worst first.
#[derive(Serialize)]
pub(super) struct Exceptions {
    groups: Vec<Group>,
    sign_offs: SignOffs,
}

#[derive(Serialize)]
struct Group {
    anchor: &'static str,
    title: &'static str,
    mark: Mark,
    waivers: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    /// The one item that it matches, which is named first.
    only: Option<Named>,
    item: String,
    by: String,
    until: String,
    reason: String,
    place: String,
    /// What it comes to, as a sentence.
    sentence: String,
    items: Vec<Named>,
    more: usize,
}

/// The states in the order of their gravity: word, title, anchor, mark.
const STATES: [(&str, &str, &str, Mark); 4] = [
    (
        "expired",
        "Expired",
        "_expired",
        Mark { class: "overdue", symbol: "overdue", word: "expired" },
    ),
    (
        "unused",
        "Without effect",
        "_unused",
        Mark { class: "unproven", symbol: "unproven", word: "without effect" },
    ),
    (
        "expiring",
        "Expiring",
        "_expiring",
        Mark { class: "stale", symbol: "stale-o", word: "expiring" },
    ),
    (
        "in-force",
        "In force",
        "_in-force",
        Mark { class: "waived", symbol: "waived", word: "in force" },
    ),
];

/// Draws the page.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::top(world);
    let view = View {
        frame: Frame::new(links, Part::Exceptions, "Exceptions"),
        exceptions: Exceptions::of(links),
    };
    pen.page("exceptions.html".to_owned(), "pages/exceptions.html", &view)
}

/// Whether there is an exception or a sign-off.
pub(in crate::render::site) fn has_content(snapshot: &Snapshot) -> bool {
    let mut items = snapshot.checklists.iter().flat_map(|checklist| &checklist.items);
    !snapshot.waivers.is_empty() || items.any(|item| sign_offs::asked(item).next().is_some())
}

impl Exceptions {
    /// Of the whole report.
    pub(super) fn of(links: Links) -> Exceptions {
        let snapshot = links.world.snapshot;
        let groups = STATES.into_iter().map(|(state, title, anchor, mark)| Group {
            anchor,
            title,
            mark,
            waivers: snapshot
                .waivers
                .iter()
                .filter(|waiver| waiver.state == state)
                .map(|waiver| shown(links, waiver))
                .collect(),
        });
        Exceptions {
            groups: groups.filter(|group| !group.waivers.is_empty()).collect(),
            sign_offs: SignOffs::of(links),
        }
    }
}

/// Which items, and of them which requirement or findings alone.
fn scope(waiver: &Waiver) -> String {
    let requirement = waiver.requirement.as_ref().map(|name| format!(" requirement {name}"));
    let findings = match waiver.findings.as_slice() {
        [] => String::new(),
        findings => format!(" {}", findings.join(", ")),
    };
    let package = waiver.package.iter().map(|package| format!(" of {package}"));
    let within = waiver.within.iter().map(|glob| format!(" in {glob}"));
    let narrowed: String = package.chain(within).collect();
    format!("{}{}{findings}{narrowed}", waiver.item, requirement.unwrap_or_default())
}

fn shown(links: Links, waiver: &Waiver) -> Shown {
    let mut items: Vec<Named> =
        waiver.matches.iter().take(NAMED).filter_map(|address| links.at(address)).collect();
    let only = if waiver.matches.len() == 1 { items.pop() } else { None };
    let matched = counted(waiver.matches.len() as u64, "item");
    let sentence = match (waiver.state.as_str(), waiver.matches.is_empty()) {
        (_, true) => "It matches no item.".to_owned(),
        ("expired", _) if waiver.matches.len() == 1 => {
            "Since then its item counts as it stands.".to_owned()
        }
        ("expired", _) => {
            format!("Since then its {matched} count as they stand.")
        }
        ("unused", _) => format!("It matches {matched} and hides nothing."),
        (_, _) => format!("It matches {matched}."),
    };
    Shown {
        item: scope(waiver),
        by: waiver.by.clone(),
        until: waiver.until.clone(),
        reason: waiver.reason.clone(),
        place: match waiver.line {
            Some(line) => format!("{}:{line}", waiver.path),
            None => waiver.path.clone(),
        },
        sentence,
        more: waiver.matches.len().saturating_sub(items.len() + usize::from(only.is_some())),
        only,
        items,
    }
}
