//! Items that come, go, move, change their words and their boxes.

use super::super::diff;
use super::super::fixture::{Build, item};
use super::{between, of, row, rows, sides};
use crate::model::{Claim, Verdict};

#[test]
fn new_items_say_whether_they_were_born_ticked() {
    let diff = between(&[], &[item("a", "A"), item("b", "B").ticked()]);
    assert_eq!(rows(&diff), ["added open nothing → open", "added born-ticked nothing → done"]);
    assert_eq!(diff.changes[1].why, "New, and already ticked.");
}

#[test]
fn what_goes_while_ticked_or_required_lowers_the_bar() {
    let from = [
        item("a", "Alpha"),
        item("b", "Beta").ticked(),
        item("c", "Gamma").requires("tests.failed == 0"),
        item("d", "Delta").requires("tests.failed == 0").claim(Claim::Cancelled),
    ];
    let diff = between(&from, &[]);
    assert_eq!(
        rows(&diff),
        [
            "!-removed ticked done → nothing",
            "!-removed required open → nothing",
            "removed open open → nothing",
            "removed open cancelled → nothing",
        ]
    );
    assert_eq!(diff.changes[1].why, "Gone, with its requirement.");
}

#[test]
fn an_unticked_box_is_a_regression_and_a_ticked_one_none() {
    let ticked = item("a", "A").ticked();
    let open = item("a", "A");
    let diff = between(std::slice::from_ref(&ticked), std::slice::from_ref(&open));
    assert_eq!(rows(&diff), ["!claim unticked done → open", "status aside unproven → open"]);
    let diff = between(&[open], &[ticked]);
    assert_eq!(rows(&diff), ["status aside open → unproven", "claim ticked open → done"]);
}

#[test]
fn every_change_from_done_is_a_regression_and_no_other_change_of_a_box() {
    use Claim::{Cancelled, Done, InProgress, Open};
    let claims = [Open, InProgress, Done, Cancelled, Claim::None];
    for from in claims {
        for to in claims {
            let diff = between(&[item("a", "A").claim(from)], &[item("a", "A").claim(to)]);
            let row = diff.changes.iter().find(|change| change.kind.word() == "claim");
            assert_eq!(row.is_some(), from != to, "{from:?} → {to:?}");
            assert!(row.is_none_or(|row| row.regression == (from == Done)), "{from:?} → {to:?}");
        }
    }
}

#[test]
fn what_was_asked_and_is_struck_is_named() {
    let asked = item("a", "A").requires("tests.failed == 0").verdict(Verdict::Fail);
    let diff = between(std::slice::from_ref(&asked), &[asked.clone().claim(Claim::Cancelled)]);
    assert_eq!(
        rows(&diff),
        ["!-claim cancelled open → cancelled", "status aside failing → not-applicable"]
    );
}

#[test]
fn the_commit_that_flipped_a_box_is_told() {
    let ticked = item("a", "A")
        .ticked()
        .event("ticked", "0000000aaaaaaaaa", "2026-01-01T00:00:00Z")
        .event("unticked", "1111111bbbbbbbbb", "2026-02-01T00:00:00Z")
        .event("ticked", "2222222ccccccccc", "2026-03-01T08:00:00Z");
    let diff = between(&[item("a", "A")], &[ticked]);
    assert_eq!(diff.changes[1].why, "Ticked on 2026-03-01 in 2222222.");
}

#[test]
fn other_words_are_told_from_other_figures() {
    let diff = between(&[item("a", "80 errors left")], &[item("a", "12 errors left")]);
    assert_eq!(rows(&diff), ["reworded figures 80 errors left → 12 errors left"]);
    let diff = between(&[item("a", "Tests pass")], &[item("a", "Unit tests pass")]);
    assert_eq!(rows(&diff), ["reworded text Tests pass → Unit tests pass"]);
    assert_eq!(diff.changes[0].why, "Other words under the same id.");
    let diff = between(
        &[item("a", "Integration tests pass on Linux")],
        &[item("b", "Integration tests pass on Linux and macOS")],
    );
    assert_eq!(diff.changes[0].detail.word(), "text");
    assert_eq!(diff.changes[0].was.as_deref(), Some("docs/RELEASE.md#a"));
    assert!(diff.changes[0].why.starts_with("Taken for the same item: "));
}

#[test]
fn a_move_is_to_another_section_or_checklist_and_not_to_another_line() {
    let (a, b) = (item("a", "Alpha stands"), item("b", "Beta stands"));
    let diff = between(&[a.clone(), b.clone()], &[b.clone(), a.clone()]);
    assert_eq!(rows(&diff), [""; 0]);
    let diff =
        between(&[a.clone().under(&["3. Security"])], &[a.clone().under(&["4. 🔒 Security"])]);
    assert_eq!(rows(&diff), [""; 0]);
    let diff =
        between(&[a.clone().under(&["Security"])], &[a.clone().under(&["Operations", "Access"])]);
    assert_eq!(rows(&diff), ["moved section Security → Operations › Access"]);
    let from = Build::new().checklist("old.md").item(a.clone().under(&["S"])).done();
    let to = Build::new().checklist("new.md").item(a.under(&["S"])).done();
    let diff = super::diff(&from, &to, &sides());
    assert_eq!(rows(&diff), ["moved checklist old.md › S → new.md › S"]);
    assert_eq!(diff.changes[0].was.as_deref(), Some("old.md#a"));
}

#[test]
fn regressions_stand_first_then_checklist_and_line() {
    let from = Build::new()
        .checklist("a.md")
        .item(item("one", "One thing"))
        .checklist("b.md")
        .item(item("two", "Two things").ticked())
        .item(item("three", "Three things").ticked())
        .done();
    let to = Build::new()
        .checklist("a.md")
        .item(item("one", "One thing").ticked())
        .checklist("b.md")
        .item(item("two", "Two things"))
        .item(item("three", "Three things"))
        .done();
    let diff = diff(&from, &to, &sides());
    let order: Vec<_> =
        diff.changes.iter().map(|c| format!("{} {}", c.item, c.kind.word())).collect();
    assert_eq!(
        order,
        ["two claim", "three claim", "one status", "one claim", "two status", "three status"]
    );
}

#[test]
fn the_gates_stand_side_by_side() {
    let (from, to) = (Build::new().gate("go").done(), Build::new().gate("no-go").done());
    let gate = diff(&from, &to, &sides()).summary.gate;
    assert_eq!((&gate.from[..], &gate.to[..]), ("go", "no-go"));
}

#[test]
fn the_figures_are_those_of_both_sides() {
    let pass = |id: &str| item(id, id).ticked().verdict(Verdict::Pass);
    let from = of(&[pass("a"), pass("b"), item("c", "c"), item("d", "d"), item("gone", "gone")]);
    let to = of(&[
        item("a", "a").ticked().verdict(Verdict::Fail),
        pass("b"),
        item("c", "c").verdict(Verdict::Pass),
        item("d", "d"),
        item("new", "quite another thing"),
    ]);
    let diff = diff(&from, &to, &sides());
    let summary = &diff.summary;
    assert_eq!((summary.worse, summary.better, summary.unchanged), (1, 1, 2));
    assert_eq!((summary.claimed.from, summary.claimed.to), (2, 2));
    assert_eq!((summary.proven.from, summary.proven.to), (2, 2));
    assert_eq!((summary.both.from, summary.both.to), (2, 1));
    assert_eq!((summary.by_kind["added"], summary.by_kind["removed"]), (1, 1));
    assert_eq!(summary.regressions, 1);
    assert_eq!(row(&diff.changes[0]), "!status worse verified → contradicted");
}
