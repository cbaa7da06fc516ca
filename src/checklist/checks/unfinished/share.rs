//! A share of a work, `2 of 3` or `60 %`, that says how far it has come.

use super::words;
use crate::checklist::text::figures::are_codes;
use crate::model::Figure;

/// Whether a share is a result, and no rule such as "2 of 3 reviewers approve": it is set apart, or
/// it closes the text, or what is done of it does.
pub(in crate::checklist::checks) fn is_result(text: &str, figure: &Figure) -> bool {
    let lead = text.get(..figure.span.start).unwrap_or_default().trim_end();
    let apart = lead.ends_with(['(', '[', '—', '–', '-', ':', '（']);
    let rest = text.get(figure.span.start..).unwrap_or_default();
    let is_share = |word: &String| matches!(word.as_str(), "of" | "out") || is_number(word);
    let after: Vec<String> = words(rest).skip_while(is_share).collect();
    apart || is_reached(lead, &after) || closes(lead, after)
}

/// `Tested on 2 of 3 browsers`: a verb for what is done, and what it was done to.
fn is_reached(lead: &str, after: &[String]) -> bool {
    const VERBS: [&str; 10] = [
        "checked",
        "covered",
        "deployed",
        "implemented",
        "migrated",
        "reviewed",
        "supported",
        "tested",
        "verified",
        "works",
    ];
    let mut before = words(lead).rev();
    let last = before.next();
    let verb = match last.as_deref() {
        Some("on" | "in" | "for" | "to") => before.next(),
        _ => last,
    };
    after.len() == 1 && verb.is_some_and(|verb| VERBS.contains(&verb.as_str()))
}

/// `Endpoints migrated, 3/9`, `3/9 done`: as bare as a date or a grade, so only at either end.
pub(in crate::checklist::checks) fn bare_share(text: &str) -> Option<String> {
    memchr::memchr(b'/', text.as_bytes())?;
    let share = |token: &str| {
        let (part, whole) = token.trim_matches([',', '.', ';', '!']).split_once('/')?;
        // `06/08` is a date.
        if [part, whole].iter().any(|number| number.len() > 1 && number.starts_with('0')) {
            return None;
        }
        let (part, whole) = (part.parse::<u32>().ok()?, whole.parse::<u32>().ok()?);
        let smaller = part < whole && !are_codes(part.into(), whole.into());
        smaller.then(|| format!("{part} of {whole}"))
    };
    if let Some((first, rest)) = text.split_once(' ')
        && let Some(share) = share(first)
        && closes("", words(rest).collect())
    {
        return Some(share);
    }
    let (lead, last) = text.rsplit_once(' ')?;
    share(last).filter(|_| closes(lead, Vec::new())).or_else(|| {
        // `Works on 3/5 browsers`: one plural that the share is of.
        let (lead, of) = lead.rsplit_once(' ')?;
        let placed = ["on", "in", "for", "across"];
        let counted = is_plural(last)
            && words(lead).next_back().is_some_and(|word| placed.contains(&word.as_str()));
        let made = words(lead).count() == 1
            && words(lead).next().is_some_and(|verb| WORKED.contains(&verb.as_str()));
        share(of).filter(|_| counted || made && is_plural(last))
    })
}

/// `Migrate 3/5 tables`: what is done to one thing after the other.
const WORKED: [&str; 16] = [
    "convert",
    "converted",
    "fix",
    "fixed",
    "migrate",
    "migrated",
    "port",
    "ported",
    "review",
    "reviewed",
    "rotate",
    "rotated",
    "translate",
    "translated",
    "upgrade",
    "upgraded",
];

fn is_plural(word: &str) -> bool {
    let word = word.trim_end_matches(['.', '!']);
    word.len() > 3 && word.ends_with('s') && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// `Rollout (60%)`, `60 % done`: how far a work has come. Of a measure (`Coverage (60%)`) it is the
/// figure.
pub(in crate::checklist::checks) fn progress(text: &str) -> Option<String> {
    const WORKS: [&str; 15] = [
        "adoption",
        "conversion",
        "cutover",
        "documentation",
        "implementation",
        "integration",
        "localisation",
        "localization",
        "migrated",
        "migration",
        "progress",
        "refactoring",
        "rollout",
        "translated",
        "translation",
    ];
    let sign = memchr::memrchr(b'%', text.as_bytes())?;
    let lead = text.get(..sign)?.trim_end();
    let digits = lead.trim_end_matches(|c: char| c.is_ascii_digit());
    let share: u32 = lead.get(digits.len()..)?.parse().ok().filter(|share| *share < 100)?;
    let limits = ['<', '>', '≤', '≥', '=', '.', ',', '~', '+', '-', '–', '/'];
    let (before, after) = (digits.trim_end(), text.get(sign + 1..)?);
    if digits.ends_with(limits) && !digits.ends_with(" -")
        || before.ends_with(limits) && !is_apart(before)
    {
        return None;
    }
    let after: Vec<String> = words(after).collect();
    let works = words(before).next_back().is_some_and(|word| WORKS.contains(&word.as_str()));
    let done = match after.as_slice() {
        [] => works && is_apart(before),
        after => closes("", after.to_vec()) && (before.is_empty() || is_apart(before) || works),
    };
    done.then(|| format!("{share} %"))
}

/// Whether what follows `lead` is set apart from it.
fn is_apart(lead: &str) -> bool {
    lead.ends_with(['(', '[', '—', '–', ':', ',', '（']) || lead.ends_with(" -")
}

/// Whether a share between `lead` and `after` says how much is done: it is no place in a row
/// ("Part 1 of 3"), no date and no grade.
fn closes(lead: &str, after: Vec<String>) -> bool {
    const DONE: [&str; 12] = [
        "complete",
        "completed",
        "converted",
        "done",
        "finished",
        "fixed",
        "green",
        "merged",
        "migrated",
        "passed",
        "passing",
        "resolved",
    ];
    const OTHERWISE: [&str; 38] = [
        "after",
        "any",
        "batch",
        "before",
        "by",
        "chapter",
        "day",
        "due",
        "episode",
        "from",
        "grade",
        "iteration",
        "least",
        "lesson",
        "level",
        "milestone",
        "minimum",
        "module",
        "on",
        "page",
        "part",
        "phase",
        "pr",
        "rated",
        "rating",
        "round",
        "score",
        "section",
        "session",
        "since",
        "slide",
        "sprint",
        "stage",
        "step",
        "task",
        "until",
        "wave",
        "week",
    ];
    let done = match after.as_slice() {
        [] => !lead.is_empty(),
        [.., last] => after.len() < 5 && DONE.contains(&last.as_str()),
    };
    done && words(lead).next_back().is_none_or(|word| !OTHERWISE.contains(&word.as_str()))
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
