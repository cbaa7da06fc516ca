//! Legends: what a document says that a mark in brackets means in it (`[-]` in progress, `[!]` =
//! blocked).

use std::collections::BTreeMap;

use memchr::memchr_iter;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::boxes::bracket_at;
use super::walk::options;
use crate::checklist::text::affix::{strip_prefix, strip_suffix};
use crate::model::Claim;

/// The words of a legend, and what a box of that meaning claims. The longer of two that begin alike
/// stands first.
const STATES: [(&str, Claim); 34] = [
    ("not applicable", Claim::Cancelled),
    ("n/a", Claim::Cancelled),
    ("cancelled", Claim::Cancelled),
    ("canceled", Claim::Cancelled),
    ("dropped", Claim::Cancelled),
    ("obsolete", Claim::Cancelled),
    ("abandoned", Claim::Cancelled),
    ("skipped", Claim::Cancelled),
    ("won't do", Claim::Cancelled),
    ("partially done", Claim::InProgress),
    ("partially complete", Claim::InProgress),
    ("partial", Claim::InProgress),
    ("in progress", Claim::InProgress),
    ("in-progress", Claim::InProgress),
    ("in review", Claim::InProgress),
    ("work in progress", Claim::InProgress),
    ("wip", Claim::InProgress),
    ("started", Claim::InProgress),
    ("ongoing", Claim::InProgress),
    ("doing", Claim::InProgress),
    ("done", Claim::Done),
    ("completed", Claim::Done),
    ("complete", Claim::Done),
    ("finished", Claim::Done),
    ("not started", Claim::Open),
    ("todo", Claim::Open),
    ("to do", Claim::Open),
    ("open", Claim::Open),
    ("pending", Claim::Open),
    ("planned", Claim::Open),
    ("blocked", Claim::Open),
    ("deferred", Claim::Open),
    ("postponed", Claim::Open),
    ("on hold", Claim::Open),
];

/// What the marks that `text` explains from `base` on mean in it. A mark that it explains in two ways
/// means neither; GFM's own keep their meaning.
pub(in crate::checklist) fn legend(text: &str, base: usize) -> BTreeMap<String, Claim> {
    let body = text.get(base..).unwrap_or_default();
    if !memchr_iter(b'[', body.as_bytes()).any(|at| explained(body, at).is_some()) {
        return BTreeMap::new();
    }
    let mut found: BTreeMap<&str, Option<Claim>> = BTreeMap::new();
    let mut in_code = false;
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Code(_) | Event::Text(_) if !in_code => {
                let source = body.get(range.clone()).unwrap_or_default();
                for at in memchr_iter(b'[', source.as_bytes()).map(|at| range.start + at) {
                    let Some((marker, claim)) = explained(body, at) else { continue };
                    let known = found.entry(marker).or_insert(Some(claim));
                    *known = known.filter(|known| *known == claim);
                }
            }
            _ => {}
        }
    }
    let agreed = |(marker, claim): (&str, Option<Claim>)| Some((marker.to_owned(), claim?));
    found.into_iter().filter_map(agreed).collect()
}

/// The mark whose bracket opens at `at`, and what it is explained as.
fn explained(text: &str, at: usize) -> Option<(&str, Claim)> {
    // Nearly every bracket is a box with one of GFM's own marks.
    if matches!(text.as_bytes().get(at + 1..at + 3), Some([b' ' | b'x' | b'X', b']'])) {
        return None;
    }
    let bracket = bracket_at(text, at)?;
    let marker = bracket.marker(text);
    if matches!(marker, "x" | "X") || !is_one_sign(marker) {
        return None;
    }
    let after = text.get(bracket.end..)?;
    let (opened, code) = match text.get(..at)?.strip_suffix('`') {
        Some(opened) => (opened, true),
        None => (text.get(..at)?, false),
    };
    let after = if code { after.strip_prefix('`')? } else { after };
    let line = opened.rsplit(['\n', '\r']).next().unwrap_or_default();
    let claim = state(after.split(['\n', '\r']).next()?)?;
    begins_an_entry(line, code).then_some((marker, claim))
}

