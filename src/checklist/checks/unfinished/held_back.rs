//! What opens a text or stands apart in it and holds its work back: `WIP: …`, `…, deferred to 3.0`.

use memchr::{memchr_iter, memchr3};

use crate::checklist::text::affix::{strip_prefix, strip_suffix};

/// What opens a text, before a colon.
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

/// What ends a text.
const ENDS: [&str; 5] =
    ["to be written", "to be done", "to be implemented", "to be tested", "to be fixed"];

/// What is set apart.
const PUT_OFF: [&str; 2] = ["deferred", "postponed"];

const ONCE: &str = " once ";

/// What stands in every text that holds its work back so, in any case.
pub(in crate::checklist::checks) fn signs() -> impl Iterator<Item = &'static str> {
    MARKS.into_iter().chain(ENDS).chain(PUT_OFF).chain([ONCE])
}

/// `WIP: …`, `Blocked by #123: …`, `Tests of the cache to be written`, `…, deferred to 3.0`, `… once #12
/// is merged`.
pub(in crate::checklist::checks) fn held_back(text: &str) -> Option<String> {
    let opens = MARKS.iter().copied().find(|mark| {
        let rest = strip_prefix(text, mark).map(str::trim_start);
        rest.is_some_and(|rest| {
            rest.starts_with(':') || *mark == "blocked" && strip_prefix(rest, "by ").is_some()
        })
    });
    if let Some(mark) = opens.or_else(|| is_in_progress(text).then_some("wip")) {
        return Some(mark.to_owned());
    }
    let bare = text.trim_end_matches(['.', '!']);
    let said = ENDS.into_iter().find(|said| strip_suffix(bare, said).is_some());
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
        if let Some(word) = PUT_OFF.into_iter().find(is_said) {
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
        strip_suffix(lead, ONCE).is_some()
            && ENDS.iter().any(|end| strip_prefix(awaited, end).is_some())
    })
}
