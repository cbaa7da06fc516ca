//! A published report, checked as an auditor does: whole, and altered in every way.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use trueup::sources::digest::sha256;

use crate::support::packed::{zip, zipped};
use crate::support::{Repo, Run, at};

mod gate;
mod signers;
mod told;
mod unheld;
mod versions;

const CHECKLIST: &str = "# Go\n\n\
    - [x] Tests pass <!-- evidence: tests.total > 0 && tests.failed == 0 -->\n\
    \x20 <!-- artifacts: reports/*.xml -->\n\
    \x20 <!-- paths: src/** -->\n\
    - [x] No secret leaks <!-- evidence: findings.total == 0 -->\n\
    \x20 <!-- artifacts: reports/gitleaks.json -->\n\
    \x20 <!-- format: gitleaks -->\n\
    - [x] The port is right <!-- evidence: load(\"app.toml\").port == 80 && size(files(\"src/*\")) > 0 -->\n\
    - [x] No type errors <!-- evidence: findings.errors == 0 -->\n\
    \x20 <!-- artifacts: reports/ci.zip!/tsc.log -->\n\
    \x20 <!-- format: tsc -->\n";
const JUNIT: &str = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;
const FAILED: &str =
    r#"<testsuite name="s"><testcase name="c"><failure message="no"/></testcase></testsuite>"#;

/// A team whose report has something of everything.
fn published(more: &[&str]) -> Repo {
    let repo = Repo::new()
        .file("docs/GO.md", CHECKLIST)
        .file("app.toml", "port = 80\n")
        .file("src/a.ts", "a\n")
        .file("trueup.toml", "[gate]\nfail-on = [\"contradicted\"]\n")
        .file(".gitignore", "reports/\nreadiness/\n")
        .commit("a checklist", at("2026-01-05"))
        .file("reports/junit.xml", JUNIT)
        .file("reports/api.xml", JUNIT.replace("\"a\"", "\"z\""))
        .file("reports/gitleaks.json", "[]")
        .file("reports/ci.zip", zip(&[zipped("tsc.log", "src/a.ts(1,1): error TS1: no\n")]));
    report(&repo, more);
    repo
}

fn report(repo: &Repo, more: &[&str]) {
    repo.trueup(["report"].iter().chain(more)).code(0);
}

fn folder(repo: &Repo) -> PathBuf {
    repo.dir().join("readiness")
}

fn verify(repo: &Repo) -> Run {
    repo.trueup(["verify", "readiness", "--format", "json"])
}

/// The layers that found a fault, each with all its faults in one text.
fn faults(repo: &Repo) -> Vec<(String, String)> {
    let seen = verify(repo).json();
    let layers = seen["layers"].as_array().unwrap().iter();
    let bad = layers.filter(|layer| layer["ok"] == false);
    let text = |list: &Json| {
        let faults = list.as_array().unwrap().iter();
        faults.map(|fault| fault.as_str().unwrap()).collect::<Vec<_>>().join("\n")
    };
    bad.map(|layer| (layer["name"].as_str().unwrap().to_owned(), text(&layer["faults"]))).collect()
}

#[track_caller]
fn caught(repo: &Repo, expected: &[(&str, &str)]) {
    let found = faults(repo);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, expected.iter().map(|(name, _)| *name).collect::<Vec<_>>(), "{found:?}");
    for ((_, text), (_, part)) in found.iter().zip(expected) {
        assert!(text.contains(part), "{part}\n{found:?}");
    }
    verify(repo).code(1);
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{} has no {from}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

fn hex(path: &Path) -> String {
    sha256(&fs::read(path).unwrap()).to_string()
}

fn blob(repo: &Repo, bytes: &[u8]) -> PathBuf {
    let digest = sha256(bytes).to_string();
    folder(repo).join(format!("vault/sha256/{}/{digest}", &digest[..2]))
}

/// Writes manifest and statement anew over what is there, as a forger would.
fn forge(repo: &Repo) {
    forge_with(repo, &[]);
}

