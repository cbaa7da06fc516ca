//! Headings below which nothing of this release stands, and places of which evidence has to be.

use super::{artifact, proposed_in};
use crate::checklist::{self, Settings};
use crate::model::Artifact;

const PACKAGE: (&str, &str) = ("package.json", r#"{"name": "shop", "version": "1.4.0"}"#);

fn junit() -> Artifact {
    artifact("artifacts/junit.xml", r#"<testsuite name="s"><testcase name="a"/></testsuite>"#)
}

fn k6(path: &str) -> Artifact {
    let text = r#"{"metrics": {"http_req_duration": {"type": "trend", "values": {"avg": 9, "p(95)": 12}},
        "iterations": {"type": "counter", "values": {"count": 9}}}, "root_group": {}}"#;
    artifact(path, text)
}

/// Those of `headings` below which `line` is bound to `found`.
fn bound(title: &str, headings: &[&str], line: &str, found: &[Artifact]) -> Vec<String> {
    let below = headings.iter().map(|heading| format!("## {heading}\n\n- [x] {line}\n\n"));
    let document = format!("# {title}\n\n{}", below.collect::<String>());
    let read = checklist::read("GO.md", document.as_bytes(), &Settings::default());
    assert_eq!(read.items.len(), headings.len());
    let is_bound = |item| proposed_in(&read, item, found, &[PACKAGE]).unwrap().draft.is_some();
    let items = read.items.iter().zip(headings);
    items.filter(|(item, _)| is_bound(item)).map(|(_, heading)| (*heading).to_owned()).collect()
}

#[test]
fn nothing_is_proposed_below_what_is_of_no_release() {
    let headings = [
        "Not in this release",
        "Out of scope",
        "Next release",
        "Roadmap",
        "Known issues",
        "Do not release if",
        "No-go criteria",
        "Future",
        "Future work",
        "Later",
        "Backlog",
        "Won't do",
        "Won’t fix",
        "Rollback triggers",
        "Stop conditions",
        "Previous release",
        "Non-goals",
        "Not done yet",
    ];
    let found = [junit()];
    assert_eq!(bound("Go", &headings, "All tests pass", &found), [""; 0]);
    assert_eq!(bound("Backlog", &["Testing"], "All tests pass", &found), [""; 0]);
    let plain = ["Testing", "Go / no-go decision", "Release", "Outstanding issues", "Next steps"];
    assert_eq!(bound("Roadmap to go-live", &plain, "All tests pass", &found), plain);
}

#[test]
fn nothing_is_proposed_below_another_version_than_the_package_s() {
    let of = |headings: &[&str]| bound("Go", headings, "All tests pass", &[junit()]);
    assert_eq!(of(&["v1.3", "Release 1.3 (previous)", "v1.3.9", "Release 0.9"]), [""; 0]);
    let own = ["v1.4", "Release 1.4.0", "v1.4.0-rc.1", "v1", "1.3 Testing", "Phase 2"];
    assert_eq!(of(&own), own);
    assert_eq!(of(&["v1.4.0", "v1.5", "v1.6", "v2"]), ["v1.4.0", "v1.5"]);
    assert_eq!(bound("Release 1.2 checklist", &["Testing"], "All tests pass", &[junit()]), [""; 0]);
}

#[test]
fn what_is_measured_on_staging_says_so() {
    let headings =
        ["Staging deployment", "Staging checks", "Before the staging release", "UAT sign-off"];
    let (line, plain) = ("p95 < 500ms", ["Performance"]);
    assert_eq!(bound("Go", &headings, line, &[k6("artifacts/k6-summary.json")]), [""; 0]);
    assert_eq!(bound("Go", &plain, line, &[k6("artifacts/k6-summary.json")]), plain);
    let staging = bound("Go", &headings, line, &[k6("artifacts/k6-staging.json")]);
    assert_eq!(staging, headings[..3]);
    assert_eq!(bound("Go", &headings[..2], "All tests pass", &[junit()]), headings[..2]);
}
