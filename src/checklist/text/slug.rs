//! Slugs: what remains of a text that decoration and numbering do not change.

use std::borrow::Cow;

use memchr::memchr_iter;

/// Appends the slug of `text`: lower case letters and figures of any script, `-` between words.
pub(in crate::checklist) fn push_slug(out: &mut String, text: &str) {
    if text.is_ascii() && out.is_empty() {
        *out = ascii_slug(text);
        return;
    }
    let floor = out.len();
    let mut gap = false;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() && !(c.is_ascii_digit() && is_keycap(text, at + 1)) {
            if std::mem::take(&mut gap) && out.len() > floor {
                out.push('-');
            }
            out.extend(c.to_lowercase());
        } else if !is_silent(c) {
            gap = true;
        }
    }
}

/// The slug of ASCII text: nearly all of a checklist is ASCII, and every item has a slug. All its bytes
/// are read at once, and only where something is to be taken out between words one after the other.
fn ascii_slug(text: &str) -> String {
    let mut slug: Vec<u8> = text.bytes().map(role).collect();
    let odd = |before: u8, byte: u8| (byte == SILENT) | (before == GAP) & (byte == GAP);
    let behind = slug.get(1..).unwrap_or_default();
    let pairs = slug.iter().zip(behind);
    let begins_odd = slug.first().is_some_and(|first| odd(GAP, *first));
    if pairs.fold(begins_odd, |any, (before, byte)| any | odd(*before, *byte)) {
        take_out(&mut slug);
    }
    slug.pop_if(|last| *last == GAP);
    // Every role is of ASCII.
    String::from_utf8(slug).unwrap_or_default()
}

/// Takes out what is silent, and all gaps but one between two words. Nothing in the loop is foretold,
/// for nobody knows where a word ends: a byte that is left out is written over.
fn take_out(slug: &mut Vec<u8>) {
    let (mut end, mut before) = (0, GAP);
    for at in 0..slug.len() {
        let Some(role) = slug.get(at).copied() else { break };
        if let Some(slot) = slug.get_mut(end) {
            *slot = role;
        }
        let kept = (role != SILENT) & !((role == GAP) & (before == GAP));
        before = if kept { role } else { before };
        end += usize::from(kept);
    }
    slug.truncate(end);
}

/// Of a byte that leaves no trace in a slug.
const SILENT: u8 = 0;
/// Of a byte that ends a word.
const GAP: u8 = b'-';

/// What a byte is to a slug: nothing, the end of a word, or the letter that stands for it. It has no
/// branch, so that many are looked at at once.
#[inline(always)]
fn role(byte: u8) -> u8 {
    let small = byte | 0x20;
    let other = if byte == b'\'' { SILENT } else { GAP };
    let figure = if byte.wrapping_sub(b'0') < 10 { byte } else { other };
    if small.wrapping_sub(b'a') < 26 { small } else { figure }
}

fn is_keycap(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), Some(0xef | 0xe2))
        && text.get(at..).is_some_and(|rest| rest.starts_with(['\u{fe0f}', '\u{20e3}']))
}

/// The slug of `text` alone.
pub(in crate::checklist) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_slug(&mut out, text);
    out
}

/// Marks and joiners that belong to the letter before them, and the apostrophe within a word.
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}' | '\u{94d}' | '\u{200b}'..='\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
}

/// `text` without decoration and numbering in front: `### 1. x`, `✅ 2) x`, `1.2 x`, `A. x`, `IV. x`.
///
/// The text itself where nothing would be left.
pub(in crate::checklist) fn unnumbered(text: &str) -> &str {
    if let [b'A'..=b'Z' | b'a'..=b'z', b'a'..=b'z', ..] = text.as_bytes() {
        return text;
    }
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let bare = without_keycap(bare);
    let rest = match numbering_end(bare) {
        Some(end) => bare.get(end..).unwrap_or_default(),
        None => bare,
    };
    if rest.contains(|c: char| c.is_alphanumeric()) { rest } else { text }
}

/// `1️⃣ x` is `x`.
fn without_keycap(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let cut = rest.trim_start_matches(['\u{fe0f}', '\u{20e3}']);
    if rest.len() < text.len() && cut.len() < rest.len() { cut.trim_start() } else { text }
}

