//! One look over the bytes of a text. Most items have neither figures nor owners nor dates: what
//! could hold them is seen here once, and the rooms that read them are asked only then.

/// What a text has in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Glance {
    /// Characters that stand anywhere, a bit each.
    seen: u8,
    /// Three capitals in a row.
    pub(super) capitals: bool,
    /// `P0` to `P4`.
    pub(super) priority: bool,
    /// Two letters that every mark of an optional item has: `(optional)`, `if applicable`.
    pub(super) option: bool,
}

const DIGIT: u8 = 1;
const AT: u8 = 2;
const COLON: u8 = 4;
const DASH: u8 = 8;
const FOREIGN: u8 = 16;

impl Glance {
    /// Looks over `text`.
    pub(super) fn at(text: &str) -> Glance {
        let mut glance = Glance::default();
        let mut capitals = 0_u8;
        let mut before = 0_u8;
        for byte in text.bytes() {
            let mut row = 0;
            match byte {
                b'a'..=b'z' | b' ' => {
                    glance.option |=
                        matches!((before, byte), (b'p', b't' | b'p' | b'c') | (b'c', b'e'));
                }
                b'A'..=b'Z' => {
                    row = capitals.saturating_add(1);
                    glance.capitals |= row >= 3;
                    glance.option |= (before, byte) == (b'P', b'T');
                }
                b'0'..=b'9' => {
                    glance.seen |= DIGIT;
                    glance.priority |= before == b'P';
                }
                b'@' => glance.seen |= AT,
                b':' => glance.seen |= COLON,
                b'-' => glance.seen |= DASH,
                0x80.. => glance.seen |= FOREIGN,
                _ => {}
            }
            capitals = row;
            before = byte;
        }
        glance
    }

    /// A figure from 0 to 9.
    pub(super) fn digit(self) -> bool {
        self.seen & DIGIT != 0
    }

    /// `@`.
    pub(super) fn handle(self) -> bool {
        self.seen & AT != 0
    }

    /// `:`, or a character that may be a colon elsewhere.
    pub(super) fn colon(self) -> bool {
        self.seen & (COLON | FOREIGN) != 0
    }

    /// `-`, or a character that may be a dash.
    pub(super) fn dash(self) -> bool {
        self.seen & (DASH | FOREIGN) != 0
    }

    /// A character beyond ASCII.
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
        assert_eq!(plain, Glance::default());
        let full = Glance::at("P0: TODO @ana (optional) — 3");
        assert!(full.digit() && full.handle() && full.colon() && full.dash() && full.foreign());
        assert!(full.capitals && full.priority && full.option);
        for text in ["(OPTIONAL)", "if applicable", "nice to have", "(opcional)"] {
            assert!(Glance::at(text).option, "{text}");
        }
        assert!(!Glance::at("CI PR ab").capitals);
    }
}
