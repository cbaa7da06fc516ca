//! The document that trueup was made for, in a repository of a team like the one that wrote it,
//! with an artifact of each kind: each of its lines gets the status that was worked out by hand.
//!
//! The document lies outside the repository, as the corpus does: `TRUEUP_SEED` names its file, else
//! it is looked for beside the corpus. The team's repository is `fixtures/seed/`.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::support::{Repo, at, manifest_dir};

/// The moment at which it is judged: a day after the deployment.
pub(crate) const CLOCK: &str = "2025-11-26T09:00:00Z";

/// What the one who rotated the secrets says of it, as nothing else can.
const ROTATED: &str = "secrets: new ones for the tokens\n\n\
                       Signed-off-for: environment-configuration/jwt-secrets-rotated-and-secure\n";

pub(crate) fn document() -> Option<PathBuf> {
    let named = std::env::var_os("TRUEUP_SEED").map(PathBuf::from).or_else(|| {
        let corpus = PathBuf::from(std::env::var_os("TRUEUP_CORPUS")?);
        Some(corpus.with_file_name("seed").join("production-deployment-checklist.md"))
    });
    let found = named.filter(|path| path.is_file());
    if found.is_none() {
        println!("skipped: TRUEUP_SEED names no document");
    }
    found
}

/// The files under a folder of the fixture, named relative to it.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let found = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let found = found.filter(|entry| entry.file_type().is_file());
    let named = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (name.replace("gitignore", ".gitignore"), std::fs::read(entry.path()).unwrap())
    };
    found.map(named).collect()
}

pub(crate) fn team(document: &Path) -> Repo {
    let fixture = manifest_dir().join("fixtures/seed");
    let mut repo = Repo::new().author("Ana", "ana@platform.example");
    for (name, bytes) in files(&fixture.join("repo")) {
        repo = repo.file(&name, bytes);
    }
    repo = repo
        .file("trueup.toml", std::fs::read(fixture.join("trueup.toml")).unwrap())
        .file("docs/production-deployment-checklist.md", std::fs::read(document).unwrap())
        .commit("release: what has to be true", at("2025-11-24T14:00:00Z"))
        .author("Noor", "noor@platform.example")
        .commit(ROTATED, at("2025-11-24T14:30:00Z"));
    let commit = repo.id("HEAD");
    for (name, bytes) in files(&fixture.join("artifacts")) {
        let text = String::from_utf8(bytes).unwrap().replace("@commit@", &commit);
        let after = if name == "deployment.json" || name.starts_with("after/") {
            "2025-11-25T08:45:00Z"
        } else {
            "2025-11-24T15:15:00Z"
        };
        let name = format!("artifacts/{name}");
        repo = repo.file(&name, text).modified(&name, at(after));
    }
    repo.modified("artifacts/k6-baseline.json", at("2025-10-10T12:00:00Z"))
}

/// The same team before anything is bound, with what it lacks to prove the rest: `whole/`.
fn whole_team(document: &Path) -> Repo {
    let fixture = manifest_dir().join("fixtures/seed/whole");
    let mut repo = team(document);
    for (name, bytes) in files(&fixture.join("repo")) {
        repo = repo.file(&name, bytes);
    }
    repo = repo.remove("trueup.toml").commit("all that is asked for", at("2025-11-24T14:40:00Z"));
    let commit = repo.id("HEAD");
    let of_team = files(&manifest_dir().join("fixtures/seed/artifacts"));
    for (name, bytes) in of_team.into_iter().chain(files(&fixture.join("artifacts"))) {
        let text = String::from_utf8(bytes).unwrap().replace("@commit@", &commit);
        let name = format!("artifacts/{name}");
        let time = repo.dir().join(&name);
        let kept = std::fs::metadata(&time).and_then(|of| of.modified()).ok();
        repo = repo.file(&name, text);
        match kept {
            Some(kept) => {
                std::fs::File::options()
                    .write(true)
                    .open(&time)
                    .unwrap()
                    .set_modified(kept)
                    .unwrap();
            }
            None => repo = repo.modified(&name, at("2025-11-24T15:15:00Z")),
        }
    }
    repo
}

#[test]
fn what_init_proposes_for_the_seed_gives_each_line_its_status() {
    let Some(document) = document() else { return };
    let repo = whole_team(&document);
    let told = repo.trueup(["init"]).code(0).stdout();
    assert!(told.contains("74 items: 74 proposed, 0 without evidence"), "{told}");
    let expected = repo_fixture("expected-init.tsv");
    says_as_worked_out(&repo, &expected);
}

#[test]
fn each_line_of_the_seed_has_the_status_that_its_evidence_gives_it() {
    let Some(document) = document() else { return };
    says_as_worked_out(&team(&document), &repo_fixture("expected.tsv"));
}

#[track_caller]
fn says_as_worked_out(repo: &Repo, expected: &str) {
    let snapshot = repo.trueup(["check", "--format", "json", "--as-of", CLOCK]).json();
    let items = snapshot["checklists"][0]["items"].as_array().unwrap();
    let told: Vec<String> =
        items.iter().map(|item| format!("{}\t{}", item["line"], text(&item["status"]))).collect();
    let expected: Vec<&str> =
        expected.lines().skip(1).map(|row| row.rsplit_once('\t').unwrap().0).collect();
    assert_eq!(told.len(), 74);
    for ((told, expected), item) in told.iter().zip(&expected).zip(items) {
        assert_eq!(told, expected, "{}: {}", text(&item["id"]), text(&item["reason"]));
    }
    assert_eq!(told.len(), expected.len());
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap_or("-")
}

fn repo_fixture(name: &str) -> String {
    std::fs::read_to_string(manifest_dir().join("fixtures/seed").join(name)).unwrap()
}
