//! `tick = true`: whose tick a box holds, and what is nobody's.

use super::{args, judged, says};
use crate::support::{Repo, at};

const OPEN: &str = "# Go\n\n**Version:** 1.0\n\n## Security\n\n- [ ] Keys rotated\n";

fn ticked(text: &str) -> String {
    text.replace("[ ]", "[x]")
}

/// Ana or Noor may sign by a tick; Eli writes the open list.
fn by_tick(by: &str) -> Repo {
    let config = format!(
        "checklists = [\"docs/*.md\"]\n\n[[require]]\nitem = \"security/*\"\n\
         sign-off = {{ by = [{by}], tick = true }}\n"
    );
    Repo::new()
        .file("docs/1.0.md", OPEN)
        .file("trueup.toml", config)
        .author("Eli", "eli@example.org")
        .commit("a checklist", at("2026-01-05"))
        .author("Ana", "ana@example.org")
}

const BOTH: &str = "\"ana@example.org\", \"noor@example.org\"";

/// The status and the reason of the first item of the last checklist.
fn last(repo: &Repo) -> (String, String) {
    let snapshot = judged(repo, &[]);
    let item = &snapshot["checklists"].as_array().unwrap().last().unwrap()["items"][0];
    (item["status"].as_str().unwrap().to_owned(), item["reason"].as_str().unwrap().to_owned())
}

fn ana_ticked(by: &str) -> Repo {
    by_tick(by).file("docs/1.0.md", ticked(OPEN)).commit("rotated", at("2026-01-06"))
}

#[test]
fn a_box_that_came_ticked_with_its_document_is_nobody_s_tick() {
    let first = ana_ticked(BOTH);
    says(&first, "verified", "Signed off by Ana");
    let copied = first
        .tag("v1.0.0")
        .author("Noor", "noor@example.org")
        .file("docs/1.1.md", ticked(OPEN).replace("1.0", "1.1"))
        .commit("1.1 from 1.0", at("2026-01-07"));
    for _ in 0..2 {
        let (status, reason) = last(&copied);
        assert_eq!(status, "unproven", "{reason}");
        assert!(reason.contains("Noor wrote the box ticked in"), "{reason}");
        assert!(reason.contains("with the whole document, which is nobody's tick"), "{reason}");
    }
    let copied = ana_ticked(BOTH).author("Noor", "noor@example.org");
    let copied = copied.file("docs/1.1.md", ticked(OPEN)).commit("1.1", at("2026-01-07"));
    let opened = copied.file("docs/1.1.md", OPEN).commit("opened", at("2026-01-08"));
    let again = opened.file("docs/1.1.md", ticked(OPEN)).commit("looked", at("2026-01-09"));
    let (status, reason) = last(&again);
    assert_eq!(
        (status.as_str(), reason.as_str()),
        ("verified", "Signed off by Noor on 2026-01-09.")
    );
}

#[test]
fn a_first_import_ticks_nothing() {
    let config = "[[require]]\nitem = \"security/*\"\nsign-off = { by = \"ana@example.org\", tick = true }\n";
    let repo = Repo::new().file("GO.md", ticked(OPEN)).file("trueup.toml", config);
    says(&repo.commit("import", at("2026-01-05")), "unproven", "which is nobody's tick: untick it");
}

#[test]
fn who_writes_a_new_item_ticked_into_an_old_document_ticks_it() {
    let with = |line: &str| by_tick(BOTH).file("docs/1.0.md", OPEN.to_owned() + line);
    let new = with("- [x] Bank told\n").commit("told them", at("2026-01-06"));
    let told = judged(&new, &[]);
    let item = &told["checklists"][0]["items"][1];
    assert_eq!(
        (&item["status"], &item["reason"]),
        (&"verified".into(), &"Signed off by Ana on 2026-01-06.".into())
    );
}

#[test]
fn what_is_copied_or_put_back_within_old_documents_is_nobody_s_tick() {
    // The section of the last release, copied below it.
    let section = "\n## Security of 1.1\n\n- [x] Keys rotated\n";
    let repo = ana_ticked(BOTH).author("Noor", "noor@example.org");
    let repo = repo.file("docs/1.0.md", ticked(OPEN) + section).commit("1.1", at("2026-01-07"));
    let config = repo.read("trueup.toml").replace("security/*", "**/keys-rotated");
    let repo = repo.file("trueup.toml", config);
    let told = judged(&repo, &[]);
    let of = |at: usize| told["checklists"][0]["items"][at]["reason"].as_str().unwrap();
    assert_eq!(of(0), "Signed off by Ana on 2026-01-06.");
    assert!(of(1).contains("with words that stood ticked before"), "{}", of(1));
    // Taken out by one, put back by another.
    let out =
        ana_ticked(BOTH).file("docs/1.0.md", OPEN.replace("- [ ] Keys rotated\n", "Nothing.\n"));
    let out = out.commit("out", at("2026-01-07")).author("Noor", "noor@example.org");
    let back = out.file("docs/1.0.md", ticked(OPEN)).commit("in again", at("2026-01-08"));
    says(&back, "unproven", "Noor wrote the box ticked in");
}

