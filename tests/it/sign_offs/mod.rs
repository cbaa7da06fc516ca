//! Sign-offs: whose word counts, of what, and for how long.

mod approved;
mod around;
mod changed;
mod copied;
mod entries;
mod four_eyes;
mod histories;
mod merges;
mod one_person;
mod releases;
mod reverts;
mod several;
mod squashed;
mod ticks;
mod trailers;
mod values;

use serde_json::Value;

use crate::support::{Repo, at};

const LIST: &str = "# Go\n\n## Security\n\n- [x] Keys rotated\n- [x] Bank told\n";
const FILE: &str = "docs/sign-offs.toml";

/// What the requirement asks of the sign-off besides; Ana writes the list.
fn asking(more: &str) -> Repo {
    let config = format!(
        "[people]\n\"@noor\" = \"noor@example.org\"\n\"@security\" = [\"@noor\", \"eli@example.org\"]\n\n\
         [sign-offs]\nfiles = \"{FILE}\"\n\n\
         [[require]]\nitem = \"security/keys-rotated\"\nsign-off = {{ by = \"@security\"{more} }}\n"
    );
    Repo::new()
        .file("GO.md", LIST)
        .file("trueup.toml", config)
        .file(FILE, "# Who vouches for what.\n")
        .commit("a checklist", at("2026-01-05"))
        .author("Noor", "noor@example.org")
}

fn entry(by: &str, date: &str) -> String {
    format!("[[sign-off]]\nitem = \"security/keys-rotated\"\nby = \"{by}\"\ndate = {date}\n\n")
}

fn args(more: &[&'static str]) -> Vec<&'static str> {
    [&["check", "--exit-zero", "--format", "json", "--as-of", "2026-01-10T12:00:00Z"], more]
        .concat()
}

fn judged(repo: &Repo, more: &[&'static str]) -> Value {
    repo.trueup(args(more)).code(0).json()
}

#[track_caller]
fn says(repo: &Repo, status: &str, reason: &str) {
    let snapshot = judged(repo, &[]);
    let item = &snapshot["checklists"][0]["items"][0];
    let said = item["reason"].as_str().unwrap();
    assert_eq!(item["status"], status, "{said}");
    assert!(said.contains(reason), "{said}");
}

/// Noor may sign; `paths` is where the change lies.
fn changing() -> Repo {
    let repo = asking(", four-eyes = true");
    let config = repo.read("trueup.toml").replace("sign-off =", "paths = [\"app/**\"]\nsign-off =");
    repo.file("trueup.toml", config)
        .author("Ana", "ana@example.org")
        .file("app/pay.rs", "1")
        .commit("paying", at("2026-01-05"))
        .tag("v1.0.0")
}

const WORD: &str = "looked\n\nSigned-off-for: security/keys-rotated";

/// Noor signs the keys by a trailer that says `written`, of the checklist at `path`.
fn trailer(path: &str, list: &str, written: &str) -> Repo {
    let config =
        "[[require]]\nitem = \"security/keys-rotated\"\nsign-off = { by = \"noor@example.org\" }\n";
    Repo::new()
        .file(path, list)
        .file("trueup.toml", config)
        .commit("a checklist", at("2026-01-05"))
        .author("Noor", "noor@example.org")
        .commit(&format!("looked\n\nSigned-off-for: {written}"), at("2026-01-06"))
}
