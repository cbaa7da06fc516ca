//! Characters that were decoded wrongly once: UTF-8 read as Mac Roman or as cp1252.
//!
//! A run of characters beyond ASCII is repaired where all of it, encoded back, is UTF-8 again; and once
//! more where that is again such a run, for what was spoiled may have been spoiled twice. Bytes in the
//! file are never changed.

use std::borrow::Cow;
use std::sync::LazyLock;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use super::inline::collapsed;

/// How the text of a document is made readable.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::checklist) struct Repair {
    encoding: Option<&'static Encoding>,
    /// Whether the document says so often enough that weak runs count too.
    trusted: bool,
    /// How many runs are repaired.
    pub(in crate::checklist) runs: usize,
    /// Where the first one stands.
    pub(in crate::checklist) first: usize,
}

/// How much a run that decodes says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// Not all of it decodes.
    None,
    /// It decodes, but real text may read so by chance: `É—`.
    Weak,
    /// It decodes to a symbol or an emoji of three bytes or more, perhaps in the end.
    Strong,
}

impl Repair {
    /// Looks at a whole document.
    pub(in crate::checklist) fn of(text: &str, from: usize) -> Repair {
        if text.is_ascii() {
            return Repair::default();
        }
        let runs: Vec<(usize, &str)> = runs(text, from).collect();
        let mac = Repair::with(MACINTOSH, &runs, from);
        let windows = Repair::with(WINDOWS_1252, &runs, from);
        if mac.runs > windows.runs { mac } else { windows }
    }

    fn with(encoding: &'static Encoding, runs: &[(usize, &str)], from: usize) -> Repair {
        let (mut strong, mut weak, mut sound) = (0_usize, 0_usize, 0_usize);
        let mut first = None;
        for &(at, run) in runs {
            let strength = decoded(encoding, run).1;
            match strength {
                Strength::Strong => strong += 1,
                Strength::Weak => weak += 1,
                Strength::None => sound += usize::from(is_letter_of(encoding, run)),
            }
            if strength != Strength::None {
                first.get_or_insert(at);
            }
        }
        let trusted =
            weak > 0 && (weak + strong) >= 3 && sound == 0 || strong > 2 * sound && strong > 0;
        let runs = if trusted { strong + weak } else { strong };
        let encoding = (runs > 0).then_some(encoding);
        Repair { encoding, trusted, runs, first: first.unwrap_or(from) }
    }

    /// The name of the encoding that the document went through.
    pub(in crate::checklist) fn name(&self) -> Option<&'static str> {
        self.encoding
            .map(|encoding| if encoding == MACINTOSH { "Mac Roman" } else { "Windows-1252" })
    }

    /// What it does to a text: the same kind does the same.
    pub(in crate::checklist) fn kind(&self) -> Option<(&'static str, bool)> {
        self.name().map(|name| (name, self.trusted))
    }

    /// Whether a text, `foreign` where it has characters beyond ASCII, needs no look.
    pub(in crate::checklist) fn leaves_alone(&self, foreign: bool) -> bool {
        self.encoding.is_none() || !foreign
    }

    /// `raw` as it is shown: repaired, white space collapsed.
    pub(in crate::checklist) fn display<'t>(&self, raw: &'t str) -> Cow<'t, str> {
        match self.text(raw) {
            Cow::Borrowed(same) => collapsed(same),
            Cow::Owned(repaired) => Cow::Owned(collapsed(&repaired).into_owned()),
        }
    }

    /// `raw` repaired, and otherwise as it stands.
    pub(in crate::checklist) fn text<'t>(&self, raw: &'t str) -> Cow<'t, str> {
        let Some(encoding) = self.encoding else { return Cow::Borrowed(raw) };
        if raw.is_ascii() {
            return Cow::Borrowed(raw);
        }
        let mut out = String::with_capacity(raw.len());
        let mut done = 0;
        for (at, run) in runs(raw, 0) {
            out.push_str(raw.get(done..at).unwrap_or_default());
            done = at + run.len();
            match decoded(encoding, run) {
                (Some(text), strength) if strength == Strength::Strong || self.trusted => {
                    out.push_str(text.trim_start_matches('\u{feff}'));
                }
                _ => out.push_str(run),
            }
        }
        out.push_str(raw.get(done..).unwrap_or_default());
        Cow::Owned(out)
    }
}

/// The runs of characters beyond ASCII, with their offsets.
fn runs(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = from;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + first_foreign(rest.as_bytes())?;
        let run = text.get(start..)?;
        let len = run.bytes().position(|byte| byte < 0x80).unwrap_or(run.len());
        at = start + len;
        Some((start, run.get(..len)?))
    })
}

/// Where the first byte beyond ASCII stands: whole blocks are looked at at once.
fn first_foreign(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 32;
    let block = bytes.chunks(BLOCK).position(|block| !block.is_ascii())? * BLOCK;
    let within = bytes.get(block..)?.iter().position(|byte| *byte >= 0x80)?;
    Some(block + within)
}

