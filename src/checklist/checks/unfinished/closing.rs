//! A word for unfinished work that closes a text: `Rollout partial`, `Works, pending review`.

use super::{said_plainly, words};
use crate::checklist::checks::waiting::AWAITED;
use crate::checklist::text::affix::{strip_prefix, strip_suffix};

/// What says at the end of a text that work is left.
const STATES: [&str; 28] = [
    "untested",
    "not tested",
    "not started",
    "not implemented",
    "partial",
    "partially",
    "partly",
    "pending",
    "incomplete",
    "unfinished",
    "in progress",
    "not done",
    "wip",
    "tbd",
    "half done",
    "in review",
    "not complete",
    "not completed",
    "not finished",
    "not ready",
    "not verified",
    "not working",
    "on hold",
    "to be confirmed",
    "to be decided",
    "to be verified",
    "under review",
    "unverified",
];

/// What stands in every text that closes so, in any case.
pub(in crate::checklist::checks) fn signs() -> impl Iterator<Item = &'static str> {
    STATES.into_iter().chain(FAILED).chain(BUT_NOT).chain(EXCEPTING)
}

/// A word for unfinished work that closes the text: `Rollout partial`. Not what a verb in front
/// speaks of (`Show orders as pending`).
pub(in crate::checklist::checks) fn closing(text: &str) -> Option<&'static str> {
    const BEFORE: [&str; 20] = [
        "a", "an", "and", "any", "are", "as", "for", "if", "no", "none", "not", "nothing", "of",
        "or", "the", "to", "when", "where", "while", "without",
    ];
    const VERBS: [&str; 24] = [
        "add",
        "allow",
        "clear",
        "close",
        "detect",
        "display",
        "filter",
        "fix",
        "flag",
        "handle",
        "hide",
        "highlight",
        "label",
        "list",
        "mark",
        "notify",
        "resolve",
        "return",
        "set",
        "show",
        "support",
        "test",
        "treat",
        "warn",
    ];
    if text.ends_with([')', ']', '）']) {
        return None;
    }
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = bare.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if let Some(said) =
        set_apart(bare, &VERBS).or_else(|| but_not(bare)).or_else(|| excepting(bare))
    {
        return Some(said);
    }
    if !LAST.iter().any(|known| known.eq_ignore_ascii_case(last)) {
        return None;
    }
    if awaits(bare, &VERBS, &BEFORE) {
        return Some("pending");
    }
    let bare = bare.to_lowercase();
    let state = STATES.into_iter().find(|state| {
        bare.strip_suffix(state).is_some_and(|lead| lead.ends_with([' ', ',', ';', '\u{2026}']))
    })?;
    let lead = bare.strip_suffix(state)?;
    let (mut before, first) = (words(lead), words(lead).next()?);
    let spoken_of = before.next_back().is_some_and(|word| BEFORE.contains(&word.as_str()));
    (!spoken_of && !VERBS.contains(&first.as_str()) && said_plainly(&bare, state)).then_some(state)
}

/// What became of a work, set apart by a dash.
const FAILED: [&str; 4] = ["failed", "failing", "broken", "blocked"];

/// `Deploy to staging - failed`.
fn set_apart(text: &str, verbs: &[&str]) -> Option<&'static str> {
    let (lead, word) =
        FAILED.into_iter().find_map(|word| Some((strip_suffix(text, word)?, word)))?;
    let apart = lead.trim_end().ends_with(" -") || lead.trim_end().ends_with(['–', '—']);
    let first = words(lead).next()?;
    (apart && lead.ends_with(' ') && !verbs.contains(&first.as_str())).then_some(word)
}

/// What was not done, at the end of a text.
const BUT_NOT: [&str; 8] = [
    "but not published",
    "but not released",
    "but not deployed",
    "but not tested",
    "but not merged",
    "but not verified",
    "but not yet deployed",
    "but not yet tested",
];

/// What is not all of it, set apart.
const EXCEPTING: [&str; 4] =
    ["complete except", "completed except", "done except", "finished except"];

/// `Docs written, but not published`: what was not done with what was.
fn but_not(text: &str) -> Option<&'static str> {
    BUT_NOT
        .into_iter()
        .find(|said| strip_suffix(text, said).is_some_and(|lead| lead.ends_with(' ')))
}

/// `Notes — complete except for the German part`: set apart as what became of it.
fn excepting(text: &str) -> Option<&'static str> {
    let apart = text.split([',', ':', ';', '–', '—']).flat_map(|of| of.split(" - ")).skip(1);
    let mut apart = apart.map(str::trim_start);
    apart.find_map(|said| EXCEPTING.into_iter().find(|word| strip_prefix(said, word).is_some()))
}

/// The last words of all that may close a text so: most texts end otherwise.
const LAST: [&str; 42] = [
    "approval",
    "approvals",
    "complete",
    "completed",
    "confirmation",
    "confirmed",
    "decided",
    "decision",
    "deployment",
    "done",
    "feedback",
    "finished",
    "fix",
    "hold",
    "implemented",
    "incomplete",
    "legal",
    "merge",
    "off",
    "partial",
    "partially",
    "partly",
    "pending",
    "progress",
    "qa",
    "ready",
    "release",
    "review",
    "reviews",
    "signoff",
    "started",
    "tbd",
    "tested",
    "testing",
    "unfinished",
    "untested",
    "unverified",
    "validation",
    "verification",
    "verified",
    "wip",
    "working",
];

/// `Works, pending review`: what it waits for closes the text. Not what is spoken of (`List changes
/// pending review`, `No tickets pending approval`).
fn awaits(text: &str, verbs: &[&str], before: &[&str]) -> bool {
    if !AWAITED.iter().any(|awaited| strip_suffix(text, awaited).is_some()) {
        return false;
    }
    let bare = text.to_lowercase();
    let Some((lead, what)) = bare.rsplit_once(" pending ") else { return false };
    let of_text = words(lead).next().is_none_or(|first| verbs.contains(&first.as_str()));
    let spoken_of = words(lead).next_back().is_some_and(|word| before.contains(&word.as_str()));
    words(what).count() < 4 && !of_text && !spoken_of && said_plainly(&bare, "pending")
}
