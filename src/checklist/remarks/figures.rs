//! Figures beside what is done that leave it so: `12/12`, `see #12`, `165 tests`, `v1.2`, `src/a.rs`, `45ms`.

use super::denying::DENYING;

use super::harmless::{Word, is_problem};

/// What is counted where all of it is meant, or measured.
#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "accuracy", "approvals", "assertions", "availability", "bytes", "cases", "checks", "commits", "components", "controls",
    "coverage", "days", "dependencies", "docs", "documents", "e2e", "endpoints", "entries", "examples",
    "features", "fields", "files", "functions", "hours", "hrs", "integration", "items", "iterations", "jobs", "kb", "languages",
    "lines", "loc", "mb", "gb", "methods", "migrations", "min", "minutes", "modules", "ms", "pages", "packages", "people",
    "points", "policies", "prs", "queries", "records", "requests", "reviewers", "rows", "rps", "rules", "runs", "s", "samples",
    "scenarios", "screens", "sec", "seconds", "services", "sites", "specs", "steps", "suites", "tables", "tests",
    "tokens", "total", "unit", "uptime", "users", "views", "votes", "words", "x",
];

/// What may stand between figures.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "&", "and", "adr", "at", "build", "by", "cf", "ci", "commit", "date", "doc", "doi", "gate", "in", "jira", "job", "line",
    "lines", "mr", "of", "on", "p50", "p90", "p95", "p99", "page", "per", "pr", "prs", "ref", "refs", "release", "rev", "rfc", "run",
    "section", "see", "sha", "since", "the", "ticket", "tests", "total", "und", "version", "via", "with",
];

/// By how they begin: `12 Jan`, `January 12`.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether `words` are figures that say where it is seen, when it was, or how much it is, and nothing else.
pub(super) fn alone(words: &[Word<'_>]) -> bool {
    words.iter().any(|word| word.said.contains(|c: char| c.is_ascii_digit() || "#@/_.".contains(c)))
        && (0..words.len()).all(|at| is_known(words, at))
}

/// Whether the word at `at` is such a figure, or stands beside one.
pub(super) fn is_known(words: &[Word<'_>], at: usize) -> bool {
    let lower = |at: usize| words.get(at).map_or("", |word| &*word.lower);
    let number = |at: usize| is_number(lower(at));
    let (before, word, next) = (at.wrapping_sub(1), lower(at), lower(at + 1));
    let wrong = |word: &str| is_problem(word) || DENYING.contains(&word);
    let is_none = |at: usize| lower(at).trim_end_matches('%') == "0";
    if is_none(at) {
        return wrong(next) || wrong(lower(before)) || next == "of" || lower(before) == "of";
    }
    is_place(words[at].said)
        || is_between(word)
        || is_numbered(word) && words.get(at + 1).is_some_and(|next| number(at + 1) || is_place(next.said))
        || (is_none(before) || is_none(at + 1)) && wrong(word)
        || number(at)
            && is_much(word)
            && (COUNTED.contains(&next) || is_month(next) || is_numbered(lower(before)))
        // `in 2.1`
        || number(at) && word.contains('.') && ["am", "in", "since", "with"].contains(&lower(before))
        || COUNTED.contains(&word) && (number(before) || number(at + 1))
}

/// `720` of what passed, and neither `0` nor `70%` of it.
pub(super) fn is_much_of(word: &Word<'_>) -> bool {
    is_number(word.said) && word.said != "0" && is_much(word.said)
}

/// Not `coverage 3%`.
fn is_much(number: &str) -> bool {
    const MUCH: f64 = 80.0;
    let share = number.strip_suffix('%').map(str::parse::<f64>);
    !matches!(share, Some(Ok(share)) if share < MUCH)
}

fn is_between(word: &str) -> bool {
    BETWEEN.contains(&word) || is_month(word)
}

fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| word.starts_with(month)) && word.len() < 10
}

/// `PR 12`, `line 3`, `coverage 92%`: what a number behind it is of.
fn is_numbered(word: &str) -> bool {
    const NUMBERED: [&str; 16] = [
        "adr", "build", "commit", "gate", "issue", "item", "job", "line", "mr", "page", "pr",
        "release", "rfc", "run", "section", "ticket",
    ];
    NUMBERED.contains(&word) || COUNTED.contains(&word) || is_month(word)
}

/// `12`, `1,204`, `95%`: nothing without what it counts.
pub(super) fn is_number(said: &str) -> bool {
    let bare = said.trim_end_matches(['%', '+']);
    !bare.is_empty() && bare.bytes().all(|c| c.is_ascii_digit() || matches!(c, b',' | b'.'))
}

/// `#12`, `@ana`, `12/12`, `100%`, `v1.2`, `2026-01-02`, `src/a.rs`, `cargo_test`, `ADR-4`, `45ms`.
fn is_place(said: &str) -> bool {
    if let Some((done, all)) = said.split_once('/')
        && is_number(done)
        && is_number(all)
    {
        return done == all && done != "0";
    }
    let has_digit = said.contains(|c: char| c.is_ascii_digit());
    let has_letter = said.contains(char::is_alphabetic);
    if said.contains(|c| c >= '\u{2e80}') {
        return false;
    }
    match said.strip_prefix(['#', '@']) {
        Some(rest) => !rest.is_empty(),
        // `2671277`: a commit.
        None if is_number(said) => {
            said == "100%"
                || said.matches('.').count() > 1
                || said.len() > 6 && !said.contains([',', '.'])
        }
        None => {
            said.contains(['/', '_', '.']) || has_digit && (has_letter || said.contains(['-', ':']))
        }
    }
}
