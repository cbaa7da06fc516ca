//! Commits made anew: rebased, moved, taken back. What they hold is no younger for it.

use super::{JUNIT, judged};
use crate::support::{Repo, at};

const BY_NOOR: &str = "[people]\n\"@noor\" = \"noor@example.org\"\n\n[[require]]\n\
    item = \"release/keys\"\nsign-off = { by = \"@noor\", max-age = \"30d\" }\n";
const ASIDE: &str = "\n[sign-offs]\nfiles = \"so.toml\"\n";
const ENTRY: &str = "[[sign-off]]\nitem = \"release/keys\"\nby = \"@noor\"\ndate = 2026-01-05\n";

fn list(text: &str) -> String {
    format!("# Release\n\n- [x] {text} <!-- id: keys -->\n")
}

/// The item was reworded on the sixth and ticked again; what follows is Noor's.
fn reworded(config: &str) -> Repo {
    Repo::new()
        .file("LIST.md", list("Login page tested"))
        .file("trueup.toml", config)
        .file("so.toml", "")
        .commit("all", at("2026-01-01"))
        .file("LIST.md", list("Payment system tested").replace("[x]", "[ ]"))
        .commit("reword", at("2026-01-06"))
        .file("LIST.md", list("Payment system tested"))
        .commit("tick", at("2026-01-07"))
        .author("Noor", "noor@example.org")
}

#[test]
fn a_rebased_sign_off_is_of_the_words_that_its_author_saw_and_of_that_day() {
    let trailer = |written: &str| {
        let repo = reworded(BY_NOOR).commit("ok\n\nSigned-off-for: keys", at("2026-01-09"));
        judged(&repo.rebased(at(written), at("2026-01-09")))
    };
    let (status, reason, rule) = trailer("2026-01-05");
    assert_eq!((status.as_str(), rule.as_str()), ("stale", "stale-tick"), "{reason}");
    assert!(reason.contains("signed on 2026-01-05; the wording changed"), "{reason}");
    let (status, reason, _) = trailer("2026-01-08");
    assert_eq!(status, "verified", "{reason}");
    assert!(reason.contains("by Noor on 2026-01-08"), "{reason}");
    let (status, reason, _) = trailer("2025-11-01");
    assert_eq!(status, "stale", "before the item was there: {reason}");

    let entry = |written: &str| {
        let config = format!("{BY_NOOR}{ASIDE}");
        let repo = reworded(&config).file("so.toml", ENTRY).commit("ok", at("2026-01-09"));
        judged(&repo.rebased(at(written), at("2026-01-09")))
    };
    assert_eq!(entry("2026-01-05").0, "stale");
    assert_eq!(entry("2026-01-08").0, "verified");
}

#[test]
fn an_old_sign_off_is_no_younger_for_a_rebase() {
    let repo = reworded(BY_NOOR)
        .commit("ok\n\nSigned-off-for: keys", at("2026-01-09"))
        .rebased(at("2026-01-08"), at("2026-03-01"));
    let told = repo.trueup(["check", "--format", "json", "--as-of", "2026-03-01T12:00:00Z"]).json();
    let item = &told["checklists"][0]["items"][0];
    assert_eq!((&item["status"], &item["rule"]), (&"stale".into(), &"too-old".into()));
}

#[test]
fn a_sign_off_that_was_reverted_counts_again_only_where_the_revert_was() {
    let revert = |repo: Repo, what: &str, when: &str| {
        let message = format!("Revert\n\nThis reverts commit {}.\n", repo.id(what));
        repo.commit(&message, at(when))
    };
    let repo = reworded(BY_NOOR).commit("ok\n\nSigned-off-for: keys", at("2026-01-08"));
    assert_eq!(judged(&repo).0, "verified");
    let repo = revert(repo, "HEAD", "2026-01-09");
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "unproven", "{reason}");
    assert_eq!(judged(&revert(repo, "HEAD", "2026-01-10")).0, "verified");
}

/// Evidence of the second, and code that changed on the fifth.
fn kept(more: &str) -> Repo {
    let require = "[[require]]\nitem = \"release/keys\"\nartifacts = [\"ev/**/*.xml\"]\n\
                   condition = \"tests.failed + tests.errored == 0\"\n";
    Repo::new()
        .file("LIST.md", list("It holds"))
        .file("trueup.toml", format!("{require}{more}\n"))
        .file("src/a.rs", "fn a() {}\n")
        .commit("all", at("2026-01-01"))
        .file("ev/j.xml", JUNIT)
        .commit("evidence", at("2026-01-02"))
        .file("src/a.rs", "fn b() {}\n")
        .commit("code", at("2026-01-05"))
}

#[test]
fn tracked_evidence_is_no_younger_for_being_moved_or_taken_back() {
    for more in ["paths = [\"src\"]", "max-age = \"5d\"\npaths = []"] {
        assert_eq!(judged(&kept(more)).0, "stale", "{more}");
        let moved = kept(more)
            .remove("ev/j.xml")
            .file("ev/2026/j.xml", JUNIT)
            .commit("move", at("2026-01-09"));
        assert_eq!(judged(&moved).0, "stale", "moved, {more}");
        let back = kept(more)
            .remove("ev/j.xml")
            .commit("away", at("2026-01-08"))
            .file("ev/j.xml", JUNIT)
            .commit("back", at("2026-01-09"));
        assert_eq!(judged(&back).0, "stale", "taken back, {more}");
        let again =
            kept(more).file("ev/j.xml", format!("{JUNIT}\n")).commit("run again", at("2026-01-09"));
        assert_eq!(judged(&again).0, "verified", "run again, {more}");
    }
}

#[test]
fn evidence_that_a_rebase_put_after_a_change_is_of_the_code_before_it() {
    let on_top = |code: &str, written: &str| {
        let repo = kept("paths = [\"src\"]")
            .file("src/a.rs", "fn c() {}\n")
            .commit("more", at("2026-01-09"))
            .rebased(at(code), at("2026-01-09"))
            .file("ev/j.xml", format!("{JUNIT}\n"))
            .commit("run again", at("2026-01-09"))
            .rebased(at(written), at("2026-01-09T00:00:05Z"));
        judged(&repo)
    };
    let (status, reason, rule) = on_top("2026-01-03", "2026-01-04");
    assert_eq!((status.as_str(), rule.as_str()), ("stale", "other-code"), "{reason}");
    // What the rebase carried along with it was there when it was made.
    let (status, reason, _) = on_top("2026-01-06", "2026-01-07");
    assert_eq!(status, "verified", "{reason}");
}