/// The same, with files that nobody had published.
fn forge_with(repo: &Repo, added: &[&str]) {
    let manifest = folder(repo).join("manifest.json");
    let mut json: Json = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    let files = json["files"].as_array_mut().unwrap();
    files.extend(added.iter().map(|path| serde_json::json!({ "path": path, "bytes": 1 })));
    files.sort_by_key(|entry| entry["path"].to_string());
    for entry in files {
        let path = folder(repo).join(entry["path"].as_str().unwrap());
        entry["sha256"] = hex(&path).into();
    }
    // A report may lie there without the statements on its verdicts, where it names none.
    json.as_object_mut().unwrap().remove("statements");
    let before = hex(&manifest);
    fs::write(&manifest, serde_json::to_string_pretty(&json).unwrap()).unwrap();
    change(&folder(repo).join("manifest.intoto.json"), &before, &hex(&manifest));
    for name in ["manifest.test-result.intoto.json", "manifest.svr.intoto.json"] {
        let _ = fs::remove_file(folder(repo).join(name));
    }
}

#[test]
fn the_statements_over_the_manifest_say_what_was_judged_and_nothing_else() {
    let repo = published(&[]);
    let digest = hex(&folder(&repo).join("manifest.json"));
    let svr = folder(&repo).join("manifest.svr.intoto.json");
    let statement: Json = serde_json::from_slice(&fs::read(&svr).unwrap()).unwrap();
    assert_eq!(statement["predicateType"], "https://in-toto.io/attestation/svr/v0.1");
    assert_eq!(statement["subject"][0]["name"], "manifest.json");
    assert_eq!(statement["subject"][0]["digest"]["sha256"], digest.as_str());
    let result = folder(&repo).join("manifest.test-result.intoto.json");
    let of: Json = serde_json::from_slice(&fs::read(&result).unwrap()).unwrap();
    assert_eq!(of["subject"], statement["subject"]);
    verify(&repo).code(0);
    let said = fs::read_to_string(&svr).unwrap();
    fs::write(
        &svr,
        said.replace("\"properties\": [", "\"properties\": [\n\"TRUEUP_ALL_ITEMS_PROVEN\","),
    )
    .unwrap();
    let seen = verify(&repo).code(1).json();
    assert_eq!(seen["layers"][1]["name"], "statement");
    assert!(seen["layers"][1].to_string().contains("manifest.svr.intoto.json"), "{seen}");
    fs::remove_file(&svr).unwrap();
    let seen = verify(&repo).code(1).json();
    assert!(seen["layers"][1].to_string().contains("manifest.svr.intoto.json"), "{seen}");
}

#[test]
fn a_report_as_it_was_published_is_whole() {
    let repo = published(&[]);
    let told = repo.trueup(["verify", "readiness"]).code(0);
    assert!(told.stdout().starts_with("ok   manifest"), "{}", told.stdout());
    assert!(told.stdout().contains("-    signature"), "{}", told.stdout());
    assert!(told.stdout().ends_with("Whole, as far as it was checked.\n"), "{}", told.stdout());
    let seen = verify(&repo).code(0).json();
    assert_eq!(seen["ok"], true);
    assert_eq!(seen["layers"][3]["said"], "3 of 4 verdicts derived again, the same.");
    let trust = seen["on_trust"].to_string();
    assert!(trust.contains("docs/GO.md#no-secret-leaks") || trust.contains("no-secret-leaks"));
    assert!(!blob(&repo, b"[]").exists(), "the report of a secret scanner is not kept");
    assert!(blob(&repo, b"port = 80\n").exists());
}

#[test]
fn it_is_whole_without_the_repository_around_it() {
    let repo = published(&[]);
    let alone = repo.outside().join("audit");
    fs::rename(folder(&repo), &alone).unwrap();
    fs::remove_dir_all(repo.dir().join(".git")).unwrap();
    fs::remove_dir_all(repo.dir().join("reports")).unwrap();
    repo.trueup(["verify", "../audit"]).code(0);
}

#[test]
fn a_byte_changed_in_any_file_is_named() {
    let kinds = |repo: &Repo| {
        let blob = blob(repo, JUNIT.as_bytes());
        ["index.html", "snapshot.json", "witness.json", "assets/site.css"]
            .map(|name| folder(repo).join(name))
            .into_iter()
            .chain([blob])
            .collect::<Vec<_>>()
    };
    let repo = published(&[]);
    for path in kinds(&repo) {
        if !path.exists() {
            continue;
        }
        let whole = fs::read(&path).unwrap();
        let mut bytes = whole.clone();
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        fs::write(&path, bytes).unwrap();
        let (name, text) = faults(&repo).remove(0);
        assert_eq!(name, "manifest");
        let relative = path.strip_prefix(folder(&repo)).unwrap().to_string_lossy().into_owned();
        assert!(text.contains(&format!("{relative} was altered")), "{text}");
        verify(&repo).code(1);
        fs::write(&path, whole).unwrap();
    }
    verify(&repo).code(0);
}

