//! Commits made anew: rebased, moved, taken back. What they hold is no younger for it.

use super::{JUNIT, judged};
use crate::support::{Repo, at};

const BY_NOOR: &str = "[people]\n\"@noor\" = \"noor@example.org\"\n\n[[require]]\n\
    item = \"release/keys\"\nsign-off = { by = \"@noor\", max-age = \"30d\" }\n";
const ASIDE: &str = "\n[sign-offs]\nfiles = \"so.toml\"\n";
const ENTRY: &str = "[[sign-off]]\nitem = \"release/keys\"\nby = \"@noor\"\ndate = 2026-01-08\n";

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
fn a_sign_off_that_was_reverted_counts_no_more_whoever_reverts_the_revert() {
    let signed = || reworded(BY_NOOR).commit("ok\n\nSigned-off-for: keys", at("2026-01-08"));
    let revert = |repo: Repo, id: &str, when: &str| {
        repo.commit(&format!("Revert\n\nThis reverts commit {id}.\n"), at(when))
    };
    assert_eq!(judged(&signed()).0, "verified");
    let id = signed().id("HEAD");
    for named in [&id[..], &format!("{} (ok, 2026-01-08)", &id[..7])] {
        let repo = revert(signed(), named, "2026-01-09");
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "unproven", "{named}: {reason}");
        let last = repo.id("HEAD");
        assert_eq!(judged(&revert(repo, &last, "2026-01-10")).0, "unproven");
    }
    let merged = || {
        reworded(BY_NOOR)
            .branch("side")
            .commit("ok\n\nSigned-off-for: keys", at("2026-01-08"))
            .check_out("main")
            .merge("side", "merge", at("2026-01-08T01:00:00Z"))
    };
    assert_eq!(judged(&merged()).0, "verified");
    let id = format!("{}, reversing changes made to x", merged().id("HEAD"));
    assert_eq!(judged(&revert(merged(), &id, "2026-01-09")).0, "unproven");
}

