//! Claimed against proven, as two sentences and a line of marks between two brackets.

use std::fmt::Write;

use crate::model::{Status, counted};
use crate::snapshot::v1::{Sets, Summary};

use super::paint::{Paint, glyph};

/// Columns of the picture at the most.
const WIDTH: u64 = 72;

/// Writes the sentences, the picture and the counts.
pub(super) fn write(out: &mut String, summary: &Summary, paint: Paint) {
    let sets = &summary.overall;
    if sets.applicable == 0 {
        let _ = writeln!(out, "No item applies.\n");
        return;
    }
    let [claimed, proven] = sentences(sets);
    let _ = writeln!(out, "{claimed}   {proven}\n");
    draw(out, summary, paint);
    out.push('\n');
}

/// How much is claimed, how much is proven, and both overhangs.
pub(in crate::render) fn sentences(sets: &Sets) -> [String; 2] {
    [
        format!(
            "{} of {} claimed, {} of them not proven.",
            sets.claimed, sets.applicable, sets.claimed_not_proven
        ),
        format!(
            "{} of {} proven, {} of them not ticked.",
            sets.proven, sets.applicable, sets.proven_not_claimed
        ),
    ]
}

/// The line of marks between its brackets, and the counts that it stands for.
pub(super) fn draw(out: &mut String, summary: &Summary, paint: Paint) {
    let sets = &summary.overall;
    let scale = Scale::of(sets.applicable);
    let claimed = scale.columns(sets.claimed);
    let before = scale.columns(sets.proven_not_claimed);
    let _ = writeln!(
        out,
        "  {}{}",
        " ".repeat(before),
        bracket(&format!("claimed {}", sets.claimed), claimed)
    );
    let _ = writeln!(out, "  {}", marks(summary, &scale, paint));
    let proven = scale.columns(sets.proven);
    let _ = writeln!(out, "  {}\n", bracket(&format!("proven {}", sets.proven), proven));
    let _ = writeln!(out, "  {}", counts(summary));
}

struct Scale {
    applicable: u64,
}

impl Scale {
    fn of(applicable: u64) -> Scale {
        Scale { applicable }
    }

    /// Columns for so many items; one at the least, so that a single one is seen.
    fn columns(&self, items: u64) -> usize {
        let columns = if self.applicable <= WIDTH {
            items
        } else {
            (items * WIDTH + self.applicable / 2) / self.applicable
        };
        usize::try_from(if items > 0 { columns.max(1) } else { 0 }).unwrap_or(0)
    }
}

fn bracket(label: &str, columns: usize) -> String {
    match columns {
        0 => String::new(),
        1 => format!("| {label}"),
        _ if columns < label.chars().count() + 4 => {
            format!("|{}| {label}", "-".repeat(columns - 2))
        }
        _ => {
            let dashes = columns - 4 - label.chars().count();
            let left = dashes / 2;
            format!("|{} {label} {}|", "-".repeat(left), "-".repeat(dashes - left))
        }
    }
}

/// Proven and not ticked, both, ticked and not proven, neither: so that both sets are contiguous.
fn marks(summary: &Summary, scale: &Scale, paint: Paint) -> String {
    let count = |status: Status| summary.by_status.get(status.word()).copied().unwrap_or(0);
    let criteria_met = summary.overall.proven_not_claimed.saturating_sub(count(Status::Ready));
    let order = [
        (Status::Ready, count(Status::Ready) + criteria_met),
        (Status::Verified, count(Status::Verified).saturating_sub(criteria_met)),
        (Status::Contradicted, count(Status::Contradicted)),
        (Status::Stale, count(Status::Stale)),
        (Status::Unproven, count(Status::Unproven)),
        (Status::Waived, count(Status::Waived)),
        (Status::Failing, count(Status::Failing)),
        (Status::Open, count(Status::Open)),
    ];
    order
        .into_iter()
        .map(|(status, items)| {
            let run: String = std::iter::repeat_n(glyph(status), scale.columns(items)).collect();
            if run.is_empty() { run } else { paint.in_hue(status, &run) }
        })
        .collect()
}

fn counts(summary: &Summary) -> String {
    let mut parts = Vec::new();
    for status in Status::ALL {
        let count = summary.by_status.get(status.word()).copied().unwrap_or(0);
        if count > 0 {
            parts.push(format!("{} {count} {}", glyph(status), status.phrase()));
        }
    }
    if summary.windows.overdue > 0 {
        parts.push(counted(summary.windows.overdue, "overdue item"));
    }
    parts.join("   ")
}
