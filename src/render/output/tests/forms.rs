//! The form of each output, held against a reader that is not ours.

use pulldown_cmark::{Event, Options, Parser, Tag};
use quick_xml::events::Event as Xml;

use crate::snapshot::Snapshot;

use super::drawn;

const JSON: [&str; 9] = [
    "json",
    "sarif",
    "gitlab",
    "badge",
    "oscal",
    "oscal-poam",
    "cyclonedx",
    "in-toto",
    "in-toto-svr",
];

/// Every output of `snapshot` is well formed and says no more than it should.
pub(super) fn all_hold(snapshot: &Snapshot) {
    let items = snapshot.checklists.iter().map(|checklist| checklist.items.len()).sum();
    json(snapshot);
    sarif(&drawn("sarif", snapshot));
    let cases = elements(&drawn("junit", snapshot), b"testcase");
    assert_eq!(cases, items + 1, "a case an item, and the gate");
    assert_eq!(elements(&drawn("badge-svg", snapshot), b"text"), 2);
    github(&drawn("github", snapshot));
    csv(&drawn("csv", snapshot), items);
    assert_eq!(drawn("ndjson", snapshot).lines().count(), items);
    markdown(&drawn("markdown", snapshot));
}

fn json(snapshot: &Snapshot) {
    for name in JSON {
        serde_json::from_str::<serde_json::Value>(&drawn(name, snapshot)).unwrap();
    }
    for line in drawn("ndjson", snapshot).lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
}

fn sarif(text: &str) {
    let log: serde_json::Value = serde_json::from_str(text).unwrap();
    let run = &log["runs"][0];
    for rule in run["tool"]["driver"]["rules"].as_array().unwrap() {
        for told in ["shortDescription", "fullDescription", "help"] {
            let text = rule[told]["text"].as_str().unwrap();
            assert!(!text.is_empty() && text.len() <= 1000, "code scanning asks for it: {rule}");
        }
    }
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["region"]["startLine"].as_u64().unwrap() > 0);
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte);
        assert!(uri.bytes().all(plain) && !uri.starts_with('/'), "{uri}");
    }
}

fn elements(xml: &str, name: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut depth) = (0, 0_i64);
    loop {
        match reader.read_event().unwrap() {
            Xml::Start(tag) => {
                depth += 1;
                tag.attributes().for_each(|attribute| drop(attribute.unwrap()));
                found += usize::from(tag.name().as_ref().as_bytes() == name);
            }
            Xml::Empty(tag) => {
                tag.attributes().for_each(|attribute| drop(attribute.unwrap()));
                found += usize::from(tag.name().as_ref().as_bytes() == name);
            }
            Xml::End(_) => depth -= 1,
            Xml::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    let forbidden = |letter: char| letter < ' ' && !"\t\r\n".contains(letter);
    assert!(!xml.contains(forbidden), "a letter that XML 1.0 has no place for");
    found
}

fn github(text: &str) {
    for line in text.lines() {
        let command = ["::error ", "::warning ", "::notice "].iter().any(|c| line.starts_with(c));
        assert!(command || line.contains("left out: GitHub shows"), "{line}");
    }
    assert!(!text.contains('\r'));
    obeyed_by_none(text);
}

/// A console shows what GitHub or a pager is given.
fn obeyed_by_none(text: &str) {
    let turns = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let controls = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\r' | '\n');
    assert!(!text.contains(|letter| turns(letter) || controls(letter)), "{text:?}");
}

fn csv(text: &str, items: usize) {
    let mut rows = 0;
    for record in csv::Reader::from_reader(text.as_bytes()).records() {
        let record = record.unwrap();
        let formula = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
        assert!(!record.iter().any(formula), "{record:?}");
        rows += 1;
    }
    assert_eq!(rows, items);
    obeyed_by_none(text);
}

fn markdown(text: &str) {
    let options = Options::all() & !Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(text, options) {
        let ours = ["<br>", "<!-- -->", "<details>", "</details>", "<summary>", "</summary>"];
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => panic!("a link in {text}"),
            Event::InlineHtml(html) | Event::Html(html) => {
                let mut rest = html.to_string();
                ours.iter().for_each(|tag| rest = rest.replace(tag, ""));
                assert!(!rest.contains('<'), "{html} in {text}");
            }
            _ => {}
        }
    }
}