/// How often a text is decoded at most: nobody saves a file wrongly more often without a look at it.
const ROUNDS: usize = 3;

/// The text that `run` was, and how much that says.
fn decoded(encoding: &'static Encoding, run: &str) -> (Option<String>, Strength) {
    let (mut text, mut strength) = decoded_once(encoding, run);
    for _ in 1..ROUNDS {
        let again = text.as_deref().map(|text| decoded_once(encoding, text));
        let Some((Some(inner), of_it)) = again else { break };
        (text, strength) = (Some(inner), of_it);
    }
    (text, strength)
}

fn decoded_once(encoding: &'static Encoding, run: &str) -> (Option<String>, Strength) {
    if !may_lead(encoding, run) {
        return (None, Strength::None);
    }
    let (bytes, _, unmappable) = encoding.encode(run);
    if unmappable {
        return (None, Strength::None);
    }
    match String::from_utf8(bytes.into_owned()) {
        Ok(text) => {
            let symbols = text.chars().filter(|c| is_symbol(*c)).count();
            let strength = if symbols > 0 && text.chars().all(|c| is_symbol(c) || is_joined(c)) {
                Strength::Strong
            } else {
                Strength::Weak
            };
            (Some(text), strength)
        }
        Err(_) => (None, Strength::None),
    }
}

/// Cheap: whether the first of at least two characters stands for a byte that begins a sequence.
fn may_lead(encoding: &'static Encoding, run: &str) -> bool {
    let mut chars = run.chars();
    let (Some(first), Some(_)) = (chars.next(), chars.next()) else { return false };
    if encoding == WINDOWS_1252 {
        ('Â'..='ô').contains(&first)
    } else {
        MAC_LEADS.contains(&first)
    }
}

/// What the bytes 0xC2 to 0xF4 are in Mac Roman.
static MAC_LEADS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let bytes: Vec<u8> = (0xc2..=0xf4).collect();
    MACINTOSH.decode_without_bom_handling(&bytes).0.chars().collect()
});

/// Punctuation, arrows, symbols and emoji: three bytes or more in UTF-8, and written by people.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

fn is_joined(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{200b}' | '\u{a0}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}')
}

/// Whether `run` holds a letter that the encoding has: sound text, such as `é`.
fn is_letter_of(encoding: &'static Encoding, run: &str) -> bool {
    run.chars().next().is_some_and(char::is_alphabetic) && !encoding.encode(run).2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoiled(encoding: &'static Encoding, text: &str) -> String {
        text.chars()
            .map(|c| {
                if c.is_ascii() {
                    c.to_string()
                } else {
                    encoding.decode_without_bom_handling(c.to_string().as_bytes()).0.into_owned()
                }
            })
            .collect()
    }

    #[test]
    fn both_encodings_are_repaired() {
        let text = "## ✅ Checks (22 → 0) ⚠️ 🚀 — “x”";
        for encoding in [MACINTOSH, WINDOWS_1252] {
            let broken = spoiled(encoding, text);
            assert_ne!(broken, text);
            assert_eq!(Repair::of(&broken, 0).text(&broken), text);
        }
        let spanish = "Publicación en línea: revisión, acción y más";
        let broken = spoiled(WINDOWS_1252, spanish);
        assert_eq!(Repair::of(&broken, 0).text(&broken), spanish);
    }

    #[test]
    fn what_was_spoiled_twice_is_repaired() {
        let text = "## ✅ Checks (22 → 0) ⚠️ 🚀 — “x”";
        for encoding in [MACINTOSH, WINDOWS_1252] {
            let twice = spoiled(encoding, &spoiled(encoding, text));
            let repair = Repair::of(&twice, 0);
            assert_eq!((&*repair.text(&twice), repair.runs), (text, 7), "{twice}");
            // Beside what was spoiled once and what is sound.
            let mixed = format!("{twice} {} café", spoiled(encoding, "✔"));
            assert_eq!(Repair::of(&mixed, 0).text(&mixed), format!("{text} ✔ café"));
        }
        let spanish = "Publicación en línea: revisión, acción y más";
        let twice = spoiled(WINDOWS_1252, &spoiled(WINDOWS_1252, spanish));
        assert_eq!(Repair::of(&twice, 0).text(&twice), spanish);
    }

    #[test]
    fn sound_text_is_left_alone() {
        for text in [
            "Élément validé — « donné » É— À€",
            "die Größe ‚Öl‘ prüfen",
            "数据库备份 ✅ готово",
            "naïve café",
            "plain",
            "Â© 2026",
        ] {
            assert_eq!(Repair::of(text, 0).text(text), text, "{text}");
        }
    }

    #[test]
    fn only_whole_runs_are_repaired() {
        let text = "‚úÖ one, ‚ú two, é three";
        assert_eq!(Repair::of(text, 0).text(text), "✅ one, ‚ú two, é three");
    }
}
