//! How runs end, in both shapes.

use crate::evidence::tests::proves;
use crate::evidence::{Detail, read};
use crate::model::{Answer, Reading};

const SPACES: &str = r#"xmlns="https://schemas.opentest4j.org/reporting/core/0.2.0" xmlns:e="https://schemas.opentest4j.org/reporting/events/0.2.0" xmlns:h="https://schemas.opentest4j.org/reporting/hierarchy/0.2.0" xmlns:git="https://schemas.opentest4j.org/reporting/git/0.1.0" xmlns:java="https://schemas.opentest4j.org/reporting/java/0.2.0""#;

fn events(inner: &str) -> String {
    format!("<e:events {SPACES}>{inner}</e:events>")
}

fn start(id: &str, parent: &str) -> String {
    format!(r#"<e:started id="{id}" name="n{id}" {parent} time="2026-07-07T12:10:05Z"/>"#)
}

fn end(id: &str, inner: &str) -> String {
    format!(r#"<e:finished id="{id}" time="2026-07-07T12:10:07Z">{inner}</e:finished>"#)
}

fn reading(text: &str) -> Reading {
    match read("open-test-report.xml", text.as_bytes(), None, &Detail::default()) {
        Answer::Read(reading) => *reading,
        other => panic!("{other:?}"),
    }
}

/// Passed, failed, errored, skipped.
fn counts(text: &str) -> [u64; 4] {
    let tests = reading(text).facts.tests.unwrap();
    [tests.passed, tests.failed, tests.errored, tests.skipped]
}

const PASSED: &str = r#"<result status="SUCCESSFUL"/>"#;
const FAILED: &str = r#"<result status="FAILED"/>"#;

#[test]
fn beginnings_and_ends_stand_in_any_order() {
    let below = r#"parentId="1""#;
    let parts = [start("2", below), end("1", PASSED), end("3", FAILED), start("1", "")];
    let text = events(&(parts.concat() + &start("3", below) + &end("2", PASSED)));
    assert_eq!(counts(&text), [1, 1, 0, 0]);
    assert_eq!(reading(&text).facts.tests.unwrap().duration_s, Some(2.0));
}

#[test]
fn what_did_not_end_well_is_no_pass() {
    let run =
        |of: &str| events(&[start("1", ""), start("2", r#"parentId="1""#), of.to_owned()].concat());
    for (of, expected) in [
        (end("2", PASSED) + &end("1", PASSED), [1, 0, 0, 0]),
        (end("1", PASSED), [0, 0, 1, 0]),
        (end("2", "") + &end("1", PASSED), [0, 0, 1, 0]),
        (end("2", r#"<result status="FLAKY"/>"#) + &end("1", PASSED), [0, 0, 1, 0]),
        (end("2", PASSED) + &end("1", FAILED), [1, 0, 1, 0]),
        (end("2", FAILED) + &end("2", PASSED) + &end("1", PASSED), [0, 1, 0, 0]),
        (end("2", &(FAILED.to_owned() + PASSED)) + &end("1", PASSED), [0, 0, 1, 0]),
        (end("2", r#"<result status="ABORTED"/>"#) + &end("1", PASSED), [0, 0, 0, 1]),
        (
            end(
                "2",
                r#"<result status="FAILED"><java:throwable type="E" assertionError="false">no</java:throwable></result>"#,
            ) + &end("1", PASSED),
            [0, 0, 1, 0],
        ),
    ] {
        assert_eq!(counts(&run(&of)), expected, "{of}");
    }
}

#[test]
fn the_hierarchy_says_the_same_as_the_events() {
    let node = |name: &str, what: &str, inner: &str| {
        format!(
            r#"<h:{what} name="{name}" start="2026-07-07T12:10:05Z" duration="PT1M1.5S">{inner}</h:{what}>"#
        )
    };
    let inner = PASSED.to_owned() + &node("a", "child", PASSED) + &node("b", "child", FAILED);
    let text = format!("<h:execution {SPACES}>{}</h:execution>", node("all", "root", &inner));
    assert_eq!(counts(&text), [1, 1, 0, 0]);
    let tests = reading(&text).facts.tests.unwrap();
    assert_eq!((tests.suites, tests.duration_s), (Some(1), Some(61.5)));
}

#[test]
fn tests_are_of_the_commit_that_the_tree_was_clean_of() {
    let of = |status: &str| {
        let git = format!(
            r#"<infrastructure><git:commit abbreviatedHash="0a1b">0a1b2c3d</git:commit>{status}</infrastructure>"#
        );
        events(
            &[
                git,
                start("1", ""),
                start("2", r#"parentId="1""#),
                end("2", PASSED),
                end("1", PASSED),
            ]
            .concat(),
        )
    };
    let commit = |status: &str| reading(&of(status)).commit;
    assert_eq!(commit(r#"<git:status clean="true"/>"#).as_deref(), Some("0a1b2c3d"));
    assert_eq!(
        commit(r#"<git:status clean="false">?? out/</git:status>"#).as_deref(),
        Some("0a1b2c3d")
    );
    assert_eq!(commit(""), None);
    let changed = of(r#"<git:status clean="false"> M src/cart.ts</git:status>"#);
    assert_eq!(reading(&changed).commit, None);
    proves("open-test-reporting", &[(&changed, "changes that are in no commit: 1 file")]);
}

#[test]
fn containers_alone_are_no_tests() {
    let lone = events(&(start("1", "") + &end("1", PASSED)));
    proves("open-test-reporting", &[(&lone, "holds 0 tests")]);
}
