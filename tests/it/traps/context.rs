//! What stands above an item says what it is of: a tick and a sign-off do not follow it elsewhere.

use super::{JUNIT, judged};
use crate::support::{Repo, at};

const TESTED: &str = "[[require]]\nitem = \"*\"\nartifacts = [\"ev/*.xml\"]\n\
    condition = \"tests.total > 0 && tests.failed + tests.errored == 0\"\npaths = []\n";
const SIGNED: &str =
    "[[require]]\nitem = \"*\"\nsign-off = { by = \"noor@example.org\" }\npaths = []\n";

const STAGING: &str = "# Release\n\n## 1. Staging\n\n- [x] Migrated <!-- id: migrated -->\n";

/// The list as it was ticked and signed off, then as `now` has it.
fn edited(config: &str, then: &str, now: &str) -> (String, String, String) {
    judged(
        &Repo::new()
            .author("Noor", "noor@example.org")
            .file("LIST.md", then)
            .file("trueup.toml", config)
            .file("ev/junit.xml", JUNIT)
            .commit("all\n\nSigned-off-for: migrated", at("2026-01-05"))
            .file("LIST.md", now)
            .commit("edit", at("2026-01-06")),
    )
}

#[test]
fn another_heading_and_another_parent_make_a_tick_and_a_sign_off_stale() {
    let below =
        |parent: &str| format!("# Release\n\n- {parent}\n  - [x] Migrated <!-- id: migrated -->\n");
    let elsewhere = "# Release\n\n## 1. Staging\n\nNothing.\n\n## 2. Production\n\n\
                     - [x] Migrated <!-- id: migrated -->\n";
    let changes = [
        (STAGING.to_owned(), STAGING.replace("Staging", "Production"), "heading above it"),
        (STAGING.to_owned(), elsewhere.to_owned(), "heading above it"),
        (below("The staging database"), below("The production database"), "item above it"),
    ];
    for (then, now, what) in &changes {
        for config in [TESTED, SIGNED] {
            let (status, reason, rule) = edited(config, then, now);
            assert_eq!((status.as_str(), rule.as_str()), ("stale", "stale-tick"), "{reason}");
            assert!(reason.contains(what), "{reason}");
            assert_eq!(edited(config, then, then).0, "verified");
        }
    }
}

#[test]
fn a_number_an_emoji_a_figure_and_a_move_to_what_is_done_change_nothing() {
    let below =
        |parent: &str| format!("# Release\n\n- {parent}\n  - [x] Migrated <!-- id: migrated -->\n");
    let done = STAGING.replace("## 1. Staging", "## Staging\n\n### Done");
    for (then, now) in [
        (STAGING.to_owned(), STAGING.replace("1. Staging", "4. 🚀 Staging")),
        (STAGING.to_owned(), done),
        (STAGING.to_owned(), STAGING.replace("# Release\n", "# Release of May\n")),
        (below("The database (3 of 5 done)"), below("The database (4 of 5 done)")),
    ] {
        for config in [TESTED, SIGNED] {
            let (status, reason, _) = edited(config, &then, &now);
            assert_eq!(status, "verified", "{now}: {reason}");
        }
    }
}

#[test]
fn the_version_the_year_and_the_number_of_a_heading_are_words() {
    for (then, now, status) in [
        ("Release v1.4", "Release v1.5", "stale"),
        ("CVE-2026-1111", "CVE-2026-2222", "stale"),
        ("Audit 2025", "Audit 2026", "stale"),
        ("Q3", "Q4", "stale"),
        ("Sprint 4", "Sprint 5", "stale"),
        ("Release #12", "Release #13", "stale"),
        ("Node 18", "Node 22", "stale"),
        ("3. Release v1.4 (3 of 5)", "4. 🚀 Release v1.4 (5 of 5)", "verified"),
        ("Security (12)", "Security (9)", "verified"),
    ] {
        let below = |heading: &str| STAGING.replace("1. Staging", heading);
        for config in [TESTED, SIGNED] {
            let (told, reason, _) = edited(config, &below(then), &below(now));
            assert_eq!(told, status, "{then} → {now}: {reason}");
            let heading_told = told == "verified" || reason.contains("heading above it changed");
            assert!(heading_told, "{reason}");
        }
    }
}

#[test]
fn who_signs_an_item_signs_the_remark_beside_it() {
    let item = |text: &str| format!("# Release\n\n- [x] {text} <!-- id: migrated -->\n");
    for (then, now, status) in [
        ("Migrated (staging)", "Migrated (production, all customers)", "stale"),
        ("Restored — on a sample database", "Restored — on the production cluster", "stale"),
        ("Built with the C library", "Built with the C++ library", "stale"),
        ("Migrated", "Migrated — except the payments", "stale"),
        ("Migrated (412 tables)", "Migrated (415 tables)", "verified"),
    ] {
        let (told, reason, _) = edited(SIGNED, &item(then), &item(now));
        assert_eq!(told, status, "{then} / {now}: {reason}");
    }
}

#[test]
fn a_sign_behind_a_letter_is_another_name() {
    let item = |text: &str| format!("# Release\n\n- [x] {text} <!-- id: migrated -->\n");
    let (status, reason, _) = edited(TESTED, &item("TLS is graded A"), &item("TLS is graded A+"));
    assert_eq!(status, "stale", "{reason}");
}
