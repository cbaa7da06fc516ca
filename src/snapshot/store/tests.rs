//! Every answer of the store, over the fixture that is kept for ever.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::model::Status;

/// A snapshot of version 1 that holds every field. It is never edited: whatever becomes of the types,
/// it must still be read.
const V1: &str = include_str!("../../../fixtures/snapshots/v1.json");

fn altered(change: impl Fn(&mut Json)) -> Result<Stored, StoreError> {
    let mut json: Json = serde_json::from_str(V1).unwrap();
    change(&mut json);
    read(json.to_string().as_bytes())
}

fn fault(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

#[test]
fn version_1_is_read_and_nothing_of_it_is_lost() {
    let stored = read(V1.as_bytes()).unwrap();
    assert_eq!(stored.note, None);
    assert_eq!(stored.snapshot.release.as_deref(), Some("1.5.0"));
    assert_eq!(stored.snapshot.checklists[0].items[0].status, Status::Contradicted);
    let again: Json = serde_json::from_str(&write(&stored.snapshot)).unwrap();
    let before: Json = serde_json::from_str(V1).unwrap();
    assert_eq!(without_nulls(&again), without_nulls(&before));
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert_eq!(read(format!("\u{feff}{V1}").as_bytes()), read(V1.as_bytes()));
}

#[test]
fn what_is_written_is_read_back_and_written_the_same() {
    let snapshot = read(V1.as_bytes()).unwrap().snapshot;
    let written = write(&snapshot);
    assert_eq!(read(written.as_bytes()).unwrap().snapshot, snapshot);
    assert_eq!(write(&read(written.as_bytes()).unwrap().snapshot), written);
}

/// The fixture is worth keeping only while it holds everything that version 1 had when it was made.
#[test]
fn the_fixture_is_valid_by_the_schema_and_holds_its_fields() {
    let schema = crate::snapshot::schema();
    let json: Json = serde_json::from_str(V1).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(&json).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, [""; 0]);
    let mut held = BTreeSet::new();
    keys(&json, &mut held);
    for field in [
        "release",
        "commit",
        "document",
        "procedures",
        "steps",
        "exists",
        "figures",
        "window",
        "history",
        "ticked",
        "waiver",
        "waivers",
        "problems",
        "requirements",
        "sign_off",
        "vouched_by",
        "read",
        "bound",
        "blocks",
        "callout",
        "language",
        "align",
        "used_by",
    ] {
        assert!(held.contains(field), "{field}");
    }
}

