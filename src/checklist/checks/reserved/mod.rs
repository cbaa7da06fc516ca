//! What in the text of an open item may say that somebody has to look before it is ticked. Asked before
//! a tick is written, not told otherwise: it is careful where a tick would be a person's word, and may
//! well hold back what could be ticked.

mod above;
mod below;
mod unknown;
mod words;

use super::foreign;
use crate::checklist::remarks::denying::{self, DENYING};
use crate::checklist::text::affix::strip_prefix;
use crate::checklist::text::marks;
use crate::model::Claim;

pub use above::Above;
pub use below::{reservation_below, reservation_written};
pub(super) use words::LEFT;

use unknown::unknown;
use words::{CLOSES, DENIED, HELD, OPENERS, ORDERS, TASKS, TO_BE};

fn states() -> impl Iterator<Item = &'static str> {
    LEFT.into_iter().chain(HELD.iter().chain(DENYING).copied())
}

/// What in `text` keeps a tool from ticking it, as it stands there.
pub fn reservation(text: &str) -> Option<&str> {
    let bare = text.trim().trim_end_matches(['*', '_', '.', ' ', '"', ')']);
    if bare.ends_with(['?', '？']) {
        return Some("?");
    }
    let opens = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let opened = OPENERS
        .iter()
        .chain(&ORDERS)
        .find_map(|word| opens.get(..word.len()).filter(|_| strip_prefix(opens, word).is_some()));
    opened
        .map(str::trim_end)
        .or_else(|| TASKS.iter().find_map(|task| opening(opens, task)))
        .or_else(|| sign(text))
        .or_else(|| remarks(text).find_map(sign))
        .or_else(|| remarks(text).chain(dashed(text)).chain(colon(text)).find(|said| leaves(said)))
        .or_else(|| apart(text).find(|said| is_state(said)))
        .or_else(|| last_word(text))
        .or_else(|| clauses(text).skip(1).find(|said| holds(said)))
        .or_else(|| not_so(text))
        .or_else(|| to_be(text))
        .or_else(|| unknown(text))
}

/// The word that `text` opens with, where that is `word`.
fn opening<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let rest = strip_prefix(text, word)?;
    let is_word = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
    text.get(..text.len() - rest.len()).filter(|_| is_word)
}

/// A sign for what is open, on its way or left out, drawn or by its name; or one that asks.
fn sign(text: &str) -> Option<&str> {
    let bare = text.trim();
    if let Some(asks) = ["❓", "❔"].into_iter().find(|asks| bare.starts_with(*asks)) {
        return bare.get(..asks.len());
    }
    let says = |claim: Claim| matches!(claim, Claim::Open | Claim::InProgress | Claim::Cancelled);
    let (start, end) = match (marks::leading(text), marks::trailing(text)) {
        (Some((claim, end)), _) if says(claim) => (0, end),
        (_, Some((claim, start))) if says(claim) => (start, text.len()),
        _ => return None,
    };
    text.get(start..end).map(str::trim)
}

/// What stands between signs that part what is said: stops, commas, markup.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split([',', ';', '.', '<', '>', '*', '`', '"', '!']);
    parts.map(str::trim).filter(|part| !part.is_empty())
}

/// What stands in brackets.
fn remarks(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(['(', '[', '（', '【']).skip(1);
    pieces.map(|piece| piece.split([')', ']', '）', '】']).next().unwrap_or(piece).trim())
}

/// What is set apart: what stands around a colon, and what follows a comma or a semicolon.
fn apart(text: &str) -> impl Iterator<Item = &str> {
    let lead = text.split_once(':').map(|(lead, _)| lead);
    let parts = text.split([',', ';', '—', '–', ':']).skip(1);
    lead.into_iter().chain(parts).map(str::trim)
}

/// What follows a dash, or stands in a comment: as in brackets, it is said of the whole.
fn dashed(text: &str) -> impl Iterator<Item = &str> {
    let comments = text.split("<!--").skip(1).filter_map(|rest| rest.split("-->").next());
    let dashed = text.split(['—', '–']).skip(1).chain(text.split(" - ").skip(1));
    dashed.chain(comments).map(str::trim)
}

