//! What the outputs look like, as reviewed, and that no text of a document breaks their form.

mod forms;

use proptest::prelude::*;

use super::{OUTPUTS, named};
use crate::diff::fixture::{Build, item};
use crate::model::{Severity, Verdict};
use crate::render::site::tests::{hostile::hostile, story};
use crate::render::text::Paint;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{ConfigFile, Problem};

fn drawn(name: &str, snapshot: &Snapshot) -> String {
    let draw = named(name).unwrap().snapshot.unwrap();
    draw(snapshot, Paint::PLAIN)
}

/// A go-live with a contradiction, a stale tick, a failing required item, a waiver and a problem.
fn small() -> Snapshot {
    let mut snapshot = Build::new()
        .item(
            item("tests", "All tests passing (5 passing)")
                .ticked()
                .verdict(Verdict::Fail)
                .because("Ticked, but 3 of 412 tests failed.")
                .requires("tests.failed == 0"),
        )
        .item(
            item("scan", "Security scan, clean")
                .ticked()
                .verdict(Verdict::Stale)
                .because("The scan is 41 days old; the limit is 30 days."),
        )
        .item(item("p95", "p95 < 500 ms").verdict(Verdict::Fail).because("p95 was 612 ms."))
        .item(item("build", "Backend builds").ticked().verdict(Verdict::Pass).because("Built."))
        .item(item("csrf", "CSRF").verdict(Verdict::Fail).because("Failing.").waived("2026-12-31"))
        .item(item("notes", "Release notes"))
        .gate("no-go")
        .done();
    snapshot.summary.gate.sentence = "No-go. 1 ticked item is contradicted.".to_owned();
    snapshot.summary.gate.reasons = vec!["1 ticked item is contradicted.".to_owned()];
    snapshot.summary.gate.blocking = vec!["docs/RELEASE.md#p95".to_owned()];
    snapshot.problems.push(problem("reports/a b.xml", "The file ends in the middle."));
    snapshot.config =
        Some(ConfigFile { path: "trueup.toml".to_owned(), sha256: "c0de".repeat(16) });
    snapshot
}

fn problem(path: &str, message: &str) -> Problem {
    Problem {
        code: "artifact-broken".to_owned(),
        severity: Severity::Error,
        path: path.to_owned(),
        line: None,
        item: None,
        message: message.to_owned(),
        hint: Some("Let the tool finish.".to_owned()),
    }
}

#[test]
fn each_output_is_as_reviewed() {
    let snapshot = small();
    for output in OUTPUTS.iter().filter(|output| !matches!(output.name, "text" | "json")) {
        insta::assert_snapshot!(output.name, drawn(output.name, &snapshot));
    }
}

#[test]
fn each_output_has_a_name_of_its_own_and_says_whom_it_serves() {
    for output in OUTPUTS {
        assert_eq!(named(output.name).map(|found| found.about), Some(output.about));
        assert!(output.snapshot.is_some() || output.diff.is_some(), "{}", output.name);
    }
}

#[test]
fn hostile_text_breaks_no_output() {
    forms::all_hold(&hostile());
    forms::all_hold(&story::no_go());
}

/// Writes every story's outputs for the schemas of others: `TRUEUP_OUTPUTS_OUT=DIR`.
#[test]
fn outputs_are_written_where_asked() {
    let Some(out) = std::env::var_os("TRUEUP_OUTPUTS_OUT") else {
        println!("skipped: TRUEUP_OUTPUTS_OUT names no folder");
        return;
    };
    let hostile = with_times_of_ours(hostile());
    let stories = [("small", small()), ("no-go", story::no_go()), ("hostile", hostile)];
    for (name, snapshot) in stories {
        let folder = std::path::Path::new(&out).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for output in OUTPUTS {
            std::fs::write(folder.join(output.name), drawn(output.name, &snapshot)).unwrap();
        }
    }
}

