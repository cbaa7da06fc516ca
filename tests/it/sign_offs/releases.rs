//! Which release a sign-off is of: by what its document names, by tags, and by what its tick says.

use super::{FILE, LIST, asking, entry, judged, says, trailer};
use crate::support::{Repo, at};

#[test]
fn a_sign_off_is_of_the_release_that_its_document_names() {
    let why = "the release or environment that the document names changed since";
    let list = LIST.replace("# Go\n", "# Go\n\n**Version:** 1.4.0\n**Date:** 2026-01-05\n");
    let repo = trailer("GO.md", &list, "security/keys-rotated");
    says(&repo, "verified", "Signed off by Noor");
    let repo = repo.file("GO.md", list.replace("2026-01-05", "2026-01-07"));
    says(&repo, "verified", "Signed off by Noor");
    let repo = repo.file("GO.md", list.replace("1.4.0", "1.5.0")).commit("next", at("2026-01-08"));
    says(&repo, "stale", why);
    let list = LIST.replace("# Go\n", "# Go\n\n**Environment:** staging\n");
    let repo = trailer("GO.md", &list, "security/keys-rotated");
    says(&repo, "verified", "Signed off by Noor");
    says(&repo.file("GO.md", list.replace("staging", "production")), "stale", why);
    let list = format!("---\ntitle: Release 1.4.0\n---\n\n{LIST}");
    let repo = trailer("GO.md", &list, "security/keys-rotated");
    says(&repo.file("GO.md", list.replace("1.4.0", "1.5.0")), "stale", why);
    let repo = trailer("docs/1.4.0.md", LIST, "security/keys-rotated").remove("docs/1.4.0.md");
    says(&repo.file("docs/1.5.0.md", LIST).commit("next", at("2026-01-08")), "stale", why);
}

#[test]
fn a_sign_off_is_of_the_release_or_stage_that_its_document_s_folder_names() {
    let moved = |from: &str, to: &str| {
        let repo = trailer(from, LIST, "security/keys-rotated").remove(from);
        repo.file(to, LIST).commit("next", at("2026-01-08"))
    };
    let why = "the release or environment that the document names changed since";
    for (from, to) in [
        ("releases/1.0/GO.md", "releases/1.1/GO.md"),
        ("releases/2026-10/GO.md", "releases/2026-11/GO.md"),
        ("docs/sprint-4/GO.md", "docs/sprint-5/GO.md"),
        ("envs/staging/GO.md", "envs/production/GO.md"),
        ("docs/staging.md", "docs/production.md"),
    ] {
        says(&moved(from, to), "stale", why);
    }
    says(&moved("GO.md", "docs/GO.md"), "verified", "Signed off by Noor");
    says(&moved("releases/1.0/GO.md", "go/1.0/GO.md"), "verified", "Signed off by Noor");
}

#[test]
fn a_sign_off_before_a_release_says_so_and_each_release_may_ask_anew() {
    let signed = |more: &str| {
        asking(more)
            .file(FILE, entry("@noor", "2026-01-06"))
            .commit("my word", at("2026-01-06"))
            .file("a.rs", "fn a() {}")
            .commit("done", at("2026-01-07"))
    };
    let anew = signed(", each-release = true");
    says(&anew, "verified", "Signed off by Noor on 2026-01-06 (no release is known here).");
    let anew = anew.tag("nightly-7").tag("v1.0.0");
    says(&anew, "verified", "Signed off by Noor on 2026-01-06.");
    let next = |repo: Repo| repo.file("a.rs", "fn b() {}").commit("next", at("2026-01-08"));
    let anew = next(anew);
    says(&anew, "stale", "Noor signed on 2026-01-06, before v1.0.0; each release asks anew.");
    says(&next(signed("").tag("v1.0.0")), "verified", "Noor on 2026-01-06 (before v1.0.0).");
    says(&next(signed("").tag("nightly-7")), "verified", "Signed off by Noor on 2026-01-06.");
    let again =
        anew.file(FILE, entry("@noor", "2026-01-09")).commit("my word again", at("2026-01-09"));
    says(&again, "verified", "Signed off by Noor on 2026-01-09.");
}

#[test]
fn an_entry_that_is_dated_before_a_release_is_of_that_release_though_it_was_committed_after() {
    let dated = |date: &str| {
        let repo = asking(", each-release = true").file("a.rs", "1");
        let repo = repo.commit("1.0", at("2026-01-06T10:00:00Z")).tag("v1.0.0");
        let repo = repo.file("a.rs", "2").commit("next", at("2026-01-07"));
        repo.file(FILE, entry("@noor", date)).commit("my word", at("2026-01-08"))
    };
    let before = "signed on 2026-01-04, before v1.0.0; each release asks anew.";
    says(&dated("2026-01-04"), "stale", before);
    says(&dated("2026-01-06T09:00:00Z"), "stale", "before v1.0.0");
    says(&dated("2026-01-06T11:00:00Z"), "verified", "Signed off by Noor on 2026-01-06.");
    says(&dated("2026-01-06"), "verified", "Signed off by Noor on 2026-01-06.");
    let repo = dated("2026-01-04");
    repo.trueup(["report"]).code(0);
    repo.trueup(["verify", "readiness"]).code(0);
}

