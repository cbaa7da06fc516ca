//! What a reader is told beside the status: bytes, doubts, contradictions of a text, ages.

use std::collections::BTreeMap;

use super::{Options, draw_single, files, story};
use crate::model::{Code, Severity, Verdict};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Problem, SignOff};

/// The pages whose paths begin with `path`, one after another.
fn pages(snapshot: &Snapshot, options: &Options, path: &str) -> String {
    let mut text = String::new();
    for page in files(snapshot, options).unwrap() {
        if page.path.starts_with(path) && page.path.ends_with(".html") {
            text.push_str(&String::from_utf8(page.bytes).unwrap());
        }
    }
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
        problem(Code::CommittedReportOld, "It stands on a.xml, which was committed. So."),
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
        let older = "older report</b> It stands on a.xml, which was committed. So<";
        assert!(page.contains(older), "{path}");
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
fn what_a_command_goes_into_is_a_folder() {
    let page = pages(&story::no_go(), &Options::default(), "runbook/");
    assert!(page.contains("folder backend/ is there") && !page.contains("file backend is there"));
}

#[test]
fn what_a_page_leaves_out_is_in_the_file_that_it_leads_to() {
    let mut snapshot = story::no_go();
    let case =
        serde_json::json!({"name": "a", "outcome": "failed", "message": "1\n2\n3\n4\n5\n6\n7"});
    let cases = vec![case; 7];
    let artifact = &mut snapshot.artifacts[0];
    let tests = serde_json::json!({"total": 9, "failed": 9, "cases": cases, "omitted": 2});
    artifact.facts.insert("tests".to_owned(), tests);
    let place = "vault/sha256/ab/abcd".to_owned();
    let options =
        Options { kept: BTreeMap::from([(artifact.sha256.clone(), place)]), ..Options::default() };
    let page = pages(&snapshot, &options, "evidence/");
    let rest = page.split("2 more in ").nth(1).unwrap();
    assert!(rest.starts_with("<a href=\"../vault/sha256/ab/abcd\" download="), "{rest:.80}");
    // From the sixth on the trace is folded; all of it is there.
    assert_eq!(page.matches("<pre>1\n2\n3\n4\n5\n6\n7</pre>").count(), 5);
    assert_eq!(page.matches("<summary>4 more lines</summary><pre>4\n5\n6\n7</pre>").count(), 2);
}

#[test]
fn sign_offs_stand_by_who_is_asked_and_a_sentence_is_said_once() {
    let mut snapshot = story::no_go();
    let said = "A sign-off is asked for; the last is too old.";
    let items = snapshot.checklists.iter_mut().flat_map(|list| &mut list.items);
    let mut named = Vec::new();
    for (at, item) in items.filter(|item| item.requirement.is_some()).take(4).enumerate() {
        let by = if at == 0 { "ana@example.org" } else { "@security" };
        let requirement = item.requirement.as_mut().unwrap();
        requirement.verdict = if at == 0 { Verdict::Missing } else { Verdict::Stale };
        requirement.reason = said.to_owned();
        requirement.sign_off = Some(SignOff {
            people: Vec::new(),
            by: vec![by.to_owned()],
            count: 1,
            max_age: None,
            signed: false,
            four_eyes: false,
            tick: false,
            each_release: false,
            given: Vec::new(),
        });
        item.valid_until = None;
        item.history = None;
        named.push(item.text.clone());
    }
    let page = pages(&snapshot, &Options::default(), "exceptions");
    let asked: Vec<&str> = page.split("Asked of ").skip(1).collect();
    let security = asked.iter().find(|of| of.starts_with("@security")).unwrap();
    assert!(security.starts_with("@security (one of them); 0 of 3 given"), "{security:.80}");
    assert_eq!(page.matches(said).count(), 1);
    let ana = asked.iter().find(|of| of.starts_with("ana@example.org")).unwrap();
    assert!(ana.contains("not given"));
}
