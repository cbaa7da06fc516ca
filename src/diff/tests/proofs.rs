//! Statuses and the evidence behind them.

use serde_json::json;

use super::super::fixture::{Build, ItemBuild, item, read, requirement};
use super::super::{Named, Sides, diff};
use super::{between, of, row, rows, sides};
use crate::model::{Claim, Status, Verdict};

const VERDICTS: [Verdict; 6] = [
    Verdict::Pass,
    Verdict::Unbound,
    Verdict::Stale,
    Verdict::Missing,
    Verdict::Invalid,
    Verdict::Fail,
];

#[test]
fn whatever_falls_from_proven_is_a_regression_and_nothing_else_is() {
    for claim in [Claim::Done, Claim::Open, Claim::None] {
        for from in VERDICTS {
            for to in VERDICTS {
                let at = |verdict| item("a", "A").claim(claim).verdict(verdict);
                let (was, is) = (Status::of(claim, from), Status::of(claim, to));
                let diff = between(&[at(from)], &[at(to)]);
                let regressed = diff.changes.iter().any(|change| change.regression);
                assert_eq!(regressed, was.is_proven() && !is.is_proven(), "{was:?} → {is:?}");
                assert_eq!(diff.changes.is_empty(), was == is);
            }
        }
    }
}

#[test]
fn both_reasons_are_told() {
    let before =
        item("a", "A").ticked().verdict(Verdict::Pass).because("398 tests ran, none failed.");
    let after = item("a", "A")
        .ticked()
        .verdict(Verdict::Fail)
        .because("Ticked, but 3 of 412 tests failed.");
    let diff = between(&[before], &[after]);
    assert_eq!(
        diff.changes[0].why,
        "Ticked, but 3 of 412 tests failed. In 1.4.0: 398 tests ran, none failed."
    );
}

#[test]
fn a_waiver_makes_nothing_better_and_its_end_nothing_worse() {
    let failing = item("a", "A").ticked().verdict(Verdict::Fail);
    let waived = failing.clone().waived("2026-12-31");
    let status = |from: &ItemBuild, to: &ItemBuild| {
        let diff = between(std::slice::from_ref(from), std::slice::from_ref(to));
        row(&diff.changes[0])
    };
    assert_eq!(status(&failing, &waived), "status aside contradicted → waived");
    assert_eq!(status(&waived, &failing), "status aside waived → contradicted");
    let verified = item("a", "A").ticked().verdict(Verdict::Pass);
    assert_eq!(status(&verified, &waived), "!status worse verified → waived");
    assert_eq!(status(&waived, &verified), "status better waived → verified");
}

#[test]
fn what_was_never_recorded_is_no_regression() {
    let proven = item("a", "A").ticked().verdict(Verdict::Pass).evidence("r/junit.xml", "aa");
    let missing = item("a", "A").ticked().verdict(Verdict::Missing).because("No file matches.");
    let unrecorded = |from, to| Sides::new(from, to);
    let (with, without) = (of(std::slice::from_ref(&proven)), of(&[missing]));
    let to = unrecorded(Named::recorded("1.4.0"), Named::unrecorded("1.5.0"));
    let diff_to = diff(&with, &without, &to);
    assert_eq!(
        rows(&diff_to),
        [
            "status not-recorded verified → unproven",
            "evidence not-recorded r/junit.xml aaaaaaaaaaaa → nothing",
        ]
    );
    assert_eq!(
        diff_to.changes[0].why,
        "1.5.0 was not recorded: its evidence is what was committed. No file matches."
    );
    let from = unrecorded(Named::unrecorded("1.4.0"), Named::recorded("1.5.0"));
    assert_eq!(rows(&diff(&without, &with, &from))[0], "status not-recorded unproven → verified");
    let refuted = of(&[item("a", "A").ticked().verdict(Verdict::Fail)]);
    let known = rows(&diff(&with, &refuted, &to));
    assert_eq!(known[0], "!status worse verified → contradicted", "what is committed is known");
}

fn with_evidence(evidence: &[(&str, &str)]) -> ItemBuild {
    let ticked = item("a", "A").ticked().verdict(Verdict::Pass);
    evidence.iter().fold(ticked, |item, (path, sha256)| item.evidence(path, sha256))
}

