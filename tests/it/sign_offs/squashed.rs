//! What a squash merge keeps of the messages of its commits.

use serde_json::Value;

use super::{asking, judged, says};
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