/// Where numbering at the very beginning of `text` ends.
fn numbering_end(text: &str) -> Option<usize> {
    let head = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(text.len());
    let token = text.get(..head)?;
    let tail = text.get(head..)?;
    let bare = token.trim_end_matches('.');
    let closed = token.len() > bare.len() || tail.starts_with([')', ':']);
    let dashed = [" - ", " – ", " — "].iter().any(|dash| tail.starts_with(dash));
    let numeric = !bare.is_empty()
        && bare.len() <= 12
        && bare.split('.').all(|part| {
            !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())
        });
    let lettered = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_uppercase())
        || (bare.len() <= 5
            && !bare.is_empty()
            && bare.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')));
    let ends = tail.is_empty() || tail.starts_with([' ', ')', ':']);
    let counts = numeric && ends && (closed || dashed || bare.contains('.'))
        || lettered && ends && closed && !tail.starts_with(':');
    counts.then_some(head)
}

/// `text` with stars for the signs that it calls by their names on GitHub (`:rocket:`): as signs that
/// are drawn, they are decoration. Offsets hold.
pub(in crate::checklist) fn without_shortcodes(text: &str) -> Cow<'_, str> {
    let mut bare = Cow::Borrowed(text);
    let mut colons = memchr_iter(b':', text.as_bytes()).peekable();
    while let Some(open) = colons.next() {
        let Some(&close) = colons.peek() else { break };
        if is_shortcode(&bare, open, close) {
            bare.to_mut().replace_range(open..=close, &"*".repeat(close + 1 - open));
            colons.next();
        }
    }
    bare
}

/// Whether a name stands between the two colons, and they are no part of a word or a path (`std::fmt::Write`).
fn is_shortcode(text: &str, open: usize, close: usize) -> bool {
    let name = text.get(open + 1..close).unwrap_or_default();
    let named = (name.starts_with(['+', '-'])
        || name.bytes().any(|byte| byte.is_ascii_lowercase()))
        && name.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-' | b'+')
        });
    let before = text.get(..open).and_then(|lead| lead.chars().next_back());
    let after = text.get(close + 1..).and_then(|tail| tail.chars().next());
    named
        && !before.is_some_and(|c| c.is_alphanumeric() || c == ':')
        && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_drop_decoration() {
        let table = [
            ("✅ Pre-Deployment Checks", "pre-deployment-checks"),
            ("CI/CD Pipeline", "ci-cd-pipeline"),
            ("Monitoring & Observability", "monitoring-observability"),
            ("Don’t ship the user's data", "dont-ship-the-users-data"),
            ("Größe prüfen", "größe-prüfen"),
            ("数据库 备份", "数据库-备份"),
            ("1️⃣ Setup", "setup"),
            ("— —", ""),
        ];
        for (text, expected) in table {
            assert_eq!(slug(text), expected);
        }
    }

    #[test]
    fn ascii_has_the_slug_that_any_text_has() {
        const LETTERS: &[u8; 5] = b"aB1' ";
        for number in 0..5_usize.pow(5) {
            let letter = |at: u32| char::from(LETTERS[number / 5_usize.pow(at) % 5]);
            let text: String = (0..5).map(letter).collect();
            let mut behind = "x".to_owned();
            push_slug(&mut behind, &text);
            assert_eq!(format!("x{}", slug(&text)), behind, "{text:?}");
        }
    }

    #[test]
    fn signs_called_by_their_names_are_decoration() {
        for (text, bare) in [
            (":rocket: Deploy", "******** Deploy"),
            ("Deploy :+1::x:", "Deploy *******"),
            ("é :x:", "é ***"),
            ("At 10:30:15", "At 10:30:15"),
            ("std::fmt::Write", "std::fmt::Write"),
            ("a:b:c", "a:b:c"),
            ("Step 1: a: b", "Step 1: a: b"),
            (":: :", ":: :"),
            (":rocket", ":rocket"),
        ] {
            assert_eq!(without_shortcodes(text), bare);
        }
    }

    #[test]
    fn numbering_goes_and_numbers_stay() {
        let table = [
            ("1. Code Quality", "code-quality"),
            ("12) Security", "security"),
            ("1.2 Scope", "scope"),
            ("1.2.3. Scope", "scope"),
            ("✅ 3. Database", "database"),
            ("1️⃣ Setup", "setup"),
            ("2 - Build", "build"),
            ("IV. Review", "review"),
            ("A. Review", "review"),
            ("24 Hours", "24-hours"),
            ("3 things to do", "3-things-to-do"),
            ("2026: the plan", "2026-the-plan"),
            ("Step 1: Pre-Deployment", "step-1-pre-deployment"),
            ("1.", "1"),
            ("A team", "a-team"),
            ("I: x", "i-x"),
        ];
        for (text, expected) in table {
            assert_eq!(slug(unnumbered(text)), expected, "{text}");
        }
    }
}
