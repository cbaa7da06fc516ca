//! What may stand beside a word or a sign for what is done and leave it so: `(12/12)`, `see #12`, `by Ana`,
//! `all endpoints covered`. Whatever else stands there is in doubt, and nothing in doubt is done.

use super::denying::{DENYING, SCRIPTS as DENYING_SCRIPTS, is_bent};
use crate::checklist::text::foreign::DONE as FOREIGN_DONE;
use crate::checklist::text::marks;
use crate::model::Claim;

use super::figures;
use super::told::{
    BESIDE_PLACES, BETWEEN, DONE, FINE, FINE_SCRIPTS, FOREIGN_MADE, FOREIGN_SEEN, MADE, NUMBERED,
    PLACES, PROBLEMS, QUALIFYING, THINGS, THINGS_SCRIPTS, denies,
};

/// Whether all that `rest` says leaves what is done as it is. Behind a word for it a name may stand alone;
/// beside a sign a word that is not known may say anything (`Rejected`).
pub(in crate::checklist) fn is_harmless(rest: &str, behind_a_word: bool) -> bool {
    if has_footnote(rest) || is_question(rest) {
        return false;
    }
    let mut clauses = clauses(rest).into_iter();
    let own = clauses.next().unwrap_or_default();
    (own.is_empty() || is_known(&own, behind_a_word))
        && clauses.all(|clause| is_known(&clause, true))
        && (behind_a_word || !matches!(rest.trim(), "0" | "-"))
}

/// Whether `said` only names things, people and figures: `unit, integration and e2e`.
pub(in crate::checklist) fn is_description(said: &str) -> bool {
    let known = |clause: &String| {
        let words = words(clause);
        only_done_signs(clause)
            && !takes_away(&words)
            && (0..words.len()).all(|at| is_word_of_it(&words, at))
    };
    !has_footnote(said) && !is_question(said) && clauses(said).iter().all(known)
}

/// `Done*`, `Done[^1]`, `Done†`, `Done…`: what it says is said elsewhere, or left out.
fn has_footnote(rest: &str) -> bool {
    let alone = rest.trim_end().ends_with('*') && rest.matches('*').count() % 2 == 1;
    let trails = rest.trim_end().ends_with('…') || rest.trim_end().ends_with("..");
    alone || trails || rest.contains("[^") || rest.contains(['†', '‡', '¹', '²', '³'])
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
pub(super) struct Word<'c> {
    /// As it is written, without signs around it.
    pub(super) said: &'c str,
    pub(super) lower: String,
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
    let figures = !is_one && figures::alone(&words);
    let statement = figures || words.iter().any(is_fine);
    let placed = BESIDE_PLACES.contains(&&*first.lower) && words.len() > 1;
    let denied = words.iter().any(|word| denies(&word.lower));
    // `Complete (40)`; what is smaller may be a footnote's.
    let counts =
        may_name && words.len() == 1 && first.said.len() > 1 && figures::is_number(first.said);
    let each = figures || (0..words.len()).all(|at| is_word_of_it(&words, at));
    counts || each && (statement || placed || denied) || names(&words, may_name)
}