/// One character, and what joins to it; neither white space nor a figure, as notes have.
fn is_one_sign(marker: &str) -> bool {
    let mut chars = marker.chars();
    let joined = |c: char| matches!(c, '\u{fe0f}' | '\u{200d}' | '\u{20e3}');
    chars.next().is_some_and(|first| !first.is_whitespace() && !first.is_ascii_digit())
        && chars.all(joined)
}

/// Whether an entry of a legend may begin behind `lead`, which opens its line: nothing but a bullet
/// stands there, or what ends the entry before. Behind a bullet a mark that is no code is a box, and what
/// stands beside a box is an item.
fn begins_an_entry(lead: &str, code: bool) -> bool {
    let lead = lead.trim_start_matches([' ', '\t', '>']).trim_end();
    let number = lead.trim_start_matches(|c: char| c.is_ascii_digit());
    let past = match number.len() < lead.len() {
        true => number.strip_prefix(['.', ')']),
        false => lead.strip_prefix(['-', '*', '+']).filter(|rest| !rest.starts_with('*')),
    };
    let said = past.unwrap_or(lead).trim_start();
    if said.is_empty() {
        return code || past.is_none();
    }
    let bare = said.trim_end_matches(['*', '_', ' ']);
    let ended = bare.ends_with([',', ';', ':', '.', '|', '/', '(', '·', '•', '—', '–', '-']);
    let after_a_state = || STATES.iter().any(|(word, _)| strip_suffix(bare, word).is_some());
    let boxed = past.is_some() && said.starts_with('[');
    !boxed && (ended || after_a_state())
}

/// The state that the rest of a line names behind a mark, where that ends the entry.
fn state(rest: &str) -> Option<Claim> {
    const SIGNS: [&str; 8] = ["=>", "->", "=", ":", "-", "–", "—", "→"];
    const AROUND: [char; 4] = ['*', '_', '"', ' '];
    let rest = rest.trim_start_matches(' ');
    let said = SIGNS.iter().find_map(|sign| rest.strip_prefix(sign)).unwrap_or(rest);
    let said = said.trim_start_matches(AROUND);
    STATES.iter().find_map(|(word, claim)| {
        let tail = strip_prefix(said, word)?.trim_start_matches(AROUND);
        let ends = tail.is_empty()
            || tail.starts_with([',', ';', '.', '|', '/', '(', ')', '[', '`', '·', '•', '—', '–']);
        ends.then_some(*claim)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Claim)> {
        legend(text, 0).into_iter().collect()
    }

    #[test]
    fn a_legend_tells_what_a_mark_means() {
        for text in [
            "- `[-]` in progress",
            "* `[-]` = started",
            "1. `[-]`: **WIP**",
            "Legend: `[ ]` todo · `[x]` done · `[-]` in progress",
            "**Legend:** [ ] todo, [-] in progress, [x] done",
            "[ ] todo [-] in progress [x] done",
            "> `[-]` – in progress (somebody is at it)",
            "`[-]` => in review.",
        ] {
            assert_eq!(read(text), [("-".to_owned(), Claim::InProgress)], "{text}");
        }
        let two = "- `[!]` blocked\n- `[>]` - won't do\n- `[✓]` done\n";
        let claims: Vec<Claim> = read(two).into_iter().map(|(_, claim)| claim).collect();
        assert_eq!(claims, [Claim::Open, Claim::Cancelled, Claim::Done]);
    }

    #[test]
    fn what_is_no_legend() {
        for text in [
            "- [-] in progress",
            "- [-] = done",
            "- [x] Render `[-]` cancelled",
            "- [x] States: `[-]` done",
            "Write `[-]` done.",
            "- `[-]` in progress by somebody",
            "- `[-]` done-ish",
            "- `[x]` open\n- `[ ]` done\n- `[1]` done\n- `[ab]` done",
            "```\n`[-]` done\n```",
            "<!-- `[-]` done -->",
            "- `[-]` done\n- `[-]` cancelled\n- `[-]` done",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