/// Times are never a document's words: they are read, and written anew.
fn with_times_of_ours(mut snapshot: Snapshot) -> Snapshot {
    let time = small().judged_at;
    (snapshot.judged_at, snapshot.generated_at) = (time.clone(), time.clone());
    for item in snapshot.checklists.iter_mut().flat_map(|checklist| &mut checklist.items) {
        item.valid_until = item.valid_until.as_ref().map(|_| time.clone());
        for evidence in &mut item.evidence {
            evidence.produced_at = evidence.produced_at.as_ref().map(|_| time.clone());
        }
        if let Some(waiver) = &mut item.waiver {
            waiver.until = "2026-12-31".to_owned();
        }
    }
    snapshot
}

#[test]
fn what_a_platform_leaves_out_is_counted() {
    let many = (0..6000).fold(Build::new(), |build, n| {
        build.item(item(&format!("i{n}"), "Alpha").ticked().verdict(Verdict::Fail).because("No."))
    });
    let many = many.done();
    let github = drawn("github", &many);
    assert_eq!(github.lines().filter(|line| line.starts_with("::error ")).count(), 10);
    assert!(github.contains("5,990 annotations left out"), "{github}");
    let sarif: serde_json::Value = serde_json::from_str(&drawn("sarif", &many)).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 5000);
    let said = &sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert!(said["message"]["text"].as_str().unwrap().starts_with("1,000 results left out"));
    let markdown = drawn("markdown", &many);
    assert!(markdown.len() <= 65_536 && markdown.contains("rows left out"));
}

#[test]
fn evidence_supports_no_claim_that_is_not_proven() {
    let reliable = |verdict: Verdict| {
        let judged = item("x", "Tests pass").ticked().verdict(Verdict::Pass);
        let snapshot = Build::new().item(judged.evidence("r.xml", "a").verdict(verdict)).done();
        let bom: serde_json::Value = serde_json::from_str(&drawn("cyclonedx", &snapshot)).unwrap();
        bom["declarations"]["claims"][0]["evidence"].is_array()
    };
    assert!(reliable(Verdict::Pass));
    for verdict in [Verdict::Fail, Verdict::Stale, Verdict::Missing, Verdict::Invalid] {
        assert!(!reliable(verdict), "{verdict:?}");
    }
}

#[test]
fn a_fingerprint_outlives_a_moved_line_and_tells_items_apart() {
    let prints = |snapshot: &Snapshot| -> Vec<String> {
        let sarif: serde_json::Value = serde_json::from_str(&drawn("sarif", snapshot)).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        results.iter().map(|one| one["partialFingerprints"]["trueup/v1"].to_string()).collect()
    };
    let before = small();
    let mut after = before.clone();
    after.checklists[0].items.iter_mut().for_each(|item| item.line += 7);
    assert_eq!(prints(&before), prints(&after));
    let all = prints(&before);
    let apart: std::collections::BTreeSet<&String> = all.iter().collect();
    assert_eq!(all.len(), apart.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_breaks_the_form_of_an_output(texts in proptest::collection::vec(text(), 8)) {
        let mut snapshot = small();
        let [title, reason, path, section, next, gate, message, hint] = &texts[..] else {
            unreachable!("eight were asked for")
        };
        let checklist = &mut snapshot.checklists[0];
        checklist.path.clone_from(path);
        for item in &mut checklist.items {
            item.text.clone_from(title);
            item.reason = reason.clone().into();
            item.section = [section.clone()].into();
            item.next = Some(next.clone().into());
            item.owner = Some(hint.clone());
        }
        snapshot.project.clone_from(title);
        snapshot.release = Some(path.clone());
        snapshot.summary.gate.sentence.clone_from(gate);
        snapshot.problems.push(problem(path, message));
        forms::all_hold(&snapshot);
    }
}

/// Any letters, with those often that some form obeys.
fn text() -> impl Strategy<Value = String> {
    let obeyed = "[%:,\\r\\n|<>&\"'`=+@\\-\\[\\]()\\\\#!*_~$\\x00\\x1b\u{202e}\u{2028}]";
    proptest::collection::vec(prop_oneof![obeyed, "\\PC{0,8}", any::<String>()], 0..6)
        .prop_map(|parts| parts.concat())
}
