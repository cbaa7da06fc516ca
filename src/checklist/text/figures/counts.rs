//! Plain numbers that count what stands after them (`14 endpoints`, `all 3 new regions`): no figure,
//! for nothing says of which report, and no part of a name either.

use std::ops::Range;

use crate::model::Figure;

use super::number::number_at;
use super::{next_digit, words};

/// Where the counts of `text` stand that are in none of `figures`, which are those of a text that
/// `text` is a part of, from `start` on.
pub(in crate::checklist) fn counts(
    text: &str,
    start: usize,
    figures: &[Figure],
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut figures = figures.iter().peekable();
    while let Some(next) = next_digit(text, at) {
        while figures.next_if(|figure| figure.span.end <= start + next).is_some() {}
        if let Some(figure) = figures.next_if(|figure| figure.span.start <= start + next) {
            at = (figure.span.end - start).max(next + 1);
            continue;
        }
        at = match number_at(text, next) {
            Ok(number) => {
                if counts_something(text, number.start, number.end) {
                    found.push(number.start..number.end);
                }
                number.end
            }
            Err(end) => end.max(next + 1),
        };
    }
    found
}

/// Whether one of the words after a number, before one that joins, is of many.
fn counts_something(text: &str, start: usize, end: usize) -> bool {
    if words::is_named_before(text, start) || is_numbered(text, start) {
        return false;
    }
    let mut cursor = end;
    for _ in 0..3 {
        let Some((word, past)) = words::word_at(text, cursor) else { return false };
        if is_joining(word) || is_measure(word) {
            return false;
        }
        if is_of_many(word) {
            return true;
        }
        cursor = past;
    }
    false
}

/// `port 8080 answers`, `region 3 holds`: the word before says what is numbered.
fn is_numbered(text: &str, start: usize) -> bool {
    const NUMBERED: [&str; 28] = [
        "appendix",
        "case",
        "check",
        "code",
        "cluster",
        "env",
        "environment",
        "error",
        "figure",
        "host",
        "http",
        "instance",
        "item",
        "line",
        "number",
        "port",
        "region",
        "replica",
        "run",
        "scenario",
        "server",
        "shard",
        "slot",
        "status",
        "table",
        "team",
        "test",
        "zone",
    ];
    let lead = text.get(..start).unwrap_or_default().trim_end();
    let last = lead.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    NUMBERED.iter().any(|word| word.eq_ignore_ascii_case(last))
}

fn is_joining(word: &str) -> bool {
    const JOINING: [&str; 18] = [
        "a", "and", "as", "at", "by", "for", "from", "if", "in", "is", "of", "on", "or", "per",
        "than", "the", "to", "with",
    ];
    JOINING.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// `30 days`, `8 characters`, `429 responses`: how long or large, or which; another is another rule.
fn is_measure(word: &str) -> bool {
    const MEASURES: [&str; 28] = [
        "bit",
        "bits",
        "byte",
        "bytes",
        "character",
        "characters",
        "chars",
        "day",
        "days",
        "digits",
        "hour",
        "hours",
        "hrs",
        "letters",
        "milliseconds",
        "mins",
        "minute",
        "minutes",
        "month",
        "months",
        "pixels",
        "responses",
        "seconds",
        "secs",
        "week",
        "weeks",
        "year",
        "years",
    ];
    MEASURES.contains(&word)
}

/// `endpoints`, `sub-items`: a plural in small letters, and no verb or particle with its ending.
fn is_of_many(word: &str) -> bool {
    const OTHERS: [&str; 31] = [
        "access", "across", "always", "answers", "does", "exists", "fails", "holds", "keeps",
        "less", "listens", "means", "minus", "needs", "passes", "perhaps", "plus", "process",
        "responds", "returns", "runs", "shows", "starts", "status", "stays", "stops", "this",
        "thus", "uses", "versus", "works",
    ];
    word.len() >= 4
        && word.ends_with('s')
        && !word.ends_with("ss")
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        && !OTHERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::figures;

    #[test]
    fn numbers_that_count_are_told_from_names() {
        for (text, expected) in [
            ("Migrate 14 endpoints", "14"),
            ("All 3 new regions serve 1,200 users", "3 1,200"),
            ("3 things to do", "3"),
            ("Keep 30 days of backups, 2 copies each", "2"),
            ("Deploy to 2 REST replicas", "2"),
        ] {
            let found = counts(text, 0, &figures(text));
            let said: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
            assert_eq!(said.join(" "), expected, "{text}");
        }
        for text in [
            "Upgrade to Node 18",
            "Upgrade to Node 18 across services",
            "Phase 2 reviews",
            "Port 8080 answers",
            "Test case 3 passes",
            "Server 2 takes requests",
            "Python 3 packages",
            "Deploy 2 in all regions",
            "v2 endpoints",
            "HTTP 500 errors are rare",
            "2026-01-02 notes",
            "5 is enough",
            "Fix 22 errors",
            "Wait 24 hour slots",
            "429 responses are slow",
        ] {
            assert!(counts(text, 0, &figures(text)).is_empty(), "{text}");
        }
    }
}
