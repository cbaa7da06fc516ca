//! What a box is by GFM, and what only looks like one.

/// Something in brackets at the beginning of an item's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::checklist) struct Bracket {
    /// Offset of `[`.
    pub(in crate::checklist) start: usize,
    /// One past `]`.
    pub(in crate::checklist) end: usize,
    /// Whether white space stands after it (or nothing: the caller sees to that).
    pub(in crate::checklist) spaced: bool,
}

impl Bracket {
    /// What stands between the brackets.
    pub(in crate::checklist) fn marker(self, text: &str) -> &str {
        text.get(self.start + 1..self.end - 1).unwrap_or_default()
    }
}

/// The longest marker looked for, in bytes: an emoji of a few code points.
const LONGEST: usize = 24;

/// The brackets that open at `at`, if a `]` follows on the same line within a few characters.
pub(in crate::checklist) fn bracket_at(text: &str, at: usize) -> Option<Bracket> {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&b'[') || (at > 0 && bytes.get(at - 1) == Some(&b'\\')) {
        return None;
    }
    let window = bytes.get(at + 1..bytes.len().min(at + 2 + LONGEST))?;
    let inner = window.iter().position(|byte| matches!(byte, b']' | b'[' | b'\n' | b'\r'))?;
    if window.get(inner) != Some(&b']') {
        return None;
    }
    let end = at + 1 + inner + 1;
    let spaced =
        bytes.get(end).is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0xb | 0xc));
    Some(Bracket { start: at, end, spaced })
}

/// Whether `marker` is one character that people use as a state, and no letter or figure of a label.
pub(super) fn looks_like_a_state(marker: &str) -> bool {
    let trimmed = marker.trim();
    if trimmed.is_empty() || matches!(trimmed, "x" | "X" | "х" | "Х" | "ｘ" | "Ｘ") {
        return true;
    }
    let mut chars = trimmed.chars();
    let first = chars.next().unwrap_or('a');
    let joined = |c: char| matches!(c, '\u{fe0f}' | '\u{200d}' | '\u{20e3}');
    !first.is_alphanumeric() && first != '^' && chars.all(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_end_on_their_line_and_are_not_escaped() {
        let marker =
            |text: &'static str, at| bracket_at(text, at).map(|b| (b.marker(text), b.spaced));
        assert_eq!(marker("[x] a", 0), Some(("x", true)));
        assert_eq!(marker("[⚠️] a", 0), Some(("⚠️", true)));
        assert_eq!(marker("[x]a", 0), Some(("x", false)));
        assert_eq!(marker("[x]", 0), Some(("x", true)));
        assert_eq!(marker("[]", 0), Some(("", true)));
        assert_eq!(marker("\\[x] a", 1), None);
        assert_eq!(marker("[\n] a", 0), None);
        assert_eq!(marker("[a[b]", 0), None);
        assert_eq!(marker("[", 0), None);
        assert_eq!(marker("x", 9), None);
    }

    #[test]
    fn states_are_told_from_labels() {
        for state in ["", "  ", " x ", "х", "ｘ", "✅", "⚠️", "*", "!", "\u{a0}"] {
            assert!(looks_like_a_state(state), "{state}");
        }
        for label in ["P", "1", "Fix", "D.1", "+ve", "^1", "^"] {
            assert!(!looks_like_a_state(label), "{label}");
        }
    }
}
