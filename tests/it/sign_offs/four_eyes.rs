//! Who ticked, worded or changed what is signed is no second pair of eyes, and no second person.

use super::{WORD, changing, says};
use crate::support::{Repo, at};

#[test]
fn four_eyes_are_not_those_of_who_made_the_change() {
    let repo = changing().author("Noor", "noor@example.org").commit(WORD, at("2026-01-06"));
    let told = "Signed off by Noor on 2026-01-06, who did not tick or word it nor change app/** since \
                v1.0.0.";
    says(&repo, "verified", told);
    let own = changing()
        .author("Noor", "noor@example.org")
        .file("app/pay.rs", "2")
        .commit("paying more", at("2026-01-06"))
        .commit(WORD, at("2026-01-07"));
    says(&own, "unproven", "Noor changed app/pay.rs in");
    let eli = own.author("Eli", "eli@example.org").commit(WORD, at("2026-01-08"));
    says(&eli, "verified", "Signed off by Eli");
    // What an earlier release holds is not the change that is vouched for.
    let shipped = changing()
        .author("Noor", "noor@example.org")
        .file("app/pay.rs", "2")
        .commit("paying more", at("2026-01-06"))
        .tag("v1.1.0")
        .commit(WORD, at("2026-01-07"));
    says(&shipped, "verified", "since v1.1.0");
    let nightly = changing()
        .author("Noor", "noor@example.org")
        .file("app/pay.rs", "2")
        .commit("paying more", at("2026-01-06"))
        .tag("nightly-2026-01-06")
        .commit(WORD, at("2026-01-07"));
    says(&nightly, "unproven", "since v1.0.0, and four eyes are asked for");
}

#[test]
fn a_release_of_another_package_holds_no_change_of_this_one() {
    let repo = || {
        changing()
            .file("web/shop.js", "1")
            .commit("a shop", at("2026-01-06"))
            .tag("app@1.0.0")
            .tag("web@1.0.0")
            .author("Noor", "noor@example.org")
            .file("app/pay.rs", "2")
            .commit("paying more", at("2026-01-07"))
    };
    let of_web = repo().tag("web@1.0.1").commit(WORD, at("2026-01-08"));
    says(&of_web, "unproven", "since app@1.0.0, and four eyes are asked for");
    let of_app = repo().tag("app@1.0.1").commit(WORD, at("2026-01-08"));
    says(&of_app, "verified", "since app@1.0.1");
}

#[test]
fn who_is_named_as_co_author_made_the_change_too() {
    let repo = changing()
        .file("app/pay.rs", "2")
        .commit("paying more\n\nCo-authored-by: Noor <NOOR@example.org>", at("2026-01-06"))
        .author("Noor", "noor@example.org")
        .commit(WORD, at("2026-01-07"));
    says(&repo, "unproven", "since v1.0.0, and four eyes are asked for");
}

#[test]
fn two_addresses_under_one_name_are_one_person() {
    let config = "[people]\n\"@security\" = [\"noor@example.org\", \"noor@work.example\", \"eli@example.org\"]\n\n\
        [[require]]\nitem = \"release/keys\"\nsign-off = { by = [\"@security\"], count = 2 }\n";
    let of = |name: &str, email: &str| {
        let repo = Repo::new()
            .file("LIST.md", "# Release\n\n- [x] Keys rotated <!-- id: keys -->\n")
            .file("trueup.toml", config)
            .commit("all", at("2026-01-01"))
            .author("Noor", "noor@example.org")
            .commit("one\n\nSigned-off-for: keys", at("2026-01-05"))
            .author(name, email)
            .commit("two\n\nSigned-off-for: keys", at("2026-01-06"));
        let told = repo.trueup(["check", "--format", "json"]).json();
        told["checklists"][0]["items"][0]["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(of("noor", "noor@work.example"), "unproven");
    assert_eq!(of("Noor Haddad", "noor@work.example"), "unproven");
    assert_eq!(of("Eli", "eli@example.org"), "verified");
}

#[test]
fn how_people_are_shown_decides_nothing() {
    let config = "[[require]]\nitem = \"release/keys\"\npaths = [\"src/**\"]\n\
        sign-off = { by = [\"ana@a.example\", \"a.c@b.example\", \"eli@c.example\"], count = 2, four-eyes = true }\n";
    let of = |shown: &str, (name, email): (&str, &str), hand: (&str, &str)| {
        let repo = Repo::new()
            .file("LIST.md", "# Release\n\n- [x] Keys rotated <!-- id: keys -->\n")
            .file("trueup.toml", format!("[site]\npeople = \"{shown}\"\n\n{config}"))
            .commit("all", at("2026-01-01"))
            .author(hand.0, hand.1)
            .file("src/a.rs", "fn b() {}\n")
            .commit("the change", at("2026-01-04"))
            .author("Ana Costa", "ana@a.example")
            .commit("one\n\nSigned-off-for: keys", at("2026-01-05"))
            .author(name, email)
            .commit("two\n\nSigned-off-for: keys", at("2026-01-06"));
        repo.trueup(["report", "--out", "site", "--as-of", "2026-01-10T12:00:00Z"]).code(0);
        repo.trueup(["verify", "site"]).code(0);
        let told: serde_json::Value =
            serde_json::from_str(&repo.read("site/snapshot.json")).unwrap();
        told["checklists"][0]["items"][0]["status"].as_str().unwrap().to_owned()
    };
    let (eli, max) = (("Eli", "eli@c.example"), ("Max", "max@d.example"));
    for shown in ["names", "handles", "none"] {
        assert_eq!(of(shown, eli, max), "verified", "two people, {shown}");
        let again = ("Ana Costa", "a.c@b.example");
        assert_eq!(of(shown, again, max), "unproven", "one under two addresses, {shown}");
        let own = ("Eli", "elsewhere@d.example");
        assert_eq!(of(shown, eli, own), "unproven", "who made the change, {shown}");
    }
}

#[test]
fn four_eyes_are_not_those_of_who_made_the_change_under_another_address() {
    let config = "[[require]]\nitem = \"release/keys\"\npaths = [\"src/**\"]\n\
        sign-off = { by = [\"noor@example.org\"], four-eyes = true }\n";
    let of = |name: &str| {
        let repo = Repo::new()
            .file("LIST.md", "# Release\n\n- [x] Keys rotated <!-- id: keys -->\n")
            .file("trueup.toml", config)
            .file("src/a.rs", "fn a() {}\n")
            .commit("all", at("2026-01-01"))
            .author(name, "noor@work.example")
            .file("src/a.rs", "fn b() {}\n")
            .commit("the change", at("2026-01-04"))
            .author("Noor", "noor@example.org")
            .commit("ok\n\nSigned-off-for: keys", at("2026-01-05"));
        let told = repo.trueup(["check", "--format", "json"]).json();
        let item = &told["checklists"][0]["items"][0];
        (item["status"].as_str().unwrap().to_owned(), item["reason"].to_string())
    };
    let (status, reason) = of("Noor");
    assert_eq!(status, "unproven", "{reason}");
    assert!(reason.contains("changed src/a.rs"), "{reason}");
    let (status, reason) = of("Eli");
    assert_eq!(status, "verified", "{reason}");
}
