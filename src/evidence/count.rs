//! Counts that a report declares, as tools write them.
//!
//! What stands in the place of a count and is none (`1,000`, `x`, a number beyond 64 bits) says
//! something, and nobody knows what: it reads neither as 0 nor as absent.

use super::Broken;
use super::text::bounded;
use crate::model::{Reading, Rule};

/// The longest excerpt of a value in a sentence, in bytes.
const LONGEST_BYTES: usize = 60;

/// The count that a text states: a whole number of 64 bits, also as `+3`, `3.0` and between blanks.
/// `None` where the text is blank, as tools write what they did not count.
///
/// # Errors
/// A text that is no count; a comma or a point among its digits parts thousands or a fraction,
/// depending on who writes.
pub(super) fn parse(text: &str) -> Result<Option<u64>, NoCount> {
    let text = text.trim();
    let whole = text.strip_suffix(".0").unwrap_or(text);
    match whole.parse() {
        Ok(count) => Ok(Some(count)),
        Err(_) if text.is_empty() => Ok(None),
        Err(_) => Err(NoCount),
    }
}

/// A text is no count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoCount;

/// The first text of a report that stands where it declares a count, and is none: as a sentence.
#[derive(Debug, Default)]
pub(super) struct OddCounts(Option<String>);

impl OddCounts {
    /// The count that a text states; `None` where it states none, which is noted unless it is blank.
    /// `place` tells what declares it, and where: `` `failures` of <testsuite> at line 3 ``.
    pub(super) fn take(&mut self, text: &str, place: impl FnOnce() -> String) -> Option<u64> {
        parse(text).unwrap_or_else(|NoCount| {
            self.0.get_or_insert_with(|| {
                let value = bounded(text.trim(), LONGEST_BYTES);
                format!("{} is `{value}`, which is no count.", place())
            });
            None
        })
    }

    /// Whether there is one.
    pub(super) fn is_any(&self) -> bool {
        self.0.is_some()
    }

    /// Doubts a report that lists what it counts: what it holds can still refute.
    pub(super) fn settle(self, reading: &mut Reading) {
        if let Some(why) = self.0 {
            reading.doubt(Rule::NotACount, why);
        }
    }

    /// Refuses a report of which the counts are the only facts.
    pub(super) fn refuse(self) -> Result<(), Broken> {
        self.0.map_or(Ok(()), |why| Err(Broken::new(why)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_tools_write_them() {
        for (text, expected) in [
            ("3", Ok(Some(3))),
            (" 3\n", Ok(Some(3))),
            ("+3", Ok(Some(3))),
            ("3.0", Ok(Some(3))),
            ("007", Ok(Some(7))),
            ("18446744073709551615", Ok(Some(u64::MAX))),
            ("", Ok(None)),
            (" \t", Ok(None)),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_count_is_neither_0_nor_absent() {
        for text in [
            "1,000",
            "1.000",
            "1 000",
            "1e3",
            "0x3",
            "3.5",
            ".0",
            "-1",
            "x",
            "-",
            "N/A",
            "NaN",
            "undefined",
            "18446744073709551616",
            "99999999999999999999999",
        ] {
            assert_eq!(parse(text), Err(NoCount), "{text}");
        }
    }

    #[test]
    fn the_first_odd_count_is_told_with_its_place() {
        let mut odd = OddCounts::default();
        assert_eq!(odd.take("5", || unreachable!()), Some(5));
        assert_eq!(odd.take("1,000", || "`failures` of <testsuite> at line 3".to_owned()), None);
        assert_eq!(odd.take("x", || "`errors`".to_owned()), None);
        let told = "`failures` of <testsuite> at line 3 is `1,000`, which is no count.";
        assert_eq!(odd.refuse(), Err(Broken::new(told)));
        assert_eq!(OddCounts::default().refuse(), Ok(()));
    }
}