#[test]
fn a_changed_manifest_is_not_the_one_that_the_statement_is_of() {
    let repo = published(&[]);
    change(&folder(&repo).join("manifest.json"), "  \"files\"", " \"files\"");
    caught(&repo, &[("statement", "manifest.intoto.json says otherwise")]);
    fs::write(folder(&repo).join("manifest.json"), "{}").unwrap();
    let run = verify(&repo).code(2);
    assert!(run.stderr().contains("no manifest of a report"), "{}", run.stderr());
}

#[test]
fn what_was_added_or_taken_away_is_named() {
    let repo = published(&[]);
    fs::write(folder(&repo).join("extra.html"), "x").unwrap();
    caught(&repo, &[("manifest", "extra.html was added")]);
    fs::remove_file(folder(&repo).join("extra.html")).unwrap();
    fs::remove_file(folder(&repo).join("index.html")).unwrap();
    caught(&repo, &[("manifest", "index.html is missing")]);
}

#[test]
fn swapped_evidence_is_caught_although_the_manifest_was_mended() {
    let repo = published(&[]);
    let (one, other) = (blob(&repo, JUNIT.as_bytes()), blob(&repo, b"port = 80\n"));
    let (a, b) = (fs::read(&one).unwrap(), fs::read(&other).unwrap());
    fs::write(&one, b).unwrap();
    fs::write(&other, a).unwrap();
    forge(&repo);
    let found = faults(&repo);
    assert_eq!(found[0].0, "vault", "{found:?}");
    assert!(found[0].1.contains("is not what its name says"), "{found:?}");
}

#[test]
fn a_verdict_that_the_evidence_does_not_give_is_caught_although_all_else_was_mended() {
    let repo = published(&[]).file("reports/junit.xml", FAILED);
    report(&repo, &[]);
    assert!(
        fs::read_to_string(folder(&repo).join("snapshot.json")).unwrap().contains("contradicted")
    );
    verify(&repo).code(0);
    let snapshot = folder(&repo).join("snapshot.json");
    let mut json: Json = serde_json::from_slice(&fs::read(&snapshot).unwrap()).unwrap();
    let item = &mut json["checklists"][0]["items"][0];
    (item["status"], item["verdict"]) = ("verified".into(), "pass".into());
    fs::write(&snapshot, serde_json::to_string_pretty(&json).unwrap()).unwrap();
    forge(&repo);
    caught(
        &repo,
        &[
            ("verdicts", "is verified (pass) in snapshot.json, and comes out as contradicted"),
            ("pages", "index.html is not what snapshot.json gives"),
        ],
    );
}

#[test]
fn a_configuration_that_did_not_hold_is_caught() {
    let repo = published(&[]);
    let snapshot = folder(&repo).join("snapshot.json");
    let held = hex(&repo.dir().join("trueup.toml"));
    change(&snapshot, &held, &"0".repeat(64));
    forge(&repo);
    let found = faults(&repo);
    let named = "The configuration that snapshot.json names is not the one that held.";
    assert!(
        found.iter().any(|(layer, why)| layer == "verdicts" && why.contains(named)),
        "{found:?}"
    );
}

#[test]
fn a_witness_that_tells_otherwise_gives_other_verdicts() {
    let repo = published(&[]).file("src/a.ts", "b\n").commit("more", at("2099-01-06"));
    report(&repo, &[]);
    verify(&repo).code(0);
    let witness = folder(&repo).join("witness.json");
    let mut json: Json = serde_json::from_slice(&fs::read(&witness).unwrap()).unwrap();
    for answers in ["since_time", "since_commit"] {
        for since in json[answers].as_object_mut().unwrap().values_mut() {
            *since = serde_json::json!({ "changes": [] });
        }
    }
    fs::write(&witness, serde_json::to_string_pretty(&json).unwrap()).unwrap();
    forge(&repo);
    caught(&repo, &[("verdicts", "in snapshot.json, and comes out as")]);
}

#[test]
fn without_a_vault_the_files_are_checked_and_that_is_said() {
    let repo = published(&["--no-vault"]);
    assert!(!folder(&repo).join("vault").exists());
    let seen = verify(&repo).code(0).json();
    assert!(seen["layers"][3]["ok"].is_null(), "{seen}");
    fs::write(folder(&repo).join("index.html"), "").unwrap();
    caught(&repo, &[("manifest", "index.html was altered")]);
}

