//! The words that make a figure of a plain number.

use crate::checklist::text::affix::strip_prefix;

use super::context;
use super::number::Number;

/// What is counted in reports of tests, findings and work: a number before one of these is a figure.
/// In the order of the alphabet.
const COUNTED: [&str; 61] = [
    "alert",
    "alerts",
    "blocked",
    "blocker",
    "blockers",
    "bug",
    "bugs",
    "case",
    "cases",
    "complete",
    "completed",
    "crash",
    "crashes",
    "critical",
    "defect",
    "defects",
    "done",
    "error",
    "errored",
    "errors",
    "fail",
    "failed",
    "failing",
    "failure",
    "failures",
    "files",
    "finding",
    "findings",
    "fixed",
    "flaky",
    "high",
    "incident",
    "incidents",
    "issue",
    "issues",
    "items",
    "left",
    "low",
    "medium",
    "moderate",
    "outstanding",
    "pass",
    "passed",
    "passes",
    "passing",
    "pending",
    "regressions",
    "remain",
    "remaining",
    "remains",
    "skipped",
    "suites",
    "tasks",
    "test",
    "tests",
    "violation",
    "violations",
    "vulnerabilities",
    "vulnerability",
    "warning",
    "warnings",
];

/// Whether `text` begins with the word `zero`.
pub(super) fn zero_at_start(text: &str) -> bool {
    strip_prefix(text, "zero ").is_some()
}

/// Whether a share of two numbers is a pair of HTTP status codes: `403/404`.
pub(in crate::checklist) fn are_codes(part: f64, whole: f64) -> bool {
    let code = |number: f64| (400.0..=431.0).contains(&number) || (500.0..=511.0).contains(&number);
    code(part) && code(whole)
}

/// Whether the number at `at` belongs to the name before it: `Java 17`, `Sprint 4`, `Section 508`.
pub(super) fn is_named_before(text: &str, at: usize) -> bool {
    const NAMES: [&str; 33] = [
        "article",
        "batch",
        "chapter",
        "day",
        "epic",
        "go",
        "group",
        "issue",
        "iteration",
        "java",
        "level",
        "milestone",
        "node",
        "page",
        "part",
        "phase",
        "php",
        "python",
        "release",
        "round",
        "ruby",
        "rule",
        "section",
        "sprint",
        "stage",
        "step",
        "story",
        "ticket",
        "tier",
        "top",
        "version",
        "wave",
        "week",
    ];
    let Some(lead) = text.get(..at).and_then(|lead| lead.strip_suffix(' ')) else { return false };
    let start = lead.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |gap| gap + 1);
    let Some(word) = lead.get(start..).filter(|word| !word.is_empty()) else { return false };
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    let shouted = upper > 1 && !["ALL", "THE", "ONLY"].contains(&word);
    let within =
        start > 0 && upper > 0 && lead.get(..start).is_some_and(|lead| lead.ends_with(' '));
    shouted || within || NAMES.iter().any(|name| name.eq_ignore_ascii_case(word))
}

/// Whether a number is the year that the word before it is of: `audit for 2025 passed`. `All 2025 tests`
/// are counted.
pub(super) fn is_year_of(text: &str, number: &Number) -> bool {
    const COUNTING: [&str; 4] = ["all", "of", "only", "the"];
    let digits = text.get(number.start..number.end).unwrap_or_default();
    let year = digits.len() == 4 && (1990.0..2100.0).contains(&number.value);
    let Some(lead) = text.get(..number.start).and_then(|lead| lead.strip_suffix(' ')) else {
        return false;
    };
    let word = lead.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let counting = || COUNTING.iter().any(|known| known.eq_ignore_ascii_case(word));
    year && !word.is_empty() && !counting()
}

/// Whether `word`, some words after a number of that value, is counted by it. `2 test rows` are rows.
fn is_counted(word: &str, value: f64) -> bool {
    const SINGULAR: [&str; 14] = [
        "alert",
        "blocker",
        "bug",
        "case",
        "crash",
        "defect",
        "error",
        "failure",
        "finding",
        "incident",
        "issue",
        "test",
        "violation",
        "warning",
    ];
    let is_one = || SINGULAR.iter().any(|known| known.eq_ignore_ascii_case(word));
    is_of_reports(word) && (value == 1.0 || !is_one())
}

/// Whether `word` is in the list of what is counted, in any case.
fn is_of_reports(word: &str) -> bool {
    let lower = || word.bytes().map(|byte| byte.to_ascii_lowercase());
    COUNTED.binary_search_by(|known| known.bytes().cmp(lower())).is_ok()
}

/// Whether one of the first three words after `number`, from `end` on, is something counted.
pub(super) fn noun_after(text: &str, number: &Number, end: usize) -> Option<()> {
    let mut cursor = end;
    for _ in 0..3 {
        let (word, past) = word_at(text, cursor)?;
        if is_counted(word, number.value) {
            return Some(());
        }
        cursor = past;
    }
    None
}

/// The words after a number at `end`, up to and including the last counted one, or else the first
/// alone: lower case, and where they end.
pub(super) fn words_after(text: &str, end: usize) -> Option<(String, usize)> {
    let mut cursor = end;
    let mut words: Vec<&str> = Vec::new();
    let mut kept = (1, None);
    for _ in 0..3 {
        let Some((word, past)) = word_at(text, cursor) else { break };
        words.push(word);
        cursor = past;
        if is_of_reports(word) {
            kept = (words.len(), Some(past));
        } else if words.len() == 1 {
            kept = (1, Some(past));
        }
    }
    let (count, past) = kept;
    let past = past?;
    words.truncate(count);
    Some((words.join(" ").to_lowercase(), past))
}

/// The word that follows `at` after spaces, and where it ends: a digit may stand in it (`e2e`, `k8s`),
/// but not begin it. A percentile is none.
pub(super) fn word_at(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..)?;
    let start = rest.len() - rest.trim_start_matches(' ').len();
    if start == 0 && at > 0 {
        return None;
    }
    let tail = rest.get(start..)?;
    if tail.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let part = |c: char| c.is_alphabetic() || c.is_ascii_digit() || c == '-';
    let len = tail.find(|c: char| !part(c)).unwrap_or(tail.len());
    let word = tail.get(..len)?;
    (!word.is_empty() && context::percentile(word).is_none()).then_some((word, at + start + len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_found_in_any_case() {
        assert!(COUNTED.is_sorted());
        assert!(COUNTED.iter().all(|word| is_of_reports(word)));
        assert!(is_of_reports("Errors") && !is_of_reports("rows") && !is_of_reports(""));
    }
}
