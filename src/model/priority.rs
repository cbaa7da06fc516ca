//! The word by which people grade what is to be done: `P0` to `P4`.

use memchr::memchr2_iter;

/// The first priority that `text` says, as `P0`: whole, perhaps with more behind it (`P1/M/H`, `P0-2:`).
/// In small letters only where it stands in front, is set apart, by a bracket or a `#`, or ends the text.
pub fn priority_in(text: &str) -> Option<String> {
    shown(text, places(text).next()?)
}

/// The priority that `text`, what an item says, gives that item: in front, at the end or behind a `#`.
/// What tells of others ("No open P0 bugs", "P0 and P1 closed") and an id (`P1-T001`) give none.
pub fn priority_of(text: &str) -> Option<String> {
    let all: Vec<usize> = places(text).collect();
    let differ =
        || all.iter().any(|at| shown(text, *at) != all.first().and_then(|at| shown(text, *at)));
    let graded = |at: &&usize| {
        let (Some(before), Some(after)) = (text.get(..**at), text.get(**at + 2..)) else {
            return false;
        };
        if is_counted(before)
            || is_listed(before, after)
            || is_of_others(after)
            || is_of_a_range(after)
        {
            return false;
        }
        let behind = before.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '#');
        behind.ends_with('#') || leads(before) || ends(before, after) && !differ()
    };
    shown(text, *all.iter().find(graded)?)
}

/// Where priorities stand.
fn places(text: &str) -> impl Iterator<Item = usize> {
    memchr2_iter(b'P', b'p', text.as_bytes()).filter(|at| is_priority(text, *at))
}

fn shown(text: &str, at: usize) -> Option<String> {
    text.get(at..at + 2).map(str::to_ascii_uppercase)
}

/// The priority that `text` begins with: `P0 – must have`.
pub fn leading_priority(text: &str) -> Option<String> {
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = start.get(..2).filter(|word| word.starts_with(['P', 'p']))?;
    priority_in(start).filter(|said| said.eq_ignore_ascii_case(word))
}

/// Whether a priority stands at `at`, as a whole word.
fn is_priority(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied();
    let before = at.checked_sub(1).and_then(byte);
    let apart = matches!(before, None | Some(b'[' | b'(' | b'`' | b'#'));
    // In small letters it is a word like others, but for the last one of all.
    let last =
        || text.get(at + 2..).is_some_and(|rest| rest.trim_end_matches(['.', ' ']).is_empty());
    let graded_so = || byte(at) == Some(b'P') || before == Some(b' ') && last();
    let whole = apart || matches!(before, Some(b' ' | b':' | b'*')) && graded_so();
    let ends = match byte(at + 2) {
        None | Some(b' ' | b']' | b')' | b':' | b'/' | b',' | b';' | b'`' | b'-' | b'*') => true,
        Some(b'.') => !byte(at + 3).is_some_and(|byte| byte.is_ascii_digit()),
        Some(byte) => !byte.is_ascii(),
    };
    let graded = matches!((byte(at), byte(at + 1)), (Some(b'P' | b'p'), Some(b'0'..=b'4')));
    graded && whole && ends
}

/// Whether nothing but a number or a label stands before it: `1. P0: …`, `T117 [P0] …`.
fn leads(before: &str) -> bool {
    let labels = |word: &str| {
        let named = word.contains(|c: char| c.is_ascii_digit());
        !word.contains(char::is_alphanumeric) || named && !word.contains(char::is_lowercase)
    };
    before.split_whitespace().all(labels)
}

/// Whether it stands alone at the end: before nothing but a bracket, a handle or what a dash sets apart.
fn ends(before: &str, after: &str) -> bool {
    const JOINING: [&str; 14] = [
        "and", "are", "as", "at", "by", "for", "from", "is", "of", "or", "than", "the", "to",
        "with",
    ];
    let opened = before.ends_with(['(', '[', '`']);
    let closed = after.starts_with([')', ']', '`']);
    let rest = after.trim_start_matches(|c: char| !c.is_alphanumeric() && !" (—–@#-".contains(c));
    let rest = rest.trim_start();
    let alone = rest.is_empty() || rest.starts_with(['(', '—', '–', '@', '#', '-']);
    alone && opened == closed && (opened || !JOINING.contains(&&*last_word(before)))
}

/// `0 P0`, `no P0`, `all P0`, `open P0`: how many there are.
fn is_counted(before: &str) -> bool {
    const COUNTS: [&str; 17] = [
        "all",
        "any",
        "both",
        "each",
        "every",
        "few",
        "known",
        "more",
        "new",
        "no",
        "open",
        "other",
        "outstanding",
        "remaining",
        "some",
        "unresolved",
        "zero",
    ];
    let bare = before.trim_end_matches([' ', '*', '`', '(', '[']);
    let last = last_word(bare);
    let number = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    COUNTS.contains(&&*last) || number && bare.ends_with(|c: char| c.is_ascii_digit())
}

