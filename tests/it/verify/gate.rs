//! The gate, decided again: what it compares with an earlier release is not here.

use super::*;

const LIST: &str = "# Go\n\n- [x] Tests pass <!-- evidence: tests.failed == 0 -->\n\
    \x20 <!-- artifacts: ci/junit.xml -->\n";

/// A team whose gate compares, with evidence that is committed.
fn comparing(gate: &str) -> Repo {
    Repo::new()
        .file("GO.md", LIST)
        .file("ci/junit.xml", JUNIT)
        .file("trueup.toml", format!("[gate]\n{gate}\n"))
        .file(".gitignore", "readiness/\n")
        .commit("a checklist", at("2026-01-05"))
}

fn worse(repo: Repo) -> Repo {
    repo.file("ci/junit.xml", FAILED).commit("worse", at("2026-01-07"))
}

fn gate(repo: &Repo) -> Json {
    let snapshot = fs::read(folder(repo).join("snapshot.json")).unwrap();
    serde_json::from_slice::<Json>(&snapshot).unwrap()["summary"]["gate"].clone()
}

/// What a forger makes of a gate.
fn turned(result: &str) -> impl Fn(&mut Json) {
    move |of| {
        let gate = &mut of["summary"]["gate"];
        (gate["result"], gate["sentence"]) = (result.into(), "Go.".into());
        (gate["reasons"], gate["blocking"]) = (Json::Array(vec![]), Json::Array(vec![]));
        let releases = of["releases"].as_array_mut().unwrap();
        releases.last_mut().unwrap()["gate"] = result.into();
    }
}

#[test]
fn a_no_go_by_a_regression_is_whole_and_turned_into_a_go_it_is_not() {
    let repo = worse(comparing("regression = \"previous\"").tag("v1.0.0"));
    report(&repo, &[]);
    assert_eq!(gate(&repo)["result"], "no-go");
    let seen = verify(&repo).code(0).json();
    assert!(seen["on_trust"].to_string().contains("(`regression previous`)"), "{seen}");
    let why = why(&repo, turned("go"));
    assert!(why.contains("The gate is go in snapshot.json, and comes out as no-go"), "{why}");
}

#[test]
fn what_the_difference_in_the_report_says_of_regressions_cannot_be_left_out() {
    for from in ["previous", "v1.0.0"] {
        let repo = worse(comparing(&format!("regression = \"{from}\"")).tag("v1.0.0"));
        report(&repo, &[]);
        verify(&repo).code(0);
        let why = why(&repo, |of| {
            turned("go")(of);
            let rules = of["summary"]["gate"]["rules"].as_array_mut().unwrap();
            (rules[1]["holds"], rules[1]["against"]) = (true.into(), Json::Array(vec![]));
        });
        assert!(why.contains("The gate is go in snapshot.json, and comes out as no-go"), "{why}");
    }
}

#[test]
fn that_only_claims_were_compared_must_be_told() {
    let repo = comparing("regression = \"previous\"").tag("v1.0.0");
    let repo = repo.file("README.md", "# S\n").commit("on", at("2026-01-06"));
    report(&repo, &[]);
    assert!(gate(&repo)["sentence"].as_str().unwrap().contains("v1.0.0 was not recorded"));
    verify(&repo).code(0);
    let why = why(&repo, |of| {
        let gate = &mut of["summary"]["gate"];
        let bare = gate["sentence"].as_str().unwrap().split(" v1.0.0").next().unwrap().to_owned();
        gate["sentence"] = bare.into();
        gate["rules"][1].as_object_mut().unwrap().remove("compared");
    });
    assert!(why.contains("the gate's rule `regression previous` cannot be"), "{why}");
}

#[test]
fn of_a_recorded_release_it_is_taken_as_told_and_must_be_told() {
    let repo = comparing("regression = \"v1.0.0\"").tag("v1.0.0");
    repo.trueup(["report", "--release", "v1.0.0"]).code(0);
    let repo = worse(repo);
    report(&repo, &[]);
    assert_eq!(gate(&repo)["result"], "no-go");
    let seen = verify(&repo).code(0).json();
    let trust = "1 item is worse than at v1.0.0: Tests pass.";
    assert!(seen["on_trust"].to_string().contains(trust), "{seen}");
    // The told reasons speak against a go.
    let go = why(&repo, turned("go"));
    assert!(go.contains("The gate is go in snapshot.json, and comes out as no-go"), "{go}");
    let none = why(&repo, |of| {
        let rules = of["summary"]["gate"]["rules"].as_array_mut().unwrap();
        rules.pop();
    });
    assert!(none.contains("the gate's rule `regression v1.0.0` cannot be"), "{none}");
}

