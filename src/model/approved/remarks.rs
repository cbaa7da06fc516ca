//! Remarks on how far a work is, and by whom it was done: what was approved still says the same with them.

use super::says::{is_silent, words};

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
const BESIDE: [&str; 26] = [
    "%",
    "/",
    "all",
    "and",
    "are",
    "boxes",
    "checks",
    "do",
    "far",
    "following",
    "have",
    "in",
    "is",
    "items",
    "of",
    "off",
    "so",
    "steps",
    "tasks",
    "the",
    "these",
    "this",
    "to",
    "we",
    "what",
    "yet",
];

/// What somebody did who is named by `by`.
const DONE: [&str; 10] = [
    "checked",
    "completed",
    "confirmed",
    "done",
    "erledigt",
    "finished",
    "performed",
    "reviewed",
    "tested",
    "verified",
];

/// Whether a line says how far things are, and nothing else: `3 of 5 are done`, `To do`.
pub(super) fn is_of_progress(line: &str) -> bool {
    let words = words(line);
    let is_state = |word: &String| is_one_of(word, &STATES) || is_one_of(word, &PROGRESS);
    let known = |word: &String| is_state(word) || is_one_of(word, &BESIDE) || is_number(word);
    let tells = |word: &String| is_state(word) || word == "do";
    words.iter().all(known) && words.iter().any(tells)
}

/// `text` without remarks at its end on how far it is, or how much there is: `Checks (done)`, `Checks (3/5)`,
/// `Checks (12)`.
pub(in crate::model) fn without_progress(text: &str) -> &str {
    let mut text = text.trim_end();
    loop {
        let bare = text.trim_end_matches(|c: char| is_silent(c) && !")]".contains(c));
        let Some((before, inner)) = group_at_end(bare) else { return bare };
        let is_remark = is_of_progress(inner) || is_count(before, inner);
        if !is_remark {
            return bare;
        }
        text = before.trim_end();
    }
}

/// `text` without a remark at its end on who did it: `Keys rotated (done by Ben)`.
pub fn without_doer(text: &str) -> Option<&str> {
    let bare = text.trim_end().trim_end_matches('.');
    let (before, inner) = group_at_end(bare).or_else(|| {
        let dash = [" – ", " — ", " - "].iter().filter_map(|dash| bare.rsplit_once(dash));
        dash.max_by_key(|(before, _)| before.len())
    })?;
    is_of_doer(inner).then(|| before.trim_end())
}

/// `done by Ben`, `verified by @ana on 2026-03-02`; not "done by Friday".
fn is_of_doer(remark: &str) -> bool {
    #[rustfmt::skip]
    const TIMES: [&str; 24] = [
        "april", "august", "december", "eod", "eow", "february", "friday", "go", "january", "july",
        "june", "launch", "march", "may", "monday", "november", "october", "release", "saturday",
        "september", "sunday", "thursday", "tuesday", "wednesday",
    ];
    let mut words = remark.split_whitespace();
    let done = words.next().unwrap_or_default().to_lowercase();
    if !is_one_of(&done, &DONE) || words.next() != Some("by") {
        return false;
    }
    let names: Vec<&str> = words.collect();
    let count = names.iter().position(|word| *word == "on").unwrap_or(names.len());
    let (names, when) = names.split_at(count);
    let is_name = |word: &&str| {
        let lower = word.to_lowercase();
        word.starts_with(|c: char| c.is_uppercase() || c == '@') && !is_one_of(&lower, &TIMES)
    };
    let is_day = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "-./".contains(c));
    (1..=3).contains(&names.len())
        && names.iter().all(is_name)
        && (when.is_empty() || when.len() == 2 && when.last().is_some_and(|day| is_day(day)))
}

/// What stands before the brackets at the end of `text`, and what within.
fn group_at_end(text: &str) -> Option<(&str, &str)> {
    let (open, rest) = match text.strip_suffix(')') {
        Some(rest) => ('(', rest),
        None => ('[', text.strip_suffix(']')?),
    };
    rest.rsplit_once(open)
}

/// Whether brackets hold `3 of 5`, `3/5` or `12`, and what stands before them is not one of so many.
fn is_count(before: &str, inner: &str) -> bool {
    #[rustfmt::skip]
    const ONE_OF: [&str; 11] = [
        "batch", "day", "iteration", "part", "phase", "ring", "round", "sprint", "stage", "wave", "week",
    ];
    let last = words(before).pop().unwrap_or_default();
    let parts = words(inner);
    let is_count = match parts.as_slice() {
        [count] => is_number(count),
        [done, of, all] => is_number(done) && is_number(all) && ["/", "of"].contains(&of.as_str()),
        _ => false,
    };
    is_count && count_is_short(inner) && !last.is_empty() && !is_one_of(&last, &ONE_OF)
}

/// A longer number is a year.
fn count_is_short(inner: &str) -> bool {
    inner.split(|c: char| !c.is_ascii_digit()).all(|number| number.len() < 4)
}

fn is_number(word: &str) -> bool {
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
        for line in ["3 of 5 regions are done.", "All items", "12", "Do not deploy", "EU is done"] {
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
            ("Checks (12)", "Checks"),
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
        ] {
            assert_eq!(without_doer(text), Some("Keys rotated"), "{text}");
        }
        for text in [
            "Keys rotated",
            "Keys rotated (done by Friday)",
            "Keys rotated (done by Ben except EU)",
            "Keys rotated (done by hand)",
            "Keys rotated (approved by Ben)",
        ] {
            assert_eq!(without_doer(text), None, "{text}");
        }
    }
}
