//! One look over the bytes of a text. Most items have neither figures nor owners nor dates: what
//! could hold them is seen here once, and the rooms that read them are asked only then.

/// What a text has in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Glance {
    /// The classes of its bytes, a bit each.
    seen: u8,
    /// Three capitals in a row.
    pub(super) capitals: bool,
    /// White space other than single spaces between words.
    untidy: bool,
}

const DIGIT: u8 = 1;
const AT: u8 = 2;
const COLON: u8 = 4;
const DASH: u8 = 8;
const FOREIGN: u8 = 16;
const OPEN: u8 = 32;
const CAPITAL: u8 = 64;
const SPACE: u8 = 128;

/// The class of every byte; a line break or tab counts as a space and a foreign character at once,
/// which nothing else does.
static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
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
            b'\t'..=b'\r' => SPACE | FOREIGN,
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
        let (mut seen, mut before, mut row, mut most, mut spaces) = (0, SPACE, 0_u32, 0_u32, 0);
        for byte in text.bytes() {
            let class = CLASSES[usize::from(byte)];
            seen |= class;
            spaces |= class & before;
            row = if class == CAPITAL { row + 1 } else { 0 };
            most = most.max(row);
            before = class;
        }
        let untidy = (spaces | before) & SPACE != 0 && !text.is_empty();
        Glance { seen, capitals: most >= 3, untidy }
    }

    /// Whether white space needs no collapsing: single spaces between ASCII words.
    pub(super) fn is_tidy(self) -> bool {
        !self.untidy && !self.foreign()
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
        assert!(plain.is_tidy() && !plain.capitals);
        assert!(
            !(plain.digit() || plain.handle() || plain.colon() || plain.dash() || plain.bracket())
        );
        let full = Glance::at("P0: TODO @ana (optional) — 3");
        assert!(full.digit() && full.handle() && full.colon() && full.dash() && full.foreign());
        assert!(full.capitals && full.bracket() && !full.is_tidy());
        assert!(!Glance::at("CI PR ab").capitals);
    }

    #[test]
    fn white_space_is_tidy_or_not() {
        for text in ["", "a", "a b c"] {
            assert!(Glance::at(text).is_tidy(), "{text:?}");
        }
        for text in [" a", "a ", "a  b", "a\nb", "a\tb", "é", " "] {
            assert!(!Glance::at(text).is_tidy(), "{text:?}");
        }
    }
}
