//! What rests on bytes that are not in the vault: so little is taken as told as can be.

use super::*;

const LIST: &str = "# Go\n\n\
    - [x] Tests pass <!-- id: tests -->\n\
    - [x] No secret leaks <!-- id: secrets -->\n\
    - [x] The note is fine <!-- id: note -->\n";
const CONFIG: &str = "[[require]]\nitem = \"tests\"\nartifacts = [\"ci/junit.xml\"]\n\
    condition = \"tests.failed == 0\"\n\
    [[require]]\nitem = \"secrets\"\nartifacts = [{ glob = \"ci/leaks.json\", format = \"gitleaks\" }]\n\
    condition = \"findings.total == 0\"\n\
    [[require]]\nitem = \"note\"\nartifacts = [\"ci/note.json\"]\n\
    condition = 'data.note == \"fine\"'\n";
const LEAK: &str = r#"[{"RuleID":"k","File":"a","StartLine":1,"Secret":"s"}]"#;
const NOTE: &str = r#"{"note": "x is not in the vault: y"}"#;

/// A report whose tests failed, whose note is not fine, and whose secrets are not kept.
fn leaving_out(config: &str) -> Repo {
    let repo = Repo::new()
        .file("GO.md", LIST)
        .file("trueup.toml", config)
        .file("ci/junit.xml", FAILED)
        .file("ci/leaks.json", "[]")
        .file("ci/note.json", NOTE)
        .file(".gitignore", "readiness/\n")
        .commit("all", at("2026-01-05"));
    report(&repo, &[]);
    verify(&repo).code(0);
    assert!(!blob(&repo, b"[]").exists());
    repo
}

fn item<'j>(of: &'j mut Json, id: &str) -> &'j mut Json {
    let items = of["checklists"][0]["items"].as_array_mut().unwrap();
    items.iter_mut().find(|of| of["id"] == id).unwrap()
}

fn made_verified(of: &mut Json, id: &str) {
    let item = item(of, id);
    (item["status"], item["verdict"]) = ("verified".into(), "pass".into());
    (item["requirement"]["verdict"], item["rule"]) = ("pass".into(), Json::Null);
}

/// Alters the witness, and has the manifest name the inputs that it names then.
fn witnessed(repo: &Repo, alter: impl FnOnce(&mut Json)) {
    let mut inputs = Vec::new();
    rewrite(repo, "witness.json", |of| {
        alter(of);
        let lists = ["checklists", "signing", "seals", "artifacts"].map(|list| of[list].clone());
        let lists = lists.iter().flat_map(|list| list.as_array().unwrap().clone());
        inputs.extend(lists.chain([of["config"].clone()]));
    });
    let names = ["role", "path", "sha256", "bytes", "withheld"];
    let bare = |of: &Json| names.map(|name| (name.to_owned(), of[name].clone()));
    let mut inputs: Vec<Json> =
        inputs.iter().map(|of| Json::Object(bare(of).into_iter().collect())).collect();
    inputs.sort_by_key(|of| (of["role"].to_string(), of["path"].to_string()));
    rewrite(repo, "manifest.json", |of| of["inputs"] = Json::Array(inputs));
    mend_statement(repo);
    forge(repo);
}

fn vault_faults(repo: &Repo) -> String {
    let found = faults(repo).into_iter().filter(|(layer, _)| layer == "vault");
    found.map(|(_, why)| why).collect()
}

#[test]
fn a_value_in_a_reason_leaves_nothing_out_of_the_vault() {
    let why = why(&leaving_out(CONFIG), |of| made_verified(of, "note"));
    let said = "GO.md#note is verified (pass) in snapshot.json, and comes out as contradicted";
    assert!(why.contains(said), "{why}");
}

#[test]
fn which_items_rely_on_what_is_left_out_is_not_believed() {
    let why = why(&leaving_out(CONFIG), |of| {
        made_verified(of, "tests");
        let leaks = at_path(&mut of["artifacts"], "ci/leaks.json");
        leaks["used_by"].as_array_mut().unwrap().push("GO.md#tests".into());
    });
    assert!(why.contains("GO.md#tests is verified (pass) in snapshot.json, and comes"), "{why}");
    assert!(why.contains("ci/leaks.json is told otherwise than it comes out: used_by"), "{why}");
}

#[test]
fn a_document_of_settings_is_left_out_of_one_answer_alone() {
    let config = "[[require]]\nitem = \"note\"\ncondition = 'load(\".env.live\").A == \"1\"'\n";
    let repo = leaving_out(&format!("{config}{}", CONFIG.replace("\"note\"", "\"secrets\"")));
    let repo = repo.file(".env.live", "A=1\n").commit("settings", at("2026-01-06"));
    report(&repo, &[]);
    let seen = verify(&repo).code(0).json();
    assert_eq!(seen["layers"][3]["said"], "1 of 3 verdicts derived again, the same.");
    let why = why(&repo, |of| made_verified(of, "tests"));
    assert!(why.contains("GO.md#tests is verified (pass) in snapshot.json, and comes"), "{why}");
}

