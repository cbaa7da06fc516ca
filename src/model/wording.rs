//! What a file says, whatever it is packed in and however its lines end: two that say the same are one.

use std::hash::BuildHasher;
use std::sync::LazyLock;

use foldhash::quality::RandomState as Seeds;

/// They are compared within one process, which seeds them all alike.
static SEEDS: LazyLock<Seeds> = LazyLock::new(Seeds::default);

/// Of a text, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wording(u64, usize);

impl Wording {
    /// Of a text that was unpacked and decoded. How its lines end, and how many empty ones stand at its
    /// end, is left out.
    pub fn of(text: &str) -> Wording {
        let text = text.trim_end();
        let of = |text: &str| Wording(SEEDS.hash_one(text), text.len());
        if text.contains('\r') { of(&text.replace("\r\n", "\n")) } else { of(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_lines_end_makes_no_other_text() {
        let same = |one, other| Wording::of(one) == Wording::of(other);
        assert!(same("a\nb\n", "a\r\nb"));
        assert!(same("a", "a\n\n"));
        for other in ["ab", "a\n\nb", "a b", " a\nb", "a\nb\nc", ""] {
            assert!(!same("a\nb", other), "{other}");
        }
    }
}
