//! How urgent an item is, and whether at all: marks before, behind and inside its text.

use memchr::{memchr_iter, memchr2_iter};

use crate::checklist::text::affix::{strip_prefix, strip_suffix};
use crate::checklist::text::glance::Glance;
use crate::model::priority_of;

/// `P0` to `P4` where it grades the item, or a coloured sign in front.
pub(super) fn priority(text: &str, glance: Glance) -> Option<String> {
    if let Some(said) = if glance.digit() { priority_of(text) } else { None } {
        return Some(said);
    }
    if !(glance.foreign() || glance.colon()) {
        return None;
    }
    let graded = |c: &char| matches!(c, '🔴' | '🟠' | '🟡' | '🔺' | '⏫' | '🔼');
    let ends = text.trim_end_matches(['\u{fe0f}', ' ', '.', '!']);
    let sign = text.chars().next().filter(graded);
    let sign = sign.or_else(|| text.chars().find(|c| matches!(c, '🔺' | '⏫' | '🔼')));
    let sign = sign.or_else(|| ends.chars().next_back().filter(graded));
    // What GitHub calls the signs.
    const NAMES: [(&str, char); 4] = [
        (":red_circle:", '🔴'),
        (":orange_circle:", '🟠'),
        (":yellow_circle:", '🟡'),
        (":small_red_triangle:", '🔺'),
    ];
    let named = || NAMES.iter().find(|(name, _)| text.starts_with(name) || ends.ends_with(name));
    sign.or_else(|| named().map(|(_, sign)| *sign)).map(String::from)
}

pub(super) fn optional(text: &str, glance: Glance) -> bool {
    let head = |mark: &str| strip_prefix(text, mark).is_some();
    let tail = |mark: &str| strip_suffix(text, mark).is_some_and(|lead| !lead.is_empty());
    if head("optional:")
        || head("if applicable")
        || head("nice to have")
        || tail("optional")
        || tail("if applicable")
    {
        return true;
    }
    const OPENING: [&str; 4] = ["optional", "optionnel", "opcional", "可选"];
    const CLOSING: [&str; 2] = ["if applicable", "nice to have"];
    let opens = |inner: &str| OPENING.iter().any(|mark| strip_prefix(inner, mark).is_some());
    let closes = |at: usize| {
        let lead = text.get(..at).unwrap_or_default();
        CLOSING.iter().any(|mark| strip_suffix(lead, mark).is_some())
    };
    glance.bracket()
        && (opened(text).any(|(_, inner)| opens(inner))
            || glance.foreign() && text.split('（').skip(1).any(opens)
            || memchr_iter(b')', text.as_bytes()).any(closes))
}

/// The bytes of the longest mark: no more is looked at behind each bracket.
const LONGEST_MARK: usize = "mandatory".len();

/// `(R)` in front, after labels at most; `(required)` or `[MANDATORY]` anywhere.
pub(super) fn required(text: &str) -> bool {
    let begins = |inner: &str| inner.starts_with(['R', 'r', 'M', 'm']);
    opened(text).filter(|(_, inner)| begins(inner)).any(|(at, inner)| {
        let end = inner.bytes().take(LONGEST_MARK + 1).position(|b| matches!(b, b')' | b']'));
        let whole = || (inner.len() <= LONGEST_MARK).then_some(inner);
        let word = end.map_or_else(whole, |end| inner.get(..end)).unwrap_or_default();
        let leads = || {
            let lead = text.get(..at).unwrap_or_default();
            !lead.contains(|c: char| c.is_lowercase())
        };
        is_required(word) || word == "R" && leads()
    })
}

/// Where `(` and `[` stand, each with what follows it.
fn opened(text: &str) -> impl Iterator<Item = (usize, &str)> {
    memchr2_iter(b'(', b'[', text.as_bytes()).map(|at| (at, text.get(at + 1..).unwrap_or_default()))
}

/// `Required: …`
pub(super) fn opens_required(text: &str) -> bool {
    text.split_once(':').is_some_and(|(word, _)| is_required(word))
}

fn is_required(word: &str) -> bool {
    ["required", "mandatory"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priorities_and_options() {
        for (text, expected) in [
            ("P0: a", Some("P0")),
            ("[P1/M/H] a", Some("P1")),
            ("a (P2)", Some("P2")),
            ("🔴 a", Some("🔴")),
            ("a 🔴", Some("🔴")),
            (":red_circle: a", Some("🔴")),
            ("p0: a", Some("P0")),
            ("a #P0", Some("P0")),
            ("HTTP1 P9 P01", None),
        ] {
            assert_eq!(priority(text, Glance::at(text)).as_deref(), expected, "{text}");
        }
        for text in
            ["a (optional)", "[OPTIONAL] a", "a, if applicable", "备份（可选）", "Optional: a"]
        {
            assert!(optional(text, Glance::at(text)), "{text}");
        }
        assert!(!optional("Add optional chaining to the parser", Glance::at("(")));
    }
}