#[test]
fn a_no_go_needs_a_reason_that_is_derived_or_that_the_rule_gives() {
    let repo = comparing("regression = \"previous\"\nfail-on = [\"contradicted\"]");
    report(&repo, &[]);
    assert_eq!(gate(&repo)["result"], "go");
    verify(&repo).code(0);
    let bare = why(&repo, turned("no-go"));
    assert!(bare.contains("The gate is no-go in snapshot.json, and comes out as go"), "{bare}");
    let rule = serde_json::json!({
        "rule": "regression previous", "holds": false, "against": ["The moon is full."]
    });
    let made_up = why(&repo, |of| {
        turned("no-go")(of);
        let gate = &mut of["summary"]["gate"];
        gate["reasons"] = serde_json::json!(["The moon is full."]);
        gate["rules"].as_array_mut().unwrap().push(rule);
    });
    assert!(made_up.contains("the gate's rule `regression previous` cannot be"), "{made_up}");
}

#[test]
fn a_gate_that_had_nothing_to_compare_with_is_whole() {
    let repo = comparing("regression = \"previous\"");
    report(&repo, &[]);
    assert_eq!(gate(&repo)["result"], "none");
    verify(&repo).code(0);
    let repo = repo.tag("nightly-1").file("README.md", "# S\n").commit("on", at("2026-01-06"));
    report(&repo, &[]);
    assert_eq!(gate(&repo)["result"], "no-go", "no tag is called a release");
    verify(&repo).code(0);
    let head = repo.id("HEAD");
    let repo = comparing("regression = \"previous\"");
    let repo = repo.with(|git| fs::write(git.path().join("shallow"), head + "\n").unwrap());
    report(&repo, &[]);
    assert!(gate(&repo)["sentence"].as_str().unwrap().contains("the clone is shallow"));
    verify(&repo).code(0);
}

#[test]
fn a_release_that_is_told_of_was_compared_with() {
    let repo = worse(comparing("regression = \"previous\"").tag("v1.0.0"));
    report(&repo, &[]);
    // Neither the difference nor the rule is there, and the release still is.
    let is_difference = |path: &str| path.starts_with("releases/") && path.ends_with(".json");
    rewrite(&repo, "manifest.json", |of| {
        let files = of["files"].as_array_mut().unwrap();
        let (lost, kept) =
            files.drain(..).partition(|of| is_difference(of["path"].as_str().unwrap()));
        *files = kept;
        let lost: Vec<Json> = lost;
        assert_eq!(lost.len(), 1);
        lost.iter().for_each(|of| {
            fs::remove_file(folder(&repo).join(of["path"].as_str().unwrap())).unwrap();
        });
    });
    mend_statement(&repo);
    let why = why(&repo, |of| {
        turned("none")(of);
        let gate = &mut of["summary"]["gate"];
        gate["rules"].as_array_mut().unwrap().pop();
        let sentence = "There is no earlier release to compare with, and the gate asks for nothing \
                        else.";
        gate["sentence"] = sentence.into();
    });
    assert!(why.contains("the gate's rule `regression previous` cannot be"), "{why}");
}

#[test]
fn nothing_of_the_gate_can_be_told_otherwise() {
    let alter: [(&str, Alter); 3] = [
        ("sentence", |gate| gate["sentence"] = "Go. Nothing stands in the way.".into()),
        ("blocking", |gate| gate["blocking"] = Json::Array(vec![])),
        ("rules", |gate| gate["rules"][0]["holds"] = true.into()),
    ];
    for (member, alter) in alter {
        let repo = comparing("fail-on = [\"contradicted\"]").file("ci/junit.xml", FAILED);
        report(&repo, &[]);
        verify(&repo).code(0);
        let why = why(&repo, |of| alter(&mut of["summary"]["gate"]));
        assert!(why.contains(&format!("told otherwise than it comes out: {member}.")), "{why}");
    }
}
