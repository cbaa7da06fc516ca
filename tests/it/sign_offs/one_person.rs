//! Several words of one person, and one person's commit with the words of several.

use super::{FILE, asking, entry, judged, says};
use crate::support::{Repo, at};

const SIGNS: &str = "looked\n\nSigned-off-for: security/keys-rotated";

/// Two entries of one day, of two people, in the one commit that a squash makes of both.
fn squashed(more: &str) -> Repo {
    let both = entry("@noor", "2026-01-06") + &entry("eli@example.org", "2026-01-06");
    asking(more).file(FILE, both).commit("Sign (#3)", at("2026-01-07"))
}

#[test]
fn an_entry_of_another_person_in_the_same_commit_is_no_second_word_of_its_author() {
    says(&squashed(""), "verified", "Signed off by Noor on 2026-01-06");
    let two = squashed(", count = 2");
    says(&two, "unproven", "1 sign-off is there: Noor on 2026-01-06");
    let told = two.trueup(["explain", "security/keys-rotated", "--as-of", "2026-01-10T12:00:00Z"]);
    let told = told.code(0).stdout();
    assert!(told.contains("committed the entry, and it names eli@example.org"), "{told}");
    let two = two.author("Eli", "eli@example.org").commit(SIGNS, at("2026-01-08"));
    says(&two, "verified", "Eli on 2026-01-08 and Noor on 2026-01-06");
}

#[test]
fn two_at_one_time_are_told_with_their_lines_and_a_later_one_stands() {
    let glob = entry("noor@example.org", "2026-01-06").replace("keys-rotated", "*");
    let twice = asking("")
        .file(FILE, entry("@noor", "2026-01-06") + &glob)
        .commit("both", at("2026-01-07"));
    let commit = twice.id("HEAD").chars().take(7).collect::<String>();
    for line in [1, 6] {
        says(&twice, "unproven", &format!("{commit} ({FILE}:{line})"));
    }
    says(&twice, "unproven", "Take one of them out, or sign it off again.");
    let later = twice.commit(SIGNS, at("2026-01-08"));
    says(&later, "verified", "Signed off by Noor on 2026-01-08");
}

/// Noor signed 1.1 on the main line, then the hotfix 1.0.1 on its branch, which is merged back.
fn merged_back(more: &str) -> Repo {
    let list = |version: &str| {
        format!("# Go\n\n**Version:** {version}\n\n## Security\n\n- [x] Keys rotated\n")
    };
    let start = asking(more).file("GO.md", list("1.0")).commit("1.0", at("2026-01-05"));
    let main = start.branch("hot").check_out("main").file("GO.md", list("1.1"));
    let main = main.commit("1.1", at("2026-01-06")).commit(SIGNS, at("2026-01-06T14:00:00Z"));
    says(&main, "verified", "Signed off by Noor on 2026-01-06");
    let hot = main.check_out("hot").file("web/a.js", "2").commit("fix", at("2026-01-06T15:00:00Z"));
    let hot = hot.commit(SIGNS, at("2026-01-07"));
    says(&hot, "verified", "Signed off by Noor on 2026-01-07");
    hot.check_out("main").file("web/a.js", "2").merge("hot", "Merge hot", at("2026-01-08"))
}

#[test]
fn a_word_of_another_release_takes_nothing_away_from_one_of_this() {
    let repo = merged_back("");
    says(&repo, "verified", "Signed off by Noor on 2026-01-06");
    let given =
        &judged(&repo, &[])["checklists"][0]["items"][0]["requirement"]["sign_off"]["given"];
    assert_eq!(
        (&given[0]["counts"], &given[1]["counts"]),
        (&false.into(), &true.into()),
        "{given}"
    );
    let why = given[0]["why"].as_str().unwrap_or_default();
    assert!(why.contains("release or environment"), "{why}");
}

#[test]
fn two_stale_words_of_one_person_are_one() {
    let repo = asking(", count = 2").commit(SIGNS, at("2026-01-06"));
    let repo = repo.commit(SIGNS, at("2026-01-07")).file(
        "GO.md",
        "# Go\n\n## Security\n\n\
         - [x] All keys rotated <!-- id: security/keys-rotated -->\n",
    );
    says(&repo.commit("other words", at("2026-01-08")), "unproven", "none counts: Noor");
}
