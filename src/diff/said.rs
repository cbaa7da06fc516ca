//! The sentences over a diff, the same in every output.

use crate::model::{counted, grouped};

use super::v1::{Change, Diff, Figures, PolicyChange};
use super::weaker::weakened;
use super::words::{Detail, Kind};

/// What became of the items and of the two figures that every report has.
pub fn headline(diff: &Diff) -> String {
    let summary = &diff.summary;
    let rows = |kind: Kind| summary.by_kind.get(kind.word()).copied().unwrap_or(0);
    let figures =
        format!("{}, {}.", moved("Claimed", summary.claimed), moved("proven", summary.proven));
    if diff.changes.is_empty() && diff.policy.is_empty() {
        return format!(
            "Nothing changed. {} as before. {figures}",
            counted(summary.unchanged, "item")
        );
    }
    format!(
        "{} got worse, {} got better, {} new, {} gone, {} unchanged. {figures}",
        grouped(summary.worse),
        grouped(summary.better),
        grouped(rows(Kind::Added)),
        grouped(rows(Kind::Removed)),
        grouped(summary.unchanged),
    )
}

fn moved(what: &str, figures: Figures) -> String {
    if figures.from == figures.to {
        format!("{what} {}", grouped(figures.to))
    } else {
        format!("{what} {} → {}", grouped(figures.from), grouped(figures.to))
    }
}

/// What a reader must know before the rows: lowered bars, the gate, sides that were not recorded.
pub fn caveats(diff: &Diff) -> Vec<String> {
    let summary = &diff.summary;
    let mut said = Vec::new();
    if summary.weakenings > 0 {
        said.push(weakened(diff));
    }
    said.extend(diff.policy.iter().map(of_policy));
    let gate = &summary.gate;
    if gate.from != gate.to {
        said.push(format!("The gate went from {} to {}.", gate.from, gate.to));
    }
    for side in [&diff.from, &diff.to].into_iter().filter(|side| !side.recorded) {
        said.push(format!(
            "{} was not recorded: its claims are read from git, its evidence is what was committed.",
            side.name
        ));
    }
    let doubts = [&diff.from, &diff.to].into_iter().flat_map(|side| &side.doubts);
    said.extend(doubts.map(|doubt| format!("In doubt: {doubt}.")));
    said
}

/// `Weaker: [gate] no longer has `fail-on stale`.`
fn of_policy(change: &PolicyChange) -> String {
    let lead = if change.weakening { "Weaker" } else { "Changed" };
    let what = &change.what;
    match (&change.from, &change.to) {
        (Some(from), Some(to)) => format!("{lead}: {what} went from {from} to {to}."),
        (Some(from), None) => format!("{lead}: {what} no longer has `{from}`."),
        (None, Some(to)) => format!("{lead}: {what} has `{to}` now."),
        (None, None) => format!("{lead}: {what}."),
    }
}

/// What kind of change a row tells, in words: `requirement loosened`, `gone while ticked`.
pub fn named(change: &Change) -> String {
    match (change.kind, change.detail) {
        (Kind::Status, Detail::NotRecorded) => "status, not recorded".to_owned(),
        (Kind::Status, _) => "status".to_owned(),
        (Kind::Added, Detail::BornTicked) => "born ticked".to_owned(),
        (Kind::Added, _) => "new".to_owned(),
        (Kind::Removed, Detail::Open) => "gone".to_owned(),
        (Kind::Removed, detail) => format!("gone while {}", detail.word()),
        (Kind::Claim, Detail::Changed) => "box".to_owned(),
        (Kind::Claim, detail) => detail.word().to_owned(),
        (Kind::Reworded, Detail::Figures) => "figures".to_owned(),
        (Kind::Reworded, Detail::Lowered) => "priority lowered".to_owned(),
        (Kind::Moved, Detail::Postponed) => "due later".to_owned(),
        (Kind::Reworded | Kind::Moved, _) => change.kind.word().to_owned(),
        (kind, Detail::NotRecorded) => format!("{}, not recorded", kind.word()),
        (kind, detail) => format!("{} {}", kind.word(), detail.word()),
    }
}
