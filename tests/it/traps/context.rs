//! What stands above an item says what it is of: a tick and a sign-off do not follow it elsewhere.

use super::{JUNIT, judged, problems};
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
        (STAGING.to_owned(), STAGING.replace("# Release\n", "# ✨ RELEASE (3/5)\n")),
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
    ] {
        let below = |heading: &str| STAGING.replace("1. Staging", heading);
        for config in [TESTED, SIGNED] {
            let (told, reason, _) = edited(config, &below(then), &below(now));
            assert_eq!(told, status, "{then} → {now}: {reason}");
            let heading_told = told == "verified" || reason.contains("heading above it changed");
            assert!(heading_told, "{reason}");
        }
    }
    // How many there are may be what was signed; a tick stays where a section grows.
    for (config, status) in [(TESTED, "verified"), (SIGNED, "stale")] {
        let below = |heading: &str| STAGING.replace("1. Staging", heading);
        let (told, reason, _) = edited(config, &below("Security (12)"), &below("Security (9)"));
        assert_eq!(told, status, "{reason}");
    }
}

#[test]
fn the_title_of_the_document_says_what_its_items_are_of() {
    for (then, now, status) in [
        ("Release v1.4", "Release v1.5", "stale"),
        ("Audit 2025", "Audit 2026", "stale"),
        ("Release Q3/2026", "Release Q4/2026", "stale"),
        ("Checklist of Release 12", "Checklist of Release 13", "stale"),
        ("Release v1.4 (3 of 5)", "🚀 Release V1.4 (5 of 5)", "verified"),
    ] {
        let titled = |title: &str| {
            format!("# {title}\n\n- [x] Migrated <!-- id: migrated -->\n\n## More\n\n- [ ] More\n")
        };
        for config in [TESTED, SIGNED] {
            let (told, reason, _) = edited(config, &titled(then), &titled(now));
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
        ("Migrated (412 tables)", "Migrated (415 tables)", "stale"),
        (
            "Migrated with 500 users online, passed",
            "Migrated with 5000 users online, passed",
            "stale",
        ),
        ("Soak test (24h)", "Soak test (72h)", "stale"),
        ("Availability 99.5%", "Availability 99.9%", "stale"),
        ("Migrated (3 left)", "Migrated (12 left)", "stale"),
        ("Migrated (12 left)", "Migrated (3 left)", "verified"),
        ("Migrated (12/15)", "Migrated (15/15)", "verified"),
        ("Migrated (165 passing)", "Migrated (170 passing)", "verified"),
    ] {
        let (told, reason, _) = edited(SIGNED, &item(then), &item(now));
        assert_eq!(told, status, "{then} / {now}: {reason}");
    }
}

#[test]
fn who_signs_an_item_signs_where_its_links_lead_and_what_stands_below_its_text() {
    let item = |more: &str| {
        format!("# Release\n\n- [x] Agreed{more} <!-- id: migrated -->\n")
            .replace("| <!-- id: migrated -->", "")
            .replace("Agreed\n", "Agreed <!-- id: migrated -->\n")
    };
    let changes = [
        (" ([report](a.pdf))", " ([report](b.pdf))"),
        ("\n  - to 5 hosts\n  - by hand|", "\n  - to 500 hosts\n  - by hand|"),
        ("\n\n  It holds for staging.|", "\n\n  It holds for production.|"),
        ("\n\n  ```sh\n  ./deploy one\n  ```|", "\n\n  ```sh\n  ./deploy all\n  ```|"),
    ];
    for (then, now) in changes {
        let (status, reason, rule) = edited(SIGNED, &item(then), &item(now));
        assert_eq!((status.as_str(), rule.as_str()), ("stale", "stale-tick"), "{now}: {reason}");
        assert!(reason.contains("text below it or a link in it changed"), "{reason}");
        assert_eq!(edited(SIGNED, &item(then), &item(then)).0, "verified", "{then}");
        // A tick has its evidence beside it.
        assert_eq!(edited(TESTED, &item(then), &item(now)).0, "verified", "{now}");
    }
    for config in [SIGNED, TESTED] {
        let narrowed = item("\n  - except the payments|");
        let (status, reason, _) = edited(config, &item(""), &narrowed);
        assert_eq!(status, "stale", "{reason}");
        assert!(reason.contains("text that narrows it changed"), "{reason}");
    }
    let below = |mark: &str| item(&format!("\n  - **By hand**{mark}\n  - [x] Own item|"));
    let now = below(" ✨").replace("Own item", "Another item");
    assert_eq!(edited(SIGNED, &below(""), &now).0, "verified");
}

#[test]
fn the_first_text_in_an_empty_cell_is_no_other_claim() {
    let table = |what: &str, place: &str, said: &str| {
        format!(
            "# Release\n\n| Check | What | Environment | Status |  |\n|---|---|---|---|---|\n\
             | Load test <!-- id: migrated --> | {what} | {place} | ✅ | {said} |\n"
        )
    };
    for (then, now, status) in [
        (table("", "", ""), table("", "", "done by Ann"), "verified"),
        (table("", "", ""), table("as in May", "", "done by Ann"), "verified"),
        (table("", "", "done by Ann"), table("", "", "done by Bo"), "stale"),
        (table("", "", "done by Ann"), table("", "", ""), "stale"),
        (table("", "", ""), table("", "production", ""), "stale"),
        (table("", "", ""), table("", "", "staging only"), "stale"),
        (table("", "", ""), table("", "", "not the payments"), "stale"),
    ] {
        for config in [TESTED, SIGNED] {
            let config = format!("checklists = [\"LIST.md\"]\n{config}");
            let (told, reason, _) = edited(&config, &then, &now);
            assert_eq!(told, status, "{now}: {reason}");
        }
    }
}

#[test]
fn a_year_a_limit_with_a_point_and_a_share_are_what_was_ticked() {
    let item = |text: &str| format!("# Release\n\n- [x] {text} <!-- id: migrated -->\n");
    for (then, now, status) in [
        ("SOC 2 audit for 2025 passed", "SOC 2 audit for 2026 passed", "stale"),
        ("Pen test 2025 passed", "Pen test 2026 passed", "stale"),
        ("Coverage min. 80 %", "Coverage min. 8 %", "stale"),
        ("Error rate max. 1 %", "Error rate max. 10 %", "stale"),
        ("95% of requests under 300 ms", "50% of requests under 300 ms", "stale"),
        ("Rolled out to 5% of users", "Rolled out to 100% of users", "stale"),
        ("All 412 tests passed", "All 2025 tests passed", "verified"),
        ("Coverage raised (80% of lines)", "Coverage raised (82% of lines)", "verified"),
    ] {
        let (told, reason, _) = edited(TESTED, &item(then), &item(now));
        assert_eq!(told, status, "{then} → {now}: {reason}");
    }
}

#[test]
fn a_tick_of_a_row_is_of_its_other_cells_and_of_what_the_status_is_of() {
    let table = |check: &str, place: &str, status: &str, owner: &str, note: &str, share: &str| {
        format!(
            "# Release\n\n| Area | Check | Place | {status} | Owner | Notes | Tested on | Link | Findings |\n\
             |---|---|---|---|---|---|---|---|---|\n\
             | Database <!-- id: migrated --> | {check} | {place} | ✅ Done | {owner} | {note} | | | {share} |\n"
        )
    };
    let then = table("Schema reviewed", "staging", "Status", "", "", "3");
    for (now, status) in [
        (table("Restore tried", "staging", "Status", "", "", "3"), "stale"),
        (table("Schema reviewed", "production", "Status", "", "", "3"), "stale"),
        (table("Schema reviewed", "staging", "Status (go-live)", "", "", "3"), "stale"),
        (table("Schema reviewed", "staging", "Status", "Ana", "see run 5", "4"), "verified"),
        (table("**Schema** reviewed ✨", "Staging", "Status", "", "", ""), "verified"),
    ] {
        let config = format!("checklists = [\"LIST.md\"]\n{TESTED}");
        let (told, reason, _) = edited(&config, &then, &now);
        assert_eq!(told, status, "{now}: {reason}");
    }
}

#[test]
fn a_note_that_narrows_a_row_is_a_part_of_what_was_ticked() {
    let table = |note: &str| {
        format!(
            "# Release\n\n| Check | Status | Notes |\n|---|---|---|\n\
             | Rolled out <!-- id: migrated --> | ✅ Done | {note} |\n"
        )
    };
    for (then, now, status) in [
        ("staging only", "all of production", "stale"),
        ("except EU", "", "stale"),
        ("except 10 of the users", "except 90 of the users", "stale"),
        ("", "without the payment keys", "stale"),
        ("Except EU", "except EU.", "verified"),
        ("run 5", "run 6, all of production", "verified"),
    ] {
        let config = format!("checklists = [\"LIST.md\"]\n{TESTED}");
        let (told, reason, _) = edited(&config, &table(then), &table(now));
        assert_eq!(told, status, "{then} → {now}: {reason}");
    }
}

#[test]
fn a_tick_that_was_rebased_over_another_heading_is_of_the_heading_that_its_author_saw() {
    let list = |heading: &str, mark: &str| {
        format!("# Release\n\n## {heading}\n\n- [{mark}] Migrated <!-- id: migrated -->\n")
    };
    let by_tick = SIGNED.replace("org\" }", "org\", tick = true }");
    for (seen, status) in [("2026-01-03", "stale"), ("2026-01-05", "verified")] {
        for config in [TESTED, &by_tick] {
            let repo = Repo::new()
                .author("Ana", "ana@example.org")
                .file("LIST.md", list("Staging", " "))
                .file("trueup.toml", config)
                .file("ev/junit.xml", JUNIT)
                .commit("list", at("2026-01-02"))
                .file("LIST.md", list("Production", " "))
                .commit("it is for production now", at("2026-01-04"))
                .author("Noor", "noor@example.org")
                .file("LIST.md", list("Production", "x"))
                .commit("migrated", at(seen))
                .rebased(at(seen), at("2026-01-06"));
            let (told, reason, _) = judged(&repo);
            assert_eq!(told, status, "{reason}");
            assert!(told == "verified" || reason.contains("heading above it"), "{reason}");
        }
    }
}

#[test]
fn a_heading_that_a_merge_renamed_is_known_when_a_tick_is_rebased_over_it() {
    let list = |heading: &str, mark: &str| {
        format!("# Release\n\n## {heading}\n\n- [{mark}] Migrated <!-- id: migrated -->\n")
    };
    for (seen, status) in [("2026-01-03", "stale"), ("2026-01-05", "verified")] {
        let repo = Repo::new()
            .file("LIST.md", list("Staging", " "))
            .file("trueup.toml", TESTED)
            .file("ev/junit.xml", JUNIT)
            .commit("list", at("2026-01-01"))
            .branch("side")
            .file("LIST.md", list("Staging", " ") + "- [ ] One more\n")
            .commit("one more", at("2026-01-02"))
            .check_out("main")
            .file("code.rs", "fn a() {}\n")
            .commit("code", at("2026-01-02"))
            .file("LIST.md", list("Production", " ") + "- [ ] One more\n")
            .merge("side", "merge, and it is for production now", at("2026-01-04"))
            .author("Noor", "noor@example.org")
            .file("LIST.md", list("Production", "x") + "- [ ] One more\n")
            .commit("migrated", at(seen))
            .rebased(at(seen), at("2026-01-06"));
        let (told, reason, _) = judged(&repo);
        assert_eq!(told, status, "{reason}");
        assert!(told == "verified" || reason.contains("heading above it"), "{reason}");
    }
}

#[test]
fn a_sign_behind_a_letter_is_another_name() {
    let item = |text: &str| format!("# Release\n\n- [x] {text} <!-- id: migrated -->\n");
    let (status, reason, _) = edited(TESTED, &item("TLS is graded A"), &item("TLS is graded A+"));
    assert_eq!(status, "stale", "{reason}");
}

#[test]
fn what_narrows_an_item_in_a_footnote_or_above_its_list_was_not_ticked_nor_signed() {
    let of = |above: &str, text: &str, below: &str| {
        format!("# Release\n\n## Keys\n{above}\n- [x] {text} <!-- id: migrated -->\n{below}")
    };
    let plain = of("", "Keys rotated", "");
    for (now, tick) in [
        (of("", "Keys rotated[^1]", "\n[^1]: Except the payment keys, which were not.\n"), "stale"),
        (of("\nThe following holds for staging only:\n", "Keys rotated", ""), "stale"),
        (of("", "Keys rotated", "\n  But not those of the vault.\n"), "stale"),
        (of("", "Keys rotated[^a]", "\n## More\n\n[^a]: By the runbook.\n"), "verified"),
    ] {
        let (status, reason, _) = edited(TESTED, &plain, &now);
        assert_eq!(status, tick, "{now}: {reason}");
        let (status, reason, _) = edited(SIGNED, &plain, &now);
        assert_eq!(status, "stale", "{now}: {reason}");
        for config in [TESTED, SIGNED] {
            assert_eq!(edited(config, &now, &now).0, "verified", "{now}");
        }
    }
    let list = |label: &str| of(&format!("\n{label}\n"), "Keys rotated", "");
    // A sentence is no part of what was ticked, and of what was signed it is.
    for (then, now) in [
        ("We looked at staging.", "We looked at production."),
        ("**Please** look closely.", "**Please** look at all of it."),
    ] {
        for (config, status) in [(TESTED, "verified"), (SIGNED, "stale")] {
            assert_eq!(edited(config, &list(then), &list(now)).0, status, "{then} → {now}");
        }
    }
    // A label right above the list is as a heading.
    for (then, now, status) in [
        ("**Staging**", "**Production**", "stale"),
        ("For staging:", "For production:", "stale"),
        ("Staging (3 of 5):", "🚀 Staging (4 of 5):", "verified"),
        ("**To do**", "**Done**", "verified"),
        ("**Status: open**", "**Status: reviewed**", "verified"),
        ("**Last updated in May**", "**Last updated in June**", "verified"),
    ] {
        for config in [TESTED, SIGNED] {
            let (told, reason, _) = edited(config, &list(then), &list(now));
            assert_eq!(told, status, "{then} → {now}: {reason}");
        }
    }
    let footnote = of("", "Keys rotated[^1]", "\n[^1]: Except the payment keys.\n");
    let another = footnote.replace("payment", "customer");
    let told = of("\nWe went through these on Monday.\n", "Keys rotated", "");
    for (config, by_sentence) in [(TESTED, "verified"), (SIGNED, "stale")] {
        assert_eq!(edited(config, &footnote, &another).0, "stale");
        assert_eq!(edited(config, &plain, &told).0, by_sentence);
        let below = of("", "Keys rotated", "\nThe rest is only for later:\n\n- [x] Another\n");
        let (status, reason, _) = edited(config, &plain, &below);
        assert_eq!(status, "verified", "{reason}");
    }
}

#[test]
fn the_narrowing_of_a_table_s_rows_is_of_them_too() {
    let of = |above: &str, cell: &str, below: &str| {
        format!(
            "# Release\n\n## Keys\n{above}\n| Control | Status |\n|---|---|\n| {cell} <!-- id: migrated --> | ✅ |\n{below}"
        )
    };
    let plain = of("", "Keys rotated", "");
    for now in [
        of("\nOnly of staging:\n", "Keys rotated", ""),
        of("", "Keys rotated[^1]", "\n[^1]: Without the payment keys.\n"),
    ] {
        for config in [TESTED, SIGNED].map(|of| format!("checklists = [\"LIST.md\"]\n{of}")) {
            let config = config.as_str();
            let (status, reason, _) = edited(config, &plain, &now);
            assert_eq!(status, "stale", "{now}: {reason}");
            assert_eq!(edited(config, &now, &now).0, "verified", "{now}");
        }
    }
}

#[test]
fn a_checklist_that_the_work_tree_renamed_keeps_its_ticks() {
    let list = |regions: &str, more: &str| {
        format!(
            "# Release\n\n- [x] Migrated in {regions} <!-- id: migrated -->\n{more}\n- [ ] Third\n"
        )
    };
    let repo = || {
        Repo::new()
            .file("LIST.md", list("all regions", "- [ ] Another"))
            .file("trueup.toml", TESTED)
            .file("ev/junit.xml", JUNIT)
            .commit("list", at("2026-01-01"))
            .file("LIST.md", list("all regions and on arm", "- [ ] Another"))
            .commit("reworded", at("2026-01-02"))
    };
    assert_eq!(judged(&repo()).0, "stale");
    for (name, text) in [
        ("docs/GO.md", list("all regions and on arm", "- [ ] Another")),
        ("LIST-1.0.md", list("all regions and on arm", "- [x] Another")),
    ] {
        let moved = repo().remove("LIST.md").file(name, text);
        let (told, reason, _) = judged(&moved);
        assert_eq!(told, "stale", "{reason}");
        assert!(reason.contains("the wording changed"), "{reason}");
    }
}

#[test]
fn what_a_ticked_item_says_beside_its_claim_is_told() {
    for (text, said) in [
        ("Tests pass (login broken)", "login broken"),
        ("Tests pass; except Windows", "except Windows"),
        ("Tests pass\n  - Blockers: #12", "Blockers: #12"),
    ] {
        let repo = Repo::new()
            .file("LIST.md", format!("# Release\n\n- [x] {text}\n"))
            .file("trueup.toml", TESTED)
            .file("ev/junit.xml", JUNIT)
            .commit("list", at("2026-01-01"));
        assert_eq!(judged(&repo).0, "verified");
        let told = problems(&repo, "remark-unjudged");
        assert!(told.len() == 1 && told[0].contains(&format!("\"{said}\"")), "{text}: {told:?}");
    }
    for text in ["Tests pass (12 passed)", "Tests pass (unit and e2e)", "Tests pass"] {
        let repo = Repo::new()
            .file("LIST.md", format!("# Release\n\n- [x] {text}\n"))
            .file("trueup.toml", TESTED)
            .file("ev/junit.xml", JUNIT)
            .commit("list", at("2026-01-01"));
        assert!(problems(&repo, "remark-unjudged").is_empty(), "{text}");
    }
}

#[test]
fn a_remark_that_narrows_and_an_entry_below_were_not_ticked_and_a_tag_changes_nothing() {
    let list = |text: &str| {
        let (text, below) = text.split_once('\n').unwrap_or((text, ""));
        let id = "<!-- id: migrated -->";
        format!("# Release\n\n## Keys\n\n- [x] {text} {id}\n{below}\n\nThe end.\n")
    };
    for (then, now, status) in [
        ("Keys rotated", "Keys rotated (not on production)", "stale"),
        ("Keys rotated (staging)", "Keys rotated (production)", "stale"),
        ("Keys rotated (staging)", "Keys rotated", "stale"),
        ("Keys rotated", "Keys rotated – EU only", "stale"),
        ("Status != 500", "Status == 500", "stale"),
        ("Keys rotated", "Keys rotated\n  - except those of the vault", "stale"),
        ("Keys rotated", "Keys rotated\n  - by the runbook", "verified"),
        ("Keys rotated (12 keys)", "Keys rotated (15 keys)", "verified"),
        ("Keys rotated", "Keys rotated (production, 2026-01-05)", "verified"),
        ("Keys rotated", "Keys rotated @ana", "verified"),
        ("Keys rotated", "Keys rotated 📅 2026-03-01", "verified"),
    ] {
        let (told, reason, _) = edited(TESTED, &list(then), &list(now));
        assert_eq!(told, status, "{then} → {now}: {reason}");
    }
}
