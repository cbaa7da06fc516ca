//! What may stand beside a word or a sign for what is done and leave it so: `(12/12)`, `see #12`, `by Ana`,
//! `all endpoints covered`. Whatever else stands there is in doubt, and nothing in doubt is done.

use crate::checklist::checks::foreign;
use crate::checklist::text::foreign::DONE as FOREIGN_DONE;
use crate::checklist::text::marks;
use crate::model::Claim;

use super::told::{
    BESIDE_PLACES, DENYING, FINE, FINE_SCRIPTS, NUMBERED, PLACES, PROBLEMS, QUALIFYING, denies,
};
use super::words::DONE;

/// Whether all that `rest` says leaves what is done as it is. Behind a word for it a name may stand alone;
/// beside a sign a word that is not known may say anything (`Rejected`).
pub(super) fn is_harmless(rest: &str, behind_a_word: bool) -> bool {
    if has_footnote(rest) || is_question(rest) {
        return false;
    }
    let mut clauses = clauses(rest).into_iter();
    let own = clauses.next().unwrap_or_default();
    (own.is_empty() || is_known(&own, behind_a_word))
        && clauses.all(|clause| is_known(&clause, true))
        && (behind_a_word || !matches!(rest.trim(), "0" | "-"))
}

/// `Done*`, `Done[^1]`, `Done†`: what it says is said elsewhere.
fn has_footnote(rest: &str) -> bool {
    let alone = rest.trim_end().ends_with('*') && rest.matches('*').count() % 2 == 1;
    alone || rest.contains("[^") || rest.contains(['†', '‡', '¹', '²', '³'])
}

fn is_question(rest: &str) -> bool {
    rest.trim_end_matches([')', '*', '_', ' ']).ends_with(['?', '？'])
}

/// The clauses of a remark, the first one without a break before it.
fn clauses(rest: &str) -> Vec<String> {
    const BREAKS: [char; 19] = [
        '(', ')', '[', ']', ';', '–', '—', '→', '➜', '⇒', '|', '•', '（', '）', '，', '、', '；',
        '。', '：',
    ];
    let apart =
        rest.replace("incl. ", "incl ").replace("->", "→").replace("=>", "→").replace(" - ", " – ");
    let apart = apart.replace(", ", "; ").replace(". ", "; ").replace(": ", "; ");
    apart.split(BREAKS).map(|clause| clause.trim().to_owned()).collect()
}

/// A word as it is looked at.
struct Word<'c> {
    /// As it is written, without signs around it.
    said: &'c str,
    lower: String,
}

fn words(clause: &str) -> Vec<Word<'_>> {
    let around = |c: char| !c.is_alphanumeric() && !matches!(c, '#' | '@' | '%');
    let said = clause.split_whitespace().map(|word| word.trim_matches(around));
    let said = said.filter(|word| word.contains(char::is_alphanumeric));
    said.map(|said| Word { said, lower: said.to_lowercase() }).collect()
}

/// Whether a clause says what was done, where, by whom, when or how much of it, and denies nothing.
fn is_known(clause: &str, may_name: bool) -> bool {
    let words = words(clause);
    let Some(first) = words.first() else { return only_done_signs(clause) };
    if ["was", "were", "previously", "formerly", "war", "était", "era"].contains(&&*first.lower) {
        return true;
    }
    if !only_done_signs(clause) || takes_away(&words) {
        return false;
    }
    let is_one = words.iter().any(|word| NUMBERED.contains(&&*word.lower));
    let statement = words.iter().any(|word| is_fine(word) || !is_one && has_figure(word));
    let placed = BESIDE_PLACES.contains(&&*first.lower) && words.len() > 1;
    let denied = words.iter().any(|word| denies(&word.lower));
    statement || placed || denied || names(&words, may_name)
}

fn only_done_signs(clause: &str) -> bool {
    marks::all(clause).into_iter().all(|claim| claim == Claim::Done)
}

