//! The log of checklists for a person: commit by commit, oldest first, what each did to which item.

use std::fmt::Write;

use crate::history::log::{ChecklistLog, Log, LogEvent};
use crate::model::{Change, Claim, Signature};

use super::paint::{Paint, safe};

/// The whole of `trueup log`.
pub fn log(log: &Log, paint: Paint) -> String {
    let mut out = String::new();
    for (at, checklist) in log.checklists.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        of_checklist(&mut out, checklist, paint);
    }
    if log.checklists.is_empty() {
        out.push_str("No commit holds an item.\n");
    }
    if log.truncated {
        out.push_str("\nThe clone is shallow: what is older than its first commit is not told.\n");
    }
    out
}

fn of_checklist(out: &mut String, of: &ChecklistLog, paint: Paint) {
    let _ = writeln!(out, "{}", paint.bold(&safe(&of.path)));
    if !of.formerly.is_empty() {
        let _ = writeln!(out, "{}", paint.dim(&format!("formerly {}", of.formerly.join(", "))));
    }
    let width = of.events.iter().map(|event| safe(&event.item).chars().count()).max().unwrap_or(0);
    let mut before: Option<&str> = None;
    for event in &of.events {
        if before != Some(&event.commit) {
            commit(out, event, paint);
        }
        before = Some(&event.commit);
        let _ = writeln!(
            out,
            "    {}  {:width$}  {}",
            change(event, paint),
            safe(&event.item),
            safe(&event.text),
            width = width.min(60)
        );
    }
}

/// `2026-10-27 09:12 UTC  c068d1c  Ana Ruiz, signed  (1.2.0)  checklist: the checkout …`
fn commit(out: &mut String, event: &LogEvent, paint: Paint) {
    let id = event.commit.get(..7).unwrap_or(&event.commit);
    let signed = match Signature::told(event.signed, event.signature.as_deref()) {
        Signature::Unchecked => ", signed".to_owned(),
        other => other.said().map(|said| format!(", {said}")).unwrap_or_default(),
    };
    let release = event.release.as_deref().map(|name| format!("  ({name})")).unwrap_or_default();
    let head = format!("{}  {id}  {}{signed}{release}", event.time.human(), event.author);
    let _ = writeln!(out, "\n  {}  {}", paint.dim(&safe(&head)), safe(&event.subject));
}

/// The change as a word of one width; an item that came ticked was never open.
fn change(event: &LogEvent, paint: Paint) -> String {
    let word = match (event.change, event.claim) {
        (Change::Added, Claim::Done) => "born ticked",
        (change, _) => change.word(),
    };
    let padded = format!("{word:11}");
    match event.change {
        Change::Ticked | Change::Added => paint.bold(&padded),
        Change::Unticked | Change::Removed => paint.red(&padded),
        Change::Moved | Change::Reworded => padded,
    }
}