#[test]
fn a_reason_that_is_not_so_leaves_nothing_out() {
    let of_junit = |why: &str| {
        let repo = leaving_out(CONFIG);
        witnessed(&repo, |of| {
            at_path(&mut of["artifacts"], "ci/junit.xml")["withheld"] = why.into()
        });
        vault_faults(&repo)
    };
    for why in [
        "a report that may hold secrets",
        "larger than 64 MiB",
        "no vault was asked for",
        "a file of settings that may be secret",
        "nobody knows",
    ] {
        let found = of_junit(why);
        let said = format!("ci/junit.xml is not in the vault, and that is not so of it: {why}.");
        assert!(found.contains(&said), "{why}: {found}");
    }
}

#[test]
fn what_is_left_out_lies_nowhere_and_all_secrets_are_left_out_alike() {
    let repo = leaving_out(CONFIG);
    report(&repo, &["--vault-secrets"]);
    witnessed(&repo, |of| {
        let leaks = at_path(&mut of["artifacts"], "ci/leaks.json");
        leaks["withheld"] = "a report that may hold secrets".into();
    });
    let found = vault_faults(&repo);
    assert!(found.contains("ci/leaks.json lies in the vault"), "{found}");
    let repo = leaving_out(&CONFIG.replace("ci/note.json", "ci/gitleaks-2.json"))
        .file("ci/gitleaks-2.json", NOTE);
    report(&repo, &["--vault-secrets"]);
    fs::remove_file(blob(&repo, b"[]")).unwrap();
    rewrite(&repo, "manifest.json", |of| {
        let files = of["files"].as_array_mut().unwrap();
        let lost = sha256(b"[]").to_string();
        files.retain(|of| !of["path"].as_str().unwrap().ends_with(&lost));
    });
    witnessed(&repo, |of| {
        let leaks = at_path(&mut of["artifacts"], "ci/leaks.json");
        leaks["withheld"] = "a report that may hold secrets".into();
    });
    let found = vault_faults(&repo);
    assert!(found.contains("that is not so of it: a report that may hold secrets"), "{found}");
}

#[test]
fn of_an_item_on_what_is_left_out_all_else_is_compared() {
    let alter: [(&str, Alter); 6] = [
        ("text", |of| of["text"] = "No secrets, pen-tested".into()),
        ("line", |of| of["line"] = 99.into()),
        ("claim", |of| of["claim"] = "open".into()),
        ("requirements", |of| of["requirement"]["condition"] = "true".into()),
        ("history", |of| of["history"]["ticked"]["author"] = "Eve".into()),
        ("evidence", |of| {
            let junit = serde_json::json!({ "artifact": "ci/junit.xml", "sha256": "0" });
            let of = of["evidence"].as_array_mut().unwrap();
            let mut more = of[0].clone();
            more.as_object_mut().unwrap().extend(junit.as_object().unwrap().clone());
            of.push(more);
        }),
    ];
    for (member, alter) in alter {
        let why = why(&leaving_out(CONFIG), |of| alter(item(of, "secrets")));
        let said = format!("GO.md#secrets is told otherwise than it comes out: {member}");
        assert!(why.contains(&said), "{member}: {why}");
    }
}

#[test]
fn a_told_answer_must_follow_from_its_requirements_and_those_at_hand_are_judged() {
    let follows = why(&leaving_out(CONFIG), |of| {
        item(of, "secrets")["requirement"]["verdict"] = "fail".into()
    });
    assert!(follows.contains("which does not follow from what it tells"), "{follows}");
    let waived = why(&leaving_out(CONFIG), |of| item(of, "secrets")["status"] = "waived".into());
    assert!(waived.contains("which does not follow from what it tells"), "{waived}");
    // The item asks for the tests besides, which failed.
    let both = CONFIG.replace(
        "item = \"note\"\nartifacts = [\"ci/note.json\"]\n\
        condition = 'data.note == \"fine\"'",
        "item = \"secrets\"\nartifacts = [\"ci/junit.xml\"]\n\
        condition = \"tests.total > 9\"",
    );
    assert_ne!(both, CONFIG);
    let found = why(&leaving_out(&both), |of| {
        made_verified(of, "secrets");
        let of = item(of, "secrets");
        for at in 0..of["requirements"].as_array().unwrap().len() {
            of["requirements"][at]["verdict"] = "pass".into();
        }
    });
    assert!(
        found.contains("GO.md#secrets is told otherwise than it comes out: requirements"),
        "{found}"
    );
}

