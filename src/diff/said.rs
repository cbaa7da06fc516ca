//! The sentences over a diff, the same in every output.

use crate::model::{counted, grouped};

use super::tally::Tally;
use super::v1::{Change, Diff, PolicyChange, Side, Summary};
use super::weaker::weakened;
use super::words::{Detail, Kind};

/// What became of the items, all of them, and of the two figures that every report has.
pub fn headline(diff: &Diff) -> String {
    let summary = &diff.summary;
    let figures = figures(diff);
    if diff.changes.is_empty() && diff.policy.is_empty() {
        return format!(
            "Nothing changed. {} as before. {figures}",
            counted(summary.unchanged, "item")
        );
    }
    let tally = Tally::of(diff);
    let news = news(&tally).into_iter();
    let rest = [
        (tally.otherwise, "changed otherwise"),
        (tally.unchanged, "unchanged"),
        (tally.new, "new"),
        (tally.gone, "gone"),
    ];
    let parts: Vec<String> =
        news.chain(rest.map(|(count, words)| format!("{} {words}", grouped(count)))).collect();
    format!("{}. {figures}", parts.join(", "))
}

/// What got worse, what got better, and what else a reader must know of; the first two always.
pub fn news(tally: &Tally) -> Vec<String> {
    let told = [
        (tally.worse, "got worse"),
        (tally.better, "got better"),
        (tally.ticked_without_proof, "ticked without proof"),
        (tally.newly_known, "proven and not known before"),
    ];
    let withdrawn =
        (tally.withdrawn > 0).then(|| format!("{} withdrawn", counted(tally.withdrawn, "claim")));
    let told = told.into_iter().enumerate().filter(|(at, (count, _))| *at < 2 || *count > 0);
    let mut told: Vec<String> =
        told.map(|(_, (count, words))| format!("{} {words}", grouped(count))).collect();
    if let Some(withdrawn) = withdrawn {
        told.insert(2, withdrawn);
    }
    told
}

/// `Claimed 24, proven 23 or more → 22.`: of a side that was not recorded, what is proven is what the
/// evidence proves that was committed there.
pub fn figures(diff: &Diff) -> String {
    let Summary { claimed, proven, .. } = &diff.summary;
    let known = |side: &Side, count: u64| match side.recorded {
        true => grouped(count),
        false => format!("{} or more", grouped(count)),
    };
    let claimed = moved(grouped(claimed.from), grouped(claimed.to));
    let proven = moved(known(&diff.from, proven.from), known(&diff.to, proven.to));
    format!("Claimed {claimed}, proven {proven}.")
}

fn moved(from: String, to: String) -> String {
    if from == to { to } else { format!("{from} → {to}") }
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