#[test]
fn secret_scanners_reports_are_kept_where_that_is_asked_for() {
    let repo = published(&["--vault-secrets"]);
    assert!(blob(&repo, b"[]").exists());
    let seen = verify(&repo).code(0).json();
    assert_eq!(seen["layers"][3]["said"], "4 of 4 verdicts derived again, the same.");
}

#[test]
fn a_page_that_was_altered_together_with_the_manifest_is_caught() {
    let repo = published(&[]);
    let page = folder(&repo).join("checklists").join(
        fs::read_dir(folder(&repo).join("checklists"))
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .file_name(),
    );
    change(&page, "unproven", "verified");
    forge(&repo);
    caught(&repo, &[("pages", "is not what snapshot.json gives")]);
}

#[test]
fn a_page_that_was_added_together_with_the_manifest_is_caught() {
    let repo = published(&[]);
    fs::write(folder(&repo).join("approved.html"), "<p>Approved.</p>").unwrap();
    forge_with(&repo, &["approved.html"]);
    caught(&repo, &[("pages", "approved.html is in the manifest, and nothing here gives it")]);
}

#[test]
fn a_summary_that_its_items_do_not_give_is_caught() {
    let repo = published(&[]);
    change(&folder(&repo).join("snapshot.json"), "\"claimed\": 4", "\"claimed\": 1");
    forge(&repo);
    let found = faults(&repo);
    assert!(found[0].1.contains("is not what its items come to"), "{found:?}");
}

#[test]
fn an_output_inside_the_report_is_part_of_it() {
    let more = ["--output", "badge-svg=readiness/badge.svg", "--single-file", "readiness/all.html"];
    let repo = published(&more);
    verify(&repo).code(0);
    report(&repo, &more);
    verify(&repo).code(0);
    change(&folder(&repo).join("badge.svg"), "<svg", "<svg ");
    caught(&repo, &[("manifest", "badge.svg was altered")]);
    forge(&repo);
    caught(&repo, &[("pages", "badge.svg is not what the output badge-svg gives")]);
    report(&repo, &[]);
    assert!(!folder(&repo).join("badge.svg").exists(), "it was not asked for again");
    verify(&repo).code(0);
}

#[test]
fn what_no_manifest_would_have_is_not_written_into_a_report() {
    let repo = published(&[]);
    for args in [
        ["check", "--exit-zero", "--output", "markdown=readiness/more.md"],
        ["report", "--out", "other", "--output=json=readiness/more.json"],
        ["report", "--out", "other", "--single-file=readiness/one/more.html"],
    ] {
        let run = repo.trueup(args).code(2);
        assert!(run.stderr().contains("whose manifest does not have it"), "{}", run.stderr());
    }
    for name in ["index.html", "manifest.json", "witness.json"] {
        let output = format!("json=readiness/{name}");
        let run = repo.trueup(["report", "--output", output.as_str()]).code(2);
        assert!(run.stderr().contains("is a file of the report itself"), "{}", run.stderr());
    }
    assert!(!repo.dir().join("other").exists());
    verify(&repo).code(0);
}

#[test]
fn a_signature_stays_exactly_as_long_as_what_it_signs() {
    let same = ["--as-of", "2026-02-01T00:00:00Z"];
    let again = |repo: &Repo, more: &[&str]| {
        let args = ["report"].iter().chain(&same).chain(more);
        repo.trueup_among(args, &[("SOURCE_DATE_EPOCH", "1767268800")]).code(0)
    };
    let repo = published(&[]);
    again(&repo, &[]);
    let signature = folder(&repo).join("manifest.json.sig");
    fs::write(&signature, "-----BEGIN SSH SIGNATURE-----\n").unwrap();
    assert_eq!(again(&repo, &[]).stderr(), "");
    assert!(signature.exists());
    let run = again(&repo, &["--release", "1.0.0"]);
    assert!(run.stderr().contains("manifest.json.sig was said over the report before"));
    assert!(!signature.exists());
}

#[test]
fn witness_and_manifest_are_as_their_schemas_say() {
    let repo = Repo::new();
    repo.trueup(["demo", "example"]).code(0);
    for name in ["witness", "manifest"] {
        let schema = repo.trueup(["schema", name]).code(0).json();
        let validator = jsonschema::draft7::new(&schema).unwrap();
        let file = repo.dir().join(format!("example/readiness/{name}.json"));
        let json: Json = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        let faults: Vec<String> = validator.iter_errors(&json).map(|f| f.to_string()).collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        assert!(!validator.is_valid(&serde_json::json!({})));
    }
}

