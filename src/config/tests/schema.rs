//! The published schema against the reader: both know the same file.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fixture;
use crate::config::{file, gate, require, schema, settings, waiver};

fn json(toml: &str) -> Value {
    toml::from_str::<toml::Value>(toml).map(|value| serde_json::to_value(value).unwrap()).unwrap()
}

/// The properties of the schema's definition of that name, or of its root.
fn properties(name: &str) -> BTreeSet<String> {
    let schema = schema();
    let of = if name.is_empty() { &schema } else { &schema["definitions"][name] };
    of["properties"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_key_that_is_read_is_in_the_schema_and_no_other() {
    for (name, keys) in [
        ("", file::KEYS),
        ("Require", require::KEYS),
        ("ArtifactTable", require::WANTED_KEYS),
        ("SignOff", require::SIGN_OFF_KEYS),
        ("Waiver", waiver::KEYS),
        ("Gate", gate::KEYS),
        ("Required", gate::REQUIRED_KEYS),
        ("Defaults", settings::DEFAULTS_KEYS),
        ("Signatures", settings::SIGNATURES_KEYS),
        ("SignOffs", settings::SIGN_OFFS_KEYS),
        ("Releases", settings::RELEASES_KEYS),
        ("Deploy", settings::DEPLOY_KEYS),
        ("Severities", settings::SEVERITIES_KEYS),
        ("Site", settings::SITE_KEYS),
        ("ArchiveLimits", settings::LIMITS_KEYS),
    ] {
        let keys: BTreeSet<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        assert_eq!(properties(name), keys, "{name}");
    }
}

#[test]
fn a_file_that_is_read_without_a_fault_fits_the_schema_and_a_faulty_one_does_not() {
    let schema = schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults = |text: &str| {
        validator.iter_errors(&json(text)).map(|fault| fault.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(faults(&fixture("every-key.toml")), Vec::<String>::new());
    assert_eq!(faults(""), Vec::<String>::new());
    for wrong in [
        "checklist = []",
        "links = \"evidences\"",
        "[defaults]\nmax-age = \"7 fortnights\"",
        "[severities]\nunknown = \"moderate\"",
        "[markers]\n\"~\" = \"started\"",
        "[[require]]\ncondition = \"data.ok\"",
        "[[require]]\nitem = \"a\"\nconditon = \"data.ok\"",
        "[[require]]\nitem = \"a\"\nsign-off = { count = 2 }",
        "[[waiver]]\nitem = \"a\"\nby = \"x\"\nreason = \"y\"",
        "[gate]\nfail-on = [\"contradictd\"]",
        "[gate]\nrequire = [{ items = \"a\" }]",
    ] {
        assert!(!faults(wrong).is_empty(), "{wrong}");
    }
}

#[test]
fn every_key_has_a_sentence() {
    let schema = schema();
    let mut definitions: Vec<(&str, &Value)> = vec![("", &schema)];
    let named = schema["definitions"].as_object().unwrap();
    definitions.extend(named.iter().map(|(name, definition)| (name.as_str(), definition)));
    for (name, definition) in definitions {
        let Some(properties) = definition["properties"].as_object() else { continue };
        for (key, property) in properties {
            let sentence = property["description"].as_str().unwrap_or_default();
            assert!(sentence.ends_with(['.', '`']), "{name}.{key}: {sentence}");
        }
    }
}
