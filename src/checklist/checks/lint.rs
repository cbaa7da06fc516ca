//! What looks like a box and is none, and comments that cannot be understood, as problems.

use crate::checklist::syntax::boxes::bracket_at;
use crate::checklist::syntax::outline::{OddityKind, Outline};
use crate::model::{Code, LineIndex, Place, Problem, counted};

/// The problems of `outline` that stand beside no item's text.
pub(in crate::checklist) fn lint(
    path: &str,
    text: &str,
    outline: &Outline,
    lines: &LineIndex,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let (mut in_table, mut starred) = (Vec::new(), Vec::new());
    for oddity in &outline.oddities {
        match oddity.kind {
            OddityKind::InTable => in_table.push(oddity.at),
            OddityKind::Starred => starred.push(oddity.at),
            _ => {
                let place = Place::line(path, lines.line(oddity.at));
                let written = bracket_at(text, oddity.at)
                    .and_then(|bracket| text.get(bracket.start..bracket.end))
                    .unwrap_or_default();
                problems.push(malformed(place, oddity.kind, written));
            }
        }
    }
    if let Some(first) = in_table.first() {
        let cells = counted(in_table.len() as u64, "table cell");
        let hold = if in_table.len() == 1 { "holds a box" } else { "hold boxes" };
        let message = format!("{cells} {hold}. A box in a table is no task.");
        let place = Place::line(path, lines.line(*first));
        problems.push(
            Problem::new(Code::BoxMalformed, place, message)
                .hint("Write the rows as a list, or a ✅ into the cell."),
        );
    }
    if let Some(first) = starred.first() {
        let many = starred.len() as u64;
        let message = format!(
            "{} {} with `[ ]*`, which is no box to GitHub, so that no task stands there.",
            counted(many, "line"),
            if many == 1 { "begins" } else { "begin" }
        );
        let place = Place::line(path, lines.line(*first));
        problems.push(
            Problem::new(Code::BoxMalformed, place, message)
                .hint("Write `- [ ] * …`; for what is optional, `(optional)` in the text."),
        );
    }
    problems
}

fn malformed(place: Place, kind: OddityKind, written: &str) -> Problem {
    if kind == OddityKind::Brackets {
        let hint = "A box is `[ ]` or `[x]`. Other marks count where `[markers]` in trueup.toml names them.";
        return Problem::new(Code::BoxMalformed, place, format!("`{written}` is no box."))
            .hint(hint);
    }
    let (message, hint) = match kind {
        OddityKind::Brackets => ("These brackets are no box.", "Write `[ ]` or `[x]`."),
        OddityKind::Starred => (
            "A `*` follows this box, so it is none.",
            "Write `- [ ] * …`; for what is optional, `(optional)` in the text.",
        ),
        OddityKind::Unspaced => {
            ("No space follows this box, so it is none.", "Write a space after `]`.")
        }
        OddityKind::Wrapped => (
            "This box stands inside emphasis, so it is none.",
            "Move the box in front of the `*`, `_` or `~`.",
        ),
        OddityKind::Unlisted => (
            "This box does not begin a list item, so it is none.",
            "Begin the line with `- `, and leave a blank line above where text precedes.",
        ),
        OddityKind::Bullet => {
            ("No space follows this bullet, so its box is none.", "Write `- [ ]`.")
        }
        OddityKind::Drawn => ("A drawn box is no task.", "Write `- [ ]` or `- [x]`."),
        OddityKind::Escaped => (
            "A `\\` stands before this box, so it is none.",
            "Take the `\\` out: write `- [ ]` or `- [x]`.",
        ),
        OddityKind::Hidden => (
            "A sign that nobody sees stands before this box, so it is none.",
            "Take out what stands between the bullet and `[`, and write one space.",
        ),
        OddityKind::Setext => (
            "A lone `-` below makes this text a heading, so its box is none.",
            "Take the lone `-` out, or write text after it.",
        ),
        OddityKind::InHeading => {
            ("A box in a heading is no task.", "Write it as a list item: `- [ ]`.")
        }
        OddityKind::BeforeTable => (
            "A table follows this box in place of text, so it is none.",
            "Write the text beside the box and the table below it.",
        ),
        OddityKind::Html => ("An HTML checkbox is no task.", "Write `- [ ]` or `- [x]`."),
        OddityKind::Unclosed => (
            "This fence is never closed, so the boxes below it are code.",
            "Close it with a line of the same fence.",
        ),
        OddityKind::Commented => (
            "This comment is never closed, so the boxes below it are a part of it.",
            "Close it with `-->`.",
        ),
        OddityKind::Indented => (
            "This box is indented so far that it is code, and so is what follows it.",
            "Take the indentation out, or put an example into a fence.",
        ),
        OddityKind::InHtml => (
            "This box stands in a block of HTML, so it is none.",
            "Leave a blank line below the tag above it.",
        ),
        OddityKind::InTable => ("A box in a table is no task.", "Write the rows as a list."),
    };
    Problem::new(Code::BoxMalformed, place, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use crate::checklist::{Settings, read};
    use crate::model::Code;

    #[test]
    fn boxes_pasted_from_elsewhere_are_told() {
        let told = |line: &str| {
            let list = format!("# List\n\n{line}\n");
            let problems = read("LIST.md", list.as_bytes(), &Settings::default()).problems;
            problems.iter().filter(|problem| problem.code == Code::BoxMalformed).count()
        };
        for line in [
            "– [ ] x",
            "• [x] x",
            "a. [ ] x",
            "b) [ ] x",
            "-\u{a0}[ ] x",
            "- \\[ ] x",
            "- \\[x\\] x",
            "- \u{200b}[ ] x",
            "- \u{feff}[x] x",
        ] {
            assert_eq!(told(line), 1, "{line:?}");
        }
        for line in ["- [ ] x", "– x [ ] y", "a. x", "- \\[draft] x", "- \u{200b}x", "• [x](y)"]
        {
            assert_eq!(told(line), 0, "{line:?}");
        }
    }

    #[test]
    fn boxes_in_the_lists_of_cells_are_told() {
        let told = |cell: &str| {
            let text = format!("| Deliverable | Accepted |\n|--|--|\n| Licence | {cell} |\n");
            read("LIST.md", text.as_bytes(), &Settings::default()).problems.len()
        };
        for cell in
            ["[x]", "<ul><li>[x] </li></ul>", "<ol><li>[ ] later</li></ol>", "<li>[ ] </li>"]
        {
            assert_eq!(told(cell), 1, "{cell}");
        }
        for cell in ["<ul><li>a</li></ul>", "<ul><li>a [x] b</li></ul>", "<b>[x]</b>", "x"] {
            assert_eq!(told(cell), 0, "{cell}");
        }
    }

    #[test]
    fn boxes_with_a_star_are_told_once() {
        let told = |list: &str| {
            let read = read("LIST.md", list.as_bytes(), &Settings::default());
            let of = |problem: crate::model::Problem| (problem.place.line, problem.message);
            (read.items.len(), read.problems.into_iter().map(of).collect::<Vec<_>>())
        };
        let (items, problems) = told("- [x] a\n  - [ ]* 1.1 b\n  - [x]* 1.2 c\n- [ ]* d *e*\n");
        let expected =
            "3 lines begin with `[ ]*`, which is no box to GitHub, so that no task stands there.";
        assert_eq!((items, problems), (1, vec![(Some(2), expected.to_owned())]));
        let (items, problems) = told("- [x]*a*\n- [ ] * b\n");
        let expected = "No space follows this box, so it is none.";
        assert_eq!((items, problems), (1, vec![(Some(1), expected.to_owned())]));
    }
}