/// Whether one of `words` is known, and so may stand beside one that says that something is so.
fn is_word_of_it(words: &[Word<'_>], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let lower = &*word.lower;
    let behind_a_denial = || words.iter().take(at).any(|word| denies(&word.lower));
    let near_none = || {
        [at.wrapping_sub(1), at + 1]
            .iter()
            .any(|at| words.get(*at).is_some_and(|of| of.said == "0"))
    };
    let of_a_problem = is_problem(lower) || DENYING.contains(&lower) || is_undone(lower);
    let is_name =
        word.said.contains(char::is_uppercase) && !word.said.contains(|c| c >= '\u{2e80}');
    is_fine(word)
        || is_name
        || denies(lower)
        || [BESIDE_PLACES, BETWEEN, THINGS].iter().any(|words| words.contains(&lower))
        || of_a_problem && (behind_a_denial() || near_none() || is_mended(words, at))
        || matches!(lower, "planned" | "scheduled" | "expected" | "designed")
        || figures::is_known(words, at)
        || figures::is_much_of(word)
            && words.get(at + 1).is_some_and(|next| {
                is_fine(next) || is_problem(&next.lower) && is_mended(words, at + 1)
            })
}

/// `3 issues fixed`: what was wrong, and is no more.
fn is_mended(words: &[Word<'_>], at: usize) -> bool {
    let near = words.iter().skip(at + 1).take(3);
    near.into_iter().any(|word| MENDED.contains(&&*word.lower))
}

const MENDED: [&str; 8] =
    ["addressed", "closed", "eliminated", "fixed", "gefixt", "mitigated", "remediated", "resolved"];

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
        let is_none =
            number(before) == Some(0) || number(next) == Some(0) && number(before).is_none();
        if denies(word) {
            return !denies_a_problem(&words[here + 1..]);
        }
        let lead = (here.saturating_sub(3)..here).map(at);
        let is_denied = is_none || lead.into_iter().any(denies);
        let counted = || {
            let is_left = ["error", "issue", "problem"].iter().any(|stem| word.starts_with(stem));
            is_left && number(before).is_some_and(|count| count > 0) && !is_mended(words, here)
        };
        let planned =
            matches!(word, "planned" | "scheduled" | "expected" | "designed") && before == "as";
        let ahead = matches!(word, "by" | "until" | "till" | "bis") && is_time(next);
        let begins = matches!(
            (word, next),
            ("in", "principle" | "progress" | "review")
                | ("in", "part" | "theory" | "error" | "spirit" | "draft" | "future")
                | ("on", "paper" | "hold" | "track" | "request")
                | ("by", "mistake" | "accident")
                | ("at", "risk")
                | ("to", "go" | "come" | "do")
                | ("up", "for" | "to")
                | ("in", "testing" | "test" | "qa")
                | ("subject", "to")
                | ("goes", "live")
                | ("known", "issues" | "bugs")
                | ("happy", "path")
                | ("for", "now" | "review" | "testing" | "qa" | "approval")
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
            || is_quarter(word)
            || WEEKDAYS.contains(&word)
            || matches!(word, "in" | "within")
                && number(next).is_some()
                && TIMES.contains(&at(here + 2))
            || matches!(word, "target" | "goal") && next.contains(|c: char| c.is_ascii_digit())
            || begins
    })
}

/// In so many of which something will be.
const TIMES: [&str; 6] = ["hours", "days", "weeks", "months", "sprints", "years"];

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Whether what stands behind a denial is a problem, and nothing that should be there: `no open issues found`, not
/// `no error handling`.
fn denies_a_problem(words: &[Word<'_>]) -> bool {
    const SEEN: [&str; 12] = [
        "found",
        "detected",
        "reported",
        "known",
        "present",
        "identified",
        "observed",
        "raised",
        "introduced",
        "at",
        "seen",
        "noted",
    ];
    let until = words.iter().position(|word| BESIDE_PLACES.contains(&&*word.lower));
    let denied = words.get(..until.unwrap_or(words.len())).unwrap_or_default();
    let of_a_problem = |word: &Word<'_>| is_problem(&word.lower) || DENYING.contains(&&*word.lower);
    let seen =
        |word: &Word<'_>| SEEN.contains(&&*word.lower) || FOREIGN_SEEN.contains(&&*word.lower);
    let last = denied.iter().rev().find(|word| !seen(word));
    // `no open points`, `no failing tests`
    last.is_some_and(of_a_problem) || denied.iter().any(|word| DENYING.contains(&&*word.lower))
}

/// `Q3`, `H2`, `FY26`: it may be ahead.
fn is_quarter(word: &str) -> bool {
    let number = ["fy", "q", "h"].iter().find_map(|of| word.strip_prefix(of));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit()))
}

