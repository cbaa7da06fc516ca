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
