//! Remarks on how far a work is, and by whom it was done: what was approved still says the same with them.

use super::says::words;
use super::signs::is_silent;
use super::values::{is_day, is_name};

/// How far something is. As a heading such a word says nothing of what its items are of: moving one below it
/// changes nothing.
#[rustfmt::skip]
pub(in crate::model) const STATES: [&str; 16] = [
    "archive", "archived", "backlog", "closed", "complete", "completed", "doing", "done", "finished", "inprogress",
    "ongoing", "open", "pending", "remaining", "todo", "wip",
];

/// The same in a remark.
#[rustfmt::skip]
const PROGRESS: [&str; 16] = [
    "abgeschlossen", "erledigt", "fertig", "offen", "ok", "outstanding", "passed", "passing", "progress", "ready",
    "remain", "remains", "signed", "started", "ticked", "unticked",
];

/// What stands beside such words and says nothing more.
#[rustfmt::skip]
const BESIDE: [&str; 26] = [
    "%", "/", "all", "and", "are", "boxes", "checks", "do", "far", "following", "have", "in", "is", "items", "of",
    "off", "so", "steps", "tasks", "the", "these", "this", "to", "we", "what", "yet",
];

/// States of a port or an access as well as of a work.
const OF_DOORS: [&str; 3] = ["closed", "offen", "open"];

/// Signs that a work is done: at the end of a text they say no more than a tick does.
const TICKS: [char; 5] = ['✅', '☑', '✔', '✓', '🗹'];

/// What somebody did who is named by `by`.
#[rustfmt::skip]
const DONE: [&str; 10] = [
    "checked", "completed", "confirmed", "done", "erledigt", "finished", "performed", "reviewed", "tested", "verified",
];

/// Whether a line says how far things are, and nothing else: `3 of 5 are done`, `To do`.
pub(super) fn is_of_progress(line: &str) -> bool {
    let words = words(line);
    let counts = |word: &String| {
        is_number(word) || ["boxes", "checks", "items", "steps", "tasks"].contains(&&**word)
    };
    let is_label = line.trim_end_matches(['*', '_']).ends_with(':');
    let of_work = is_label || words.iter().any(counts);
    let told = |word: &String| tells(word) && (of_work || !is_one_of(word, &OF_DOORS));
    words.iter().all(|word| is_known(word)) && words.iter().any(told)
}

/// Whether a heading says how far the items below it are, and nothing else.
pub(super) fn is_of_state(title: &str) -> bool {
    is_of_progress(title) || is_one_of(words(title).join(" ").as_str(), &OF_DOORS)
}

/// Whether a word is one of how far something is, or stands beside such.
pub(super) fn is_known(word: &str) -> bool {
    tells(word) || is_one_of(&word.to_lowercase(), &BESIDE) || is_number(word)
}

/// Whether a word says how far something is.
pub(super) fn tells(word: &str) -> bool {
    let word = word.to_lowercase();
    word == "do" || is_one_of(&word, &STATES) || is_one_of(&word, &PROGRESS)
}

/// Whether a word is a sign of how far something is, or a part of a bar.
pub(super) fn is_sign(word: &str) -> bool {
    #[rustfmt::skip]
    const SIGNS: [char; 22] = [
        '🟢', '🟡', '🔴', '🟠', '🔵', '🟩', '🟨', '🟥', '🟧', '⚪', '⚫', '❌', '✖', '✗', '✘', '⛔', '🚫', '🛑', '⚠', '🚧',
        '⏳', '⌛',
    ];
    let is_sign =
        |c: char| SIGNS.contains(&c) || TICKS.contains(&c) || matches!(c, '\u{2580}'..='\u{25ff}');
    !word.is_empty() && word.chars().all(is_sign)
}

/// `text` without remarks at its end on how far it is: `Checks (done)`, `Checks (3/5) ✅`.
pub(in crate::model) fn without_progress(text: &str) -> &str {
    let mut text = without_ticks(text);
    loop {
        let bare = without_ticks(without_remark(text));
        if bare.len() == text.len() {
            return bare;
        }
        text = bare;
    }
}

/// `text` without signs at its ends of how far it is, whichever they are.
pub fn without_signs(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || c == '\u{fe0f}' || is_sign(c.encode_utf8(&mut [0; 4]))
    })
}

/// `text` without signs at its ends that it is done.
fn without_ticks(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{fe0f}' || TICKS.contains(&c))
}

/// `text` without one remark in brackets at its end.
pub(super) fn without_remark(text: &str) -> &str {
    let bare = text.trim_end_matches(|c: char| (is_silent(c) || c == '*') && !")]`".contains(c));
    let group = group_at_end(bare).filter(|(_, inner)| is_of_progress(inner) || is_share(inner));
    let Some((before, _)) = group.filter(|(before, inner)| !is_one_of_many(before, inner)) else {
        return text;
    };
    // `**Checks (done)**`
    let set = text.len() > bare.len() && text.ends_with(['*', '_']);
    let before = if set { before.trim_start_matches(['*', '_']) } else { before };
    before.trim_end()
}

