//! From bytes to text: byte order marks, UTF-16, and the encodings that an XML prolog declares.
//!
//! A mark is believed before the prolog: .NET tools declare UTF-16 over UTF-8 bytes.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A file as text.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// Without a byte order mark.
    pub text: Cow<'a, str>,
    /// What was odd.
    pub warning: Option<String>,
    /// Whether the file ends in the middle of a character.
    pub cut: bool,
}

impl<'a> Decoded<'a> {
    fn of(text: impl Into<Cow<'a, str>>) -> Decoded<'a> {
        Decoded { text: text.into(), warning: None, cut: false }
    }
}

/// Decodes a file; the error says, as a sentence, why it is no text.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, String> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            Err("The file is UTF-32, which no tool writes for others to read.".to_owned())
        }
        [0xFF, 0xFE, rest @ ..] => Ok(utf16(rest, UTF_16LE)),
        [0xFE, 0xFF, rest @ ..] => Ok(utf16(rest, UTF_16BE)),
        // UTF-16 without a mark is told by its first two characters, which are of ASCII.
        [1..=255, 0, 1..=255, 0, ..] => Ok(utf16(bytes, UTF_16LE)),
        [0, 1..=255, 0, 1..=255, ..] => Ok(utf16(bytes, UTF_16BE)),
        _ => utf8(bytes),
    }
}

fn utf16<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let whole = bytes.len() & !1;
    let (text, damaged) = encoding.decode_without_bom_handling(&bytes[..whole]);
    let warning = damaged.then(|| "The file holds damaged UTF-16; it is read without it.".into());
    Decoded { text, warning, cut: whole != bytes.len() }
}

fn utf8(bytes: &[u8]) -> Result<Decoded<'_>, String> {
    let declared = declared(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => match declared.filter(|_| !text.is_ascii()) {
            Some(encoding) => Ok(Decoded::of(encoding.decode_without_bom_handling(bytes).0)),
            None => Ok(Decoded::of(text)),
        },
        Err(fault) if fault.error_len().is_none() && declared.is_none() => {
            let text = String::from_utf8_lossy(&bytes[..fault.valid_up_to()]);
            Ok(Decoded { text, warning: None, cut: true })
        }
        Err(_) if bytes.iter().take(8192).any(|&byte| byte == 0) => {
            Err("The file is binary.".to_owned())
        }
        Err(_) => match declared {
            Some(encoding) => Ok(Decoded::of(encoding.decode_without_bom_handling(bytes).0)),
            None => Ok(Decoded {
                text: WINDOWS_1252.decode_without_bom_handling(bytes).0,
                warning: Some("The file is not UTF-8; it is read as Windows-1252.".to_owned()),
                cut: false,
            }),
        },
    }
}

/// The encoding that an XML prolog declares, where it is one byte a character.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let prolog = bytes.get(..bytes.len().min(200))?;
    if !prolog.starts_with(b"<?xml") {
        return None;
    }
    let prolog = String::from_utf8_lossy(prolog);
    let (prolog, _) = prolog.split_once("?>")?;
    let (_, label) = prolog.split_once("encoding")?;
    let label = label.trim_start_matches([' ', '=']).trim_start();
    let quote = label.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = label[1..].split(quote).next()?;
    Encoding::for_label(label.as_bytes())
        .filter(|&encoding| encoding != UTF_8 && encoding.is_single_byte())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16le(text: &str) -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    }

    fn utf16be(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    #[test]
    fn reads_what_tools_write() {
        for (bytes, expected) in [
            (b"plain".to_vec(), "plain"),
            (b"\xEF\xBB\xBFmarked".to_vec(), "marked"),
            (utf16le("wide é"), "wide é"),
            (utf16le("bare é")[2..].to_vec(), "bare é"),
            (utf16be("bare é"), "bare é"),
            (b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>".to_vec(), "é"),
            (b"<?xml version='1.0' encoding='utf-16'?><a>\xC3\xA9</a>".to_vec(), "é"),
            (b"caf\xE9 au lait".to_vec(), "café"),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert!(decoded.text.contains(expected), "{}", decoded.text);
        }
    }

    #[test]
    fn a_mark_is_believed_before_the_prolog() {
        let bytes = b"\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-16\"?><a>\xC3\xA9</a>";
        assert!(decode(bytes).unwrap().text.ends_with("<a>é</a>"));
    }

    #[test]
    fn a_cut_character_is_seen() {
        assert!(decode(b"caf\xC3").unwrap().cut);
        let mut wide = utf16le("ab");
        wide.pop();
        assert!(decode(&wide).unwrap().cut);
    }

    #[test]
    fn binary_is_refused() {
        assert!(decode(b"\x7FELF\x02\x01\x00\x00\xFF\xFE").is_err());
    }
}