#[test]
fn an_entry_that_is_dated_before_a_release_on_a_branch_of_its_own_is_of_that_release() {
    let dated = |date: &str, out: &str| {
        let repo = asking(", each-release = true").branch("release/1.0");
        let repo = repo.file("VERSION", "1.0.0").commit("version", at(out)).tag("v1.0.0");
        let repo = repo.check_out("main").file("a.rs", "1").commit("next", at("2026-01-07"));
        repo.file(FILE, entry("@noor", date)).commit("my word", at("2026-01-08"))
    };
    says(&dated("2026-01-04", "2026-01-06"), "stale", "before v1.0.0; each release asks anew.");
    let later = "2026-01-07T10:00:00Z";
    says(&dated(later, "2026-01-06"), "verified", "Signed off by Noor on 2026-01-07.");
    // It came out when the word was there already, and does not hold it.
    says(&dated("2026-01-04", "2026-01-09"), "verified", "Signed off by Noor on 2026-01-04.");
}

#[test]
fn a_word_that_was_given_before_the_tag_of_what_it_stands_on_is_of_that_release() {
    let tagged = |when: &str| {
        let repo = asking(", each-release = true").file("a.rs", "1");
        let repo = repo.commit("1.0", at("2026-01-06T10:00:00Z"));
        let repo = repo.file(FILE, entry("@noor", "2026-01-07T09:00:00Z"));
        let repo = repo.commit("my word", at("2026-01-07T09:00:00Z"));
        repo.with(|git| {
            let time = git2::Time::new(at(when).epoch(), 0);
            let by = git2::Signature::new("Ana", "ana@example.org", &time).unwrap();
            let released = git.revparse_single("HEAD~1").unwrap();
            git.tag("v1.0.0", &released, &by, "1.0", false).unwrap();
        })
    };
    says(&tagged("2026-01-07T12:00:00Z"), "stale", "before v1.0.0; each release asks anew.");
    says(&tagged("2026-01-06T12:00:00Z"), "verified", "Signed off by Noor on 2026-01-07.");
}

#[test]
fn an_entry_of_the_day_of_the_deployment_says_what_it_lacks() {
    let dated = |date: &str| {
        let config = asking("").read("trueup.toml").replace("security/", "first-hour/");
        let list = "# Release\n\n## First Hour\n\n- [ ] Keys rotated\n";
        let repo = Repo::new().file("GO.md", list).file("trueup.toml", config);
        let repo = repo.file(FILE, "# Words\n").commit("a checklist", at("2026-01-05"));
        let word = entry("@noor", date).replace("security/", "first-hour/");
        let repo = repo.author("Noor", "noor@example.org").file(FILE, word);
        repo.commit("my word", at("2026-01-08T15:00:00Z"))
    };
    let deployed = ["--deployed-at", "2026-01-08T14:00:00Z"];
    let told = |date: &str| {
        let item = judged(&dated(date), &deployed)["checklists"][0]["items"][0].clone();
        let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
        (text("status"), text("reason"))
    };
    let hint = "write the moment";
    let (status, reason) = told("2026-01-08");
    assert!(status == "open" && reason.contains(hint), "{status} {reason}");
    let (status, reason) = told("2026-01-07");
    assert!(status == "open" && !reason.contains(hint), "{status} {reason}");
    let (status, reason) = told("2026-01-08T14:30:00Z");
    assert_eq!(status, "ready", "{reason}");
}