#[test]
fn one_file_under_two_formats_is_left_out_where_either_holds_secrets() {
    let config =
        CONFIG.replace("\"ci/note.json\"]", "{ glob = \"ci/leaks.json\", format = \"json\" }]");
    leaving_out(&config.replace("'data.note == \"fine\"'", "\"data == data\""));
}

/// Whether the report is whole whose requirements name no artifacts, or whichever are there, with
/// that report of tests.
fn among_all(artifacts: &str, junit: &str) -> Repo {
    let config = format!(
        "artifacts = [\"ci/**\"]\n\
         [[require]]\nitem = \"tests\"\n{artifacts}condition = \"tests.failed == 0\"\n\
         [[require]]\nitem = \"secrets\"\ncondition = \"findings.total == 0\"\n"
    );
    let repo = Repo::new()
        .file("GO.md", LIST)
        .file("trueup.toml", config)
        .file("ci/junit.xml", junit)
        .file("ci/gitleaks.json", LEAK)
        .file(".gitignore", "readiness/\n")
        .commit("all", at("2026-01-05"));
    report(&repo, &[]);
    repo
}

#[test]
fn what_is_left_out_among_others_lets_nothing_pass_that_the_others_refute() {
    for artifacts in ["", "artifacts = [\"ci/*\"]\n"] {
        verify(&among_all(artifacts, JUNIT)).code(0);
        for format in [Json::Null, "junit".into()] {
            let repo = among_all(artifacts, FAILED);
            verify(&repo).code(0);
            let why = why(&repo, |of| {
                made_verified(of, "tests");
                at_path(&mut of["artifacts"], "ci/gitleaks.json")["format"] = format.clone();
            });
            assert!(why.contains("GO.md#tests is "), "{artifacts}{format}: {why}");
        }
    }
}

#[test]
fn a_report_that_is_only_called_one_of_secrets_proves_nothing_else() {
    let repo = leaving_out(CONFIG);
    let lost = blob(&repo, FAILED.as_bytes());
    let name = lost.file_name().unwrap().to_str().unwrap().to_owned();
    fs::remove_file(&lost).unwrap();
    rewrite(&repo, "manifest.json", |of| {
        of["files"].as_array_mut().unwrap().retain(|of| !of["path"].to_string().contains(&name));
    });
    witnessed(&repo, |of| {
        let junit = at_path(&mut of["artifacts"], "ci/junit.xml");
        junit["withheld"] = "a report that may hold secrets".into();
    });
    let why = why(&repo, |of| {
        made_verified(of, "tests");
        at_path(&mut of["artifacts"], "ci/junit.xml")["format"] = "gitleaks".into();
    });
    assert_eq!(vault_faults(&repo), "");
    assert!(why.contains("GO.md#tests is told otherwise than it comes out: requirements"), "{why}");
}

#[test]
fn a_tracked_report_of_secrets_is_no_later_change_of_the_code() {
    let list = "# Go\n\n- [x] Tests pass <!-- evidence: tests.failed == 0 -->\n";
    let made = "<testsuite name=\"s\" timestamp=\"2026-01-06T00:00:00Z\">";
    let repo = Repo::new()
        .file("GO.md", list)
        .file("trueup.toml", "artifacts = [\"ci/**\"]\n")
        .file(".gitignore", "readiness/\nci/junit.xml\n")
        .commit("code", at("2026-01-05"))
        .file("ci/junit.xml", format!("{made}<testcase name=\"a\"/></testsuite>"))
        .file("ci/gitleaks.json", LEAK)
        .commit("scanned", at("2026-01-07"));
    report(&repo, &[]);
    let snapshot = fs::read_to_string(folder(&repo).join("snapshot.json")).unwrap();
    assert!(snapshot.contains("\"status\": \"verified\""), "{snapshot}");
    verify(&repo).code(0);
}

#[test]
fn what_holds_secrets_by_its_content_is_left_out_under_any_name() {
    let alert = r#"[{"number": 1, "state": "resolved", "created_at": "2026-01-02T10:00:00Z",
        "secret_type": "a_key", "secret": "in clear"}]"#;
    for named in ["", ", format = \"json\""] {
        let config =
            CONFIG.replace("\"ci/note.json\"", &format!("{{ glob = \"ci/alerts.json\"{named} }}"));
        let config = config.replace("data.note == \"fine\"", "findings.total == 0");
        let repo = Repo::new()
            .file("GO.md", LIST)
            .file("trueup.toml", &config)
            .file("ci/junit.xml", FAILED)
            .file("ci/leaks.json", "[]")
            .file("ci/alerts.json", alert)
            .file(".gitignore", "readiness/\n")
            .commit("all", at("2026-01-05"));
        report(&repo, &[]);
        assert!(!blob(&repo, alert.as_bytes()).exists(), "{named}");
        verify(&repo).code(0);
        report(&repo, &["--vault-secrets"]);
        assert!(blob(&repo, alert.as_bytes()).exists(), "{named}");
        verify(&repo).code(0);
    }
}
