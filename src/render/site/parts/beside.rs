//! What stands beside an item's status: overdue since when, which figure differs, what its text says
//! otherwise than its box or its condition.

use serde::Serialize;

use crate::model::{Code, Status};
use crate::render::site::text::shortened;
use crate::render::site::when;
use crate::render::site::world::World;
use crate::snapshot::v1::{Checklist, Figure, Item};

use super::mark::{self, Mark};
use super::readings;

/// A mark beside the status, with what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(in crate::render::site) struct Beside {
    mark: Mark,
    said: String,
}

impl Beside {
    /// What the text says against the box, by kind: which of its sub-items are open is no kind.
    pub(in crate::render::site) fn refutes(&self) -> Option<&str> {
        let is_group = self.said.contains("sub-item");
        let said = if is_group { "a sub-item is open" } else { self.said.as_str() };
        (self.mark == mark::REFUTED).then_some(said)
    }
}

/// All of an item's.
pub(in crate::render::site) fn of(
    world: &World,
    checklist: &Checklist,
    item: &Item,
) -> Vec<Beside> {
    let window = item.window.as_ref().filter(|window| window.state == "overdue");
    let overdue = window.map(|window| Beside {
        mark: mark::OVERDUE,
        said: window
            .due
            .as_deref()
            .map(|due| format!("since {}", when::when(due, None).human))
            .unwrap_or_default(),
    });
    let mut drifting = item.figures.iter().filter(|figure| figure.verdict == "drift");
    let drift = drifting
        .next()
        .map(|figure| Beside { mark: mark::DRIFT, said: differing(figure).unwrap_or_default() });
    let refuted = world.refuted(checklist, item).iter();
    let refuted = refuted.map(|problem| Beside {
        mark: match problem.code == Code::CommittedReportOld.word() {
            true => mark::OUTLIVED,
            false => mark::REFUTED,
        },
        said: brief(&problem.message),
    });
    let asked = world.gate_accepts(checklist, item).map(|accepted| Beside {
        mark: mark::ASKED,
        said: match item.status {
            Status::Waived => format!("Waived; the gate accepts only {accepted}."),
            _ => String::new(),
        },
    });
    overdue.into_iter().chain(asked).chain(drift).chain(refuted).collect()
}

/// A problem's sentence without what the mark and the box say already.
fn brief(message: &str) -> String {
    let openings = ["Ticked, but ", "Not ticked, but "];
    let said = openings.iter().find_map(|opening| message.strip_prefix(opening)).unwrap_or(message);
    let said = said.strip_suffix('.').unwrap_or(said);
    shortened(&said.replacen("The text's", "the text's", 1), 200)
}

/// Both figures; `None` where there is nothing to compare with.
pub(super) fn differing(figure: &Figure) -> Option<String> {
    let (fact, evidence) = (figure.fact.as_deref()?, figure.evidence?);
    let evidence = readings::shown(&serde_json::json!(evidence));
    Some(format!("the text says {}; {fact} is {evidence}", shortened(&figure.text, 80)))
}

/// What the document asks of an item beyond its text: `marked required`, and of one that holds others how
/// those stand.
pub(super) fn standing(item: &Item, children: Option<&Children>) -> Option<String> {
    let asked = match (item.required, item.optional) {
        (true, _) => Some("marked required".to_owned()),
        (false, true) => Some("optional".to_owned()),
        (false, false) => None,
    };
    let held = children.map(Children::sentence);
    let said: Vec<String> = asked.into_iter().chain(held).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// The items right under one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Children {
    all: u64,
    claimed: u64,
    proven: u64,
}

impl Children {
    /// Counts one more; what does not apply is left out.
    pub(super) fn add(&mut self, item: &Item) {
        if item.claim != crate::model::Claim::Cancelled {
            self.all += 1;
            self.claimed += u64::from(item.claim == crate::model::Claim::Done);
            self.proven += u64::from(item.status.is_proven());
        }
    }

    /// `2 of its 3 sub-items claimed, 1 proven`.
    fn sentence(&self) -> String {
        let Children { all, claimed, proven } = self;
        let noun = if *all == 1 { "sub-item" } else { "sub-items" };
        format!("{claimed} of its {all} {noun} claimed, {proven} proven")
    }
}
