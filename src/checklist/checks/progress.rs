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
    if !about {
        return false;
    }
    match figure.shape {
        Shape::Count { value } if figure.unit == Some(Unit::Percent) => {
            (done * 100.0 / all - value).abs() > 1.0
        }
        Shape::Share { part, whole } if figure.unit.is_none() => part != done || whole != all,
        Shape::Count { .. } | Shape::Share { .. } | Shape::Limit { .. } | Shape::Change { .. } => {
            false
        }
    }
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
        for header in [
            "**Status:** 67% complete",
            "Progress: 2 of 3 done",
            "Coverage is 80%",
            "Done by 2026-01-01",
        ] {
            assert_eq!(said(header), Vec::<String>::new(), "{header}");
        }
    }
}