#[test]
fn a_rebase_puts_no_tick_and_no_word_on_what_came_later() {
    let unticked = |text: &str| list(text).replace("[x]", "[ ]");
    let repo = Repo::new()
        .file("LIST.md", unticked("Login page tested"))
        .file("trueup.toml", BY_NOOR)
        .commit("all", at("2026-01-01"))
        .file("LIST.md", unticked("Payment system tested"))
        .commit("reword", at("2026-01-07"))
        .author("Noor", "noor@example.org")
        .file("LIST.md", list("Payment system tested"))
        .commit("tick\n\nSigned-off-for: keys", at("2026-01-09"));
    assert_eq!(judged(&repo).0, "verified");
    let (status, reason, rule) = judged(&repo.rebased(at("2026-01-05"), at("2026-01-09")));
    assert_eq!((status.as_str(), rule.as_str()), ("stale", "stale-tick"), "{reason}");
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
fn tracked_evidence_is_no_younger_in_a_clone_that_does_not_reach_back_to_it() {
    for more in ["paths = [\"src\"]", "max-age = \"5d\"\npaths = []"] {
        let repo = kept(more);
        let head = repo.id("HEAD");
        let repo =
            repo.with(|git| std::fs::write(git.path().join("shallow"), head + "\n").unwrap());
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "stale", "{more}: {reason}");
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

const BY_TICK: &str = "[[require]]\nitem = \"q/*\"\nsign-off = { by = \"noor@example.org\", tick = true }\npaths = []\n";

#[test]
fn a_tick_that_signs_off_is_of_the_release_that_its_document_names() {
    let list = |version: &str| {
        format!("# Go\n\n**Version:** {version}\n**Date:** 2026-01-05\n\n## Q\n\n- [x] Approved\n")
    };
    let ticked = |path: &str, text: &str| {
        Repo::new()
            .author("Noor", "noor@example.org")
            .file("trueup.toml", format!("checklists = [\"**/*.md\"]\n{BY_TICK}"))
            .file(path, text.replace("[x]", "[ ]"))
            .commit("a checklist", at("2026-01-04"))
            .file(path, text)
            .commit("approved", at("2026-01-05"))
    };
    let stale = |repo: &Repo| {
        let (status, reason, rule) = judged(repo);
        assert_eq!((status.as_str(), rule.as_str()), ("stale", "stale-tick"), "{reason}");
        assert!(
            reason.contains("the release or environment that the document names changed"),
            "{reason}"
        );
    };
    let repo = ticked("GO.md", &list("1.4.0"));
    assert_eq!(judged(&repo).0, "verified");
    let repo = repo.file("GO.md", list("1.4.0").replace("01-05", "01-07"));
    assert_eq!(judged(&repo).0, "verified");
    let repo = repo.file("GO.md", list("1.5.0"));
    stale(&repo);
    let repo = repo.author("Eli", "eli@example.org").commit("the next one", at("2026-01-08"));
    stale(&repo);
    let again = repo
        .author("Noor", "noor@example.org")
        .file("GO.md", list("1.5.0").replace("[x]", "[ ]"))
        .commit("for 1.5.0", at("2026-01-09"))
        .file("GO.md", list("1.5.0"))
        .commit("approved", at("2026-01-09"));
    assert_eq!(judged(&again).0, "verified");
    let renamed = ticked("docs/1.4.0.md", "# Go\n\n## Q\n\n- [x] Approved\n");
    assert_eq!(judged(&renamed).0, "verified");
    let renamed = renamed.remove("docs/1.4.0.md");
    let renamed = renamed.file("docs/1.5.0.md", "# Go\n\n## Q\n\n- [x] Approved\n");
    stale(&renamed.commit("the next one", at("2026-01-08")));
}

#[test]
fn an_entry_that_was_taken_out_is_not_given_anew_by_a_merge() {
    const FILE: &str = "docs/so.toml";
    let entry = |item: &str, by: &str| {
        format!("[[sign-off]]\nitem = \"{item}\"\nby = \"{by}@example.org\"\ndate = 2026-01-05\n")
    };
    let config = format!(
        "[sign-offs]\nfiles = [\"{FILE}\"]\n[[require]]\nitem = \"q/a\"\n\
         sign-off = {{ by = \"noor@example.org\" }}\npaths = []\n"
    );
    let both = format!("{}{}", entry("q/a", "noor"), entry("q/b", "eli"));
    let parted = || {
        Repo::new()
            .author("Noor", "noor@example.org")
            .file("GO.md", "# Go\n\n## Q\n\n- [x] A\n- [x] B\n")
            .file("trueup.toml", config.clone())
            .file(FILE, entry("q/a", "noor"))
            .commit("signed", at("2026-01-05"))
            .branch("feature")
            .author("Eli", "eli@example.org")
            .file(FILE, both.clone())
            .commit("mine too", at("2026-01-06"))
            .check_out("main")
            .author("Noor", "noor@example.org")
            .file(FILE, "# none\n")
            .commit("I take it back", at("2026-01-07"))
            .author("Eli", "eli@example.org")
    };
    let on_main = parted().file(FILE, both.clone()).merge("feature", "merge", at("2026-01-08"));
    let on_branch = parted().check_out("feature").merge("main", "merge", at("2026-01-08"));
    for repo in [on_main, on_branch] {
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "unproven", "{reason}");
        assert!(reason.contains("none counts: Eli"), "{reason}");
    }
    let kept = parted()
        .file(FILE, "# none\n")
        .merge("feature", "merge", at("2026-01-08"))
        .author("Noor", "noor@example.org")
        .file(FILE, entry("q/a", "noor"))
        .commit("it holds after all", at("2026-01-09"));
    assert_eq!(judged(&kept).0, "verified");
    let only_added = Repo::new()
        .author("Noor", "noor@example.org")
        .file("GO.md", "# Go\n\n## Q\n\n- [x] A\n- [x] B\n")
        .file("trueup.toml", config.clone())
        .file(FILE, "# none\n")
        .commit("a list", at("2026-01-05"))
        .branch("feature")
        .file(FILE, entry("q/a", "noor"))
        .commit("signed", at("2026-01-06"))
        .check_out("main")
        .author("Eli", "eli@example.org")
        .file(FILE, entry("q/b", "eli"))
        .commit("mine", at("2026-01-07"))
        .file(FILE, both)
        .merge("feature", "merge", at("2026-01-08"));
    assert_eq!(judged(&only_added).0, "verified");
}
