//! One look over the bytes of a text. Most items have neither figures nor owners nor dates: what
//! could hold them is seen here once, and the rooms that read them are asked only then.

/// What a text has in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Glance {
    /// The classes of its bytes, a bit each.
    seen: u16,
    /// Three capitals, in a row or not.
    pub(super) capitals: bool,
    /// Spaces at its ends, or two in a row.
    untidy: bool,
}

const DIGIT: u16 = 1;
const AT: u16 = 2;
const COLON: u16 = 4;
const DASH: u16 = 8;
const FOREIGN: u16 = 16;
const OPEN: u16 = 32;
const CAPITAL: u16 = 64;
const SPACE: u16 = 128;
/// A tab or a line break.
const BREAK: u16 = 256;
/// What a white space beyond ASCII may begin with.
const WIDE: u16 = 512;

/// The classes of every byte.
static CLASSES: [u16; 256] = classes();

const fn classes() -> [u16; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at as u8 {
            b'0'..=b'9' => DIGIT,
            b'@' => AT,
            b':' => COLON,
            b'-' => DASH,
            b'(' | b'[' => OPEN,
            b'A'..=b'Z' => CAPITAL,
            b' ' => SPACE,
            b'\t'..=b'\r' => BREAK | FOREIGN,
            0xc2 | 0xe1..=0xe3 => WIDE | FOREIGN,
            0x80.. => FOREIGN,
            _ => 0,
        };
        at += 1;
    }
    table
}

impl Glance {
    /// Looks over `text`.
    pub(super) fn at(text: &str) -> Glance {
        let (mut seen, mut before, mut capitals, mut spaces) = (0, SPACE, 0_u32, 0);
        for byte in text.bytes() {
            let class = CLASSES[usize::from(byte)];
            seen |= class;
            spaces |= class & before;
            capitals += u32::from(class == CAPITAL);
            before = class;
        }
        let untidy = (spaces | before) & SPACE != 0 && !text.is_empty();
        Glance { seen, capitals: capitals >= 3, untidy }
    }

    /// Whether white space needs no collapsing: single spaces between words.
    pub(super) fn is_tidy(self, text: &str) -> bool {
        let wide = || text.chars().any(|c| !c.is_ascii() && c.is_whitespace());
        !self.untidy && self.seen & BREAK == 0 && !(self.seen & WIDE != 0 && wide())
    }

    /// A figure from 0 to 9.
    pub(super) fn digit(self) -> bool {
        self.seen & DIGIT != 0
    }

    /// `@`.
    pub(super) fn handle(self) -> bool {
        self.seen & AT != 0
    }

    /// `:`.
    pub(super) fn colon(self) -> bool {
        self.seen & COLON != 0
    }

    /// `-`, or a character that may be a dash.
    pub(super) fn dash(self) -> bool {
        self.seen & (DASH | FOREIGN) != 0
    }

    /// `(` or `[`, or a character that may be one.
    pub(super) fn bracket(self) -> bool {
        self.seen & (OPEN | FOREIGN) != 0
    }

    /// A character beyond ASCII, or a line break.
    pub(super) fn foreign(self) -> bool {
        self.seen & FOREIGN != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_sees_what_may_be_there() {
        let plain = Glance::at("Backups are tested every night");
        assert!(!plain.capitals);
        assert!(
            !(plain.digit() || plain.handle() || plain.colon() || plain.dash() || plain.bracket())
        );
        let full = Glance::at("P0: TODO @ana (optional) — 3");
        assert!(full.digit() && full.handle() && full.colon() && full.dash() && full.foreign());
        assert!(full.capitals && full.bracket());
        assert!(!Glance::at("CI ab").capitals);
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