/// What follows the first colon of a claim, where that is as short as a remark: not of a label (`Security: …`).
fn colon(text: &str) -> Option<&str> {
    const SHORT: usize = 5;
    let (lead, said) = text.split_once(": ")?;
    let claims = lead.contains(' ') && said.split_whitespace().count() <= SHORT;
    claims.then_some(said.trim())
}

/// Whether a remark says that something is left: with a word for it in any language, or with a sign.
fn leaves(said: &str) -> bool {
    let lower = said.to_lowercase();
    let alone = lower.trim_matches(|c: char| !c.is_alphanumeric());
    begins(said)
        || holds(said)
        || DENIED.contains(&alone)
        || closes(alone)
        || denying::in_other_words(alone)
        || sign(said).is_some()
        || foreign::left(&lower).is_some()
}

/// Whether a short remark, in lower case, closes with a word that says that something is not so, and denies
/// it nowhere: `e2e red`, not `nothing missing`.
fn closes(said: &str) -> bool {
    const SHORT: usize = 4;
    const DENY: [&str; 8] = ["0", "if", "never", "no", "none", "not", "nothing", "without"];
    let words: Vec<&str> = said.split_whitespace().collect();
    let Some((last, before)) = words.split_last() else { return false };
    (1..SHORT).contains(&before.len())
        && CLOSES.contains(last)
        && !before.iter().any(|word| DENY.contains(word))
}

/// Whether a remark on a ticked item, in lower case, says no more than that something is left.
pub(super) fn is_left(lower: &str) -> Option<&'static str> {
    const MORE: [&str; 10] = ["again", "as", "at", "by", "due", "for", "in", "on", "to", "until"];
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    LEFT.into_iter().find(|word| {
        let rest = lower.strip_prefix(word);
        let closed = matches!(*word, "has yet to" | "still" | "to be" | "yet to");
        rest.is_some_and(|rest| {
            let next = rest.split_whitespace().next().unwrap_or_default();
            let is_short = rest.split_whitespace().count() < 4;
            let continues = MORE.contains(&next) || next.starts_with(['#', '@']);
            match closed {
                true => rest.starts_with(' ') && is_short && is_still(word, next),
                false => rest.is_empty() || rest.starts_with([' ', ',']) && continues,
            }
        })
    })
}

/// `still open`, `to be tested`, `yet to run`.
fn is_still(word: &str, next: &str) -> bool {
    const STILL: [&str; 7] =
        ["blocked", "broken", "failing", "missing", "needs", "open", "pending"];
    match word {
        "still" => STILL.contains(&next),
        "to be" => TO_BE.contains(&next) || next == "done",
        _ => true,
    }
}

/// Whether a remark forbids a tick, waits for somebody, or is of a part: `do not tick before Friday`, `legal must
/// confirm`, `staging only`, `2 open`, `some blocked`.
fn holds(said: &str) -> bool {
    let words: Vec<&str> =
        said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is = |word: Option<&&str>, of: &[&str]| {
        word.is_some_and(|word| of.iter().any(|known| known.eq_ignore_ascii_case(word)))
    };
    let forbids = ORDERS.iter().any(|word| strip_prefix(said, word).is_some())
        || is(words.first(), &["only"])
            && words.iter().any(|word| is(Some(word), &["tick", "ticks"]));
    let waits = words.windows(2).any(|two| {
        is(two.first(), &["must", "to", "should", "will"])
            && is(two.get(1), &["confirm", "approve", "check", "decide", "review", "sign"])
    });
    let counts = words.first().is_some_and(|first| {
        is(Some(first), &["some", "few", "several"]) || first.bytes().all(|b| b.is_ascii_digit())
    });
    #[rustfmt::skip]
    const LEFT: [&str; 24] = [
        "blocked", "blocker", "blockers", "bug", "bugs", "crash", "crashes", "down", "errors", "failing", "failures", "flake", "flakes",
        "gap", "gaps", "issues", "left", "missing", "open", "red", "regression", "regressions", "remaining", "to",
    ];
    let none = is(words.first(), &["0"]);
    let ends =
        words.len() > 1 && is(words.last(), &["only", "ticks", "no", "objects", "disagrees"]);
    forbids || waits || counts && !none && is(words.get(1), &LEFT) || ends
}

