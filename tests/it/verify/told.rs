//! What stands around the items: nothing of it can be told otherwise than it comes out.

use super::*;

const LIST: &str = "# Go\n\n- [x] Tests pass <!-- evidence: tests.failed == 0 -->\n\
    \x20 <!-- artifacts: ci/junit.xml -->\n\
    \x20 <!-- waiver: by @ana until 2026-01-06 because it was late -->\n\n\
    ## Rollback plan\n\nStep 1: go back\n\n```bash\nbash back.sh\n```\n";

/// A report with an ended waiver, a runbook and a policy.
fn told() -> Repo {
    let repo = Repo::new()
        .file("GO.md", LIST)
        .file("back.sh", "exit\n")
        .file("ci/junit.xml", JUNIT)
        .file("trueup.toml", "[defaults]\nmax-age = \"9000d\"\n")
        .file(".gitignore", "readiness/\n")
        .commit("a checklist", at("2026-01-05"));
    report(&repo, &[]);
    verify(&repo).code(0);
    repo
}

#[test]
fn the_commit_is_that_of_the_witness() {
    let other = "0123456789abcdef0123456789abcdef01234567";
    for (member, told) in
        [("id", other.into()), ("dirty", true.into()), ("branch", Json::from("release"))]
    {
        let why = why(&self::told(), |of| of["commit"][member] = told);
        let said = format!("The commit in snapshot.json is not that of witness.json: {member}.");
        assert!(why.contains(&said), "{why}");
    }
    let none = why(&told(), |of| of["commit"] = Json::Null);
    assert!(none.contains("The commit in snapshot.json is not that of witness.json."), "{none}");
}

#[test]
fn who_ticked_is_who_the_witness_tells() {
    for part in ["ticked", "events"] {
        let why = why(&told(), |of| {
            let history = &mut of["checklists"][0]["items"][0]["history"][part];
            let event = if part == "ticked" { history } else { &mut history[0] };
            assert!(event["author"].is_string(), "{event}");
            event["author"] = "Eve".into();
        });
        assert!(why.contains("is told otherwise than it comes out: history"), "{why}");
    }
}

#[test]
fn what_judging_found_wrong_is_told_and_nothing_else() {
    let lost = why(&told(), |of| {
        let problems = of["problems"].as_array_mut().unwrap();
        let before = problems.len();
        problems.retain(|of| of["code"] != "waiver-expired");
        assert!(problems.len() < before, "the waiver has ended");
    });
    assert!(lost.contains("does not tell of a problem: The waiver of"), "{lost}");
    let more = why(&told(), |of| {
        let problems = of["problems"].as_array_mut().unwrap();
        let mut problem = problems[0].clone();
        problem["message"] = "It rains.".into();
        problems.push(problem);
    });
    assert!(more.contains("tells of a problem that nothing gives: It rains."), "{more}");
}

#[test]
fn what_reading_finds_wrong_cannot_be_kept_from_the_witness() {
    let list = LIST.replace("# Rollback", "# Note\n\n- [x]no space\n\n# Rollback");
    let repo = told().file("GO.md", list);
    report(&repo, &[]);
    verify(&repo).code(0);
    let forget = |of: &mut Json| {
        let problems = of["problems"].as_array_mut().unwrap();
        let before = problems.len();
        problems.retain(|of| of["code"] != "box-malformed");
        assert_eq!(problems.len() + 1, before);
    };
    rewrite(&repo, "witness.json", forget);
    let why = why(&repo, forget);
    assert!(why.contains("witness.json does not tell of a problem"), "{why}");
}

#[test]
fn policy_configuration_and_release_are_as_they_come_out() {
    let policy = why(&told(), |of| of["policy"]["max_age"] = "1d".into());
    assert!(policy.contains("The policy in snapshot.json"), "{policy}");
    let policy = why(&told(), |of| of["policy"] = Json::Null);
    assert!(policy.contains("The policy in snapshot.json"), "{policy}");
    let config = why(&told(), |of| of["config"] = Json::Null);
    assert!(config.contains("The configuration that snapshot.json names"), "{config}");
    let release = why(&told(), |of| {
        let releases = of["releases"].as_array_mut().unwrap();
        releases.last_mut().unwrap()["claimed"] = 9.into();
    });
    assert!(release.contains("The last release in snapshot.json"), "{release}");
}

#[test]
fn nothing_is_told_twice_or_besides() {
    let twice = |of: &mut Json, list: &str| {
        let list = of[list].as_array_mut().unwrap();
        let first = list[0].clone();
        list.push(first);
    };
    let checklists = why(&told(), |of| twice(of, "checklists"));
    assert!(checklists.contains("snapshot.json tells of GO.md twice"), "{checklists}");
    let artifacts = why(&told(), |of| twice(of, "artifacts"));
    assert!(artifacts.contains("The artifacts in snapshot.json are not those"), "{artifacts}");
    let runbook = why(&told(), |of| {
        let step = &mut of["checklists"][0]["procedures"][0]["steps"][0];
        assert!(step["command"].is_string(), "{step}");
        step["command"] = "bash forward.sh".into();
    });
    assert!(runbook.contains("The document GO.md is not as the vault has it"), "{runbook}");
    for name in ["snapshot.json", "witness.json"] {
        let repo = told();
        rewrite(&repo, name, |of| of["approved"] = true.into());
        forge(&repo);
        caught(&repo, &[("pages", &format!("{name} tells what trueup does not write into it"))]);
    }
}
