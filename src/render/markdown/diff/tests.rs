//! The Markdown of a diff, as reviewed.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::LONGEST;
use crate::diff::fixture::{Build, item, story, unrecorded};
use crate::diff::{Diff, Named, Sides};
use crate::render::text::Paint;
use crate::snapshot::Snapshot;

fn diff(of: &Diff) -> String {
    super::diff(of, Paint::PLAIN)
}

fn of(from: &Snapshot, to: &Snapshot) -> Diff {
    crate::diff::diff(from, to, &Sides::new(Named::recorded("1.4.0"), Named::recorded("1.5.0")))
}

#[test]
fn what_got_worse_is_open_and_the_rest_is_folded() {
    insta::assert_snapshot!(diff(&story()));
}

#[test]
fn a_side_that_was_not_recorded_says_so() {
    let markdown = diff(&unrecorded());
    assert!(
        markdown.contains("1.4.0 was not recorded: its claims are read from git"),
        "{markdown}"
    );
}

#[test]
fn nothing_changed_has_no_table() {
    let same = Build::new().item(item("a", "Alpha").ticked()).done();
    insta::assert_snapshot!(diff(&of(&same, &same)));
}

#[test]
fn a_comment_is_never_too_long_and_counts_what_it_leaves_out() {
    let word = "wörd ".repeat(60);
    let many = (0..2000).fold(Build::new(), |build, n| {
        build.item(item(&format!("i{n}"), &format!("{word}{n}")).ticked())
    });
    let markdown = diff(&of(&many.done(), &Build::new().done()));
    assert!(markdown.len() <= LONGEST + 200, "{}", markdown.len());
    assert!(markdown.contains("rows left out: a comment holds no more."), "{markdown}");
    let rows = markdown.lines().filter(|line| line.contains("gone while ticked")).count();
    let left_out = 2000 - rows;
    assert!(markdown.contains(&format!("\n{},{:03} rows", left_out / 1000, left_out % 1000)));
}

/// Every row has as many cells as its head, whatever a document says.
#[test]
fn hostile_text_stays_in_its_cell() {
    let hostile =
        "| a \\| `b` </details><script>x</script> @ana\n| c |\n\n# d https://evil.example";
    let from = Build::new().checklist(hostile).item(item("a", hostile).ticked()).done();
    let to = Build::new()
        .checklist(hostile)
        .item(item("a", "b").under(&[hostile]).because(hostile).waived(hostile).requires(hostile))
        .done();
    let sides = Sides::new(Named::recorded(hostile), Named::unrecorded(hostile));
    for (from, to) in [(&from, &to), (&to, &from)] {
        let markdown = diff(&crate::diff::diff(from, to, &sides));
        let (mut rows, mut cells, mut headings, mut folds) = (0, 0, 0, 0);
        for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows += 1,
                Event::Start(Tag::TableCell) => cells += 1,
                Event::Start(Tag::Heading { .. }) => headings += 1,
                Event::Start(Tag::Link { .. }) => panic!("a link in {markdown}"),
                Event::InlineHtml(html) => {
                    assert!(["<br>", "<!-- -->"].contains(&&*html), "{html} in {markdown}");
                }
                Event::Html(html) if html.starts_with("<details><summary>") => folds += 1,
                Event::Html(html) if html.starts_with("</details>") => folds -= 1,
                Event::Html(html) => assert!(html.trim().is_empty(), "{html} in {markdown}"),
                _ => {}
            }
        }
        assert_eq!(cells, rows * 5, "{markdown}");
        assert_eq!(folds, 0, "every fold is closed: {markdown}");
        assert_eq!(headings, markdown.lines().filter(|line| line.starts_with('#')).count());
    }
}
