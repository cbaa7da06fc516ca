//! How a text begins and ends, in any case of ASCII. The first byte that differs settles it: most
//! texts are asked for many words, and have none.

/// What follows `mark` where `text` begins with it.
pub(in crate::checklist) fn strip_prefix<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let begins = same(text.bytes().zip(mark.bytes())) && text.len() >= mark.len();
    begins.then(|| text.get(mark.len()..)).flatten()
}

/// What stands before `mark` where `text` ends with it.
pub(in crate::checklist) fn strip_suffix<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let ends = same(text.bytes().rev().zip(mark.bytes().rev()));
    let at = text.len().checked_sub(mark.len())?;
    ends.then(|| text.get(..at)).flatten()
}

fn same(mut pairs: impl Iterator<Item = (u8, u8)>) -> bool {
    pairs.all(|(one, other)| one.eq_ignore_ascii_case(&other))
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