#[test]
fn what_is_no_report_is_a_fault_of_the_command() {
    let repo = Repo::new().file("a/b.txt", "");
    for (dir, why) in
        [("none", "there is no folder none"), ("a", "is no report that can be checked")]
    {
        let run = repo.trueup(["verify", dir]).code(2);
        assert!(run.stderr().contains(why), "{}", run.stderr());
    }
}

#[test]
fn the_example_is_whole() {
    let repo = Repo::new();
    repo.trueup(["demo", "example"]).code(0);
    let seen = repo.trueup(["verify", "example/readiness", "--format", "json"]).code(0).json();
    assert_eq!(seen["layers"][3]["ok"], true, "{seen}");
    assert_eq!(seen["layers"][4]["ok"], true, "{seen}");
}

#[test]
fn what_the_statement_says_of_the_report_is_held_to_it() {
    let repo = published(&[]);
    change(&folder(&repo).join("manifest.intoto.json"), "\"gate\": \"no-go\"", "\"gate\": \"go\"");
    caught(&repo, &[("statement", "manifest.intoto.json says otherwise than snapshot.json")]);
}

/// What a forger does to a part of the report's JSON.
type Alter = fn(&mut Json);

/// Alters the snapshot and mends everything that is drawn from nothing else.
fn rewritten(repo: &Repo, alter: impl FnOnce(&mut Json)) -> Vec<(String, String)> {
    rewrite(repo, "snapshot.json", alter);
    forge(repo);
    faults(repo).into_iter().filter(|(layer, _)| layer == "verdicts").collect()
}

/// The faults of the verdicts, as one text, once the snapshot was altered.
fn why(repo: &Repo, alter: impl FnOnce(&mut Json)) -> String {
    rewritten(repo, alter).into_iter().map(|(_, why)| why).collect::<Vec<_>>().join("\n")
}

fn rewrite(repo: &Repo, name: &str, alter: impl FnOnce(&mut Json)) {
    let file = folder(repo).join(name);
    let mut json: Json = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    alter(&mut json);
    fs::write(&file, serde_json::to_string_pretty(&json).unwrap()).unwrap();
}

/// Has the statement speak of the manifest as it lies there: `forge` finds it so.
fn mend_statement(repo: &Repo) {
    let digest = hex(&folder(repo).join("manifest.json"));
    rewrite(repo, "manifest.intoto.json", |of| {
        of["subject"][0]["digest"]["sha256"] = digest.into();
    });
}

/// The entry of a list of the report's JSON that has this path.
fn at_path<'j>(list: &'j mut Json, path: &str) -> &'j mut Json {
    list.as_array_mut().unwrap().iter_mut().find(|of| of["path"] == path).unwrap()
}

#[test]
fn no_member_of_what_is_judged_can_be_told_otherwise() {
    let told = |alter: &dyn Fn(&mut Json)| {
        let found = rewritten(&published(&[]), alter);
        found.into_iter().map(|(_, why)| why).collect::<Vec<_>>().join("\n")
    };
    let text = told(&|of| of["checklists"][0]["items"][0]["text"] = "All of it holds".into());
    assert!(text.contains("is told otherwise than it comes out: text"), "{text}");
    let facts = told(&|of| {
        let artifacts = of["artifacts"].as_array_mut().unwrap();
        let junit = artifacts.iter_mut().find(|of| of["path"] == "reports/junit.xml").unwrap();
        junit["facts"]["tests"]["total"] = 200.into();
    });
    assert!(facts.contains("reports/junit.xml is told otherwise than it comes out"), "{facts}");
    let time = told(&|of| of["judged_at"] = "2026-01-01T00:00:00Z".into());
    assert!(time.contains("was judged 2026-01-01T00:00:00Z"), "{time}");
    let reasons = told(&|of| of["summary"]["gate"]["reasons"] = Json::Array(Vec::new()));
    assert!(reasons.contains("The gate's reasons"), "{reasons}");
}

#[test]
fn the_gate_is_decided_again_beside_what_is_not_in_the_vault() {
    // The report of the scanner for secrets is withheld, and something else is contradicted.
    let found = rewritten(&published(&[]), |of| of["summary"]["gate"]["result"] = "go".into());
    let why = found.iter().map(|(_, why)| why.as_str()).collect::<String>();
    assert!(why.contains("The gate is go in snapshot.json, and comes out as no-go"), "{why}");
}
