//! The book's page on configuration: every block is read, every key stands in it.

use super::{FORMATS, read};
use crate::checklist;
use crate::config::{file, gate, of_item, require, schema, settings, sign_offs, waiver};

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/book/src/configuration.md");
    std::fs::read_to_string(path).unwrap()
}

fn blocks(page: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let parts = page.split(fence.as_str()).skip(1);
    parts.map(|part| part.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn every_example_is_read_without_a_fault() {
    let blocks = blocks(&page(), "toml");
    assert!(blocks.len() >= 7);
    for block in blocks {
        if let Err(faults) = read("trueup.toml", &block, FORMATS) {
            panic!("{block}\n{faults:?}");
        }
    }
}

#[test]
fn the_comments_of_the_example_are_read_without_a_fault() {
    let text = blocks(&page(), "markdown").concat();
    let list = checklist::read("list.md", text.as_bytes(), &checklist::Settings::default());
    let [tests, csrf] = list.items.as_slice() else { panic!("{text}") };
    let (requirement, _, faults) = of_item("list.md", tests, FORMATS);
    assert_eq!((requirement.unwrap().artifacts.len(), faults), (2, vec![]));
    let (_, waiver, faults) = of_item("list.md", csrf, FORMATS);
    assert_eq!((waiver.unwrap().by.as_str(), faults), ("@ana", vec![]));
}

#[test]
fn every_key_is_told_of() {
    let page = page();
    assert!(schema()["properties"].is_object());
    for keys in [
        file::KEYS,
        require::KEYS,
        require::WANTED_KEYS,
        require::SIGN_OFF_KEYS,
        waiver::KEYS,
        gate::KEYS,
        gate::REQUIRED_KEYS,
        settings::DEFAULTS_KEYS,
        settings::SIGNATURES_KEYS,
        settings::SIGN_OFFS_KEYS,
        sign_offs::KEYS,
        settings::DEPLOY_KEYS,
        settings::SEVERITIES_KEYS,
        settings::SITE_KEYS,
        settings::LIMITS_KEYS,
    ] {
        for key in keys {
            let forms = [format!("`{key}`"), format!("{key} "), format!("[{key}]")];
            assert!(forms.iter().any(|form| page.contains(form)), "{key}");
        }
    }
}

#[test]
fn the_example_of_a_file_of_sign_offs_is_read_without_a_fault() {
    let [text] = blocks(&page(), "toml-sign-offs").try_into().unwrap();
    let [entry] = crate::config::sign_offs("f.toml", &text, None).unwrap().try_into().unwrap();
    assert_eq!((entry.by.as_str(), entry.dated.as_str(), entry.line), ("@ana", "2026-03-02", 1));
    assert!(!entry.zoned && entry.note.is_some());
}
