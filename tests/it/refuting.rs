//! Which of the artifacts of one requirement refutes it: what holds is only read beside it.

use serde_json::Value;

use crate::judgement::item;
use crate::support::{Repo, at};

const CONFIG: &str = "[[require]]\nitem = \"security/keys-rotated\"\nartifacts = [\"r/*\"]\npaths = []\n\
                      condition = \"CONDITION\"\n";

fn junit(suite: &str, failed: usize) -> String {
    let bad = |at| format!("<testcase name=\"{suite} {at}\"><failure message=\"no\"/></testcase>");
    let bad: String = (0..failed).map(bad).collect();
    format!("<testsuite name=\"{suite}\"><testcase name=\"{suite} good\"/>{bad}</testsuite>")
}

/// The verdict of each artifact by its path.
fn said(condition: &str, artifacts: &[(&str, String)]) -> Vec<String> {
    let list = "# Go\n\n## Security\n\n- [x] Keys rotated\n";
    let config = CONFIG.replace("CONDITION", condition);
    let mut repo = Repo::new().file("GO.md", list).file("trueup.toml", config);
    for (path, text) in artifacts {
        repo = repo.file(path, text.clone());
    }
    let repo = repo.commit("a checklist", at("2026-01-05"));
    let item = item(&repo, "keys-rotated");
    assert_eq!(item["verdict"], "fail", "{item}");
    let told = |of: &Value| {
        let path = of["artifact"].as_str().unwrap();
        format!("{path} {}", of["verdict"].as_str().unwrap())
    };
    item["evidence"].as_array().unwrap().iter().map(told).collect()
}

const CLEAN: &str = "{\"SchemaVersion\": 2, \"ArtifactName\": \"a\", \"ArtifactType\": \"container_image\", \
                     \"Results\": [{\"Target\": \"a\", \"Class\": \"os-pkgs\", \"Type\": \"alpine\"}]}";

#[test]
fn an_artifact_whose_own_facts_hold_refutes_nothing() {
    let condition = "tests.failed == 0 && findings.total == 0";
    let told = said(condition, &[("r/a.json", CLEAN.to_owned()), ("r/b.xml", junit("b", 1))]);
    assert_eq!(told, ["r/b.xml fail", "r/a.json pass"]);
}

#[test]
fn of_several_read_together_those_refute_that_do_not_hold_alone() {
    let told = said("tests.failed == 0", &[("r/a.xml", junit("a", 0)), ("r/b.xml", junit("b", 1))]);
    assert_eq!(told, ["r/b.xml fail", "r/a.xml pass"]);
}

#[test]
fn where_each_holds_alone_all_refute_together() {
    let told = said("tests.failed < 3", &[("r/a.xml", junit("a", 1)), ("r/b.xml", junit("b", 2))]);
    assert_eq!(told, ["r/a.xml fail", "r/b.xml fail"]);
}

#[test]
fn either_of_two_that_do_not_hold_refutes() {
    let told = said(
        "tests.failed == 0 || findings.total > 0",
        &[("r/a.json", CLEAN.to_owned()), ("r/b.xml", junit("b", 1))],
    );
    assert_eq!(told, ["r/a.json fail", "r/b.xml fail"]);
}