/// Whether one of `words` takes away what is said: a word for what is left, a place before production, a number
/// of problems, or a denial of anything but a problem.
fn takes_away(words: &[Word<'_>]) -> bool {
    let at = |at: usize| words.get(at).map(|word| &*word.lower).unwrap_or_default();
    let number = |word: &str| word.parse::<u64>().ok();
    (0..words.len()).any(|here| {
        let word = at(here);
        let (before, next) = (here.checked_sub(1).map(at).unwrap_or_default(), at(here + 1));
        let near = || (here + 1..=here + 3).map(at);
        let is_none =
            number(before) == Some(0) || number(next) == Some(0) && number(before).is_none();
        if denies(word) {
            return !near().any(|word| is_problem(word) || DENYING.contains(&word));
        }
        let lead = (here.saturating_sub(3)..here).map(at);
        let is_denied = is_none || lead.into_iter().any(denies);
        let counted = || {
            let is_left = ["error", "issue", "problem"].iter().any(|stem| word.starts_with(stem));
            let mended = || near().any(|word| ["fixed", "resolved", "closed"].contains(&word));
            is_left && number(before).is_some_and(|count| count > 0) && !mended()
        };
        let planned =
            matches!(word, "planned" | "scheduled" | "expected" | "designed") && before == "as";
        let ahead = matches!(word, "by" | "until" | "till" | "bis") && is_time(next);
        let begins = matches!(
            (word, next),
            ("in", "principle" | "progress" | "review")
                | ("subject", "to")
                | ("goes", "live")
                | ("known", "issues" | "bugs")
                | ("happy", "path")
                | ("for", "now")
                | ("the", "works")
                | ("ready", "to" | "when")
                | ("working", "on" | "with" | "towards")
        );
        // `blocked/waiting`
        let parts = || word.split('/');
        let left = parts().any(|part| DENYING.contains(&part) || is_undone(part));
        !is_denied && !planned && (left || counted())
            || parts().any(|part| QUALIFYING.contains(&part) || PLACES.contains(&part))
            || ahead
            || begins
    })
}

fn is_problem(word: &str) -> bool {
    PROBLEMS.iter().any(|stem| word.contains(stem))
}

/// `2030-01-01`, `Q3`, `v2`, `3.0`: `by` such a time it will be.
fn is_time(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits > 0
        && !word.starts_with(['#', '@'])
        && (digits == word.len() && digits == 4 || digits < word.len())
}

/// `untested`, `unfinished`; not `unchanged`.
fn is_undone(word: &str) -> bool {
    const NOT_SO: [&str; 6] =
        ["unchanged", "unaffected", "unified", "united", "unlocked", "unblocked"];
    word.strip_prefix("un").is_some_and(|rest| rest.len() > 4 && rest.ends_with("ed"))
        && !NOT_SO.contains(&word)
}

/// Whether a word says that something is so, or was done: `passed`, `covered`, `vérifié`, `正常`.
fn is_fine(word: &Word<'_>) -> bool {
    let lower = &*word.lower;
    let part = lower.rsplit('-').next().unwrap_or(lower);
    let known =
        |word: &str| FINE.contains(&word) || DONE.contains(&word) || FOREIGN_DONE.contains(&word);
    let script = || {
        lower.chars().any(|c| c >= '\u{2e80}')
            && (FINE_SCRIPTS.iter().chain(FOREIGN_DONE).any(|said| lower.contains(said))
                || lower.starts_with(['无', '無', '没', '零']) && is_problem(lower))
    };
    known(lower) || known(part) || is_participle(part) || script()
}

/// `covered`, `validada`, `validiert`, `проверен`: what such words end with.
fn is_participle(word: &str) -> bool {
    const ENDS: [&str; 21] = [
        "ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "ato", "ata", "ito", "ita",
        "é", "ée", "és", "ées", "iert", "ен", "ено", "ан", "ано",
    ];
    let long = word.chars().count() > 4;
    let ed = word.strip_suffix("ed").is_some_and(|stem| !stem.ends_with('e') || stem == "agre");
    long && (ed || ENDS.iter().any(|end| word.ends_with(end))) && !foreign::is_unfinished(word)
}

/// `12/12`, `#12`, `@ana`, `v1.2`, `2026-01-02`, `src/a.rs`, `cargo_test`.
fn has_figure(word: &Word<'_>) -> bool {
    word.said.contains(|c: char| c.is_ascii_digit() || matches!(c, '#' | '@' | '/' | '_' | '.'))
}

/// `Ana Costa`, `QA`: what is written as a name; of one word only where it may be one.
fn names(words: &[Word<'_>], may_name: bool) -> bool {
    const BETWEEN: [&str; 6] = ["and", "of", "the", "&", "und", "et"];
    let is_name = |word: &Word<'_>| {
        let rest = word.said.chars().skip(1).any(char::is_lowercase);
        word.said.starts_with(char::is_uppercase) && (rest || may_name && word.said.len() < 6)
    };
    // `AC`: initials.
    let initials = |said: &str| said.len() == 2 && said.bytes().all(|c| c.is_ascii_uppercase());
    if let [only] = words
        && initials(only.said)
    {
        return !["KO", "NG", "QA"].contains(&only.said);
    }
    let all = words.iter().all(|word| is_name(word) || BETWEEN.contains(&&*word.lower));
    all && (may_name || words.len() > 1)
}