#[test]
fn evidence_is_gained_lost_exchanged_or_renewed() {
    for (from, to, expected) in [
        (vec![("a", "1")], vec![("a", "1"), ("b", "2")], Some("gained")),
        (vec![("a", "1"), ("b", "2")], vec![("a", "1")], Some("lost")),
        (vec![("a", "1")], vec![("b", "2")], Some("exchanged")),
        (vec![("a", "1")], vec![("a", "2")], Some("renewed")),
        (vec![("a", "1")], vec![("a", "2"), ("b", "1")], Some("gained")),
        (vec![("a", "1"), ("a", "1")], vec![("a", "1")], None),
    ] {
        let diff = between(&[with_evidence(&from)], &[with_evidence(&to)]);
        let detail = diff.changes.first().map(|change| change.detail.word());
        assert_eq!(detail, expected, "{from:?} → {to:?}");
        let is_regression = diff.changes.iter().any(|change| change.regression);
        assert_eq!(is_regression, expected == Some("lost"), "{from:?} → {to:?}");
    }
}

#[test]
fn the_facts_behind_are_those_that_the_requirement_reads_first() {
    let mut asked = requirement("tests.failed == 0");
    asked.read = vec![read("tests.failed", json!(0))];
    let tests = |sha256: &str, total: u64, failed: u64| {
        Build::new()
            .item(item("a", "A").ticked().evidence("r/junit.xml", sha256).asks(asked.clone()))
            .artifact(
                "r/junit.xml",
                sha256,
                json!({
                    "tests": {"total": total, "failed": failed, "cases": [{"name": "x"}]},
                    "ci": {"jobs": {"unit tests": {"status": if failed > 0 { "bad" } else { "good" }}}},
                }),
            )
            .done()
    };
    let diff = diff(&tests("aa", 398, 0), &tests("bb", 412, 3), &sides());
    let evidence = diff.changes.last().unwrap();
    assert_eq!(
        evidence.why,
        "tests.failed 0 → 3, ci.jobs[\"unit tests\"].status good → bad and tests.total 398 → 412."
    );
    assert_eq!(evidence.facts[0].to, json!(3));
    assert_eq!(evidence.artifacts[0].from.as_deref().map(str::len), Some(64));
}

#[test]
fn facts_of_several_artifacts_say_of_which_they_are() {
    let with = |sha256: &str, failed: u64| {
        let evidence = item("a", "A").ticked().evidence("a.xml", sha256).evidence("b.xml", sha256);
        Build::new()
            .item(evidence)
            .artifact("a.xml", sha256, json!({"tests": {"failed": failed}}))
            .artifact("b.xml", sha256, json!({"tests": {"failed": 0}}))
            .done()
    };
    let diff = diff(&with("aa", 0), &with("bb", 2), &sides());
    assert_eq!(diff.changes[0].why, "artifact(\"a.xml\").tests.failed 0 → 2.");
}

#[test]
fn other_bytes_with_the_same_figures_say_so() {
    let diff = between(&[with_evidence(&[("a", "1")])], &[with_evidence(&[("a", "2")])]);
    assert_eq!(diff.changes[0].why, "Other bytes, the same figures.");
}

#[test]
fn ages_are_counted_from_the_release_that_they_are_of() {
    let was = item("a", "A").ticked().verdict(Verdict::Pass);
    let is = item("a", "A").ticked().verdict(Verdict::Fail);
    let was = was.because("No test failed, 27 hours before this report.");
    let is = is.because("Ticked, but 3 tests failed, 2 hours before this report.");
    let why = |to: &str| {
        let sides = Sides { to: Named::recorded(to), ..sides() };
        let diff = diff(&of(std::slice::from_ref(&was)), &of(std::slice::from_ref(&is)), &sides);
        diff.changes[0].why.clone()
    };
    let before = "In 1.4.0: No test failed, 27 hours before 1.4.0.";
    let failed = "Ticked, but 3 tests failed, 2 hours before";
    assert_eq!(why("1.5.0"), format!("{failed} 1.5.0. {before}"));
    // The report at hand is judged with the diff.
    assert_eq!(why("now"), format!("{failed} this report. {before}"));
}
