//! The words that make a figure of a plain number.

/// What is counted in reports of tests, findings and work: a number before one of these is a figure.
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
    "critical",
    "crash",
    "crashes",
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
    text.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("zero "))
}

/// Whether one of the first three words after a number at `end` is something counted.
pub(super) fn noun_after(text: &str, end: usize) -> Option<()> {
    let mut cursor = end;
    for _ in 0..3 {
        let (word, past) = word_at(text, cursor)?;
        if COUNTED.iter().any(|counted| counted.eq_ignore_ascii_case(word)) {
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
        if COUNTED.iter().any(|counted| counted.eq_ignore_ascii_case(word)) {
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

/// The word that follows `at` after spaces, and where it ends.
fn word_at(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..)?;
    let start = rest.len() - rest.trim_start_matches(' ').len();
    if start == 0 && at > 0 {
        return None;
    }
    let tail = rest.get(start..)?;
    let len = tail.find(|c: char| !(c.is_alphabetic() || c == '-')).unwrap_or(tail.len());
    let word = tail.get(..len)?;
    (!word.is_empty()).then_some((word, at + start + len))
}
