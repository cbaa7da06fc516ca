//! What a squash merge keeps of the messages of its commits.

use serde_json::Value;

use super::{WORD, asking, changing, judged, says};
use crate::support::{Repo, at};

#[test]
fn a_sign_off_that_a_squash_left_above_the_last_paragraph_is_told() {
    let squash = "keys (#12)\n\n* rotate\n\nSigned-off-for: security/keys-rotated\n\n* more\n\n\
                  Co-authored-by: Ben <ben@example.org>\n";
    let codes = |repo: &Repo| -> Vec<String> {
        let told = judged(repo, &[]);
        let problems = told["problems"].as_array().unwrap().iter();
        let of = |of: &Value| format!("{} {}", of["code"], of["message"]).replace('"', "");
        problems.map(of).collect()
    };
    let repo = asking("").commit(squash, at("2026-01-06"));
    let commit: String = repo.id("HEAD").chars().take(7).collect();
    let said = format!(
        "trailer-unmatched `Signed-off-for: security/keys-rotated` stands in commit {commit} where git \
         reads no trailer: those are the last paragraph of a message, and nothing else is in it."
    );
    for _ in 0..2 {
        says(&repo, "unproven", "none is on record");
        assert_eq!(codes(&repo), [said.as_str()]);
    }
    let prose =
        repo.commit("docs\n\nSigned-off-for: nothing/here\n\nis a trailer.\n", at("2026-01-07"));
    assert_eq!(codes(&prose), [said]);
    let again = prose.commit("again\n\nSigned-off-for: security/keys-rotated\n", at("2026-01-08"));
    assert_eq!(codes(&again), Vec::<String>::new());
    says(&again, "verified", "Noor");
}

#[test]
fn who_is_named_in_the_middle_of_a_squash_made_the_change_too() {
    for message in [
        "Merged in f (pull request #3)\n\n* cache\n\nCo-authored-by: Noor <noor@example.org>\n\n\
         * nit\n\nApproved-by: Eli",
        "Paying (#3)\n\n* cache\n\n  co-authored-by: Noor <noor@example.org>\n\n---------\n\n\
         Co-authored-by: Eli <eli@example.org>",
        "Squashed commit of the following:\n\ncommit 53184b4\nAuthor: Noor <noor@example.org>\n\
         Date:   Tue Jan 6 00:00:00 2026 +0000\n\n    paying more",
    ] {
        let repo = changing()
            .file("app/pay.rs", "2")
            .commit(message, at("2026-01-06"))
            .author("Noor", "noor@example.org")
            .commit(WORD, at("2026-01-07"));
        says(&repo, "unproven", "since v1.0.0, and four eyes are asked for");
    }
}