/// Whether a remark begins with a word for what is left, or tells a share that is not all.
fn begins(said: &str) -> bool {
    let state = |word: &str| {
        strip_prefix(said, word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let number = |figure: &str| figure.parse::<f64>().ok();
    let share = || {
        let word = said.split_whitespace().next().unwrap_or_default();
        let percent = word.strip_suffix('%').and_then(number);
        let part = word.split_once('/').and_then(|(part, of)| Some((number(part)?, number(of)?)));
        percent.is_some_and(|share| share < 100.0) || part.is_some_and(|(part, of)| part < of)
    };
    states().any(state) || share()
}

/// Whether what is set apart is a word for what is left, alone or with until when and by whom.
fn is_state(said: &str) -> bool {
    const MORE: [&str; 9] = ["by", "end", "for", "in", "on", "see", "till", "to", "until"];
    let said = said.trim_end_matches(['.', '!']);
    states().any(|word| {
        let Some(rest) = strip_prefix(said, word) else { return false };
        let next = rest.split_whitespace().next();
        rest.is_empty()
            || rest.starts_with(' ')
                && next.is_some_and(|next| {
                    MORE.iter().any(|more| more.eq_ignore_ascii_case(next))
                        || next.starts_with(['#', '@', '('])
                })
            || matches!(word, "except" | "to be") && rest.starts_with(' ')
    })
}

/// A state in capitals that closes the text, in code or not. Not `No TODO`.
fn last_word(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let at = bare.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
    let (lead, word) = (bare.get(..at)?, bare.get(at..)?);
    let before = lead.split(|c: char| !c.is_alphanumeric()).rev().find(|word| !word.is_empty());
    let denied = ["no", "any", "of", "for", "without", "a", "as", "or", "and"];
    let spoken_of =
        before.is_some_and(|before| denied.iter().any(|of| of.eq_ignore_ascii_case(before)));
    let shouted = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let known = states().any(|state| state.eq_ignore_ascii_case(word));
    (shouted && known && !spoken_of && before.is_some()).then_some(word)
}

/// `Tests fail`, `Tests do not pass yet`: how the text ends denies what it is about.
fn not_so(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = bare.rsplit(' ').next()?;
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(last));
    let denied = || bare.split(' ').any(|word| word.eq_ignore_ascii_case("not"));
    let closes = last.len() < bare.len() && (is(&["fail", "fails"]) || is(&["yet"]) && denied());
    closes.then_some(last).or_else(|| {
        let deny = ["not", "don't", "doesn't", "never", "longer"];
        deny.iter().find_map(|deny| {
            let at = bare.match_indices(deny).find(|(at, deny)| {
                let rest = bare.get(at + deny.len()..).unwrap_or_default();
                ["pass", "passes", "work", "works", "succeed"].contains(&rest.trim())
                    && bare.get(..*at).is_some_and(|lead| lead.ends_with(' '))
            });
            at.and_then(|(at, _)| bare.get(at..))
        })
    })
}

/// `to be confirmed by Ana`.
fn to_be(text: &str) -> Option<&str> {
    const LEAD: &str = " to be ";
    text.match_indices(LEAD).find_map(|(at, _)| {
        let rest = text.get(at + LEAD.len()..)?;
        let word = TO_BE.iter().find(|word| strip_prefix(rest, word).is_some())?;
        text.get(at + 1..at + LEAD.len() + word.len())
    })
}

#[cfg(test)]
mod tests {
    use super::reservation;

    #[test]
    fn a_text_that_may_say_that_it_is_open_is_left_to_a_person() {
        for (text, said) in [
            ("All tests pass (to do)", "to do"),
            ("All tests pass (manual check)", "manual check"),
            ("Waiting: all tests pass", "Waiting"),
            ("All tests pass, to be confirmed by Ana", "to be confirmed by Ana"),
            ("Limits that are to be agreed with finance hold", "to be agreed"),
            ("Do not tick: all tests pass", "Do not tick"),
            ("All tests pass :x:", ":x:"),
            ("🔴 All tests pass", "🔴"),
            ("All tests pass WIP", "WIP"),
            ("All tests pass (reopened)", "reopened"),
            ("All tests pass (postponed to 1.6)", "postponed to 1.6"),
            ("All tests pass (cancelled)", "cancelled"),
            ("Todas las pruebas pasan (pendiente)", "pendiente"),
            ("All tests pass (50%)", "50%"),
            ("All tests pass — except refunds", "except refunds"),
            ("Not all tests pass", "Not"),
            ("All tests pass?", "?"),
            ("Tests do not pass yet", "yet"),
            ("The tests fail.", "fail"),
            ("Fix failing tests", "Fix"),
            ("When tests pass, deploy to production", "When"),
            ("Once tests pass, announce the release", "Once"),
            ("After all tests pass: tag", "After"),
            ("If tests pass, merge", "If"),
            ("Decide whether tests pass", "Decide"),
            ("Ask Ana if tests pass", "Ask"),
            ("**Check whether** tests pass", "Check whether"),
            ("**Investigate** why tests are slow", "Investigate"),
            ("All tests pass - postponed until May", "postponed until May"),
            ("All tests pass (❌)", "❌"),
            ("All tests pass (🔲)", "🔲"),
            ("All tests pass (❓)", "❓"),
            ("All tests pass (unfinished)", "unfinished"),
            ("All tests pass (2 open)", "2 open"),
            ("All tests pass (some blocked)", "some blocked"),
            ("All tests pass (staging only)", "staging only"),
            ("All tests pass (do not tick before Friday)", "do not tick before Friday"),
            ("All tests pass (legal must confirm)", "legal must confirm"),
            ("All tests pass (Ana to confirm)", "Ana to confirm"),
            ("All tests pass – still open", "still open"),
            ("All tests pass — not deployed", "not deployed"),
            ("All tests pass - 50%", "50%"),
            ("All tests pass: failed", "failed"),
            ("All tests pass: except Windows", "except Windows"),
            ("All tests pass: only on Linux", "only on Linux"),
            ("All tests pass: still open", "still open"),
            ("All tests pass: staging only", "staging only"),
            ("All tests pass: 2 open", "2 open"),
            ("All tests pass (by hand)", "by hand"),
            ("All tests pass – after sign-off by legal", "after sign-off by legal"),
            ("All tests pass <!-- failed -->", "failed"),
            ("Todas las pruebas (falla)", "falla"),
            ("Все тесты (не проходят)", "не проходят"),
            ("All tests pass, do not tick", "do not tick"),
            ("All tests pass. Ana must confirm.", "Ana must confirm"),
            ("All tests pass **do not tick**", "do not tick"),
            ("All tests pass, only Ana may tick", "only Ana may tick"),
            ("All tests pass (do not mark as done)", "do not mark as done"),
            ("Some tests pass", "Some"),
            ("Tests do not pass", "not pass"),
            ("Tests no longer pass", "longer pass"),
            ("All tests pass (keep unticked)", "keep unticked"),
            ("All tests pass – reserved for Ana", "reserved for Ana"),
            ("All tests pass (QA ticks)", "QA ticks"),
            ("All tests pass (vetoed by Ana)", "vetoed by Ana"),
            ("All tests pass (crashed)", "crashed"),
            ("All tests pass (e2e red)", "e2e red"),
            ("All tests pass – nightly build broken", "nightly build broken"),
            ("All tests pass (rework)", "rework"),
            ("All tests pass (2 blockers)", "2 blockers"),
            ("All tests pass (locally)", "locally"),
            ("All tests pass (no)", "no"),
            ("Les tests passent (annulée)", "annulée"),
            ("测试通过（已取消）", "已取消"),
        ] {
            assert_eq!(reservation(text), Some(said), "{text}");
        }
    }

    #[test]
    fn a_plain_claim_may_be_ticked() {
        for text in [
            "All tests pass",
            "All tests pass (1,204 cases)",
            "No TODO",
            "Fixed tests pass",
            "Fix-forward plan agreed",
            "Once-daily backups run",
            "After-hours contact is named",
            "Check that all tests pass",
            "Tests pass when run twice",
            "Open ports: 443 alone",
            "Coverage is 80% or more (line coverage)",
            "No critical findings, open issues triaged",
            "Load test (p95 < 500 ms) passes",
            "✅ All tests pass",
            "Staging, production and canary are deployed",
            "Rollback - tested",
            "All tests pass (12 passing)",
            "Keys: rotated by hand",
            "All suites pass (unit, e2e)",
            "All tests pass (0 errors)",
            "All tests pass (no open issues)",
            "All tests pass (12 passed, 0 failed)",
            "All tests pass (nothing missing)",
            "All tests pass – 12 suites",
        ] {
            assert_eq!(reservation(text), None, "{text}");
        }
    }
}
