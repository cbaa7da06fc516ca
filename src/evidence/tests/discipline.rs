//! The reading discipline over every good fixture: whatever encodes it, and whatever a shell or a
//! runner puts around it, the facts are the same.

use super::fixtures::{Fixture, of};
use crate::evidence::{Detail, FORMATS, read};
use crate::facts::Facts;
use crate::model::Answer;

/// Every good fixture that is plain UTF-8, with its text.
fn texts() -> Vec<(Fixture, String)> {
    let good = FORMATS.iter().flat_map(|format| of(format.id(), "good"));
    good.filter_map(|fixture| {
        let text = String::from_utf8(fixture.bytes.clone()).ok()?;
        (!text.starts_with('\u{feff}') && !text.trim().is_empty()).then_some((fixture, text))
    })
    .collect()
}

fn facts(fixture: &Fixture, bytes: &[u8]) -> (Facts, Vec<String>) {
    let place = format!("{}/{}", fixture.format, fixture.name);
    match read(&fixture.name, bytes, fixture.named(), &Detail::default()) {
        Answer::Read(reading) if reading.format == fixture.format => {
            assert_eq!(reading.doubts, [], "{place}");
            (reading.facts, reading.warnings)
        }
        other => panic!("{place}: {other:?}"),
    }
}

/// Asserts that each text, changed by `change`, gives the facts that it gives as it is; `None`
/// where the change is not for it.
fn same(what: &str, change: impl Fn(&Fixture, &str) -> Option<Vec<u8>>) -> usize {
    let mut changed = 0;
    for (fixture, text) in texts() {
        let Some(bytes) = change(&fixture, &text) else { continue };
        let (expected, _) = facts(&fixture, text.as_bytes());
        let (seen, _) = facts(&fixture, &bytes);
        assert_eq!(seen, expected, "{}/{} {what}", fixture.format, fixture.name);
        changed += 1;
    }
    changed
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn every_encoding_gives_the_same_facts() {
    let all = texts().len();
    let marked = |text: &str| format!("\u{feff}{text}");
    assert_eq!(same("with a mark", |_, text| Some(marked(text).into_bytes())), all);
    let le = u16::to_le_bytes as fn(u16) -> [u8; 2];
    let be = u16::to_be_bytes as fn(u16) -> [u8; 2];
    assert_eq!(same("as UTF-16 LE", |_, text| Some(utf16(&marked(text), le))), all);
    assert_eq!(same("as UTF-16 BE", |_, text| Some(utf16(&marked(text), be))), all);
    assert_eq!(same("as bare UTF-16 LE", |_, text| Some(utf16(text, le))), all);
    assert_eq!(same("as bare UTF-16 BE", |_, text| Some(utf16(text, be))), all);
}

#[test]
fn an_encoding_that_xml_declares_is_believed() {
    let count = same("as Latin-1", |_, text| {
        let root = text.trim_start();
        let body = match root.strip_prefix("<?xml") {
            Some(rest) => rest.split_once("?>")?.1,
            None => root.strip_prefix('<').map(|_| root)?,
        };
        let declared = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
        let latin = |letter: char| u8::try_from(u32::from(letter)).ok();
        format!("{declared}{body}<!-- \u{e9} -->").chars().map(latin).collect()
    });
    assert!(count > 20, "{count}");
}

#[test]
fn line_ends_and_colours_change_nothing() {
    let all = texts().len();
    let crlf = |text: &str| text.replace("\r\n", "\n").replace('\n', "\r\n");
    assert_eq!(same("with CRLF", |_, text| Some(crlf(text).into_bytes())), all);
    let coloured = |text: &str| {
        let lines = text.lines().map(|line| format!("\u{1b}[31m{line}\u{1b}[0m\n"));
        lines.collect::<String>().into_bytes()
    };
    let plain = |text: &str| !text.trim_start().starts_with(['{', '[', '<']);
    let count = same("with colours", |fixture, text| {
        // Generic YAML and TOML are what a person writes, never what a terminal shows.
        let typed = ["yaml", "toml", "prometheus-rules"].contains(&fixture.format);
        (plain(text) && !typed).then(|| coloured(text))
    });
    assert!(count > 8, "{count}");
}

#[test]
fn a_banner_before_the_json_is_passed_over_and_told() {
    let mut count = 0;
    for (fixture, text) in texts() {
        let blank = matches!(text.trim(), "[]" | "{}");
        let generic = ["json", "toml", "yaml"].contains(&fixture.format);
        if !text.starts_with(['{', '[']) || blank || generic {
            continue;
        }
        let banner = format!("> shop@1.2.0 report\n> the tool\n\n{text}");
        let (expected, _) = facts(&fixture, text.as_bytes());
        let (seen, warnings) = facts(&fixture, banner.as_bytes());
        assert_eq!(seen, expected, "{}/{}", fixture.format, fixture.name);
        assert!(warnings.iter().any(|told| told.contains("passed over")), "{}", fixture.format);
        count += 1;
    }
    assert!(count > 100, "{count}");
}

#[test]
fn log_lines_between_lines_of_json_are_passed_over_and_told() {
    let mut formats = std::collections::BTreeSet::new();
    for (fixture, text) in texts() {
        let json = |line: &str| serde_json::from_str::<serde_json::Value>(line).is_ok();
        let generic = fixture.format == "json";
        if generic || text.lines().count() < 2 || !text.lines().all(json) {
            continue;
        }
        let between: String =
            text.lines().map(|line| format!("{line}\nnote: a line of log\n")).collect();
        let (expected, _) = facts(&fixture, text.as_bytes());
        let answer = read(&fixture.name, between.as_bytes(), fixture.named(), &Detail::default());
        match &answer {
            Answer::Read(reading) => {
                assert_eq!(reading.facts, expected, "{}/{}", fixture.format, fixture.name);
                assert!(!reading.warnings.is_empty(), "{}/{}", fixture.format, fixture.name);
            }
            // Attestations are no logs: other text among them is a fault.
            Answer::Broken { why, .. } => assert!(why.contains("other text"), "{why}"),
            other => panic!("{}/{}: {other:?}", fixture.format, fixture.name),
        }
        formats.insert(fixture.format);
    }
    assert!(formats.len() > 6, "{formats:?}");
}
