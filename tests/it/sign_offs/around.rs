//! What a document says around an item, and what a sign-off is of for it.

use crate::support::{Repo, at};

const CONFIG: &str =
    "[[require]]\nitem = \"**/keys-rotated\"\nsign-off = { by = \"noor@example.org\" }\n";

/// Noor signs the item of the document at `path` by the first of two texts; its status by the second, at the
/// second path.
pub(super) fn status(paths: [&str; 2], texts: [&str; 2]) -> String {
    let repo = Repo::new().file(paths[0], texts[0]).file("trueup.toml", CONFIG);
    let repo = repo.commit("a checklist", at("2026-01-05")).author("Noor", "noor@example.org");
    let signed = "looked\n\nSigned-off-for: security/keys-rotated";
    let repo = repo.commit(signed, at("2026-01-06")).author("Ana", "ana@example.org");
    let repo = if paths[0] == paths[1] { repo } else { repo.remove(paths[0]) };
    let repo = repo.file(paths[1], texts[1]).commit("on", at("2026-01-07"));
    let args = ["check", "--exit-zero", "--format", "json", "--as-of", "2026-01-10T12:00:00Z"];
    let told = repo.trueup(args).code(0).json();
    let items = told["checklists"][0]["items"].as_array().unwrap();
    let is_signed = |id: &str| id.ends_with("keys-rotated");
    let signed = items.iter().find(|item| item["id"].as_str().is_some_and(is_signed)).unwrap();
    signed["status"].as_str().unwrap().to_owned()
}

fn list(above: &str) -> String {
    format!("# Go\n\n## Security\n\n{above}\n\n- [x] Keys rotated\n")
}

#[test]
fn a_sign_off_is_of_what_a_sentence_or_a_summary_above_the_list_names() {
    let after = |one: &str, other: &str| {
        let (one, other) = (list(one), list(other));
        status(["GO.md"; 2], [&one, &other])
    };
    for (one, other) in [
        ("Scope: EU customers.", "Scope: all customers."),
        ("This release goes to 10% of users.", "This release goes to 100% of users."),
        ("> Release 1.4 to staging", "> Release 1.5 to production"),
        ("<details><summary>Staging</summary>\n", "<details><summary>Production</summary>\n"),
        (
            "For EU:\n\n<details><summary>Steps</summary>\n",
            "For US:\n\n<details><summary>Steps</summary>\n",
        ),
    ] {
        assert_eq!(after(one, other), "stale", "{one} → {other}");
        assert_eq!(after(one, one), "verified", "{one}");
    }
    for (one, other) in [
        ("Last updated: 5 May", "Last updated: 6 June"),
        ("Status: open", "Status: done"),
        ("3 of 5 are done.", "4 of 5 are done."),
        ("<details><summary>Steps (3/5)</summary>\n", "<details><summary>Steps (4/5)</summary>\n"),
        ("What is to do", "To do"),
    ] {
        assert_eq!(after(one, other), "verified", "{one} → {other}");
    }
}

#[test]
fn a_sign_off_is_of_what_the_header_and_the_folders_name() {
    let with = |line: &str| format!("# Go\n\n{line}\n\n## Security\n\n- [x] Keys rotated\n");
    for (one, other, expected) in [
        ("**Client:** Acme", "**Client:** Globex", "stale"),
        ("**Image:** shop:1", "**Image:** shop:2", "stale"),
        ("**Scope:** EU", "**Scope:** all", "stale"),
        ("**Owner:** Ana", "**Owner:** Eli", "verified"),
        ("**Progress:** 3/5", "**Progress:** 4/5", "verified"),
    ] {
        assert_eq!(status(["GO.md"; 2], [&with(one), &with(other)]), expected, "{one}");
    }
    let list = list("");
    for (one, other, expected) in [
        ("customers/acme/GO.md", "customers/globex/GO.md", "stale"),
        ("backend/GO.md", "frontend/GO.md", "stale"),
        ("docs/GO.md", "docs/NO-GO.md", "stale"),
        ("docs/GO.md", "documentation/GO.md", "verified"),
    ] {
        assert_eq!(status([one, other], [&list, &list]), expected, "{one}");
    }
}
