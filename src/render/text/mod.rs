//! What a person reads in a terminal: the decision, the picture, then what stands in the way.

mod diff;
mod explain;
mod fix;
mod init;
mod inspect;
mod items;
mod log;
mod paint;
mod picture;
mod problems;
mod verify;

use std::fmt::Write;

use crate::model::Status;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Commit, Item, Summary};

pub use diff::diff;
pub use explain::explain;
pub use fix::{EditedFile, fix};
pub use init::{InitLine, InitSummary, init};
pub use inspect::inspected;
pub use log::log;
pub use paint::{Paint, safe, safe_lines};
pub(super) use picture::sentences;
pub use verify::verification;

/// How many items of a group are shown before the rest is counted.
const SHOWN: usize = 12;

/// The groups in the order of their weight; what is open or verified is counted, not listed.
const GROUPS: [Status; 5] =
    [Status::Contradicted, Status::Stale, Status::Unproven, Status::Failing, Status::Ready];

/// The whole of `trueup check`.
pub fn check(snapshot: &Snapshot, paint: Paint) -> String {
    let mut out = String::new();
    head(&mut out, snapshot, paint);
    picture::write(&mut out, &snapshot.summary, paint);
    for status in GROUPS {
        group(&mut out, snapshot, status, paint);
    }
    waived(&mut out, snapshot, paint);
    problems::write(&mut out, &snapshot.problems, paint);
    out
}

/// The picture alone, where colours are not understood.
pub(super) fn picture(summary: &Summary) -> String {
    let mut out = String::new();
    picture::draw(&mut out, summary, Paint::PLAIN);
    out
}

/// `trueup check GLOB`: every item of an already narrowed snapshot, whatever its status.
pub fn narrowed(snapshot: &Snapshot, paint: Paint) -> String {
    let mut out = String::new();
    head(&mut out, snapshot, paint);
    for status in Status::ALL {
        for (path, item) in of_status(snapshot, status) {
            let _ = writeln!(out, "{} {}", paint.mark(status), paint.status(status));
            items::write(&mut out, path, item, paint);
        }
    }
    out
}

fn head(out: &mut String, snapshot: &Snapshot, paint: Paint) {
    let at = safe(&snapshot.commit.as_ref().map(commit).unwrap_or_default());
    let release =
        snapshot.release.as_ref().map(|name| format!(" {}", safe(name))).unwrap_or_default();
    let judged = human(&snapshot.judged_at);
    let _ =
        writeln!(out, "{}{release}{at}, judged {judged}\n", paint.bold(&safe(&snapshot.project)));
    let gate = &snapshot.summary.gate;
    let sentence = match gate.result.as_str() {
        "no-go" => paint.red(&safe(&gate.sentence)),
        _ => paint.bold(&safe(&gate.sentence)),
    };
    let _ = writeln!(out, "{sentence}\n");
}

fn commit(commit: &Commit) -> String {
    let id = commit.id.get(..7).unwrap_or(&commit.id);
    let branch = commit.branch.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
    let dirty = if commit.dirty { ", with uncommitted changes" } else { "" };
    format!(" at {id}{branch}{dirty}")
}

/// `2026-11-22T10:05:00Z` as `2026-11-22 10:05 UTC`.
pub(super) fn human(time: &str) -> String {
    time.parse::<crate::model::Timestamp>().map_or_else(|_| time.to_owned(), |time| time.human())
}

fn of_status(snapshot: &Snapshot, status: Status) -> impl Iterator<Item = (&str, &Item)> {
    snapshot.checklists.iter().flat_map(move |checklist| {
        let items = checklist.items.iter().filter(move |item| item.status == status);
        items.map(|item| (checklist.path.as_str(), item))
    })
}

fn group(out: &mut String, snapshot: &Snapshot, status: Status, paint: Paint) {
    let all: Vec<(&str, &Item)> = of_status(snapshot, status).collect();
    // What nothing is bound to has nothing to tell item by item.
    let (bound, unbound): (Vec<_>, Vec<_>) =
        all.iter().copied().partition(|(_, item)| item.requirement.is_some());
    if all.is_empty() {
        return;
    }
    let title = format!("{} ({})", status.phrase(), all.len());
    let _ = writeln!(out, "{} {}\n", paint.mark(status), paint.in_hue(status, &title));
    for (path, item) in bound.iter().take(SHOWN) {
        items::write(out, path, item, paint);
    }
    if bound.len() > SHOWN {
        let _ = writeln!(out, "  and {} more\n", bound.len() - SHOWN);
    }
    items::write_unbound(out, &unbound, paint);
}

fn waived(out: &mut String, snapshot: &Snapshot, paint: Paint) {
    let waived: Vec<(&str, &Item)> = of_status(snapshot, Status::Waived).collect();
    if waived.is_empty() {
        return;
    }
    let title = format!("waived ({})", waived.len());
    let _ =
        writeln!(out, "{} {}\n", paint.mark(Status::Waived), paint.in_hue(Status::Waived, &title));
    for (path, item) in waived.iter().take(SHOWN) {
        items::write(out, path, item, paint);
    }
    if waived.len() > SHOWN {
        let _ = writeln!(out, "  and {} more\n", waived.len() - SHOWN);
    }
}
