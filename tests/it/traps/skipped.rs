//! Files of skipped tests beside others: one for each class, as Surefire and Gradle write them.

use super::{judged, team};
use crate::support::at;

const HOLDS: &str = "tests.total > 0 && tests.failed + tests.errored == 0";
const RAN: &str = "";
const SKIPPED: &str = "<skipped/>";
const FAILED: &str = "<failure/>";

#[track_caller]
fn expect(condition: &str, files: &[(&str, &str)], status: &str) {
    let glob = "artifacts = [\"reports/**/T*.xml\"]";
    let repo = team(&format!("{glob}\ncondition = '{condition}'"));
    let repo = files.iter().fold(repo, |repo, (path, how)| {
        let path = format!("reports/{path}");
        let text = format!(
            r#"<testsuite name="{path}" tests="1"><testcase name="{path}">{how}</testcase></testsuite>"#
        );
        repo.file(&path, text).modified(&path, at("2026-01-10T11:00:00Z"))
    });
    let (is, reason, _) = judged(&repo);
    assert_eq!(is, status, "{files:?}: {reason}");
}

#[test]
fn a_class_that_is_disabled_as_a_whole_is_no_doubt_beside_others() {
    let disabled = ("a/TEST-com.x.LegacyTest.xml", SKIPPED);
    let others = |how| [("a/TEST-com.x.CartTest.xml", RAN), ("a/TEST-com.x.PayTest.xml", how)];
    let with = |how| [disabled, others(how)[0], others(how)[1]];
    expect(HOLDS, &with(RAN), "verified");
    expect("tests.total == 3 && tests.skipped == 1", &with(RAN), "verified");
    expect("tests.skipped == 0", &with(RAN), "contradicted");
    expect(r#"passed("Legacy")"#, &with(RAN), "unproven");
    expect(HOLDS, &with(FAILED), "contradicted");
}

#[test]
fn a_file_of_skipped_tests_proves_nothing_where_nothing_of_its_kind_ran() {
    let disabled = ("a/TEST-com.x.LegacyTest.xml", SKIPPED);
    for files in [
        vec![disabled],
        vec![disabled, ("a/TEST-com.x.CartTest.xml", SKIPPED)],
        // Another run's, and files that are of no class.
        vec![disabled, ("b/TEST-com.x.CartTest.xml", RAN)],
        vec![disabled, ("a/Tests.xml", RAN)],
        vec![("a/Tests-e2e.xml", SKIPPED), ("a/Tests-unit.xml", RAN)],
    ] {
        expect(HOLDS, &files, "unproven");
    }
}

#[test]
fn a_skip_that_is_no_case_is_none_that_did_not_happen() {
    let of = |condition: &str, report: &str| {
        let require = format!("artifacts = [\"reports/*.tap\"]\ncondition = '{condition}'");
        let repo = team(&require).file("reports/a.tap", report);
        let (status, reason, _) =
            judged(&repo.modified("reports/a.tap", at("2026-01-10T11:00:00Z")));
        (status, reason)
    };
    let some = "TAP version 13\n1..1\nok 1 - a.js {\n    ok 1 - a\n    ok 2 - b # SKIP\n}\n";
    let none = some.replace(" # SKIP", "");
    for condition in [
        "tests.skipped == 0 && tests.total > 0",
        "tests.passed + tests.skipped == tests.total",
        "tests.passed == tests.total && tests.total > 0",
        "tests.cases.all(c, c.outcome == \"passed\")",
    ] {
        let (status, reason) = of(condition, some);
        assert_eq!(status, "unproven", "{condition}: {reason}");
        let (status, reason) = of(condition, &none);
        assert_eq!(status, "verified", "{condition}: {reason}");
    }
    let (status, reason) = of("tests.passed == tests.total && tests.total > 0", some);
    assert_eq!(status, "unproven");
    assert_eq!(of("!has(tests.skipped) || tests.skipped == 0", some).0, "unproven");
    assert_eq!(
        reason,
        "Ticked. 1 test was skipped that no count of the report holds, and the condition allows for none."
    );
    assert_eq!(of("tests.total > 0 && tests.failed + tests.errored == 0", some).0, "verified");
}
