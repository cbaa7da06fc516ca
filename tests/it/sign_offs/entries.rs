//! Entries of files of sign-offs: whose words they are, and of when.

use serde_json::Value;

use super::{FILE, asking, entry, judged, says};
use crate::support::at;

#[test]
fn an_entry_counts_that_the_one_whom_it_names_committed() {
    let repo = asking("").file(FILE, entry("@noor", "2026-01-06"));
    says(&repo, "unproven", "none is on record");
    let problems = judged(&repo, &[])["problems"].clone();
    assert_eq!(problems[0]["code"], "sign-off-uncommitted", "{problems:#}");
    let repo = repo.commit("my word", at("2026-01-07"));
    says(&repo, "verified", "Signed off by Noor on 2026-01-06");
    let snapshot = judged(&repo, &[]);
    let given = &snapshot["checklists"][0]["items"][0]["requirement"]["sign_off"]["given"][0];
    assert_eq!(given["from"], "file");
    assert_eq!((&given["path"], &given["line"]), (&Value::from(FILE), &Value::from(1)));
    assert_eq!(snapshot["problems"], serde_json::json!([]));
}

#[test]
fn a_name_in_a_file_is_nobody_s_word() {
    let by_another = asking("")
        .author("Mallory", "mallory@example.org")
        .file(FILE, entry("noor@example.org", "2026-01-06"))
        .commit("her word, she said", at("2026-01-07"));
    says(&by_another, "unproven", "Mallory is not among those who may sign as mallory@example.org");
    let by_a_colleague = asking("")
        .author("Eli", "eli@example.org")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("her word", at("2026-01-07"));
    says(&by_a_colleague, "unproven", "Eli committed the entry, and it names @noor");
    let changed = asking("")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("my word", at("2026-01-07"))
        .author("Eli", "eli@example.org")
        .file(FILE, entry("@noor", "2026-01-08"))
        .commit("a younger date", at("2026-01-08"));
    says(&changed, "unproven", "Eli committed the entry, and it names @noor");
}

#[test]
fn what_stands_around_an_entry_is_no_part_of_it() {
    let more = "# moved by Eli\n\n[[sign-off]]\nitem = \"security/bank-told\"\n\
                by = \"eli@example.org\"\ndate = 2026-01-08\n\n";
    let repo = asking("")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("my word", at("2026-01-07"))
        .author("Eli", "eli@example.org")
        .file(FILE, format!("{more}{}", entry("@noor", "2026-01-06").replace(" = ", "   = ")))
        .commit("another entry above", at("2026-01-08"));
    says(&repo, "verified", "Signed off by Noor on 2026-01-06");
    let renamed = repo.with(|git| {
        std::fs::rename(
            git.workdir().unwrap().join(FILE),
            git.workdir().unwrap().join("docs/words.toml"),
        )
        .unwrap()
    });
    let config = renamed.read("trueup.toml").replace(FILE, "docs/words.toml");
    let renamed = renamed.file("trueup.toml", config).commit("renamed", at("2026-01-09"));
    says(&renamed, "verified", "Signed off by Noor on 2026-01-06");
}

#[test]
fn an_entry_that_was_taken_out_is_taken_back() {
    let repo = asking("")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("my word", at("2026-01-07"))
        .file(FILE, "");
    says(&repo, "unproven", "none is on record");
    let repo = repo.commit("taken back", at("2026-01-08"));
    says(&repo, "unproven", "none is on record");
    assert_eq!(
        judged(&repo, &["--at", "HEAD~1"])["checklists"][0]["items"][0]["status"],
        "verified"
    );
    let again = repo
        .author("Eli", "eli@example.org")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("put back by another", at("2026-01-09"));
    says(&again, "unproven", "Eli committed the entry, and it names @noor");
}

#[test]
fn a_date_is_not_later_than_the_commit_nor_the_clock() {
    let later = asking("")
        .file(FILE, entry("@noor", "2026-01-09"))
        .commit("ahead of time", at("2026-01-07"));
    says(&later, "unproven", "Noor dated the entry 2026-01-09, and committed it before");
    let same_day = asking("")
        .file(FILE, entry("@noor", "2026-01-07"))
        .commit("in the east, where it is that day already", at("2026-01-06T20:00:00Z"));
    says(&same_day, "verified", "Signed off by Noor");
    let tomorrow = asking("")
        .file(FILE, entry("@noor", "2026-01-12"))
        .commit("after the judge's clock", at("2026-01-12"));
    says(&tomorrow, "unproven", "signed after the moment of judgement");
}

#[test]
fn the_latest_stands_and_its_date_is_its_age() {
    let old = asking(", max-age = \"3d\"")
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("an old word, committed late", at("2026-01-09"));
    says(&old, "stale", "the limit is 3 days. Sign it off again.");
    let both = entry("@noor", "2026-01-06") + &entry("@noor", "2026-01-09");
    let young = old.file(FILE, both).commit("a younger one", at("2026-01-09"));
    says(&young, "verified", "Signed off by Noor on 2026-01-09");
    let snapshot = judged(&young, &[]);
    let given = &snapshot["checklists"][0]["items"][0]["requirement"]["sign_off"]["given"];
    assert_eq!(given.as_array().unwrap().len(), 2, "the superseded one is kept: {given:#}");
}

#[test]
fn two_at_one_time_are_an_error_in_one_file_and_in_two() {
    let twice = entry("@noor", "2026-01-06").repeat(2);
    let repo = asking("").file(FILE, twice);
    let said = repo.trueup(["check"]).code(2).stderr();
    assert!(said.contains("@noor signs `security/keys-rotated` off twice"), "{said}");
    let glob = entry("noor@example.org", "2026-01-06").replace("keys-rotated", "*");
    let repo = repo
        .file(FILE, entry("@noor", "2026-01-06"))
        .commit("one", at("2026-01-07"))
        .file(FILE, entry("@noor", "2026-01-06") + &glob)
        .commit("and another", at("2026-01-08"));
    says(&repo, "unproven", "at the same time, so neither is the later one");
}

#[test]
fn every_fault_of_a_file_is_told_with_its_place() {
    let text = "[[sign-off]]\nitem = \"security/keys-rotated\"\nby = \"@nour\"\ndate = \"soon\"\n\n\
                [[sign-off]]\nitm = \"security/keys-rotated\"\nby = \"noor\"\n";
    let said = asking("").file(FILE, text).trueup(["check"]).code(2).stderr();
    for part in [
        "docs/sign-offs.toml:3:6",
        "`@nour` is not in [people]",
        "did you mean `@noor`",
        "docs/sign-offs.toml:4:8",
        "`soon` is no date",
        "2026-03-02",
        "unknown key `itm`",
        "this [[sign-off]] has no `date`",
        "`noor` is no address",
    ] {
        assert!(said.to_lowercase().contains(&part.to_lowercase()), "{part}\n{said}");
    }
    let none = asking("").remove(FILE).trueup(["check"]).code(2).stderr();
    assert!(none.contains("trueup.toml:6: `docs/sign-offs.toml` matches no file"), "{none}");
}

#[test]
fn an_entry_for_nothing_is_told() {
    let repo = asking("")
        .file(FILE, entry("@noor", "2026-01-06").replace("keys-rotated", "keys-gone"))
        .commit("for nothing", at("2026-01-07"));
    let problems = judged(&repo, &[])["problems"].clone();
    assert_eq!(problems[0]["code"], "sign-off-unmatched", "{problems:#}");
    assert_eq!(problems[0]["line"], 1);
}
