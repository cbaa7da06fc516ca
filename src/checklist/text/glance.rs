//! One look over the bytes of a text. Most items have neither figures nor owners nor dates: what
//! could hold them is seen here once, and the rooms that read them are asked only then.

/// What a text has in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::checklist) struct Glance {
    /// The classes of its bytes, a bit each.
    seen: u8,
    /// Three capitals, in a row or not.
    pub(in crate::checklist) capitals: bool,
    /// Spaces at its ends, or two in a row.
    untidy: bool,
}

const DIGIT: u8 = 1;
const AT: u8 = 2;
const COLON: u8 = 4;
const DASH: u8 = 8;
/// `(` or `[`.
const OPEN: u8 = 16;
/// A byte beyond ASCII.
const FOREIGN: u8 = 32;
/// A tab or a line break.
const BREAK: u8 = 64;

/// How many bytes are looked at at once.
const BLOCK: usize = 32;

impl Glance {
    /// Looks over `text`.
    pub(in crate::checklist) fn at(text: &str) -> Glance {
        let bytes = text.as_bytes();
        let mut glance = Glance::default();
        let (mut capitals, mut before) = (0, b' ');
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        for block in blocks {
            glance.look(block, &mut capitals, &mut before);
        }
        if !rest.is_empty() {
            let mut block = [0; BLOCK];
            block.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            glance.look(&block, &mut capitals, &mut before);
        }
        glance.untidy |= bytes.ends_with(b" ");
        glance.capitals = capitals >= 3;
        glance
    }

    /// Looks over a block that follows the byte `before`. Neither a branch nor a table nor a sum that
    /// is checked (it is of 32 at the most): the compiler looks at all of its bytes at once.
    fn look(&mut self, block: &[u8; BLOCK], capitals: &mut usize, before: &mut u8) {
        let bit = |is: bool, bit: u8| if is { bit } else { 0 };
        let mut seen = 0;
        let mut shouted = 0_u8;
        for byte in block {
            seen |= bit(byte.wrapping_sub(b'0') < 10, DIGIT)
                | bit(*byte == b'@', AT)
                | bit(*byte == b':', COLON)
                | bit(*byte == b'-', DASH)
                | bit((*byte == b'(') | (*byte == b'['), OPEN)
                | bit(*byte >= 0x80, FOREIGN)
                | bit(byte.wrapping_sub(b'\t') < 5, BREAK);
            shouted = shouted.wrapping_add(u8::from(byte.wrapping_sub(b'A') < 26));
        }
        let mut twice = (block[0] == b' ') & (*before == b' ');
        for at in 1..BLOCK {
            twice |= (block[at] == b' ') & (block[at - 1] == b' ');
        }
        self.seen |= seen;
        self.untidy |= twice;
        *capitals += usize::from(shouted);
        *before = block[BLOCK - 1];
    }

    /// Whether white space needs no collapsing: single spaces between words.
    pub(in crate::checklist) fn is_tidy(self, text: &str) -> bool {
        let wide = || text.chars().any(|c| !c.is_ascii() && c.is_whitespace());
        !self.untidy && self.seen & BREAK == 0 && !(self.seen & FOREIGN != 0 && wide())
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

    /// A character beyond ASCII, or a line break.
    pub(in crate::checklist) fn foreign(self) -> bool {
        self.seen & (FOREIGN | BREAK) != 0
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
