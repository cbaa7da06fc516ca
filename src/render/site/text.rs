//! Untrusted text on its way into a page: what is markup elsewhere is text here, and what cannot be
//! seen is shown.

use std::io::{self, Write};

/// Writes `text` so that it is text in HTML, in an attribute too. Control characters and the marks
/// that turn the direction of other people's text are shown by name instead of acting.
pub(super) fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut plain = 0;
    for (at, character) in text.char_indices() {
        let Some(shown) = replacement(character) else { continue };
        out.write_all(&text.as_bytes()[plain..at])?;
        shown.write(out)?;
        plain = at + character.len_utf8();
    }
    out.write_all(&text.as_bytes()[plain..])
}

/// The same, onto a string.
pub(super) fn push_escaped(text: &str, out: &mut String) {
    let mut plain = 0;
    for (at, character) in text.char_indices() {
        let Some(shown) = replacement(character) else { continue };
        out.push_str(&text[plain..at]);
        match shown {
            Shown::Entity(entity) => out.push_str(entity),
            Shown::Picture(picture) => out.push(picture),
            Shown::Named(code) => out.push_str(&format!("[U+{code:04X}]")),
        }
        plain = at + character.len_utf8();
    }
    out.push_str(&text[plain..]);
}

enum Shown {
    Entity(&'static str),
    Picture(char),
    Named(u32),
}

impl Shown {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Shown::Entity(entity) => out.write_all(entity.as_bytes()),
            Shown::Picture(picture) => write!(out, "{picture}"),
            Shown::Named(code) => write!(out, "[U+{code:04X}]"),
        }
    }
}

#[inline]
fn replacement(character: char) -> Option<Shown> {
    // Most characters are letters.
    if character.is_ascii_alphanumeric() || character == ' ' { None } else { shown(character) }
}

fn shown(character: char) -> Option<Shown> {
    Some(match character {
        '&' => Shown::Entity("&amp;"),
        '<' => Shown::Entity("&lt;"),
        '>' => Shown::Entity("&gt;"),
        '"' => Shown::Entity("&quot;"),
        '\'' => Shown::Entity("&#39;"),
        '\n' | '\t' => return None,
        // The control pictures stand in the order of the controls themselves.
        '\0'..='\x1f' => {
            Shown::Picture(char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'))
        }
        '\x7f' => Shown::Picture('\u{2421}'),
        '\u{80}'..='\u{9f}' => Shown::Named(character.into()),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Shown::Named(character.into()),
        '\u{fffe}' | '\u{ffff}' => Shown::Named(character.into()),
        _ => return None,
    })
}

/// Whether `character` is written as it is, or as an entity that stands for it.
pub(super) fn is_kept(character: char) -> bool {
    matches!(replacement(character), None | Some(Shown::Entity(_)))
}

/// The first `limit` characters, with `…` where more follow.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_passes() {
        let hostile = "<b onclick=\"x\">'&\u{0}\u{1b}[31m\u{7f}\u{85}\u{202e}a\nb";
        let shown = "&lt;b onclick=&quot;x&quot;&gt;&#39;&amp;␀␛[31m␡[U+0085][U+202E]a\nb";
        let mut text = String::new();
        push_escaped(hostile, &mut text);
        let mut bytes = Vec::new();
        escape(hostile, &mut bytes).unwrap();
        assert_eq!(text, shown);
        assert_eq!(bytes, shown.as_bytes());
    }

    #[test]
    fn cuts_between_characters() {
        assert_eq!(shortened("äöü", 2), "äö…");
        assert_eq!(shortened("äöü", 3), "äöü");
    }
}
