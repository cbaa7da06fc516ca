//! Base64 as envelopes hold it: standard or URL-safe, padded or not, broken over lines.

use std::sync::LazyLock;

use data_encoding::{BASE64_NOPAD, Encoding};

/// Both alphabets; bits behind the last byte are passed over, as most writers' readers do.
static EITHER: LazyLock<Encoding> = LazyLock::new(|| {
    let mut form = BASE64_NOPAD.specification();
    form.translate.from.push_str("-_");
    form.translate.to.push_str("+/");
    form.ignore.push_str(" \t\r\n");
    form.check_trailing_bits = false;
    form.encoding().unwrap_or(BASE64_NOPAD)
});

/// The bytes; `None` where the text is no base64.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    EITHER.decode(text.trim_ascii_end().trim_end_matches('=').as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dress_of_base64_is_read() {
        for (text, bytes) in [
            ("aGVsbG8=", Some(&b"hello"[..])),
            ("aGVsbG8", Some(b"hello")),
            ("-_8=", Some(&[0xFB, 0xFF])),
            ("+/8=", Some(&[0xFB, 0xFF])),
            ("aGVs\r\nbG8=\n", Some(b"hello")),
            ("", Some(b"")),
            ("a", None),
            ("a*bc", None),
        ] {
            assert_eq!(decode(text).as_deref(), bytes, "{text}");
        }
    }
}
