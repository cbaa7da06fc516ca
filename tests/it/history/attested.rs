//! Trailers of commit messages: which items they mean, and what those items said at the time.

use super::*;

const BEFORE: &str = "# Go\n\n## Security\n\n- [ ] Pen test passed\n- [ ] Keys rotated\n";
const AFTER: &str =
    "# Go\n\n## Security\n\n- [ ] Pen test passed by two testers\n- [ ] Keys rotated\n";

fn signed_off(told: &Told) -> Vec<(String, Vec<String>)> {
    let now = told.checklist(LIST);
    let words = |history: ItemHistory| {
        let of = history.sign_offs.iter();
        of.map(|said| format!("{} at “{}”", said.by.email, said.text)).collect()
    };
    let items = now.items.iter().zip(told.history.items(&now));
    items.map(|(item, history)| (item.id.clone(), words(history))).collect()
}

#[test]
fn a_sign_off_follows_its_item_and_keeps_the_words_it_was_given_for() {
    let repo = Repo::new()
        .file(LIST, BEFORE)
        .commit("one", at("2026-01-01"))
        .author("Ben", "ben@example.org")
        .commit("two\n\nSigned-off-for: security/*\n", at("2026-01-02"))
        .author("Ana", "ana@example.org")
        .file(LIST, AFTER)
        .commit(
            "three\n\nsigned-off-FOR: security/keys-rotated, security/keys-*\n",
            at("2026-01-03"),
        )
        .commit("four\n\nSigned-off-for: keys-rotated, except production\n", at("2026-01-04"));
    let told = tell(&repo, &[LIST]);
    assert_eq!(
        signed_off(&told),
        [
            (
                "security/pen-test-passed-by-two-testers".to_owned(),
                vec!["ben@example.org at “Pen test passed”".to_owned()]
            ),
            (
                "security/keys-rotated".to_owned(),
                vec![
                    "ben@example.org at “Keys rotated”".to_owned(),
                    "ana@example.org at “Keys rotated”".to_owned()
                ]
            ),
        ]
    );
    // A name of no item may take back what the others say.
    let lost = told.history.lost.iter().map(|of| of.trailer.by.subject.as_str());
    let lost: Vec<&str> = lost.collect();
    assert_eq!(lost, ["four"]);
}

#[test]
fn a_sign_off_means_the_items_of_its_own_commit() {
    let repo = Repo::new()
        .file("x", "1")
        .commit("too early\n\nSigned-off-for: keys-rotated\n", at("2026-01-01"))
        .file(LIST, BEFORE)
        .commit("the list", at("2026-01-02"))
        .commit("a slip\n\nSigned-off-for: keys-rotatd\n", at("2026-01-03"));
    let told = tell(&repo, &[LIST]);
    assert!(signed_off(&told).iter().all(|(_, words)| words.is_empty()));
    let lost = told.history.lost.iter().map(|of| of.trailer.by.subject.as_str());
    let lost: Vec<&str> = lost.collect();
    assert_eq!(lost, ["too early", "a slip"]);
}

#[test]
fn the_snapshot_shows_who_said_what_of_an_item() {
    let repo = Repo::new()
        .file(LIST, BEFORE)
        .commit("one", at("2026-01-01"))
        .commit("tests\n\nEvidence-for: security/pen-test-passed\n", at("2026-01-02"))
        .commit("slip\n\nSigned-off-for: nobody\n", at("2026-01-03"));
    let snapshot = repo.trueup(["check", "--format", "json"]).code(0).json();
    let item = &snapshot["checklists"][0]["items"][0];
    let said = &item["history"]["attestations"];
    assert_eq!(said[0]["trailer"], "Evidence-for");
    assert_eq!(said[0]["value"], "security/pen-test-passed");
    assert_eq!(said[0]["author"], "Ana");
    assert_eq!(item["verdict"], "unbound", "a trailer proves nothing alone");
    let problem = snapshot["problems"].as_array().unwrap().iter().find(|problem| {
        problem["code"] == "trailer-unmatched" && problem["message"].to_string().contains("nobody")
    });
    assert!(problem.is_some(), "{}", snapshot["problems"]);
}