/// A problem by how it begins, or by what it holds in a script that parts no words; not `Fehlerbehandlung`.
pub(super) fn is_problem(word: &str) -> bool {
    const ENDS: usize = 7;
    PROBLEMS.iter().any(|stem| match stem.is_ascii() || !word.contains(|c| c >= '\u{2e80}') {
        true => word.strip_prefix(stem).is_some_and(|rest| rest.chars().count() <= ENDS),
        false => word.contains(stem),
    })
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
    let part = match lower.rsplit_once('-') {
        Some(("no" | "non" | "not", _)) | None => lower,
        Some((_, part)) => part,
    };
    let known = |word: &str| {
        [FINE, MADE, DONE, FOREIGN_DONE].iter().any(|words| words.contains(&word))
            || word.strip_prefix("re").is_some_and(|word| MADE.contains(&word))
            || FOREIGN_MADE.iter().any(|stem| is_bent(word, stem))
    };
    let script = || {
        lower.chars().any(|c| c >= '\u{2e80}')
            && !DENYING_SCRIPTS.iter().any(|said| lower.contains(said))
            && (is_all_fine(lower)
                || lower.starts_with(['无', '無', '没', '零'])
                    && PROBLEMS.iter().any(|problem| lower.ends_with(problem)))
    };
    known(lower) || known(part) || script()
}

/// Whether a text that parts no words says that something is so, and else only what it is.
fn is_all_fine(said: &str) -> bool {
    let mut rest = said.to_owned();
    for known in FINE_SCRIPTS.iter().chain(FOREIGN_DONE) {
        rest = rest.replace(known, "");
    }
    let is_said = rest.len() < said.len();
    THINGS_SCRIPTS.iter().for_each(|known| rest = rest.replace(known, ""));
    is_said && !rest.contains(|c| c >= '\u{2e80}' || c == '%')
}

/// `Ana Costa`, `QA`: what is written as a name; of one word only where it may be one.
fn names(words: &[Word<'_>], may_name: bool) -> bool {
    const BETWEEN: [&str; 6] = ["and", "of", "the", "&", "und", "et"];
    let is_name = |word: &Word<'_>| {
        let rest = word.said.chars().any(char::is_lowercase);
        // `macOS`, and not `仅iOS`
        let script = word.said.contains(|c| c >= '\u{2e80}');
        !script
            && word.said.contains(char::is_uppercase)
            && (rest || may_name && word.said.len() < 6)
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

#[cfg(test)]
mod tests {
    use super::is_harmless;

    #[test]
    fn what_is_not_known_to_be_well_is_not_harmless() {
        for said in [
            "crashed",
            "vetoed by Ana",
            "ticked by mistake",
            "timed out",
            "superseded",
            "required",
            "annulé",
            "rifiutato",
            "отложен",
            "已取消",
            "中止済み",
            "2 blockers",
            "1 down",
            "3 to go",
            "from 2027-01-01",
            "starting Q3",
            "in Q4",
            "after #12",
            "when #12 lands",
            "below 80%",
            "coverage 70%, target 80%",
            "3/12",
            "in theory",
            "on paper",
            "in part",
            "Simulator",
            "found a bug",
            "3 issues added",
            "approved for review",
            "with errors",
            "on my laptop",
            "on Monday",
            "by skipping tests",
            "no required review",
            "no error handling",
            "keine Fehlerbehandlung",
            "0 tests",
            "0/0",
            "coverage 3%",
            "已知问题",
            "存在缺陷",
            "无错误处理",
            "完成50%",
            "…",
        ] {
            for behind_a_word in [false, true] {
                assert!(!is_harmless(said, behind_a_word), "{said}");
            }
        }
    }

    #[test]
    fn what_was_done_where_when_by_whom_and_how_much_of_it_is() {
        for said in [
            "retested",
            "configurada",
            "проверена",
            "已部署",
            "tested on Windows, macOS, Linux",
            "thanks Ana",
            "exists",
            "12/12",
            "165 tests",
            "12 Jan",
            "0 errors",
            "skipped 0",
            "no open points",
            "no failing tests",
            "720 passed",
            "3 issues fixed",
            "tested in 3 scenarios",
            "全部测试通过",
            "无问题",
            "95% coverage",
            "uptime 99.9%",
            "p95 45ms",
            "see #12",
            "PR 12",
            "ADR-4",
            "2671277",
            "src/a.rs",
        ] {
            for behind_a_word in [false, true] {
                assert!(is_harmless(said, behind_a_word), "{said}");
            }
        }
        // How many it is of a thing that may be wrong, and what a footnote says, is not known.
        assert!(is_harmless("40", true) && !is_harmless("40", false));
        assert!(!is_harmless("1", true) && !is_harmless("40 alarms", true));
    }
}
