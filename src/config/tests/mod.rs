//! The file as teams write it, and every fault in it.

mod book;
mod comments;
mod schema;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::facts::Grade;
use crate::model::{Age, Claim, Code, Limits, Status};
use crate::policy::{Links, Selector, ShownPeople};

const FORMATS: &[&str] = &["junit", "tsc", "hadolint-json", "github-jobs", "trivy"];

fn fixture(name: &str) -> String {
    let path = format!("{}/fixtures/config/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// The faults of a file, one line each: the text under each, what is wrong, what to write.
fn faults(text: &str) -> Vec<String> {
    let faults = read("trueup.toml", text, FORMATS).err().unwrap_or_default();
    let line = |fault: &ConfigFault| {
        let hint = fault.hint.clone().unwrap_or_default();
        format!("{} | {} | {hint}", fault.at.of(text), fault.message)
    };
    faults.iter().map(line).collect()
}

#[test]
fn an_empty_file_is_a_configuration() {
    let config = read("trueup.toml", "", FORMATS).unwrap();
    assert_eq!(config.environment, "production");
    assert!(config.gate.is_none() && config.requirements.is_empty());
}

#[test]
fn every_key_is_read_as_meant() {
    let config = read("trueup.toml", &fixture("every-key.toml"), FORMATS).unwrap();
    assert_eq!(config.checklists.unwrap()[0].as_str(), "docs/**/*CHECKLIST*.md");
    assert_eq!(config.artifacts.len(), 2);
    assert_eq!(config.links, Links::Evidence);
    assert_eq!(config.defaults.max_age.unwrap().age, Age::days(30));
    assert_eq!(config.defaults.ignore[0].as_str(), "docs/**");
    assert_eq!(
        config.people,
        BTreeMap::from([
            ("@ana".to_owned(), vec!["ana@example.org".to_owned()]),
            (
                "@security".to_owned(),
                vec!["eli@example.org".to_owned(), "ana@example.org".to_owned()]
            ),
        ])
    );
    assert_eq!(config.environment, "prod-eu");
    assert_eq!(config.unknown_severity, Some(Grade::Medium));
    assert_eq!(config.shown_people, ShownPeople::Handles);
    let markers: Vec<_> = config.markers.iter().map(|(m, c)| (m.as_str(), *c)).collect();
    assert_eq!(markers, [("!", None), ("v", Some(Claim::Done)), ("~", Some(Claim::InProgress))]);
    let limits = Limits { entries: 5000, entry: 64 << 20, total: 1 << 30, ratio: 50 };
    assert_eq!(config.limits, limits);
    let gate = config.gate.unwrap();
    assert_eq!(gate.fail_on_status, [Status::Contradicted, Status::Stale]);
    assert_eq!(gate.fail_on_code, [Code::WaiverExpired]);
    assert_eq!(gate.require[0].status, [Status::Verified, Status::Ready]);
    assert_eq!(gate.require[1].priority.as_deref(), Some("P0"));
    assert_eq!(gate.require[1].place.line, Some(55));
    let waiver = &config.waivers[0];
    assert_eq!((waiver.by.as_str(), waiver.place.line), ("Ana", Some(44)));
    assert_eq!(waiver.until.to_string(), "2026-12-31T23:59:59Z");
}

#[test]
fn key_values_are_read_where_the_file_says_so() {
    assert!(!read("trueup.toml", "", FORMATS).unwrap().key_values);
    assert!(read("trueup.toml", "key-values = true", FORMATS).unwrap().key_values);
    assert_eq!(faults("key-values = \"yes\"").len(), 1);
}

#[test]
fn requirements_are_read_as_meant() {
    let config = read("trueup.toml", &fixture("every-key.toml"), FORMATS).unwrap();
    let [unit, api, keys] = config.requirements.as_slice() else { panic!() };
    for (requirement, expected) in [(unit, "quality/unit-tests"), (api, "quality/api-tests")] {
        let Selector::Glob { item, checklist } = &requirement.items else { panic!() };
        assert_eq!(item.as_str(), expected);
        assert_eq!(checklist.as_ref().unwrap().as_str(), "docs/release/*.md");
        assert_eq!(requirement.place.to_string(), "trueup.toml:28");
        assert_eq!(requirement.condition.as_ref().unwrap().source(), "findings.errors == 0");
        assert_eq!(requirement.max_age.as_ref().unwrap().written, "7d");
        assert_eq!(requirement.paths.as_deref(), Some([].as_slice()));
        let [log, jobs] = requirement.artifacts.as_slice() else { panic!() };
        assert_eq!((log.format.as_deref(), log.optional), (Some("tsc"), true));
        assert!(log.vouched_by.is_some());
        assert_eq!(jobs.format.as_deref(), Some("github-jobs"));
    }
    let sign_off = keys.sign_off.as_ref().unwrap();
    assert_eq!((sign_off.count, sign_off.by.len()), (2, 2));
    assert!(keys.condition.is_none() && keys.paths.is_none());
}

#[test]
fn every_fault_is_told_at_once_with_its_place() {
    insta::assert_snapshot!(faults(&fixture("every-fault.toml")).join("\n"));
}

#[test]
fn two_requirements_that_contradict_are_named() {
    let text = "
[[require]]
item = 'a/b'
condition = 'tests.failed == 0 && tests.total > 0'

[[require]]
item = 'a/b'
artifacts = ['other.xml']
condition = 'tests.failed > 0'

[[require]]
item = 'a/b'
condition = 'tests.failed > 0'
";
    let expected = "'tests.failed > 0' | `tests.failed > 0` and `tests.failed == 0` \
        (trueup.toml:2) cannot both hold | Take one of the two requirements away.";
    assert_eq!(faults(text), [expected]);
}

#[test]
fn a_fault_of_the_syntax_has_its_place() {
    for text in ["[[require]\nitem = 'a'", "a = ", "item = \"open\nb = 1", "a = 1\na = 2", "= 1"] {
        let faults = read("trueup.toml", text, FORMATS).unwrap_err();
        assert!(faults.iter().all(|fault| !fault.message.is_empty()), "{faults:?}");
    }
}

#[test]
fn a_condition_in_a_string_with_line_ends_and_escapes_is_marked_at_its_place() {
    for text in [
        "[[require]]\r\nitem = 'a'\r\ncondition = '''\r\ntests.total > 0 &&\r\n tests.faild == 0'''",
        "[[require]]\nitem = 'a'\ncondition = \"\\\"é\\\" == '' || tests.faild == 0\"",
        "[[require]]\nitem = 'a'\ncondition = \"\"\"tests.total > 0 \\\n    && tests.faild == 0\"\"\"",
        "\u{feff}[[require]]\nitem = 'a'\ncondition = 'tests.faild == 0'",
    ] {
        let faults = faults(text);
        assert_eq!(
            faults,
            ["faild | unknown fact `tests.faild` | Did you mean `tests.failed`?"],
            "{text:?}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_with_places_inside_it(text in any::<String>()) {
        for fault in read("trueup.toml", &text, FORMATS).err().unwrap_or_default() {
            prop_assert!(fault.at.start <= fault.at.end && fault.at.end <= text.len());
        }
    }

    #[test]
    fn any_file_of_sign_offs_is_read_or_refused_with_places_inside_it(
        text in "(\\[\\[sign-off\\]\\]\n|item = \"[a-z*/é]{0,6}\"\n|by = \"@?[a-z@]{0,5}\"\n|date = [0-9T:Z\"-]{0,12}\n|[ -~é]{0,9}\n){0,8}"
    ) {
        match sign_offs("f.toml", &text, None) {
            Ok(entries) => {
                let lines = text.lines().count();
                prop_assert!(entries.iter().all(|of| of.line >= 1 && of.line <= lines));
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(fault.at.start <= fault.at.end && fault.at.end <= text.len());
                }
            }
        }
    }

    #[test]
    fn any_condition_in_a_file_is_read_or_refused_at_its_place(condition in "[ -~é\n]{0,60}") {
        let quoted = toml::Value::String(condition).to_string();
        let text = format!("[[require]]\nitem = 'a'\ncondition = {quoted}");
        let start = text.find("condition").unwrap();
        for fault in read("trueup.toml", &text, FORMATS).err().unwrap_or_default() {
            prop_assert!(fault.at.start > start && fault.at.end <= text.len(), "{:?}", fault);
        }
    }
}

#[test]
fn any_bytes_are_read_or_refused() {
    for name in ["every-key.toml", "every-fault.toml"] {
        let text = fixture(name);
        for cut in (0..text.len()).filter(|at| text.is_char_boundary(*at)).step_by(7) {
            let cut = &text[..cut];
            faults(cut);
            let flipped = format!("{}\u{0}{}", cut, text.get(cut.len() + 1..).unwrap_or_default());
            faults(&flipped);
        }
    }
}

#[test]
fn a_name_among_others_that_holds_addresses_alone_is_one_person() {
    let config = read(
        "trueup.toml",
        "[people]\n\"@ana\" = [\"ana@x.org\", \"ac@y.org\"]\n\"@ben\" = \"ben@x.org\"\n\
         \"@qa\" = [\"noor@x.org\", \"eli@x.org\"]\n\"@dev\" = [\"@ana\", \"kim@x.org\"]\n\
         \"@all\" = [\"@qa\"]\n\
         [[require]]\nitem = \"a\"\nsign-off = { by = [\"@qa\"], count = 2 }\n\
         [[require]]\nitem = \"b\"\nsign-off = { by = [\"@ben\", \"@dev\"] }\n",
        FORMATS,
    );
    let persons: Vec<String> = config.unwrap().persons.into_iter().collect();
    assert_eq!(persons, ["@ana", "@ben"]);
}
