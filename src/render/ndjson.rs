//! NDJSON for queries: an item or a change a line, each with what a row needs to stand alone.

use serde::Serialize;

use crate::diff::Diff;
use crate::diff::v1::Change;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::Item;

use super::text::Paint;

#[derive(Serialize)]
struct ItemLine<'a> {
    project: &'a str,
    release: Option<&'a str>,
    commit: Option<&'a str>,
    judged_at: &'a str,
    checklist: &'a str,
    #[serde(flatten)]
    item: &'a Item,
}

#[derive(Serialize)]
struct ChangeLine<'a> {
    from_name: &'a str,
    to_name: &'a str,
    #[serde(flatten)]
    change: &'a Change,
}

/// An item a line.
pub(super) fn snapshot(snapshot: &Snapshot, _: Paint) -> String {
    let commit = snapshot.commit.as_ref().map(|commit| commit.id.as_str());
    let items = snapshot
        .checklists
        .iter()
        .flat_map(|checklist| checklist.items.iter().map(move |item| (checklist, item)));
    lines(items.map(|(checklist, item)| ItemLine {
        project: &snapshot.project,
        release: snapshot.release.as_deref(),
        commit,
        judged_at: &snapshot.judged_at,
        checklist: &checklist.path,
        item,
    }))
}

/// A change a line.
pub(super) fn diff(diff: &Diff, _: Paint) -> String {
    lines(diff.changes.iter().map(|change| ChangeLine {
        from_name: &diff.from.name,
        to_name: &diff.to.name,
        change,
    }))
}

fn lines(rows: impl Iterator<Item = impl Serialize>) -> String {
    // Every published type has text keys, and numbers that JSON has.
    rows.map(|row| serde_json::to_string(&row).unwrap_or_default() + "\n").collect()
}