fn config_of(repo: &Repo) -> String {
    repo.read("trueup.toml")
}

#[test]
fn two_who_tick_one_box_on_two_lines_both_did() {
    let merged = |by: &str| {
        let repo = by_tick(by).branch("ana").file("docs/1.0.md", ticked(OPEN));
        let repo = repo.commit("mine", at("2026-01-06")).check_out("main");
        let repo = repo.author("Noor", "noor@example.org").file("docs/1.0.md", ticked(OPEN));
        repo.commit("mine too", at("2026-01-07")).merge("ana", "Merge ana", at("2026-01-08"))
    };
    says(&merged("\"ana@example.org\""), "verified", "Signed off by Ana on 2026-01-06");
    says(&merged("\"noor@example.org\""), "verified", "Signed off by Noor on 2026-01-07");
    let both = merged(BOTH);
    let config = config_of(&both).replace("tick = true", "tick = true, count = 2");
    let both = both.file("trueup.toml", config);
    says(&both, "verified", "Signed off by Noor on 2026-01-07 and Ana on 2026-01-06");
    let kept = both.trueup(args(&["--no-cache"])).json();
    assert_eq!(kept, judged(&both, &[]));
    // Neither may vouch for it where four eyes are asked for.
    let eyes = config_of(&both).replace("tick = true, count = 2", "four-eyes = true");
    let signs = "looked\n\nSigned-off-for: security/*";
    let both = both.file("trueup.toml", eyes).author("Ana", "ana@example.org");
    says(&both.commit(signs, at("2026-01-09")), "unproven", "Ana ticked or worded the item");
}

#[test]
fn a_tick_that_was_undone_on_the_other_line_after_it_is_none() {
    let repo = by_tick("\"ana@example.org\"").branch("ana").file("docs/1.0.md", ticked(OPEN));
    let repo = repo.commit("mine", at("2026-01-06")).check_out("main");
    let repo = repo.author("Noor", "noor@example.org").file("docs/1.0.md", ticked(OPEN));
    let repo = repo.commit("mine too", at("2026-01-06T08:00:00Z")).file("docs/1.0.md", OPEN);
    let repo = repo.commit("not yet", at("2026-01-07")).file("docs/1.0.md", ticked(OPEN));
    let repo = repo.commit("now", at("2026-01-08")).merge("ana", "Merge ana", at("2026-01-09"));
    says(&repo, "unproven", "Noor is not among those who may sign");
}

/// Who takes back what took a tick back ticks nothing, however the commit is called.
#[test]
fn a_revert_of_a_revert_is_nobody_s_tick() {
    for (undo, redo) in [
        (
            "Revert \"rotated\"\n\nThis reverts commit ",
            "Reapply \"rotated\"\n\nThis reverts commit ",
        ),
        ("Revert \"rotated\" (#5)\n\nReverts o/r#4 ", "Reapply \"rotated\" (#6)\n\nsee "),
        ("not yet: staging only ", "Revert \"not yet: staging only\"\n\nThis reverts commit "),
    ] {
        let repo = ana_ticked(BOTH);
        let undo = format!("{undo}{}.", repo.id("HEAD"));
        let repo = repo.file("docs/1.0.md", OPEN).commit(&undo, at("2026-01-07"));
        let redo = format!("{redo}{}.", repo.id("HEAD"));
        let repo = repo
            .author("Noor", "noor@example.org")
            .file("docs/1.0.md", ticked(OPEN))
            .commit(&redo, at("2026-01-08"));
        says(&repo, "unproven", "Noor wrote the box ticked in");
        let repo = repo.file("docs/1.0.md", OPEN).commit("open", at("2026-01-09"));
        let repo = repo.file("docs/1.0.md", ticked(OPEN)).commit("done", at("2026-01-10"));
        says(&repo, "verified", "Noor");
    }
}