/// `text` without a remark at its end on who did it, and when: `Keys rotated (done by Ben)`, `– done 2026-01-07`.
pub fn without_doer(text: &str) -> Option<&str> {
    let bare = text.trim_end().trim_end_matches('.');
    let (before, inner) = group_at_end(bare).or_else(|| {
        let dash = [" – ", " — ", " - "].iter().filter_map(|dash| bare.rsplit_once(dash));
        dash.max_by_key(|(before, _)| before.len())
    })?;
    is_of_doer(inner).then(|| before.trim_end())
}

/// `done by Ben`, `verified by @ana on 2026-03-02`, `ok`; not "done by Friday", nor "verified by Staging".
fn is_of_doer(remark: &str) -> bool {
    const ALONE: [&str; 5] = ["completed", "done", "erledigt", "finished", "ok"];
    let (did, rest) = remark.split_once(char::is_whitespace).unwrap_or((remark, ""));
    let did = did.to_lowercase();
    let rest = rest.trim();
    if rest.is_empty() || is_day(rest.strip_prefix("on ").unwrap_or(rest)) {
        return is_one_of(&did, &ALONE) || !rest.is_empty() && is_one_of(&did, &DONE);
    }
    let Some(who) = rest.strip_prefix("by ").filter(|_| is_one_of(&did, &DONE)) else {
        return false;
    };
    let (name, when) = who.split_once(" on ").unwrap_or((who, ""));
    is_name(name) && (when.is_empty() || is_day(when))
}

/// What stands before the brackets at the end of `text`, and what within.
fn group_at_end(text: &str) -> Option<(&str, &str)> {
    let (open, rest) = match text.strip_suffix(')') {
        Some(rest) => ('(', rest),
        None => ('[', text.strip_suffix(']')?),
    };
    rest.rsplit_once(open)
}

/// Whether brackets hold `3 of 5` or `3/5`.
fn is_share(inner: &str) -> bool {
    let parts = words(inner);
    let [done, of, all] = parts.as_slice() else { return false };
    let is_short = |word: &String| is_number(word) && word.len() < 4;
    is_short(done) && is_short(all) && ["/", "of"].contains(&of.as_str())
}

/// Whether a share is which one it is of so many: `Wave (1 of 3)`.
fn is_one_of_many(before: &str, inner: &str) -> bool {
    #[rustfmt::skip]
    const ONE_OF: [&str; 11] = [
        "batch", "day", "iteration", "part", "phase", "ring", "round", "sprint", "stage", "wave", "week",
    ];
    let last = words(before).pop().unwrap_or_default();
    is_share(inner) && (last.is_empty() || is_one_of(&last, &ONE_OF))
}

/// Whether a word is a whole number.
pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

fn is_one_of(word: &str, known: &[&str]) -> bool {
    known.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_progress_alone_is_known() {
        for line in [
            "3 of 5 are done.",
            "To do",
            "What is to do",
            "**Done:**",
            "In progress",
            "80% complete",
        ] {
            assert!(is_of_progress(line), "{line}");
        }
        for line in [
            "3 of 5 regions are done.",
            "All items",
            "12",
            "Do not deploy",
            "EU is done",
            "All open",
            "Closed",
        ] {
            assert!(!is_of_progress(line), "{line}");
        }
    }

    #[test]
    fn remarks_on_progress_are_taken_off_the_end() {
        for (text, bare) in [
            ("Checks (done)", "Checks"),
            ("Checks (3 of 5 done) ✅", "Checks"),
            ("Checks (3/5)", "Checks"),
            ("Checks [done] (3/5)", "Checks"),
            ("Wave (1 of 3)", "Wave (1 of 3)"),
            ("Checks (EU)", "Checks (EU)"),
            ("Checks (12)", "Checks (12)"),
            ("**Checks (done)**", "Checks"),
            ("Run `x`", "Run `x`"),
            ("Valve (open)", "Valve (open)"),
            ("Audit (2026)", "Audit (2026)"),
            ("Rollout 2 of 3", "Rollout 2 of 3"),
            ("Rollout 🇩🇪", "Rollout 🇩🇪"),
            ("C++", "C++"),
        ] {
            assert_eq!(without_progress(text), bare, "{text}");
        }
    }

    #[test]
    fn who_did_it_is_told_apart_from_when_and_of_what() {
        for text in [
            "Keys rotated (done by Ben)",
            "Keys rotated – verified by @ana on 2026-03-02",
            "Keys rotated (checked by Ana Costa).",
            "Keys rotated (ok)",
            "Keys rotated (done 2026-01-07)",
            "Keys rotated – done 2026-01-07",
        ] {
            assert_eq!(without_doer(text), Some("Keys rotated"), "{text}");
        }
        for text in [
            "Keys rotated",
            "Keys rotated (done by Friday)",
            "Keys rotated (done by Ben except EU)",
            "Keys rotated (done by hand)",
            "Keys rotated (approved by Ben)",
            "Keys rotated (verified by Staging)",
            "Keys rotated (tested by US-East)",
            "Keys rotated (pending)",
            "Keys rotated (3)",
            "Keys rotated (OPS-1)",
        ] {
            assert_eq!(without_doer(text), None, "{text}");
        }
    }
}
