//! Trailers of commit messages: what they name, and whose words they are.

use super::{LIST, asking, judged, says, trailer};
use crate::support::at;

#[test]
fn who_merges_a_request_does_not_sign_what_it_says() {
    let body = "keys\n\nSigned-off-for: security/keys-rotated";
    let signed =
        |subject: &str| asking("").commit(&format!("{subject}\n\n{body}"), at("2026-01-07"));
    let why = "Noor merged a request, whose words its message may hold";
    says(&signed("Merge pull request #12 from mallory/keys"), "unproven", why);
    says(&signed("Merge pull request 'Keys' (#12) from keys into main"), "unproven", why);
    says(&signed("Merge branch 'keys' into 'main'"), "unproven", why);
    says(&signed("Merged PR 12: keys"), "unproven", why);
    says(&signed("Merge the keys"), "verified", "Signed off by Noor");
}

#[test]
fn a_trailer_of_which_a_part_names_no_item_signs_nothing() {
    let says_of = |written: &str, status: &str, reason: &str| {
        let repo = trailer("GO.md", LIST, written);
        says(&repo, status, reason);
        judged(&repo, &[])["problems"].clone()
    };
    let keys = "security/keys-rotated";
    says_of(keys, "verified", "Signed off by Noor");
    says_of(&format!("{keys}, security/bank-told"), "verified", "Signed off by Noor");
    let told = says_of(&format!("{keys}, except production"), "unproven", "none is on record");
    assert_eq!(told[0]["code"], "trailer-unmatched", "{told}");
}
