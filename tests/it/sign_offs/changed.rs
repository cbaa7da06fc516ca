//! What changed since a word was given: the text, the box, the code.

use super::{FILE, LIST, WORD, asking, changing, entry, says};
use crate::support::{Repo, at};

#[test]
fn a_text_that_changed_since_makes_it_stale() {
    let reworded =
        LIST.replace("Keys rotated", "All keys rotated <!-- id: security/keys-rotated -->");
    let repo = asking("")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("my word", at("2026-01-07"))
        .author("Ana", "ana@example.org")
        .file("GO.md", reworded)
        .commit("more", at("2026-01-08"));
    says(&repo, "stale", "the wording changed since");
}

#[test]
fn a_box_that_was_reset_asks_for_a_word_anew() {
    let open = LIST.replace("- [x] Keys", "- [ ] Keys");
    let signed =
        asking("").file(FILE, entry("@noor", "2026-01-06")).commit("my word", at("2026-01-07"));
    let trailer =
        asking("").commit("go\n\nSigned-off-for: security/keys-rotated", at("2026-01-07"));
    for signed in [signed, trailer] {
        says(&signed, "verified", "Signed off by Noor");
        let reset = signed.author("Ana", "ana@example.org").file("GO.md", &*open);
        says(&reset, "open", "the box was reset in the work tree");
        let reset = reset.commit("the next release", at("2026-01-08"));
        says(&reset, "open", "the box was reset on 2026-01-08, so it asks anew");
        let ticked = reset.file("GO.md", LIST).commit("done again", at("2026-01-09"));
        says(&ticked, "stale", "the box was reset on 2026-01-08");
        let again = ticked
            .author("Noor", "noor@example.org")
            .commit("go\n\nSigned-off-for: security/keys-rotated", at("2026-01-09T08:00:00Z"));
        says(&again, "verified", "Signed off by Noor on 2026-01-09");
    }
}

#[test]
fn a_word_is_of_the_code_that_its_giver_could_see() {
    let changed = |when: &str| {
        changing()
            .file("app/pay.rs", "2")
            .commit("paying more", at(when))
            .author("Noor", "noor@example.org")
    };
    let rebased = |changed: Repo| {
        changed.commit(WORD, at("2026-01-09")).rebased(at("2026-01-06"), at("2026-01-09"))
    };
    says(&rebased(changed("2026-01-07")), "stale", "Since then 1 commit changed app/pay.rs");
    says(&rebased(changed("2026-01-05T08:00:00Z")), "verified", "Signed off by Noor on 2026-01-06");
    let entered = |when: &str| {
        changed(when).file(FILE, entry("@noor", "2026-01-06")).commit("my word", at("2026-01-09"))
    };
    says(&entered("2026-01-08"), "stale", "Since then 1 commit changed app/pay.rs");
    says(&entered("2026-01-06T15:00:00Z"), "verified", "Signed off by Noor on 2026-01-06");
}

#[test]
fn a_later_change_under_the_paths_makes_a_sign_off_stale() {
    let repo = changing()
        .author("Noor", "noor@example.org")
        .commit(WORD, at("2026-01-06"))
        .author("Ana", "ana@example.org")
        .file("app/pay.rs", "2")
        .commit("paying more", at("2026-01-07"));
    says(&repo, "stale", "Since then 1 commit changed app/pay.rs. Sign it off again.");
}
