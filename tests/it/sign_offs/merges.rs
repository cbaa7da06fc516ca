//! Merges that a forge makes of requests: whoever clicks did not write what they say.

use git2::{Signature, Time};

use super::{asking, says};
use crate::support::{Repo, at};

const BODY: &str = "Ben did it on Monday.\n\nSigned-off-for: security/keys-rotated";

/// Noor merges a branch with this message; `committer` is who git says made the commit.
fn merged(subject: &str, body: &str, committer: (&str, &str)) -> Repo {
    let repo = asking("").branch("keys").author("Ben", "ben@example.org").file("keys", "2");
    let repo = repo.commit("the keys", at("2026-01-06")).check_out("main").file("keys", "2");
    let repo = repo.author("Noor", "noor@example.org");
    let repo = repo.merge("keys", &format!("{subject}\n\n{body}"), at("2026-01-07"));
    repo.with(|git| {
        let commit = git.head().unwrap().peel_to_commit().unwrap();
        let time = Time::new(at("2026-01-07").epoch(), 0);
        let made = Signature::new(committer.0, committer.1, &time).unwrap();
        commit.amend(Some("HEAD"), None, Some(&made), None, None, None).unwrap();
    })
}

#[test]
fn a_merge_of_a_request_is_nobody_s_word_whatever_its_subject_is() {
    let (noor, github) = (("Noor", "noor@example.org"), ("GitHub", "noreply@github.com"));
    let why = "Noor merged a request, whose words its message may hold: who signs does so in a commit \
               that merges nothing";
    for (subject, committer) in [
        ("Rotate the keys (#12)", github),
        ("Rotate the keys", github),
        ("Rotate the keys (#12)", noor),
        ("Rotate the keys (!12)", noor),
        ("Merge of #12", noor),
        ("Merged in keys (pull request #12)", noor),
        ("Pull request #12: Rotate the keys", noor),
        ("Merge pull request 12 from keys into main", noor),
    ] {
        let repo = merged(subject, BODY, committer);
        says(&repo, "unproven", why);
        // As the history is kept.
        says(&repo, "unproven", why);
    }
    let gitlab = format!("See merge request shop/shop!12\n\n{BODY}");
    says(&merged("Rotate the keys", &gitlab, noor), "unproven", why);
    let own = merged("Merge the keys", BODY, noor);
    says(&own, "verified", "Signed off by Noor");
}

#[test]
fn who_squashes_or_commits_on_a_forge_wrote_the_commit() {
    let squash = asking("").commit(&format!("Rotate the keys (#12)\n\n{BODY}"), at("2026-01-07"));
    says(&squash, "verified", "Signed off by Noor");
}