/// Where packages are tagged each by itself, by the paths of what is asked, else by where the list lies.
#[test]
fn a_release_of_another_package_asks_nobody_anew() {
    let signed = |of_list: &str, paths: &str| {
        let repo = asking(&format!(", each-release = true }}\n{paths} # {{"))
            .remove("GO.md")
            .file(of_list, LIST)
            .file("packages/api/a.rs", "fn a() {}")
            .file("packages/web/a.rs", "fn a() {}")
            .file(FILE, entry("@noor", "2026-01-06"))
            .commit("my word", at("2026-01-06"))
            .tag("api@1.0.0");
        let repo = repo.file("packages/web/a.rs", "fn b() {}").commit("web", at("2026-01-07"));
        let repo = repo.tag("web@1.0.0");
        repo.file("README.md", "One.\n").commit("next", at("2026-01-08"))
    };
    says(&signed("GO.md", ""), "stale", "before api@1.0.0; each release asks anew.");
    let of_web = "Noor signed on 2026-01-06, before web@1.0.0; each release asks anew.";
    says(&signed("packages/web/GO.md", ""), "stale", of_web);
    says(&signed("GO.md", "paths = [\"packages/api/**\"]"), "stale", "before api@1.0.0");
    let anew = signed("packages/web/GO.md", "")
        .file(FILE, entry("@noor", "2026-01-08"))
        .commit("my word again", at("2026-01-08T01:00:00Z"))
        .file("packages/api/a.rs", "fn b() {}")
        .commit("api", at("2026-01-09"))
        .tag("api@1.1.0")
        .file("README.md", "Two.\n")
        .commit("next", at("2026-01-09T01:00:00Z"));
    says(&anew, "verified", "Signed off by Noor on 2026-01-08.");
    let product = anew.tag("platform@2.0.0").file("README.md", "Three.\n");
    let product = product.commit("on", at("2026-01-09T02:00:00Z"));
    says(&product, "stale", "before platform@2.0.0; each release asks anew.");
    let beside = signed("GO.md", "paths = [\"packages/api/**\", \"README.md\"]").tag("web@1.1.0");
    let entry = beside.file(FILE, entry("@noor", "2026-01-08T02:00:00Z"));
    let entry = entry.commit("my word", at("2026-01-08T03:00:00Z")).tag("web@1.2.0");
    let next = entry.file("GO.txt", "").commit("next", at("2026-01-09"));
    says(&next, "stale", "before web@1.2.0; each release asks anew.");
}

#[test]
fn without_tags_nobody_tells_which_release_a_sign_off_was_for() {
    let recorded = asking(", each-release = true")
        .file(FILE, entry("@noor", "2026-01-06"))
        .file(".trueup/releases/v1.0.0.json", "{}")
        .commit("my word, and the record", at("2026-01-06"));
    says(&recorded, "stale", "here is one by its name; each release asks anew.");
    let own = asking(", each-release = true")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("my word", at("2026-01-06"))
        .tag("shop-1.0.0")
        .file("b", "")
        .commit("next", at("2026-01-07"));
    says(&own, "stale", "here is one by its name; each release asks anew.");
    says(
        &recorded.tag("v0.9.0").file("b", "").commit("b", at("2026-01-07")),
        "stale",
        "before v0.9.0",
    );
}

#[test]
fn a_tick_that_the_text_denies_is_nobody_s_word() {
    for (text, said) in [
        ("Keys rotated (pending)", "says \"pending\""),
        ("Keys rotated: 3/5 done", "3 of 5"),
        ("Keys rotated\n  - [ ] of production", "its sub-item is open"),
    ] {
        let list = LIST.replace("Keys rotated", text);
        let config = "[[require]]\nitem = \"security/keys-rotated*\"\n\
                      sign-off = { by = \"noor@example.org\", tick = true }\n";
        let repo = Repo::new()
            .author("Noor", "noor@example.org")
            .file("GO.md", list.replace("[x]", "[ ]"))
            .file("trueup.toml", config)
            .commit("a checklist", at("2026-01-05"))
            .file("GO.md", list)
            .commit("ticked", at("2026-01-06"));
        says(&repo, "unproven", said);
    }
}

#[test]
fn what_was_signed_before_a_release_on_a_branch_of_its_own_is_of_that_release() {
    let signed = |more: &str| {
        let repo = asking(more).file(FILE, entry("@noor", "2026-01-06"));
        let repo = repo.commit("my word", at("2026-01-06")).branch("release/1.0");
        let repo = repo.file("VERSION", "1.0.0").commit("version", at("2026-01-07")).tag("v1.0.0");
        repo.check_out("main").file("a.rs", "fn a() {}").commit("next", at("2026-01-08"))
    };
    let why = "Noor signed on 2026-01-06, before v1.0.0; each release asks anew.";
    says(&signed(", each-release = true"), "stale", why);
    says(&signed(""), "verified", "Noor on 2026-01-06 (before v1.0.0).");
    // Of the branch itself the word is of the release that comes.
    let own = signed(", each-release = true").check_out("release/1.0");
    says(&own, "verified", "Signed off by Noor on 2026-01-06.");
}

#[test]
fn a_clone_without_tags_does_not_know_whether_a_release_was_made() {
    let signed = || {
        let repo = asking(", each-release = true").file(FILE, entry("@noor", "2026-01-06"));
        let repo = repo.commit("my word", at("2026-01-06")).file("a.rs", "fn a() {}");
        repo.commit("done", at("2026-01-07"))
    };
    says(&signed(), "verified", "Signed off by Noor on 2026-01-06 (no release is known here).");
    let without = signed().with(|git| {
        git.config().unwrap().set_str("remote.origin.tagOpt", "--no-tags").unwrap();
    });
    says(&without, "stale", "the clone lacks a part or its tags");
    says(
        &without.tag("v0.9.0").file("b.rs", "").commit("on", at("2026-01-08")),
        "stale",
        "before v0.9.0",
    );
}
