//! How much of an archive is looked at before it is refused: `[limits]` of the configuration.

/// The bounds of one archive, with all that lies in it. Sizes are in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most entries, those of archives within it included: `archive-entries`.
    pub entries: u64,
    /// The largest entry, inflated: `archive-entry`.
    pub entry: u64,
    /// All entries together, inflated: `archive-total`.
    pub total: u64,
    /// How many times its own size an archive may inflate to: `archive-ratio`.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { entries: 20_000, entry: 256 << 20, total: 512 << 20, ratio: 200 }
    }
}

/// A size as people write it: `64 MiB`, or the bytes where it is no whole number of units.
pub fn written_size(bytes: u64) -> String {
    let units = [("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let whole = units.into_iter().find(|(_, shift)| bytes > 0 && bytes.trailing_zeros() >= *shift);
    match whole {
        Some((unit, shift)) => format!("{} {unit}", bytes >> shift),
        None => format!("{bytes} bytes"),
    }
}

/// Reads `64MiB`, `2 GiB`, `900 KiB`.
///
/// # Errors
/// A sentence, where it is no size above 0 or more than 64 bits hold.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let fault = || format!("`{text}` is no size: write a whole number and KiB, MiB or GiB");
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim() {
        "KiB" => 10,
        "MiB" => 20,
        "GiB" => 30,
        _ => return Err(fault()),
    };
    let number: u64 = number.parse().map_err(|_| fault())?;
    number.checked_mul(1 << shift).filter(|bytes| *bytes > 0).ok_or_else(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_as_it_is_written() {
        for (text, bytes) in [("64 MiB", 64 << 20), ("2 GiB", 2 << 30), ("1 KiB", 1 << 10)] {
            assert_eq!(parse_size(text), Ok(bytes));
            assert_eq!(written_size(bytes), text);
        }
        assert_eq!(parse_size(" 3MiB"), Ok(3 << 20));
        assert_eq!(written_size(1000), "1000 bytes");
        for wrong in ["", "0 MiB", "5", "5 MB", "MiB", "-1 MiB", "99999999999999999999 GiB"] {
            assert!(parse_size(wrong).unwrap_err().contains("is no size"), "{wrong}");
        }
    }
}
