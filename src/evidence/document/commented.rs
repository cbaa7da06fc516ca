//! JSON as people write their settings: with comments, and with a comma behind the last member.

use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};

/// The same text as plain JSON, each character in its place; `None` where it is none with comments
/// either.
pub(super) fn plain(text: &str) -> Option<String> {
    let mut plain: Vec<u8> = text.bytes().map(blank).collect();
    let mut scanner = Scanner::new(text, &ScannerOptions::default());
    let (mut after_value, mut last_comma) = (false, None);
    while let Some(token) = scanner.scan().ok()? {
        let at = scanner.token_start()..scanner.token_end();
        match token {
            Token::CommentLine(_) | Token::CommentBlock(_) => continue,
            Token::CloseBrace | Token::CloseBracket => {
                if let Some(comma) = last_comma.take().and_then(|at: usize| plain.get_mut(at)) {
                    *comma = b' ';
                }
                after_value = true;
            }
            Token::Comma => {
                last_comma = after_value.then_some(at.start);
                after_value = false;
            }
            Token::OpenBrace | Token::OpenBracket | Token::Colon => {
                (after_value, last_comma) = (false, None);
            }
            _ => (after_value, last_comma) = (true, None),
        }
        plain.get_mut(at.clone())?.copy_from_slice(text.as_bytes().get(at)?);
    }
    String::from_utf8(plain).ok()
}

/// Lines stay where they are.
fn blank(byte: u8) -> u8 {
    if matches!(byte, b'\n' | b'\r') { byte } else { b' ' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_last_commas_are_blank_and_all_else_stays_in_its_place() {
        let text = "{ // strict, as we agreed\n  \"a\": [1, 2, ], /* ü, */\n  \"b\": \"// no, comment\", // ,\n}";
        let plain = plain(text).unwrap();
        assert_eq!(plain.len(), text.len());
        assert_eq!(plain.find("\"b\""), text.find("\"b\""));
        let value: serde_json::Value = serde_json::from_str(&plain).unwrap();
        assert_eq!(value, serde_json::json!({ "a": [1, 2], "b": "// no, comment" }));
    }

    #[test]
    fn what_is_wrong_besides_stays_wrong() {
        for text in ["{\"a\": 1,, }", "[,]", "{\"a\" 1}", "/* open", "{'a': 1}", "{\"a\": 0x1}"] {
            let read = plain(text).map(|plain| serde_json::from_str::<serde_json::Value>(&plain));
            assert!(!matches!(read, Some(Ok(_))), "{text}");
        }
    }
}
