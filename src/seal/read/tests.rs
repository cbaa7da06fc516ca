//! Which artifacts a seal holds, and which it refuses.

use super::*;
use crate::model::{Answer, Digest};

const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

fn artifact(path: &str) -> Artifact {
    Artifact {
        path: path.to_owned(),
        archive: None,
        sha256: Digest([0xaa; 32]),
        bytes: 0,
        time: None,
        zoned: true,
        tracked: false,
        committed_in: None,
        arrived: None,
        checked_out: None,
        sealed: Sealed::No,
        answer: Answer::Unknown { why: String::new() },
    }
}

fn statement(name: &str, digest: &str, commit: &str, at: &str) -> String {
    format!(
        r#"{{"_type": "{STATEMENT}", "predicateType": "{PREDICATE}", "predicate": {{
        "tool": {{"name": "trueup", "version": "0"}}, "sealed_at": "{at}", "commit": "{commit}",
        "dirty": false}}, "subject": [{{"name": "{name}", "digest": {{"sha256": "{digest}"}}}}]}}"#
    )
}

fn sealing(path: &str, name: &str, digest: &str, commit: &str, at: &str) -> Sealing {
    read(path, statement(name, digest, commit, at).as_bytes()).unwrap()
}

#[test]
fn name_and_digest_both_count() {
    let seal = sealing("r/a.seal.json", "x/tsc.log", A, "4f2c", "2026-01-05T10:00:00Z");
    let of = |path: &str| sealed(&artifact(path), std::slice::from_ref(&seal));
    assert_eq!(of("r/x/tsc.log").seal().unwrap().commit.as_deref(), Some("4f2c"));
    assert_eq!(of("r/x/eslint.log"), Sealed::No, "the same bytes under another name");
    assert_eq!(of("x/tsc.log"), Sealed::No);
    let other = sealing("r/a.seal.json", "a", &A.replace('a', "b"), "4f2c", "2026-01-05T10:00:00Z");
    let Sealed::Broken(why) = sealed(&artifact("r/a"), &[other]) else { panic!() };
    assert!(why.starts_with("r/a is not what r/a.seal.json sealed"), "{why}");
}

#[test]
fn of_two_seals_the_oldest_counts_and_they_must_agree() {
    let new = sealing("r/b.seal.json", "a", A, "4f2c", "2026-01-06T10:00:00Z");
    let old = sealing("r/a.seal.json", "a", A, "4f2c", "2026-01-05T10:00:00Z");
    let found = sealed(&artifact("r/a"), &[new.clone(), old]);
    assert_eq!(found.seal().unwrap().path, "r/a.seal.json");
    let other = sealing("r/c.seal.json", "a", A, "ffff", "2026-01-05T10:00:00Z");
    assert!(matches!(sealed(&artifact("r/a"), &[new, other]), Sealed::Broken(_)));
}

#[test]
fn what_is_no_whole_seal_seals_nothing() {
    let good = statement("a", A, "4f2c", "2026-01-05T10:00:00Z");
    for (text, why) in [
        (good.get(..good.len() - 2).unwrap().to_owned(), "no JSON"),
        (good.replace(PREDICATE, "https://slsa.dev/provenance/v1"), "predicate type is"),
        ("{}".to_owned(), "predicate type is `none`"),
        (good.replace(r#""name": "a""#, r#""name": "../a""#), "lies outside"),
        (good.replace(A, "aa"), "no SHA-256 of a"),
        (good.replace("2026-01-05T10:00:00Z", "today"), "`sealed_at`"),
    ] {
        let fault = read("a.seal.json", text.as_bytes()).unwrap_err();
        assert!(fault.contains(why), "{why}: {fault}");
    }
}
