//! The word by which people grade what is to be done: `P0` to `P4`.

/// The first priority that `text` says, as `P0`: whole, perhaps with more behind it (`P1/M/H`, `P0-2:`).
/// In small letters only where it stands in front or is set apart, by a bracket or a `#`.
pub fn priority_in(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let at = bytes.windows(2).enumerate().find_map(|(at, pair)| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        let apart = matches!(before, None | Some(b'[' | b'(' | b'`' | b'#'));
        let whole = apart || pair[0] == b'P' && matches!(before, Some(b' ' | b':' | b'*'));
        let ends = match bytes.get(at + 2) {
            None | Some(b' ' | b']' | b')' | b':' | b'/' | b',' | b';' | b'`' | b'-' | b'*') => {
                true
            }
            Some(b'.') => !digit(at + 3),
            Some(byte) => !byte.is_ascii(),
        };
        let graded = matches!(pair, [b'P' | b'p', b'0'..=b'4']);
        (graded && whole && ends).then_some(at)
    })?;
    text.get(at..at + 2).map(str::to_ascii_uppercase)
}

/// The priority that `text` begins with: `P0 – must have`.
pub fn leading_priority(text: &str) -> Option<String> {
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = start.get(..2).filter(|word| word.starts_with(['P', 'p']))?;
    priority_in(start).filter(|said| said.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_priority_is_read_as_people_write_it() {
        for text in [
            "P0: a",
            "p0: a",
            "[P0/M/H] a",
            "a (P0)",
            "a #P0",
            "a [p0]",
            "P0-2: a",
            "P0: must have",
            "P0. a",
            "P0 – a",
            "**P0** a",
            "`P0` a",
            "a P0",
        ] {
            assert_eq!(priority_in(text).as_deref(), Some("P0"), "{text}");
        }
        for text in ["HTTP1 P9 P01", "the p0 of it", "P1.5", "p99 < 1 s", "MP3", "P", "é", ""] {
            assert_eq!(priority_in(text), None, "{text}");
        }
    }
}
