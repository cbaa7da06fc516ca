//! One look over the bytes of a text. Most items have neither figures nor owners nor dates: what
//! could hold them is seen here once, and the rooms that read them are asked only then.

/// What a text has in it: the classes of its bytes, a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::checklist) struct Glance {
    seen: u8,
}

const DIGIT: u8 = 1;
const AT: u8 = 2;
const COLON: u8 = 4;
const DASH: u8 = 8;
/// `(` or `[`.
const OPEN: u8 = 16;
/// A byte beyond ASCII.
const FOREIGN: u8 = 32;
/// A tab, a line break, a space at an end or behind another.
const UNTIDY: u8 = 64;
/// A capital behind a capital.
const CAPITALS: u8 = 128;

/// How many bytes are looked at at once, each with the one before it.
const BLOCK: usize = 32;

impl Glance {
    /// Looks over `text`.
    pub(in crate::checklist) fn at(text: &str) -> Glance {
        let bytes = text.as_bytes();
        let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
            return Glance::default();
        };
        let mut seen = [0; BLOCK];
        match bytes.last_chunk() {
            Some(end) => {
                let mut rest = bytes;
                while let Some(block) = rest.first_chunk() {
                    look(block, &mut seen);
                    rest = rest.get(BLOCK..).unwrap_or_default();
                }
                look(end, &mut seen);
            }
            None => {
                let mut block = [0; BLOCK + 1];
                block.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
                look(&block, &mut seen);
            }
        }
        let ends = classes(b' ', *first) | if *last == b' ' { UNTIDY } else { 0 };
        Glance { seen: seen.iter().fold(ends, |all, seen| all | seen) }
    }

    /// Whether white space needs no collapsing: single spaces between words.
    pub(in crate::checklist) fn is_tidy(self, text: &str) -> bool {
        let wide = || text.chars().any(|c| !c.is_ascii() && c.is_whitespace());
        self.seen & UNTIDY == 0 && !(self.foreign() && wide())
    }

    /// A figure from 0 to 9.
    pub(in crate::checklist) fn digit(self) -> bool {
        self.seen & DIGIT != 0
    }

    /// `@`.
    pub(in crate::checklist) fn handle(self) -> bool {
        self.seen & AT != 0
    }

    /// `:`.
    pub(in crate::checklist) fn colon(self) -> bool {
        self.seen & COLON != 0
    }

    /// `-`, or a character that may be a dash.
    pub(in crate::checklist) fn dash(self) -> bool {
        self.seen & (DASH | FOREIGN) != 0
    }

    /// `(` or `[`, or a character that may be one.
    pub(in crate::checklist) fn bracket(self) -> bool {
        self.seen & (OPEN | FOREIGN) != 0
    }

    /// A character beyond ASCII.
    pub(in crate::checklist) fn foreign(self) -> bool {
        self.seen & FOREIGN != 0
    }

    /// Two capitals in a row.
    pub(in crate::checklist) fn capitals(self) -> bool {
        self.seen & CAPITALS != 0
    }
}

/// Adds the classes of a block's bytes but the first. There is no branch in it and no table: the
/// compiler looks at all of them at once.
fn look(block: &[u8; BLOCK + 1], seen: &mut [u8; BLOCK]) {
    for at in 0..BLOCK {
        seen[at] |= classes(block[at], block[at + 1]);
    }
}

/// The classes of a byte that follows `before`.
#[inline(always)]
fn classes(before: u8, byte: u8) -> u8 {
    let bit = |is: bool, bit: u8| if is { bit } else { 0 };
    let capital = |byte: u8| byte.wrapping_sub(b'A') < 26;
    let twice = (before == b' ') & (byte == b' ');
    bit(byte.wrapping_sub(b'0') < 10, DIGIT)
        | bit(byte == b'@', AT)
        | bit(byte == b':', COLON)
        | bit(byte == b'-', DASH)
        | bit((byte == b'(') | (byte == b'['), OPEN)
        | bit(byte >= 0x80, FOREIGN)
        | bit((byte.wrapping_sub(b'\t') < 5) | twice, UNTIDY)
        | bit(capital(before) & capital(byte), CAPITALS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_sees_what_may_be_there() {
        let plain = Glance::at("Backups are tested every night");
        assert_eq!(plain, Glance::default());
        let full = Glance::at("P0: TODO @ana (optional) — 3");
        assert!(full.digit() && full.handle() && full.colon() && full.dash() && full.foreign());
        assert!(full.capitals() && full.bracket());
        assert!(!Glance::at("A bC").capitals());
    }

    #[test]
    fn every_byte_of_a_text_is_seen() {
        for len in 1..=3 * BLOCK {
            for at in 0..len {
                let mut text = "a".repeat(len);
                text.replace_range(at..=at, "@");
                assert!(Glance::at(&text).handle(), "{at} of {len}");
            }
        }
    }

    #[test]
    fn white_space_is_tidy_or_not() {
        for text in ["", "a", "a b c", "é", "✅ a → b"] {
            assert!(Glance::at(text).is_tidy(text), "{text:?}");
        }
        for text in
            [" a", "a ", "a  b", "a\nb", "a\tb", " ", "a\u{a0}b", "a\u{3000}b", "✅\u{2009}a"]
        {
            assert!(!Glance::at(text).is_tidy(text), "{text:?}");
        }
    }
}
