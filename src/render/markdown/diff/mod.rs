//! What became of the readiness between two releases, as a comment on a pull request: what got
//! worse is open, the rest is folded.

use std::fmt::Write;

use crate::diff::v1::{Change, Side};
use crate::diff::{Diff, Heading, Kind, caveats, grouped, headline, named};
use crate::model::{Status, Timestamp, counted};

use super::LONGEST;
use super::escape::{code, text};
use crate::render::text::Paint;

/// Bytes of one side of a change at the most.
const LONGEST_SIDE: usize = 400;

const HEAD: &str = "| item | what | before | after | why |\n| --- | --- | --- | --- | --- |\n";

/// The whole of `trueup diff A B --format markdown`.
pub fn diff(diff: &Diff, _: Paint) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "## Readiness: {} → {}\n", text(&diff.from.name), text(&diff.to.name));
    let _ = writeln!(out, "{} → {}\n", side(&diff.from), side(&diff.to));
    let _ = writeln!(out, "**{}**", text(&headline(diff)));
    for caveat in caveats(diff) {
        let _ = writeln!(out, "\n{}", text(&caveat));
    }
    let mut left_out = 0;
    for (heading, changes) in grouped(diff) {
        left_out += group(&mut out, heading, &changes);
    }
    if left_out > 0 {
        let rows = counted(left_out as u64, "row");
        let _ = writeln!(out, "\n{rows} left out: a comment holds no more. `trueup diff` has all.");
    }
    out
}

/// `2026-10-30, f0aa1c2, recorded`
fn side(side: &Side) -> String {
    let time = side.time.as_deref().unwrap_or(&side.judged_at);
    let day = time.parse::<Timestamp>().map_or_else(|_| text(time), Timestamp::date);
    let commit = side.commit.as_deref().map(|id| code(id.get(..7).unwrap_or(id)));
    [Some(day), commit, Some(side.origin().to_owned())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// Writes the rows that fit, and returns how many did not.
fn group(out: &mut String, heading: Heading, changes: &[&Change]) -> usize {
    let title = format!("{} ({})", heading.words(), changes.len());
    let (open, close) = match heading.is_loud() {
        true => (format!("\n### {title}\n\n{HEAD}"), ""),
        false => (format!("\n<details><summary>{title}</summary>\n\n{HEAD}"), "\n</details>\n"),
    };
    let mut rows = String::new();
    let mut written = 0;
    for change in changes {
        let row = row(change);
        if out.len() + open.len() + rows.len() + row.len() + close.len() > LONGEST {
            break;
        }
        rows.push_str(&row);
        written += 1;
    }
    if written > 0 {
        let _ = write!(out, "{open}{rows}{close}");
    }
    changes.len() - written
}

fn row(change: &Change) -> String {
    let item = format!(
        "{}<br>{}",
        text(&cut(&change.text)),
        code(&format!("{}:{}", change.checklist, change.line))
    );
    let place = change.place.as_ref().map(|place| format!("<br>{}", code(place)));
    let what = format!("{}{}", what(change), place.unwrap_or_default());
    let (from, to) = (sided(change, &change.from), sided(change, &change.to));
    format!("| {item} | {what} | {from} | {to} | {} |\n", text(&cut(&change.why)))
}

fn what(change: &Change) -> String {
    let words = named(change);
    if change.weakening { format!("⚠ **weaker**: {words}") } else { words }
}

/// Words of the two lists as words, what a document or configuration says as it says it.
fn sided(change: &Change, side: &Option<String>) -> String {
    let Some(said) = side else { return String::new() };
    match change.kind {
        Kind::Status => {
            Status::from_word(said).map_or_else(|| text(said), |status| status.phrase().to_owned())
        }
        Kind::Requirement | Kind::Evidence => code(&cut(said)),
        Kind::Claim | Kind::Added | Kind::Removed | Kind::Waiver | Kind::Reworded | Kind::Moved => {
            text(&cut(said))
        }
    }
}

fn cut(text: &str) -> String {
    match (0..=LONGEST_SIDE).rev().find(|at| text.is_char_boundary(*at)) {
        Some(end) if text.len() > LONGEST_SIDE => {
            format!("{}…", text.get(..end).unwrap_or_default())
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
