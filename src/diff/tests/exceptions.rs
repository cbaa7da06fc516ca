//! Waivers: new, longer, over and gone.

use super::super::fixture::{Build, ItemBuild, item};
use super::super::v1::Change;
use super::super::{Diff, diff};
use super::{row, sides};
use crate::model::Verdict;

fn failing() -> ItemBuild {
    item("csrf", "CSRF protection on").verdict(Verdict::Fail)
}

fn ledger(item: ItemBuild, waivers: &[(&str, &str)]) -> Build {
    let build = Build::new().item(item);
    waivers.iter().fold(build, |build, (until, state)| build.waiver(&["csrf"], until, state))
}

fn waiver(diff: &Diff) -> &Change {
    diff.changes.iter().find(|change| change.kind.word() == "waiver").unwrap()
}

#[test]
fn a_new_waiver_is_a_weakening_and_no_regression() {
    let from = ledger(failing(), &[]).done();
    let to = ledger(failing().waived("2026-12-31"), &[("2026-12-31", "in-force")]).done();
    let diff = diff(&from, &to, &sides());
    let new = waiver(&diff);
    assert_eq!(
        row(new),
        "-waiver added nothing → by @ana until 2026-12-31: token service ships in 1.6"
    );
    assert_eq!(new.why, "A new waiver. It hides: failing.");
    assert_eq!(new.place.as_deref(), Some("trueup.toml:31"));
}

#[test]
fn a_waiver_that_hides_nothing_yet_is_named_too() {
    let from = ledger(item("csrf", "CSRF protection on"), &[]).done();
    let to = ledger(item("csrf", "CSRF protection on"), &[("2026-12-31", "unused")]).done();
    let diff = diff(&from, &to, &sides());
    assert_eq!(diff.changes.len(), 1);
    assert!(diff.changes[0].weakening);
    assert_eq!(diff.changes[0].why, "A new waiver. It hides nothing now.");
}

#[test]
fn longer_is_a_weakening_and_shorter_expired_and_gone_are_none() {
    let state = |until: &str, state: &str| {
        let item = if state == "expired" { failing() } else { failing().waived(until) };
        ledger(item, &[(until, state)]).done()
    };
    let none = ledger(failing(), &[]).done();
    let (short, long) = (state("2026-12-01", "in-force"), state("2026-12-31", "in-force"));
    let over = state("2026-11-01", "expired");
    for (from, to, detail, weakening) in [
        (&short, &long, "extended", true),
        (&long, &short, "shortened", false),
        (&long, &over, "expired", false),
        (&over, &long, "extended", true),
        (&long, &none, "removed", false),
        (&none, &over, "added", false),
    ] {
        let diff = diff(from, to, &sides());
        let row = waiver(&diff);
        assert_eq!((row.detail.word(), row.weakening), (detail, weakening));
        assert!(!row.regression);
    }
}

#[test]
fn the_waiver_that_holds_longest_counts() {
    let from = ledger(failing(), &[]).done();
    let to = ledger(
        failing(),
        &[("2026-12-31", "unused"), ("2027-06-30", "expired"), ("2026-12-01", "unused")],
    )
    .done();
    let diff = diff(&from, &to, &sides());
    assert!(waiver(&diff).to.as_deref().is_some_and(|to| to.contains("2026-12-31")));
}

#[test]
fn an_item_that_is_new_with_its_waiver_shows_both() {
    let to = ledger(failing().waived("2026-12-31"), &[("2026-12-31", "in-force")]).done();
    let diff = diff(&Build::new().done(), &to, &sides());
    let kinds: Vec<_> = diff.changes.iter().map(|change| change.kind.word()).collect();
    assert_eq!(kinds, ["waiver", "added"]);
    assert_eq!((diff.summary.worse, diff.summary.unchanged), (0, 0));
}

#[test]
fn a_waiver_that_lets_more_pass_is_a_weakening_whatever_else_holds() {
    let of = |waivers: &[(&[&str], &str)]| {
        let states: Vec<(&str, &str)> =
            waivers.iter().map(|(_, until)| (*until, "in-force")).collect();
        let mut snapshot = ledger(failing().waived("2026-12-31"), &states).done();
        for (waiver, (findings, _)) in snapshot.waivers.iter_mut().zip(waivers) {
            waiver.findings = findings.iter().map(|id| (*id).to_owned()).collect();
        }
        snapshot
    };
    let one = of(&[(&["CVE-1"], "2026-12-31")]);
    for wider in [
        of(&[(&["CVE-1", "CVE-2"], "2026-12-31")]),
        of(&[(&[], "2026-12-31")]),
        of(&[(&["CVE-1"], "2026-12-31"), (&["CVE-2"], "2026-11-30")]),
    ] {
        let diff = diff(&one, &wider, &sides());
        let row = waiver(&diff);
        assert_eq!((row.detail.word(), row.weakening), ("extended", true), "{:?}", wider.waivers);
        assert!(row.why.starts_with("A waiver reaches further than before."), "{}", row.why);
    }
    let both = of(&[(&["CVE-1"], "2026-12-31"), (&["CVE-2"], "2026-12-31")]);
    for same in [of(&[(&["CVE-1", "CVE-2"], "2026-12-31")]), of(&[(&["CVE-2"], "2026-12-31")])] {
        let diff = diff(&both, &same, &sides());
        assert!(diff.changes.iter().all(|row| !row.weakening), "{:?}", same.waivers);
    }
}
