//! What a reader is told beside the status: bytes, doubts, contradictions of a text, ages.

use std::collections::BTreeMap;

use super::{Options, draw_into, draw_single, story};
use crate::diff::fixture;
use crate::model::{Code, Severity, Verdict};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::Problem;

/// The pages whose paths begin with `path`, one after another.
fn pages(snapshot: &Snapshot, options: &Options, path: &str) -> String {
    let mut text = String::new();
    let mut sink = |page: super::Page| {
        if page.path.starts_with(path) && page.path.ends_with(".html") {
            text.push_str(&String::from_utf8(page.bytes).unwrap());
        }
    };
    draw_into(snapshot, options, &mut sink).unwrap();
    text
}

#[test]
fn bytes_in_the_vault_are_saved_by_the_name_of_their_file() {
    let snapshot = story::no_go();
    let artifact = &snapshot.artifacts[0];
    let place = "vault/sha256/ab/abcd".to_owned();
    let options =
        Options { kept: BTreeMap::from([(artifact.sha256.clone(), place)]), ..Options::default() };
    let name = artifact.path.rsplit('/').next().unwrap();
    let link = |root: &str| {
        format!(
            "<a href=\"{root}vault/sha256/ab/abcd\" download=\"{name}\" type=\"application/octet-stream\">in the vault</a>"
        )
    };
    assert!(pages(&snapshot, &options, "evidence/").contains(&link("../")));
    assert!(pages(&snapshot, &options, "integrity").contains(&link("./")));
    let alone = String::from_utf8(draw_single(&snapshot, &options).unwrap()).unwrap();
    assert!(alone.contains("in the vault") && !alone.contains(" download="));
    assert!(!pages(&snapshot, &Options::default(), "").contains("in the vault"));
}

#[test]
fn a_text_that_its_box_or_its_condition_contradicts_is_marked_beside_the_status() {
    let mut snapshot = story::no_go();
    let checklist = &snapshot.checklists[0];
    let item = checklist.items.iter().find(|of| of.status.word() == "contradicted").unwrap();
    let problem = |code: Code, message: &str| Problem {
        code: code.word().to_owned(),
        severity: Severity::Warning,
        path: checklist.path.clone(),
        line: Some(item.line),
        item: Some(item.id.clone()),
        message: message.to_owned(),
        hint: None,
    };
    let problems = [
        problem(Code::TextContradictsBox, "Ticked, but the text says about 80 remain."),
        problem(Code::ThresholdDiffers, "The text's limit is 400 ms; the condition asks 500."),
    ];
    let status = snapshot.checklists[0].items.iter().map(|of| of.status).collect::<Vec<_>>();
    snapshot.problems.extend(problems);
    for path in ["checklists/", "index"] {
        let page = pages(&snapshot, &Options::default(), path);
        for said in [
            "the text says about 80 remain",
            "the text&#39;s limit is 400 ms; the condition asks 500",
        ] {
            assert!(page.contains(&format!("text differs</b> {said}<")), "{path}: {said}");
        }
    }
    let after = snapshot.checklists[0].items.iter().map(|of| of.status).collect::<Vec<_>>();
    assert_eq!(status, after);
}

#[test]
fn an_artifact_that_judging_does_not_trust_says_why() {
    let mut snapshot = story::no_go();
    let path = snapshot.artifacts.iter();
    let mut path = path.filter(|of| of.invalid.is_none() && !of.used_by.is_empty());
    let path = path.next().unwrap().path.clone();
    let items = snapshot.checklists.iter_mut().flat_map(|list| &mut list.items);
    for evidence in items.flat_map(|item| &mut item.evidence).filter(|of| of.artifact == path) {
        evidence.verdict = Verdict::Invalid;
        evidence.reason = "It was made 7 days after this was judged.".to_owned();
    }
    let page = pages(&snapshot, &Options::default(), "evidence/");
    let callout = "<b>Not trusted.</b> It was made 7 days after this was judged.</p>";
    assert!(page.contains(callout));
    let index = pages(&snapshot, &Options::default(), "evidence/index");
    assert!(index.contains("It was made 7 days after this was judged.</span>"));
}

#[test]
fn ages_are_counted_from_the_release_that_they_are_of() {
    let mut diff = fixture::story();
    diff.changes[0].why = format!(
        "tsc found 3 errors, 2 hours before this report. In {}: none, 27 hours before this report.",
        diff.from.name
    );
    diff.to.judged_at = "2026-01-01T00:00:00Z".to_owned();
    diff.from.judged_at = "2025-12-01T00:00:00Z".to_owned();
    let (from, to) = (diff.from.name.clone(), diff.to.name.clone());
    let options = Options { diffs: vec![diff], ..Options::default() };
    let page = pages(&story::released(), &options, "releases/1");
    assert!(page.contains(&format!(
        "3 errors, 2 hours before {to}. In {from}: none, 27 hours before {from}."
    )));
    assert!(!page.contains("before this report"));
}
