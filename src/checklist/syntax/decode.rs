//! From the bytes of a file to the text that is parsed: BOM, encoding, front matter.

use std::borrow::Cow;

use memchr::memchr_iter;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A document as text. Offsets into `text` are offsets into the file where `exact` holds.
#[derive(Debug)]
pub(in crate::checklist) struct Document<'b> {
    /// Everything, a BOM and front matter included.
    pub(in crate::checklist) text: Cow<'b, str>,
    /// Where the front matter's lines begin and end, without its fences.
    pub(in crate::checklist) front: Option<(usize, usize)>,
    /// Where the Markdown begins.
    pub(in crate::checklist) body: usize,
    /// Whether the file is UTF-8; where it is not, offsets mean nothing in it.
    pub(in crate::checklist) exact: bool,
    /// What it was read as where it is not UTF-8.
    pub(in crate::checklist) read_as: &'static str,
}

/// Decodes any bytes.
pub(in crate::checklist) fn decode(bytes: &[u8]) -> Document<'_> {
    let (text, read_as) = text_of(bytes);
    let text = with_line_feeds(text);
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (front, body) = match front_matter(&text, start) {
        Some((inner, body)) => (Some(inner), body),
        None => (None, start),
    };
    Document { front, body, exact: read_as == "UTF-8", read_as, text }
}

fn text_of(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !looks_wide(bytes)
    {
        return (Cow::Borrowed(text), "UTF-8");
    }
    let encoding = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        [0, _, 0, _, ..] => UTF_16BE,
        [_, 0, _, 0, ..] => UTF_16LE,
        _ if mostly_utf8(bytes) => {
            return (String::from_utf8_lossy(bytes), "UTF-8 with damaged bytes");
        }
        _ => WINDOWS_1252,
    };
    (decode_as(encoding, bytes), encoding.name())
}

/// A lone carriage return ends a line by CommonMark, but not to the parser. Offsets stay.
fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    let ends = |at: usize| text.as_bytes().get(at + 1) == Some(&b'\n');
    if memchr_iter(b'\r', text.as_bytes()).all(ends) {
        return text;
    }
    let fed = |(at, c)| if c == '\r' && !ends(at) { '\n' } else { c };
    Cow::Owned(text.char_indices().map(fed).collect())
}

fn decode_as<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Cow<'b, str> {
    encoding.decode_with_bom_removal(bytes).0
}

/// UTF-16 of plain letters is valid UTF-8 too, with a NUL beside each.
fn looks_wide(bytes: &[u8]) -> bool {
    matches!(bytes, [0, a, 0, b, ..] | [a, 0, b, 0, ..] if *a != 0 && *b != 0)
}

/// Whether more characters beyond ASCII are sound than not: a slip, not another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken
}

/// Front matter between `---` (YAML) or `+++` (TOML) fences on the very first line: the range of
/// its lines, and where the Markdown after it begins.
///
/// Peeled off here because the parser's own option also eats any `---` pair in mid-document.
fn front_matter(text: &str, start: usize) -> Option<((usize, usize), usize)> {
    let rest = text.get(start..)?;
    let mut lines = rest.split_inclusive('\n');
    let first = lines.next()?;
    let fence = first.trim_end();
    if !matches!(fence, "---" | "+++") {
        return None;
    }
    let inner = start + first.len();
    let mut at = inner;
    for line in lines {
        if line.trim_end() == fence {
            let holds = has_keys(text.get(inner..at).unwrap_or_default());
            return holds.then_some(((inner, at), at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Whether what is fenced is front matter, and no Markdown between two rules: it names a key, or says
/// nothing at all.
fn has_keys(fenced: &str) -> bool {
    let is_key = |line: &str| {
        let end = line.find([':', '=']).unwrap_or(0);
        let key = line.get(..end).unwrap_or_default().trim_end();
        let plain =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\'' | ' ');
        key.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\''))
            && key.chars().all(plain)
    };
    let says = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let is_box = |line: &str| {
        let bullet = line.strip_prefix(['-', '*', '+']).map(str::trim_start);
        bullet.is_some_and(|rest| {
            rest.starts_with('[') && rest.get(2..).is_some_and(|rest| rest.starts_with("] "))
        })
    };
    let mut lines = fenced.lines().filter(says).peekable();
    if fenced.lines().any(is_box) {
        return false;
    }
    lines.peek().is_none() || lines.any(|line| is_key(line) || line.starts_with(['[', '{']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> &str {
        &text[decode(text.as_bytes()).body..]
    }

    #[test]
    fn front_matter_is_only_what_is_fenced_from_the_first_line() {
        assert_eq!(body("---\ntitle: x\n---\n- [ ] a"), "- [ ] a");
        assert_eq!(body("\u{feff}+++\r\ntitle = 1\r\n+++\r\n# h"), "# h");
        let dated = "---\nVersion: 1.4\n- [x] Tests pass\n---\n";
        assert_eq!(body(dated), dated);
        assert_eq!(body("---\ntags:\n- [a, b]\n---\na"), "a");
        assert_eq!(body("---\n---\na"), "a");
        assert_eq!(body("+++\n[params]\n+++\na"), "a");
        assert_eq!(body("---\n# note\n---\na"), "a");
        let ruled = "---\n- [x] All tests: pass\n\nIt holds.\n---\n";
        assert_eq!(body(ruled), ruled);
        assert_eq!(body("---\ntitle: x\n"), "---\ntitle: x\n");
        assert_eq!(body("\n---\na: b\n---\n"), "\n---\na: b\n---\n");
        assert_eq!(body("----\na\n----\n"), "----\na\n----\n");
        assert_eq!(body("- [x] a\n---\n- [ ] b\n---\n"), "- [x] a\n---\n- [ ] b\n---\n");
    }

    #[test]
    fn lone_carriage_returns_end_lines() {
        let text = |text: &'static str| decode(text.as_bytes()).text;
        assert_eq!(text("a\r- [ ] b\r"), "a\n- [ ] b\n");
        assert_eq!(text("é\r\r\nb"), "é\n\r\nb");
        assert!(matches!(text("a\r\nb\r\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn other_encodings_are_read_and_said() {
        let wide: Vec<u8> = "\u{feff}- [x] a".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let read = decode(&wide);
        assert_eq!((&*read.text, read.read_as, read.exact), ("- [x] a", "UTF-16LE", false));
        let bare: Vec<u8> = "- [x] a".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(&*decode(&bare).text, "- [x] a");
        assert_eq!(&*decode(b"- [ ] caf\xe9").text, "- [ ] café");
        let slip = decode(
            "- [ ] é è ü \u{2713}"
                .as_bytes()
                .iter()
                .chain(b"\xff")
                .copied()
                .collect::<Vec<_>>()
                .leak(),
        );
        assert_eq!((slip.read_as, slip.exact), ("UTF-8 with damaged bytes", false));
        assert!(decode(b"").exact);
    }
}