#[test]
fn what_is_no_snapshot_says_what_it_is() {
    for (bytes, expected) in [
        ("", "no snapshot: the file is empty"),
        (" \n", "no snapshot: the file is empty"),
        ("# Release\n", "no snapshot: the file is no JSON object"),
        ("[]", "no snapshot: the file is no JSON object"),
        ("{}", "no snapshot: a JSON object without `schema`"),
        (r#"{"schema": 1}"#, "no snapshot: its `schema` is no text"),
        (r#"{"schema": "trueup/diff/1"}"#, "no snapshot: its `schema` is `trueup/diff/1`"),
        (
            r#"{"schema": "trueup/snapshot/one"}"#,
            "no snapshot: its `schema` is `trueup/snapshot/one`",
        ),
        ("{\n  \"a\": ]", "no snapshot: the file is no JSON (expected value at line 2 column 8)"),
    ] {
        assert_eq!(fault(bytes.as_bytes()), expected);
    }
}

#[test]
fn too_old_and_too_new_are_two_answers() {
    assert_eq!(
        fault(br#"{"schema": "trueup/snapshot/0"}"#),
        "the snapshot is of version 0, which is too old: this trueup reads 1"
    );
    assert_eq!(
        fault(br#"{"schema": "trueup/snapshot/2", "tool": {"version": "3.0.0"}}"#),
        format!("the snapshot needs a newer trueup than {}: it is of version 2", version::OWN)
    );
}

#[test]
fn newer_in_small_ways_is_read_with_a_note() {
    let newer = altered(|json| {
        json["tool"]["version"] = json!("99.1.0");
        json["mood"] = json!("bright");
        json["checklists"][0]["items"][1]["colour"] = json!("red");
        json["checklists"][0]["items"][2]["colour"] = json!("red");
        json["checklists"][0]["items"][2]["shade"] = Json::Null;
    });
    let stored = newer.unwrap();
    let own = version::OWN;
    assert_eq!(
        stored.note.unwrap(),
        format!(
            "Written by trueup 99.1.0, which is newer than this {own}. Not known here, and left \
             out: checklists[].items[].colour and mood."
        )
    );
    let same = altered(|json| json["tool"]["version"] = json!("99.1.0")).unwrap();
    assert!(same.note.unwrap().ends_with("Every field is known here."));
    let own_version = altered(|json| json["mood"] = json!("bright")).unwrap();
    assert_eq!(own_version.note, None);
}

#[test]
fn a_word_that_only_a_newer_trueup_knows_is_too_new_and_else_damage() {
    let word = |json: &mut Json| json["checklists"][0]["items"][0]["status"] = json!("radiant");
    let newer = altered(|json| {
        word(json);
        json["tool"]["version"] = json!("99.1.0");
    });
    assert!(matches!(newer, Err(StoreError::TooNew { why }) if why.contains("radiant")));
    assert!(
        matches!(altered(word), Err(StoreError::Damaged { why, .. }) if why.contains("radiant"))
    );
}

#[test]
fn damage_is_told_with_its_place() {
    let broken = V1.replacen("\"bytes\": 4096", "\"bytes\": -1", 1);
    let line = 1 + V1.lines().position(|line| line.contains("\"bytes\": 4096")).unwrap();
    let Err(StoreError::Damaged { line: at, why, .. }) = read(broken.as_bytes()) else {
        panic!("read");
    };
    assert_eq!(at, line);
    assert!(why.starts_with("invalid value"), "{why}");
    let cut = &V1[..V1.len() / 2];
    assert!(fault(cut.as_bytes()).ends_with("the file ends in the middle of a value"));
    let two = format!("{V1}{V1}");
    assert!(fault(two.as_bytes()).ends_with("trailing characters"));
}

#[test]
fn a_cut_snapshot_is_never_a_smaller_one() {
    for end in (0..V1.trim_end().len()).step_by(37) {
        assert!(read(&V1.as_bytes()[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn flipped_bytes_are_answered() {
    let bytes = V1.as_bytes();
    for at in (0..bytes.len()).step_by(53) {
        for mask in [0x01, 0x20, 0x80, 0xff] {
            let mut flipped = bytes.to_vec();
            flipped[at] ^= mask;
            if let Ok(stored) = read(&flipped) {
                assert!(read(write(&stored.snapshot).as_bytes()).is_ok());
            }
        }
    }
}

#[test]
fn deep_nesting_is_damage_where_it_is_read_and_nothing_where_it_is_not() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let read_field = V1.replacen("\"facts\": {}", &format!("\"facts\": {{\"x\": {deep}}}"), 1);
    assert!(fault(read_field.as_bytes()).contains("recursion limit"));
    let newer = V1.replacen("\"version\": \"0.1.0\"", "\"version\": \"99.0.0\"", 1);
    let unread = newer.replacen('{', &format!("{{\"x\": {deep},"), 1);
    assert!(read(unread.as_bytes()).unwrap().note.unwrap().ends_with("not compared."));
}

#[test]
fn names_are_safe_and_read_back() {
    for (release, file) in [
        ("v1.5.0", "v1.5.0.json"),
        ("release/2026-11", "release%2F2026-11.json"),
        ("Spring 26", "Spring%2026.json"),
        ("..", "%2E..json"),
        ("-rf", "%2Drf.json"),
        ("v1~1", "v1%7E1.json"),
        ("100%", "100%25.json"),
        ("con", "%63on.json"),
        ("NUL.tar", "%4EUL.tar.json"),
        ("größe", "gr%C3%B6%C3%9Fe.json"),
        ("a\\b:c", "a%5Cb%3Ac.json"),
    ] {
        assert_eq!(file_name(release).as_deref(), Ok(file));
        assert_eq!(list(&[file.to_owned()])[0].release, release);
    }
    assert_eq!(file_name(""), Err(NameError::Empty));
    assert_eq!(file_name(&"x".repeat(196)), Err(NameError::TooLong { bytes: 201 }));
}

#[test]
fn superseded_ones_are_numbered_and_never_meet_a_release() {
    let present: Vec<String> =
        ["v1.5.json", "v1.5~1.json", "v1.5~10.json", "v1.5~2.json", "v1.5.1.json"]
            .map(str::to_owned)
            .into();
    assert_eq!(superseded_name("v1.5", &present).as_deref(), Ok("v1.5~11.json"));
    assert_eq!(superseded_name("v1.5.1", &present).as_deref(), Ok("v1.5.1~1.json"));
    let listed = list(&present);
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0].superseded, ["v1.5~1.json", "v1.5~2.json", "v1.5~10.json"]);
    assert_eq!((listed[1].release.as_str(), listed[1].superseded.len()), ("v1.5.1", 0));
}

#[test]
fn what_is_no_name_of_ours_is_left_out() {
    let strange = [
        "README.md",
        "v1~0.json",
        "v1~01.json",
        "v1~x.json",
        "%zz.json",
        "%2e.json",
        "a b.json",
        ".json",
        "%",
        "v1~1~2.json",
        "%ff.json",
    ];
    assert_eq!(list(&strange.map(str::to_owned)), []);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_name_is_safe_and_read_back(release in "\\PC{1,40}", other in "\\PC{1,40}") {
        let file = file_name(&release);
        prop_assume!(file.is_ok());
        let file = file.unwrap();
        prop_assert!(file.bytes().all(|b| b.is_ascii_alphanumeric() || b"._+-%".contains(&b)));
        prop_assert!(!file.starts_with(['.', '-']));
        prop_assert_eq!(&list(std::slice::from_ref(&file))[0].release, &release);
        prop_assert_eq!(file_name(&other) == Ok(file), other == release);
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read(&bytes).is_err());
    }
}

/// Absent and `null` mean the same.
fn without_nulls(json: &Json) -> Json {
    match json {
        Json::Object(members) => {
            let told = members.iter().filter(|(_, value)| !value.is_null());
            told.map(|(name, value)| (name.clone(), without_nulls(value))).collect()
        }
        Json::Array(entries) => entries.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

fn keys(json: &Json, held: &mut BTreeSet<String>) {
    match json {
        Json::Object(members) => {
            for (name, value) in members {
                held.insert(name.clone());
                keys(value, held);
            }
        }
        Json::Array(entries) => entries.iter().for_each(|entry| keys(entry, held)),
        _ => {}
    }
}
