//! What was approved is compared word for word; how it is written, and how the document is kept, is not.

use super::around::status;
use super::{WORD, asking, says};
use crate::support::at;

/// The same, where nobody ticked the item.
pub(super) fn open(document: &str) -> String {
    document.replace("- [x]", "- [ ]")
}

/// A document with a header, a line above the list, a heading and an item.
pub(super) fn document(
    title: &str,
    header: &str,
    heading: &str,
    above: &str,
    item: &str,
) -> String {
    format!(
        "# {title}\n\n{header}\n\n## {heading}\n\n{above}\n\n\
         - [x] {item} <!-- id: security/keys-rotated -->\n"
    )
}

#[track_caller]
pub(super) fn all(expected: &str, changes: &[(&str, &str)], with: impl Fn(&str) -> String) {
    let told = changes.iter().filter_map(|(one, other)| {
        let status = status(["GO.md"; 2], [&with(one), &with(other)]);
        // Of an open box the sign-off alone is told.
        let status = if status == "ready" { "verified".to_owned() } else { status };
        let status = if status == "open" { "stale".to_owned() } else { status };
        (status != expected).then(|| format!("{one} → {other}: {status}"))
    });
    let told: Vec<String> = told.collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

const OTHERS: [(&str, &str); 8] = [
    ("Phase 1: Rollout", "Phase 2: Rollout"),
    ("Wave 1: Rollout", "Wave 2: Rollout"),
    ("3 regions live", "12 regions live"),
    ("Rollout 🇩🇪", "Rollout 🇫🇷"),
    ("C# service", "C++ service"),
    ("Test release", "Release"),
    ("Batch 2 of 3", "Batch 3 of 3"),
    ("Release 2 of 3", "Release 3 of 3"),
];

const SAME: [(&str, &str); 8] = [
    ("Checks", "**Checks**"),
    ("Checks & tests", "Checks and tests"),
    ("Answer in 300ms", "Answer in 300 ms"),
    ("For 1,000 users", "For 1000 users"),
    ("Release v1.4", "Release 1.4"),
    ("Release 1.4", "Release v1.4"),
    ("The \"big\" one - don't wait", "The “big” one – don’t wait"),
    ("Ready to go", "Ready  to go ✅"),
];

#[test]
fn another_title_is_not_what_was_approved() {
    let with = |title: &str| open(&document(title, "", "Security", "", "Keys rotated"));
    all("stale", &OTHERS, with);
    all("verified", &SAME, with);
}

#[test]
fn another_heading_is_not_what_was_approved() {
    let with = |heading: &str| open(&document("Go", "", heading, "", "Keys rotated"));
    all("stale", &OTHERS, with);
    all("verified", &SAME, with);
    all(
        "verified",
        &[
            ("Checks", "Checks (done)"),
            ("Checks (3/5)", "Checks (4/5)"),
            ("Step 3: Checks", "Step 4: Checks"),
            ("3. Checks", "4. Checks"),
            ("Checks", "CHECKS"),
        ],
        with,
    );
}

#[test]
fn a_phase_is_renumbered_where_the_document_counts_them_all() {
    let with = |phases: &str| {
        format!("# Go\n\n{phases}\n\n- [x] Keys <!-- id: security/keys-rotated -->\n")
    };
    let two = "## Phase 1: Pilot\n\n## Phase 2: Rollout";
    all(
        "verified",
        &[(two, "## Phase 1: Setup\n\n## Phase 2: Pilot\n\n## Phase 3: Rollout")],
        with,
    );
    all(
        "stale",
        &[(two, "## Phase 1: Pilot\n\n## Phase 2: Rollback"), (two, "## Phase 2: Rollout")],
        with,
    );
}

#[test]
fn another_item_is_not_what_was_approved() {
    let with = |item: &str| document("Go", "", "Security", "", item);
    all("stale", &OTHERS, with);
    all("verified", &SAME, with);
    all("verified", &[("Keys rotated", "Keys rotated (done by Ben)")], with);
    all("stale", &[("Keys rotated (done by Ben)", "Keys rotated (done by Eli)")], with);
    all("stale", &[("Keys rotated", "Keys rotated (done by Ben except EU)")], with);
}

#[test]
fn another_item_or_entry_around_it_is_not_what_was_approved() {
    let with = |item: &str| {
        format!(
            "# Go\n\n## Security\n\n- [x] {item}\n  - [x] Keys <!-- id: security/keys-rotated -->\n"
        )
    };
    let first = |one: &str, other: &str| (with(one), with(other));
    for (one, other) in OTHERS {
        let (one, other) = first(one, other);
        let plain = [one.replacen("- [x]", "-", 1), other.replacen("- [x]", "-", 1)];
        assert_eq!(status(["GO.md"; 2], [&plain[0], &plain[1]]), "stale", "{one} → {other}");
    }
}

#[test]
fn all_that_stands_above_the_list_was_approved() {
    let with = |above: &str| document("Go", "", "Security", above, "Keys rotated");
    let header = |line: &str| document("Go", line, "Security", "", "Keys rotated");
    let changes = [
        ("This covers only the EU region.", "This covers all regions."),
        ("> Approved for the EU.", "> Approved for the US."),
        ("- EU\n- US", "- EU\n- US\n- Asia"),
        ("**Approved for:** Production EU", "**Approved for:** Production US"),
        ("**Prepared for:** Acme", "**Prepared for:** Globex"),
        (
            "| Region | Users |\n| --- | --- |\n| EU | 10 |",
            "| Region | Users |\n| --- | --- |\n| US | 10 |",
        ),
        ("Status: approved, EU only", "Status: approved"),
        ("EU ✅ / US ❌", "EU ✅ / US ✅"),
        ("**For EU only:**", "**For US only:**"),
        ("Traffic: 5%", "Traffic: 100%"),
        ("Go-live: 2026/03/01", "Go-live: 2026/06/01"),
        ("EU: ✅", "US: ✅"),
        ("Backups: ✅", "Backups: ❌"),
        ("Target team: Payments", "Target team: Billing"),
        ("Status page: on", "Status page: off"),
        ("Reviewed on EU hosts", "Reviewed on US hosts"),
        ("State: California", "State: Nevada"),
        ("Time: 02:00 UTC", "Time: 14:00 UTC"),
        ("**Ticket:** OPS-1", "**Ticket:** OPS-2"),
        (
            "A sentence that is much longer than a dozen words says that all of this is meant for the EU.",
            "A sentence that is much longer than a dozen words says that all of this is meant for the US.",
        ),
        ("```sh\ndeploy --to eu\n```", "```sh\ndeploy --to us\n```"),
    ];
    all("stale", &changes, with);
    all("stale", &changes, header);
    let kept = [
        ("", "**Ticket:** OPS-1"),
        ("", "**Release manager:** Ana"),
        ("", "**Slack channel:** #release"),
        ("", "**Slack:** #release"),
        ("_Updated 2026-01-05_", "_Updated 2026-02-05_"),
        ("**Approved by:** Ana", "**Approved by:** Ana, Eli"),
        ("**Prepared by:** Ana", "**Prepared by:** Eli"),
        ("All *must* hold.", "All must\nhold."),
        ("<!-- a -->", "<!-- b\n- c -->"),
        ("- Owner: Ana", "- Owner: Eli"),
    ];
    all("verified", &kept, with);
    all("verified", &kept, header);
}

#[test]
fn lists_and_nested_values_of_the_front_matter_were_approved() {
    let with = |front: &str| {
        format!("---\n{front}\n---\n\n{}", document("Go", "", "Security", "", "Keys"))
    };
    all(
        "stale",
        &[
            ("regions:\n  - eu", "regions:\n  - eu\n  - us"),
            ("regions: [eu]", "regions: [eu, us]"),
            ("release:\n  version: 1.4", "release:\n  version: 1.5"),
            ("tags:\n  - a", "tags:\n  - b"),
            ("sidebar_label: Prod", "sidebar_label: Test"),
            ("team: eu", "team: us"),
        ],
        with,
    );
    all(
        "verified",
        &[
            ("nav_order: 3", "nav_order: 4"),
            ("owner:\n  name: Ana", "owner:\n  name: Eli"),
            ("regions:\n  - eu", "regions:\n  - \"eu\""),
        ],
        with,
    );
}

#[test]
fn other_items_and_sections_are_not_what_was_approved() {
    let with = |other: &str| {
        format!(
            "# Go\n\n## Other\n\n{other}\n\n## Security\n\n- [x] Keys <!-- id: security/keys-rotated -->\n\
             - [x] {other}\n\n  {other}\n\n{other}\n"
        )
    };
    all("verified", &[("One", "Two"), ("One", "- One\n- Two"), ("Scope: EU", "Scope: US")], with);
    let below = |other: &str| {
        format!(
            "# Go\n\n## Security\n\n- Plain\n\n1. [x] Keys <!-- id: security/keys-rotated -->\n\n{other}\n"
        )
    };
    all("verified", &[("One", "Two"), ("- [x] One", "- [ ] Two")], below);
}

#[test]
fn who_wrote_a_commit_that_was_put_on_others_saw_what_stood_there_before() {
    let with = |scope: &str| document("Go", "", "Security", scope, "Keys rotated");
    let repo = |scope: &str| {
        let repo = asking("").file("GO.md", with("Scope: EU")).commit("a scope", at("2026-01-05"));
        let repo = repo.author("Ana", "ana@example.org").file("GO.md", with(scope));
        let repo = repo.commit("another", at("2026-01-07")).author("Noor", "noor@example.org");
        repo.commit(WORD, at("2026-01-08")).rebased(at("2026-01-06"), at("2026-01-08"))
    };
    says(
        &repo("Scope: EU, and its islands"),
        "stale",
        "text below it or a link in it changed since",
    );
    says(&repo("Scope:  EU"), "verified", "Signed off by Noor");
}
