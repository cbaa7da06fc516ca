//! Sign-offs that a later commit takes back.

use super::{LIST, asking, judged, says};
use crate::support::{Repo, at};

const SIGNS: &str = "\n\nSigned-off-for: security/keys-rotated";

fn signed(repo: Repo, subject: &str, when: &str) -> Repo {
    repo.author("Noor", "noor@example.org").commit(&format!("{subject}{SIGNS}"), at(when))
}

fn reverted(repo: Repo, message: &str) -> Repo {
    repo.author("Ana", "ana@example.org").commit(message, at("2026-01-09"))
}

#[test]
fn a_revert_by_id_takes_back_that_commit_alone() {
    let first = signed(asking(""), "Sign off", "2026-01-06");
    let id = first.id("HEAD");
    let two = signed(first, "Sign off", "2026-01-07");
    let message = format!("Revert \"Sign off\"\n\nThis reverts commit {id}.");
    let repo = reverted(two, &message);
    says(&repo, "verified", "Signed off by Noor on 2026-01-07");
    let last = format!("Revert \"Sign off\"\n\nThis reverts commit {}.", repo.id("HEAD~1"));
    says(&reverted(repo, &last), "unproven", "none counts: Noor signed in");
}

#[test]
fn an_id_that_this_line_does_not_hold_tells_nothing_and_the_subject_does() {
    let repo = signed(asking(""), "Sign off", "2026-01-06");
    let message = "Revert \"Sign off\"\n\nThis reverts commit 0123456789abcdef.";
    says(&reverted(repo, message), "unproven", "none counts: Noor signed in");
    // The revert was copied to a branch that has a copy of what it takes back.
    let main = asking("").branch("1.x").check_out("main");
    let main = signed(main, "Sign off", "2026-01-06");
    let message = format!("Revert \"Sign off\"\n\nThis reverts commit {}.", main.id("HEAD"));
    let main = reverted(main, &message);
    let copy = signed(main.check_out("1.x"), "Sign off", "2026-01-07");
    let copy =
        reverted(copy, &message).check_out("main").merge("1.x", "Merge 1.x", at("2026-01-09"));
    says(&copy, "unproven", "none counts: Noor signed in");
}

#[test]
fn what_was_taken_back_is_listed_with_the_commit_that_did_so() {
    let repo = signed(asking(""), "Sign off (#12)", "2026-01-06");
    let of: String = repo.id("HEAD").chars().take(7).collect();
    let repo = reverted(repo, "Revert \"Sign off (#12)\" (#13)\n\nReverts acme/shop#12");
    let by: String = repo.id("HEAD").chars().take(7).collect();
    let why = format!("signed in {of}, which {by} took back");
    says(&repo, "unproven", &format!("none counts: Noor {why}."));
    let kept = judged(&repo, &[]);
    assert_eq!(kept, judged(&repo, &["--no-cache"]));
    let given = &kept["checklists"][0]["items"][0]["requirement"]["sign_off"]["given"];
    assert_eq!((&given[0]["counts"], &given[0]["why"]), (&false.into(), &why.clone().into()));
    let told = repo.trueup(["explain", "security/keys-rotated", "--as-of", "2026-01-10T12:00:00Z"]);
    let told = told.code(0).stdout();
    assert!(told.contains(&why), "{told}");
    repo.trueup(["report", "--out", "out", "--as-of", "2026-01-10T12:00:00Z"]).code(0);
    repo.trueup(["verify", "out"]).code(0);
    let again = signed(repo, "Sign off", "2026-01-09T12:00:00Z");
    says(&again, "verified", "Signed off by Noor on 2026-01-09");
}

#[test]
fn a_request_of_another_project_is_none_of_this() {
    let repo = |remote: Option<&str>| {
        let repo = signed(asking(""), "Release notes (#12)", "2026-01-06");
        repo.with(|git| {
            if let Some(url) = remote {
                git.remote("origin", url).unwrap();
            }
        })
    };
    let other = "Fix the docs\n\nReverts acme/infra#12";
    let shop = Some("git@forge.example:acme/shop.git");
    says(&reverted(repo(shop), other), "verified", "Signed off by Noor");
    for (remote, message) in [
        // What this project is called, nobody knows.
        (None, other),
        (shop, "Back out the notes\n\nReverts acme/shop#12"),
        (shop, "Revert \"Release notes\"\n\nReverts acme/store#12"),
        (shop, "Undo\n\nReverts #12"),
    ] {
        says(&reverted(repo(remote), message), "unproven", "none counts: Noor signed in");
    }
}

#[test]
fn a_word_is_taken_back_by_a_revert_that_names_its_request_or_its_subject() {
    let after = |message: &str| {
        let signed = "security: keys rotated (#12)\n\nSigned-off-for: security/keys-rotated";
        let config =
            "[[require]]\nitem = \"security/*\"\nsign-off = { by = \"noor@example.org\" }\n";
        let repo = Repo::new().file("GO.md", LIST).file("trueup.toml", config);
        let repo = repo.commit("a checklist", at("2026-01-05")).author("Noor", "noor@example.org");
        let repo = repo.file("keys", "2").commit(signed, at("2026-01-06")).remove("keys");
        judged(&repo.commit(message, at("2026-01-07")), &[])["checklists"][0]["items"][0]["status"]
            .clone()
    };
    assert_eq!(after("Remove keys (#13)"), "verified");
    for message in [
        "Revert \"security: keys rotated (#12)\" (#13)\n\nReverts acme/shop#12",
        "Revert \"security: keys rotated\"",
        "revert: security: keys rotated (#12)",
        "Undo\n\nThis reverts merge request !12",
    ] {
        assert_eq!(after(message), "unproven", "{message}");
    }
}
