//! How a text begins and ends, in any case of ASCII. The outermost byte settles it mostly: most texts
//! are asked for many words, and have none.

/// What follows `mark` where `text` begins with it.
#[inline]
pub(in crate::checklist) fn strip_prefix<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let head = text.as_bytes().get(..mark.len())?;
    if !same(head.first(), mark.as_bytes().first()) {
        return None;
    }
    head.eq_ignore_ascii_case(mark.as_bytes()).then(|| text.get(mark.len()..)).flatten()
}

/// What stands before `mark` where `text` ends with it.
#[inline]
pub(in crate::checklist) fn strip_suffix<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(mark.len())?;
    let tail = text.as_bytes().get(at..)?;
    if !same(tail.last(), mark.as_bytes().last()) {
        return None;
    }
    tail.eq_ignore_ascii_case(mark.as_bytes()).then(|| text.get(..at)).flatten()
}

#[inline]
fn same(one: Option<&u8>, other: Option<&u8>) -> bool {
    one.map(u8::to_ascii_lowercase) == other.map(u8::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_are_taken_off_in_any_case() {
        assert_eq!(strip_prefix("Optional: é", "OPTIONAL:"), Some(" é"));
        assert_eq!(strip_prefix("可选 a", "可选"), Some(" a"));
        assert_eq!(strip_suffix("é (If Applicable", "if applicable"), Some("é ("));
        assert_eq!(strip_suffix("a 担当", "担当"), Some("a "));
        for (text, mark) in [("opt", "optional"), ("", "a"), ("a", "b"), ("é", "É")] {
            assert_eq!((strip_prefix(text, mark), strip_suffix(text, mark)), (None, None));
        }
        assert_eq!((strip_prefix("a", ""), strip_suffix("a", "")), (Some("a"), Some("a")));
    }
}
