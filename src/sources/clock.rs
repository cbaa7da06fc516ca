//! The door to time.

use chrono::Utc;

use crate::model::Timestamp;

/// The moment at which this is asked, in whole seconds, as it is published.
pub fn now() -> Timestamp {
    let now = Utc::now();
    Timestamp::from_epoch(now.timestamp()).unwrap_or_else(|| Timestamp::from(now))
}

/// Reads `SOURCE_DATE_EPOCH`: whole seconds since 1970.
///
/// # Errors
/// A sentence, where the text is no such number.
pub fn parse_source_date_epoch(text: &str) -> Result<Timestamp, String> {
    text.trim()
        .parse::<i64>()
        .ok()
        .filter(|seconds| *seconds >= 0)
        .and_then(Timestamp::from_epoch)
        .ok_or_else(|| {
            format!("SOURCE_DATE_EPOCH is `{text}`; it must be whole seconds since 1970")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_epoch_that_build_tools_set() {
        assert_eq!(
            parse_source_date_epoch("1763805900").unwrap().to_string(),
            "2025-11-22T10:05:00Z"
        );
        for wrong in ["", "soon", "-1", "1.5", "99999999999999999999"] {
            let fault = parse_source_date_epoch(wrong).unwrap_err();
            assert!(fault.contains("whole seconds since 1970"), "{fault}");
        }
    }

    #[test]
    fn now_is_after_this_was_written() {
        assert!(now() > Timestamp::from_epoch(1_763_800_000).unwrap());
    }
}
