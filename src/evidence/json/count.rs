//! Counts in JSON.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected, Visitor};

use crate::evidence::count;

/// A count that a report declares: a whole number, also as `2.0` and as a text. Anything else is a
/// fault and no 0; `null` is absence, for an `Option` to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(in crate::evidence) struct Count(pub u64);

impl Count {
    /// The count that a number is; `None` for a fraction, a negative one and one so large that not
    /// every whole number near it can be told.
    pub(in crate::evidence) fn of(number: f64) -> Option<u64> {
        const EXACT: f64 = (1u64 << f64::MANTISSA_DIGITS) as f64;
        (number.fract() == 0.0 && (0.0..=EXACT).contains(&number)).then_some(number as u64)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Count, D::Error> {
        struct Whole;
        impl Visitor<'_> for Whole {
            type Value = Count;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a count")
            }

            fn visit_u64<E>(self, number: u64) -> Result<Count, E> {
                Ok(Count(number))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Count, E> {
                let fault = || E::invalid_value(Unexpected::Float(number), &self);
                Count::of(number).map(Count).ok_or_else(fault)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Count, E> {
                let fault = || E::invalid_value(Unexpected::Str(text), &self);
                count::parse(text).ok().flatten().map(Count).ok_or_else(fault)
            }
        }
        deserializer.deserialize_any(Whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_whole_however_it_is_written() {
        for (json, expected) in [
            ("5", Some(5)),
            ("2.0", Some(2)),
            ("1e3", Some(1000)),
            ("\"5\"", Some(5)),
            ("18446744073709551615", Some(u64::MAX)),
            ("5.5", None),
            ("-1", None),
            ("-0.5", None),
            ("1e30", None),
            ("99999999999999999999999", None),
            ("\"\"", None),
            ("\"1,000\"", None),
            ("\"x\"", None),
            ("null", None),
            ("true", None),
            ("[5]", None),
        ] {
            let read = serde_json::from_str::<Count>(json).ok().map(|Count(count)| count);
            assert_eq!(read, expected, "{json}");
        }
    }
}
