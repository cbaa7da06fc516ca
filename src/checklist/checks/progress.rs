//! What a document says of its own progress (`80 % complete`), held against its boxes.

use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::Outline;
use crate::checklist::text::figures::figures;
use crate::model::{Claim, Code, Figure, Item, ItemKind, LineIndex, Place, Problem, Shape, Unit};

/// Statements above the first section that the boxes refute.
pub(in crate::checklist) fn progress(
    path: &str,
    outline: &Outline,
    items: &[Item],
    lines: &LineIndex,
    repair: &Repair,
) -> Vec<Problem> {
    let counted =
        items.iter().filter(|item| item.kind == ItemKind::Task && item.claim != Claim::Cancelled);
    let (all, done) = counted.fold((0_u32, 0_u32), |(all, done), item| {
        (all + 1, done + u32::from(item.claim == Claim::Done))
    });
    if all < 3 {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for run in &outline.preamble {
        let first = lines.line(run.span.start);
        for (offset, line) in repair.text(&run.raw).lines().enumerate() {
            let refuted = figures(line)
                .into_iter()
                .find(|figure| is_refuted(line, figure, f64::from(all), f64::from(done)));
            if let Some(figure) = refuted {
                let share = (f64::from(done) * 100.0 / f64::from(all)).round();
                let message = format!(
                    "The document says {}; {done} of {all} boxes are ticked, {share} %.",
                    figure.text
                );
                problems.push(
                    Problem::new(
                        Code::TextContradictsBox,
                        Place::line(path, first + offset),
                        message,
                    )
                    .hint("Bring the figure up to date, or leave it out."),
                );
            }
        }
    }
    problems
}

/// Whether `figure` is about progress, and the boxes say otherwise; a percentage may be rounded.
fn is_refuted(line: &str, figure: &Figure, all: f64, done: f64) -> bool {
    let lower = line.to_lowercase();
    let about = ["complete", "progress", "done", "finished", "ticked", "checked"]
        .iter()
        .any(|word| lower.contains(word));
    if !about || is_of_a_part(&lower) {
        return false;
    }
    match figure.shape {
        Shape::Count { value } if figure.unit == Some(Unit::Percent) => {
            (done * 100.0 / all - value).abs() > 1.0
        }
        Shape::Share { part, whole } if figure.unit.is_none() => {
            is_of_boxes(figure.noun.as_deref()) && (part != done || whole != all)
        }
        Shape::Count { .. } | Shape::Share { .. } | Shape::Limit { .. } | Shape::Change { .. } => {
            false
        }
    }
}

/// `phase 1 complete`: whether a line, in small letters, speaks of one part by its number.
fn is_of_a_part(line: &str) -> bool {
    const PARTS: [&str; 6] = ["phase", "sprint", "week", "milestone", "stage", "iteration"];
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut before = words.next().unwrap_or_default();
    words.any(|word| {
        let part = PARTS.contains(&std::mem::replace(&mut before, word));
        part && (word.starts_with(|c: char| c.is_ascii_digit()) || is_roman(word))
    })
}

fn is_roman(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

/// Whether a share counts boxes, as far as its noun tells: `3/4 tasks`, `2 of 3 done`, and not
/// `12/12 stories`.
fn is_of_boxes(noun: Option<&str>) -> bool {
    const BOXES: [&str; 10] = [
        "box",
        "boxes",
        "check",
        "checkboxes",
        "checks",
        "item",
        "items",
        "sub-tasks",
        "task",
        "tasks",
    ];
    const STATES: [&str; 6] = ["checked", "complete", "completed", "done", "finished", "ticked"];
    let words = || noun.unwrap_or_default().split_whitespace();
    words().any(|word| BOXES.contains(&word)) || words().all(|word| STATES.contains(&word))
}

#[cfg(test)]
mod tests {
    use crate::checklist::{Settings, read};

    fn said(header: &str) -> Vec<String> {
        let text = format!("# List\n\n{header}\n\n- [x] a\n- [x] b\n- [ ] c\n- [-] d\n");
        read("a.md", text.as_bytes(), &Settings::default())
            .problems
            .into_iter()
            .map(|problem| problem.message)
            .collect()
    }

    #[test]
    fn progress_is_held_against_the_boxes() {
        assert_eq!(
            said("**Status:** 80% complete"),
            ["The document says 80%; 2 of 3 boxes are ticked, 67 %."]
        );
        assert_eq!(
            said("Progress: 3/4 tasks"),
            ["The document says 3/4 tasks; 2 of 3 boxes are ticked, 67 %."]
        );
        for header in ["Progress: 1 of 3 done", "Progress: 1/3 tasks complete", "Done (1/3)"] {
            let told = said(header);
            assert!(told.len() == 1 && told[0].contains("2 of 3 boxes"), "{header}: {told:?}");
        }
        for header in [
            "**Status:** 67% complete",
            "Progress: 2 of 3 done",
            "Coverage is 80%",
            "Done by 2026-01-01",
            "**Status**: Phase 1 Complete (100%)",
            "Phase II: 100% complete",
            "**Status geral:** 65% Phase 1 complete",
            "**Progress**: Sprint 3 complete (12/12 stories)",
            "Progress: (12/12 stories)",
            "3 of 5 phases complete",
        ] {
            assert_eq!(said(header), Vec::<String>::new(), "{header}");
        }
    }
}
