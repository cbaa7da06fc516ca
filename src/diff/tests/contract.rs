//! The wire format: what is published, and that it is valid by its own schema.

use serde_json::{Value as Json, json};

use super::super::fixture::{item, requirement};
use super::super::{Detail, Diff, Kind, schema};
use super::between;
use crate::model::Verdict;

fn full() -> Diff {
    between(
        &[
            item("a", "A").ticked().verdict(Verdict::Pass).evidence("r/junit.xml", "aa"),
            item("b", "B").asks(requirement("p95 < 500")),
            item("c", "C").ticked(),
        ],
        &[
            item("a", "A again").verdict(Verdict::Fail).evidence("r/junit.xml", "bb"),
            item("b", "B").asks(requirement("p95 < 800")).waived("2026-12-31"),
            item("d", "Something else altogether").ticked(),
        ],
    )
}

#[test]
fn a_diff_is_valid_by_its_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for diff in [full(), between(&[], &[])] {
        let json = serde_json::to_value(&diff).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&json).map(|fault| fault.to_string()).collect();
        assert_eq!(faults, [""; 0]);
        assert_eq!(serde_json::from_value::<Diff>(json).unwrap(), diff);
    }
    let mut json = serde_json::to_value(full()).unwrap();
    json["changes"][0]["kind"] = json!("mood");
    assert!(!validator.is_valid(&json));
}

#[test]
fn the_promised_fields_are_there() {
    let json = serde_json::to_value(full()).unwrap();
    assert_eq!(json["schema"], "trueup/diff/1");
    for side in ["from", "to"] {
        for field in ["name", "commit", "recorded"] {
            assert!(!json[side][field].is_null(), "{side}.{field}");
        }
    }
    assert!(json["summary"].is_object());
    for row in json["changes"].as_array().unwrap() {
        let row = row.as_object().unwrap();
        for field in ["checklist", "item", "text", "kind", "from", "to", "regression", "why"] {
            assert!(row.contains_key(field), "{field}");
        }
        assert!(!row["why"].as_str().unwrap_or_default().is_empty() || row["kind"] == "status");
    }
}

#[test]
fn one_item_has_at_most_one_row_of_a_kind() {
    let diff = full();
    let mut seen = std::collections::BTreeSet::new();
    for change in &diff.changes {
        assert!(seen.insert((&change.checklist, &change.item, change.kind)), "{change:?}");
    }
}

/// A schema that grows is a change of the contract: it is read like code.
#[test]
fn the_words_of_the_contract_are_as_published() {
    let words = |list: &[&'static str]| list.join(" ");
    assert_eq!(
        words(&Kind::ALL.map(Kind::word)),
        "status claim requirement removed waiver added evidence reworded moved"
    );
    let details: Vec<&str> = Detail::ALL.iter().map(|detail| detail.word()).collect();
    assert_eq!(
        words(&details),
        "worse better aside not-recorded ticked unticked cancelled changed born-ticked open \
         required added removed loosened tightened extended shortened expired gained lost \
         exchanged renewed text figures lowered postponed section checklist"
    );
    let by_kind = serde_json::to_value(full()).unwrap()["summary"]["by_kind"].clone();
    assert_eq!(by_kind.as_object().map(serde_json::Map::len), Some(Kind::ALL.len()));
    assert!(matches!(by_kind, Json::Object(_)));
}
