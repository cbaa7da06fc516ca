//! The least that a reader of each kind of artifact can do: the bare parser's pass.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde::de::IgnoredAny;

/// Parses a text by its kind, told by how it begins; says how many pieces it saw.
pub(crate) fn parse(text: &str) -> u64 {
    match text.trim_start().as_bytes().first() {
        Some(b'<') => xml(text),
        Some(b'{' | b'[') => json(text),
        _ => lines(text),
    }
}

/// Every event, and every attribute of every tag.
fn xml(text: &str) -> u64 {
    let mut reader = Reader::from_str(text);
    let mut pieces = 0;
    loop {
        match reader.read_event().expect("sound XML") {
            Event::Start(tag) | Event::Empty(tag) => {
                pieces += 1 + tag.attributes().with_checks(false).flatten().count() as u64;
            }
            Event::Eof => return pieces,
            _ => pieces += 1,
        }
    }
}

fn json(text: &str) -> u64 {
    let _: IgnoredAny = serde_json::from_str(text).expect("sound JSON");
    1
}

/// Every line, and the number after its first mark.
fn lines(text: &str) -> u64 {
    let number = |line: &str| {
        let (_, rest) = line.split_once([':', '('])?;
        rest.split(',').next()?.parse::<u64>().ok()
    };
    text.lines().filter_map(number).count() as u64
}