/// `P0/P1`, `P0 and P1`, `P0-P2`, `P1-T001`: one of several, or a part of an id.
fn is_listed(before: &str, after: &str) -> bool {
    let bare = |c: char| matches!(c, ' ' | '*' | '`' | '/' | ',' | '&' | '+' | '-' | '–' | '|');
    let joined = |text: &str| {
        let rest = text.trim_start_matches(bare);
        let word = ["and ", "or "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        let apart = word.len() < rest.len() || rest.len() < text.len();
        apart && is_priority(word.trim_start_matches(bare), 0)
    };
    let lead = before.trim_end_matches(bare);
    let lead = ["and", "or"].iter().find_map(|word| lead.strip_suffix(word)).unwrap_or(lead);
    let lead = lead.trim_end_matches(bare);
    let start = lead.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let behind = lead.len() < before.len() && is_priority(lead, start);
    let id = after.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    joined(after) || behind || id
}

/// `P0 bugs fixed`: it tells of what there is, and of no priority of its own.
fn is_of_others(after: &str) -> bool {
    const OTHERS: [&str; 15] = [
        "bug",
        "defect",
        "finding",
        "incident",
        "issue",
        "alert",
        "blocker",
        "problem",
        "regression",
        "ticket",
        "vulnerabilitie",
        "vulnerability",
        "error",
        "gap",
        "outage",
    ];
    let lower = after.trim_start_matches([' ', '*', '`', '/']).to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let told = after.starts_with([' ', '*', '`', '/']);
    let is_one = |word: &str| OTHERS.contains(&word.strip_suffix('s').unwrap_or(word));
    // `P0 security gaps`: many, of one kind.
    let kind = ["open", "known", "critical", "security", "functional", "remaining"];
    let first = words.next().unwrap_or_default();
    let mut many = || words.next().is_some_and(|word| word.ends_with('s') && is_one(word));
    told && (is_one(first) || kind.contains(&first) && many())
}

/// `P1–P8`: the first of some that are called so.
fn is_of_a_range(after: &str) -> bool {
    let next = ["-", "–", "—", "…", ".."].iter().find_map(|sign| after.strip_prefix(sign));
    next.and_then(|next| next.strip_prefix(['P', 'p']))
        .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
}

fn last_word(text: &str) -> String {
    let word = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_priority_is_read_as_people_write_it() {
        for text in [
            "P0: a",
            "p0: a",
            "[P0/M/H] a",
            "a (P0)",
            "a #P0",
            "a [p0]",
            "P0-2: a",
            "P0: must have",
            "P0. a",
            "P0 – a",
            "**P0** a",
            "`P0` a",
            "a P0",
        ] {
            assert_eq!(priority_in(text).as_deref(), Some("P0"), "{text}");
        }
        for text in ["HTTP1 P9 P01", "the p0 of it", "P1.5", "p99 < 1 s", "MP3", "P", "é", ""] {
            assert_eq!(priority_in(text), None, "{text}");
        }
    }

    #[test]
    fn an_item_is_of_the_priority_that_grades_it() {
        for text in [
            "P0: a",
            "p0: a",
            "P0 a",
            "[P0/M/H] a",
            "1. P0: a",
            "T117 [P0] a",
            "🔴 P0 – a",
            "**P0** a",
            "`P0` a",
            "P0-2: a",
            "a (P0)",
            "a [p0]",
            "a P0",
            "a p0",
            "a – p0.",
            "a (P0) — see run 4",
            "a P0 @ana",
            "a #P0 of b",
            "P0: a, before P1",
        ] {
            assert_eq!(priority_of(text).as_deref(), Some("P0"), "{text}");
        }
        for text in [
            "No open P0/P1 bugs",
            "0 P0 issues remain",
            "No open P0",
            "DESIGN APPROVED ack — 0 P0",
            "All P0 and P1 defects closed",
            "P0 and P1 closed",
            "P0/P1 a",
            "P0-P2 a",
            "P0 bugs fixed",
            "P1 incidents reviewed",
            "P1-T001 Fill the files",
            "Pre-checks P1–P8",
            "Pre-checks P1-P8 (all of them)",
            "P0 security gaps",
            "P0 gaps closed",
            "Every finding P0 of the audit is closed",
            "Nothing is of P0",
            "Nothing is of p0",
            "No open p0",
            "Nothing above p1/p0",
            "Ships in tap0",
            "Log the p1, then go on",
            "Critical (P0) or high (P1)",
            "the p0 of it",
            "é",
            "",
        ] {
            assert_eq!(priority_of(text), None, "{text}");
        }
    }
}
