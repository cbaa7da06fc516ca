//! What stands behind an item's text and tells of how it was meant: remarks that narrow it, and tags that do not.

use std::collections::BTreeSet;

use crate::model::{is_place, words};

/// Words of a remark that say of what it stands behind that it is so of a part, or not so.
#[rustfmt::skip]
const NARROWS: [&str; 12] = [
    "but", "except", "excluding", "isn't", "not", "only", "partial", "partially", "some", "unless", "until", "yet",
];

/// Where all is meant to be in the end, and where it is seen: to name it narrows nothing by itself.
const WHOLE: [&str; 13] = [
    "ci",
    "test",
    "testing",
    "all",
    "any",
    "each",
    "environment",
    "every",
    "everywhere",
    "global",
    "live",
    "prod",
    "production",
];

/// What the remark at the end of `text` narrows it to, and which equality it asks for: both are what was ticked.
pub(super) fn narrowings(text: &str) -> BTreeSet<String> {
    let remark = remark(text).map(words).into_iter().flatten().map(|word| word.to_lowercase());
    let narrows =
        |word: &String| NARROWS.contains(&&**word) || is_place(word) && !WHOLE.contains(&&**word);
    let signs = ["!=", "==", "≠"].into_iter().filter(|sign| text.contains(sign));
    let mut found: BTreeSet<String> = signs.map(str::to_owned).collect();
    found.extend(remark.filter(narrows));
    found
}

/// What stands in brackets at the end of `text`, or behind its last dash.
fn remark(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != ']');
    for (opens, closes) in [('(', ')'), ('[', ']')] {
        if let Some(inner) = bare.strip_suffix(closes) {
            return inner.rsplit_once(opens).map(|(_, said)| said);
        }
    }
    let dashes = [" – ", " — ", " - "].into_iter().filter_map(|dash| text.rsplit_once(dash));
    dashes.map(|(_, said)| said).min_by_key(|said| said.len())
}

/// `text` without tags at its end: whose it is, how urgent, and until when or since when.
pub(super) fn without_tags(text: &str) -> &str {
    let mut text = text.trim_end();
    while let Some((before, last)) = text.rsplit_once(char::is_whitespace) {
        let bare = last.trim_matches(['(', ')', '[', ']', ',', '\u{fe0f}']);
        let is_dated = |sign: &str| before.trim_end_matches('\u{fe0f}').ends_with(sign);
        let is_sign = ["📅", "✅", "⏳", "🛫", "➕"].contains(&bare);
        let is_tag = bare.strip_prefix('@').is_some_and(|name| name.contains(char::is_alphabetic))
            || matches!(bare.as_bytes(), [b'P' | b'p', b'0'..=b'4'])
            || is_day(bare) && (is_dated("📅") || is_dated("✅") || is_dated("⏳"))
            || is_sign;
        if !is_tag {
            break;
        }
        text = before.trim_end();
    }
    text
}

/// The meaning of `text` without the words of its tags.
pub(super) fn untagged<'m>(meaning: &'m str, text: &str) -> &'m str {
    let tags = text.get(without_tags(text).len()..).unwrap_or_default().to_lowercase();
    let tags = words(&tags);
    let mut meaning = meaning;
    while let Some((before, last)) = meaning.rsplit_once('-') {
        if !tags.iter().any(|tag| tag == last) {
            break;
        }
        meaning = before;
    }
    meaning
}

/// `2026-03-01`.
fn is_day(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2] && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_remark_narrows_is_told_from_what_it_adds() {
        for (text, told) in [
            ("Migrated (staging)", &["staging"][..]),
            ("Migrated (production)", &[]),
            ("Migrated (not on production)", &["not"]),
            ("Migrated – only EU", &["eu", "only"]),
            ("Migrated (12 passed)", &[]),
            ("Migrated (done by Ben)", &[]),
            ("Staging migrated", &[]),
            ("Status != 500", &["!="]),
        ] {
            let found = narrowings(text);
            assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), told, "{text}");
        }
    }

    #[test]
    fn tags_are_no_words_of_a_text() {
        for text in [
            "Keys rotated @ana",
            "Keys rotated 📅 2026-03-01",
            "Keys rotated P0 @ana",
            "Keys rotated [P1]",
        ] {
            assert_eq!(without_tags(text), "Keys rotated");
        }
        assert_eq!(untagged("keys-rotated-ana", "Keys rotated @ana"), "keys-rotated");
        assert_eq!(untagged("keys-of-ana-rotated", "Keys of Ana rotated"), "keys-of-ana-rotated");
        for text in ["Keys rotated 2026-03-01", "Reports go to @", "Keys rotated P95", "Port 25"] {
            assert_eq!(without_tags(text), text);
        }
    }
}
