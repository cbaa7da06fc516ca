//! What a document says of itself: front matter, and `**Date:** …` lines above its first section.

use crate::checklist::syntax::decode::Document;
use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::Outline;

/// The pairs in document order; a key counts once.
pub(in crate::checklist) fn metadata(
    document: &Document<'_>,
    outline: &Outline,
    repair: &Repair,
) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut add = |key: &str, value: &str| {
        let (key, value) = (repair.display(key.trim()), repair.display(value.trim()));
        if !value.is_empty() && !pairs.iter().any(|(known, _)| *known == key) {
            pairs.push((key.into_owned(), value.into_owned()));
        }
    };
    if let Some((start, end)) = document.front {
        for line in document.text.get(start..end).unwrap_or_default().lines() {
            if let Some((key, value)) = front_line(line) {
                add(key, value);
            }
        }
    }
    for run in &outline.preamble {
        for line in run.raw.lines() {
            for part in line.split(" | ") {
                if let Some((key, value)) = header_line(part) {
                    add(key, value);
                }
            }
        }
    }
    pairs
}

/// `key: value` and `key = "value"` of the outermost level; nested values are left out.
fn front_line(line: &str) -> Option<(&str, &str)> {
    if line.starts_with([' ', '\t', '#', '-', '[']) {
        return None;
    }
    let at = line.find([':', '='])?;
    let (key, value) = (line.get(..at)?.trim(), line.get(at + 1..)?.trim());
    let value = value.trim_matches(['"', '\'']);
    let plain = !value.is_empty() && !value.starts_with(['{', '[', '|', '>', '&', '*']);
    (is_key(key) && plain).then_some((key, value))
}

/// `Date: 2025-11-24`, as plain text.
fn header_line(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    let value = value.trim();
    let sentence = key.split_whitespace().count() > 4;
    (is_key(key) && !sentence && !value.is_empty() && !value.starts_with("//"))
        .then_some((key, value))
}

fn is_key(key: &str) -> bool {
    (1..=40).contains(&key.chars().count())
        && key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_front_matter_and_headers() {
        assert_eq!(front_line("title: \"Go live\""), Some(("title", "Go live")));
        assert_eq!(front_line("weight = 3"), Some(("weight", "3")));
        assert_eq!(front_line("tags: [a]"), None);
        assert_eq!(front_line("  nested: 1"), None);
        assert_eq!(header_line("Date: 2025-11-24"), Some(("Date", "2025-11-24")));
        assert_eq!(header_line("📅 Last updated: today"), Some(("Last updated", "today")));
        assert_eq!(header_line("See https://example.org"), None);
        assert_eq!(header_line("If any of these hold then stop: all"), None);
    }
}
