//! What a ticked item's text says of work that is left: a share, a word at its end. Careful of what
//! reads the same and is none: rules, dates, grades, places in a row.

use memchr::{memchr_iter, memchr3};

use crate::checklist::checks::waiting::AWAITED;
use crate::checklist::text::affix::{strip_prefix, strip_suffix};
use crate::checklist::text::figures::are_codes;
use crate::model::Figure;

/// Whether a share is a result, and no rule such as "2 of 3 reviewers approve": it is set apart, or
/// it closes the text, or what is done of it does.
pub(super) fn is_result(text: &str, figure: &Figure) -> bool {
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
pub(super) fn bare_share(text: &str) -> Option<String> {
    let share = |token: &str| {
        let (part, whole) = token.trim_matches([',', '.', ';', '!']).split_once('/')?;
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
        share(of).filter(|_| counted)
    })
}

fn is_plural(word: &str) -> bool {
    let word = word.trim_end_matches(['.', '!']);
    word.len() > 3 && word.ends_with('s') && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// `Rollout (60%)`, `60 % done`: how far a work has come. Of a measure (`Coverage (60%)`) it is the
/// figure.
pub(super) fn progress(text: &str) -> Option<String> {
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

/// The words of a text, small.
fn words(text: &str) -> impl DoubleEndedIterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

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

/// A word for unfinished work that closes the text: `Rollout partial`. Not what a verb in front
/// speaks of (`Show orders as pending`).
pub(super) fn closing(text: &str) -> Option<&'static str> {
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

/// `WIP: …`, `Blocked by #123: …`, `Tests of the cache to be written`, `…, deferred to 3.0`, `… once #12
/// is merged`.
pub(super) fn held_back(text: &str) -> Option<String> {
    const MARKS: [&str; 10] = [
        "wip",
        "todo",
        "tbd",
        "blocked",
        "not done yet",
        "not done",
        "not yet done",
        "not yet",
        "not started",
        "pending",
    ];
    let opens = MARKS.iter().copied().find(|mark| {
        let rest = strip_prefix(text, mark).map(str::trim_start);
        rest.is_some_and(|rest| {
            rest.starts_with(':') || *mark == "blocked" && strip_prefix(rest, "by ").is_some()
        })
    });
    if let Some(mark) = opens.or_else(|| is_in_progress(text).then_some("wip")) {
        return Some(mark.to_owned());
    }
    let ends = ["to be written", "to be done", "to be implemented", "to be tested", "to be fixed"];
    let bare = text.trim_end_matches(['.', '!']);
    let said = ends.into_iter().find(|said| strip_suffix(bare, said).is_some());
    let said = said.or_else(|| put_off(bare)).or_else(|| awaits_number(text).then_some("once"));
    said.map(str::to_owned)
}

/// `WIP tests`. `WIP limits are set` speaks of them.
fn is_in_progress(text: &str) -> bool {
    let of = text.strip_prefix("WIP ").map(str::trim_start);
    of.is_some_and(|of| strip_prefix(of, "limit").is_none())
}

/// `…, deferred`, `… - postponed to 3.0`: the word set apart, and nothing but until when behind it.
fn put_off(text: &str) -> Option<&'static str> {
    const UNTIL: [&str; 3] = [" to ", " until ", " till "];
    if memchr3(b',', b';', b'-', text.as_bytes()).is_none() && text.is_ascii() {
        return None;
    }
    let mut apart = text.split([',', '-', '–', '—', ';']).skip(1).map(str::trim_start).peekable();
    while let Some(said) = apart.next() {
        let last = apart.peek().is_none();
        let is_said = |word: &&str| {
            strip_prefix(said, word).is_some_and(|tail| {
                last && tail.is_empty()
                    || UNTIL.iter().any(|until| strip_prefix(tail, until).is_some())
            })
        };
        if let Some(word) = ["deferred", "postponed"].into_iter().find(is_said) {
            return Some(word);
        }
    }
    None
}

/// `… once #12 is merged`.
fn awaits_number(text: &str) -> bool {
    const ENDS: [&str; 5] = [" is merged", " is done", " is fixed", " lands", " is closed"];
    memchr_iter(b'#', text.as_bytes()).any(|at| {
        let (lead, number) = text.split_at(at);
        let awaited = number.trim_start_matches(|c: char| c == '#' || c.is_ascii_digit());
        strip_suffix(lead, " once ").is_some()
            && ENDS.iter().any(|end| strip_prefix(awaited, end).is_some())
    })
}

/// Whether `text` says `word` as a word of its own, and nothing before it denies it.
pub(super) fn said_plainly(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let lead = text.get(..at).unwrap_or_default();
        let tail = text.get(at + word.len()..).unwrap_or_default();
        let part = |c: char| c.is_alphanumeric() || c == '-';
        // `covered/partial/missing` are the words that there are.
        let listed = lead.trim_end().ends_with('/') || tail.trim_start().starts_with('/');
        let whole = !lead.ends_with(part) && !tail.starts_with(part) && !listed;
        const DENIED: [&str; 11] = [
            "no", "not", "none", "nothing", "never", "zero", "0", "without", "longer", "was",
            "were",
        ];
        let denied =
            lead.split_whitespace().rev().take(3).any(|before| {
                DENIED.contains(&before.trim_matches(|c: char| !c.is_alphanumeric()))
            });
        whole && !denied && !is_conditional(lead, tail)
    })
}

/// `or skipped`, `if not done`, `e.g. pending`, `deferred unless …`: what may be, and is not said to be.
fn is_conditional(lead: &str, tail: &str) -> bool {
    const BEFORE: [&str; 6] = ["if", "unless", "when", "whenever", "e.g", "eg"];
    const AFTER: [&str; 4] = ["if", "or", "unless", "when"];
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let clause = lead.rsplit([';', '—', '–']).next().unwrap_or_default();
    let mut before = clause.split_whitespace().rev().map(bare).take(8);
    let near: Vec<String> = before.by_ref().take(2).collect();
    clause.trim_start().starts_with("or ")
        || near.iter().any(|word| word == "or")
        || near.into_iter().chain(before).any(|word| BEFORE.contains(&word.as_str()))
        || tail.split_whitespace().next().is_some_and(|word| AFTER.contains(&word))
}
