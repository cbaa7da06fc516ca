//! CSV for a spreadsheet: a row an item or a change. No cell is taken for a formula.

use crate::diff::Diff;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Checklist, Item};

use super::text::{Paint, safe_lines};

const ITEMS: [&str; 20] = [
    "checklist",
    "line",
    "id",
    "section",
    "text",
    "kind",
    "claim",
    "verdict",
    "status",
    "reason",
    "rule",
    "condition",
    "artifacts",
    "valid_until",
    "owner",
    "priority",
    "due",
    "ticked_by",
    "ticked_at",
    "waived_until",
];

const CHANGES: [&str; 11] = [
    "checklist",
    "line",
    "item",
    "text",
    "kind",
    "detail",
    "from",
    "to",
    "regression",
    "weakening",
    "why",
];

/// A row an item.
pub(super) fn snapshot(snapshot: &Snapshot, _: Paint) -> String {
    let rows = snapshot
        .checklists
        .iter()
        .flat_map(|checklist| checklist.items.iter().map(move |item| of_item(checklist, item)));
    table(&ITEMS, rows)
}

/// A row a change.
pub(super) fn diff(diff: &Diff, _: Paint) -> String {
    let rows = diff.changes.iter().map(|change| {
        [
            change.checklist.clone(),
            change.line.to_string(),
            change.item.clone(),
            change.text.clone(),
            change.kind.word().to_owned(),
            change.detail.word().to_owned(),
            change.from.clone().unwrap_or_default(),
            change.to.clone().unwrap_or_default(),
            change.regression.to_string(),
            change.weakening.to_string(),
            change.why.clone(),
        ]
    });
    table(&CHANGES, rows)
}

fn of_item(checklist: &Checklist, item: &Item) -> [String; ITEMS.len()] {
    let or_empty = |field: &Option<String>| field.clone().unwrap_or_default();
    let ticked = item.history.as_ref().and_then(|history| history.ticked.as_ref());
    let artifacts: Vec<&str> = item.evidence.iter().map(|one| one.artifact.as_str()).collect();
    [
        checklist.path.clone(),
        item.line.to_string(),
        item.id.clone(),
        item.section.join(" / "),
        item.text.clone(),
        item.kind.word().to_owned(),
        item.claim.word().to_owned(),
        item.verdict.word().to_owned(),
        item.status.word().to_owned(),
        item.reason.to_string(),
        item.rule.as_deref().unwrap_or_default().to_owned(),
        item.requirement.as_ref().and_then(|one| one.condition.clone()).unwrap_or_default(),
        artifacts.join(" "),
        or_empty(&item.valid_until),
        or_empty(&item.owner),
        or_empty(&item.priority),
        or_empty(&item.due),
        ticked.map(|event| event.by.author.clone()).unwrap_or_default(),
        ticked.map(|event| event.by.time.clone()).unwrap_or_default(),
        item.waiver.as_ref().map(|waiver| waiver.until.clone()).unwrap_or_default(),
    ]
}

fn table<const COLUMNS: usize>(
    head: &[&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Written to memory, every row as long as the head: nothing can fail.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| inert(&safe_lines(cell))));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A cell that a spreadsheet shows and does not run: what begins like a formula gets the quote that
/// spreadsheets take for "this is text".
fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
