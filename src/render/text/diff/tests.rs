//! The text of a diff, as reviewed.

use crate::diff::fixture::{Build, item, story, unrecorded};
use crate::diff::{Named, Sides};
use crate::render::text::{Paint, diff};
use crate::snapshot::Snapshot;

fn of(from: &Snapshot, to: &Snapshot) -> String {
    let sides = Sides::new(Named::recorded("1.4.0"), Named::recorded("1.5.0"));
    diff(&crate::diff::diff(from, to, &sides), Paint::PLAIN)
}

#[test]
fn regressions_stand_first_with_before_after_and_why() {
    insta::assert_snapshot!(diff(&story(), Paint::PLAIN));
}

#[test]
fn a_side_that_was_not_recorded_says_so_at_the_top() {
    let text = diff(&unrecorded(), Paint::PLAIN);
    let top: Vec<&str> = text.lines().take_while(|line| !line.starts_with("Got worse")).collect();
    insta::assert_snapshot!(top.join("\n"));
    assert!(text.contains("\nProven, and not known before (1)\n"), "{text}");
    assert!(text.contains("\nNot recorded (1)\n"), "{text}");
}

#[test]
fn nothing_is_one_line() {
    let same = Build::new().item(item("a", "Alpha").ticked()).done();
    insta::assert_snapshot!(of(&same, &same));
}

#[test]
fn a_renamed_file_is_one_line_and_long_groups_are_counted() {
    let items = |path: &str, prefix: &str| {
        let build = Build::new().checklist(path);
        let all = (0..40)
            .fold(build, |build, n| build.item(item(&format!("i{n}"), &format!("Thing {n}"))));
        (0..20).fold(all, |build, n| {
            build.item(item(&format!("{prefix}{n}"), &format!("{prefix} {n}{n}")))
        })
    };
    let text = of(&items("docs/old.md", "was").done(), &items("docs/new.md", "is").done());
    insta::assert_snapshot!(text);
}

#[test]
fn colours_are_there_only_where_they_are_wanted() {
    assert!(!diff(&story(), Paint::PLAIN).contains('\u{1b}'));
    let painted = diff(&story(), Paint { color: true });
    assert!(painted.contains('\u{1b}'));
    let mut plain = painted;
    while let Some(at) = plain.find('\u{1b}') {
        let end = plain[at..].find('m').unwrap() + at;
        plain.replace_range(at..=end, "");
    }
    assert_eq!(plain, diff(&story(), Paint::PLAIN));
}

#[test]
fn nothing_that_a_terminal_obeys_comes_out_of_a_document() {
    let hostile = "\u{1b}]0;owned\u{7}\u{1b}[31m";
    let from = Build::new().checklist(hostile).item(item("a", hostile).ticked()).done();
    let to = Build::new()
        .checklist(hostile)
        .item(item("a", "b").under(&[hostile]).because(hostile).waived(hostile).requires(hostile))
        .done();
    let sides = Sides::new(Named::recorded(hostile), Named::unrecorded(hostile));
    for (from, to) in [(&from, &to), (&to, &from)] {
        let text = diff(&crate::diff::diff(from, to, &sides), Paint::PLAIN);
        assert!(text.chars().all(|letter| !letter.is_control() || letter == '\n'), "{text:?}");
    }
}
