//! Numbers in front of a text that say which step of a plan it is: `1.1 Write unit tests`, `8 Write
//! tests`. They count nothing.

use super::number::{Number, number_at};
use super::{context, next_digit, words};

/// What a numbered step tells somebody to do. None of these says of what there is a number: `3 Open
/// issues` and `2 Test errors` are counted.
const IMPERATIVES: [&str; 40] = [
    "add",
    "adjust",
    "analyze",
    "apply",
    "assess",
    "build",
    "clean",
    "configure",
    "convert",
    "create",
    "define",
    "delete",
    "deploy",
    "document",
    "enable",
    "ensure",
    "execute",
    "extend",
    "fix",
    "handle",
    "implement",
    "improve",
    "install",
    "integrate",
    "investigate",
    "make",
    "migrate",
    "perform",
    "prepare",
    "refactor",
    "remove",
    "resolve",
    "review",
    "run",
    "setup",
    "triage",
    "update",
    "validate",
    "verify",
    "write",
];

/// Whether `number` is that of a step: it opens `text`, and has a decimal point or stands before a
/// sentence that begins with what is to be done.
pub(super) fn is_step(text: &str, number: &Number) -> bool {
    let lead = text.get(..number.start).unwrap_or_default();
    if !lead.chars().all(is_decoration) {
        return false;
    }
    let pointed = text.get(number.start..number.end).is_some_and(|said| said.contains('.'));
    pointed || words::word_at(text, number.end).is_some_and(|(word, _)| is_imperative(word))
}

/// Signs and stars in front of a text; neither brackets nor what makes a limit of a number.
fn is_decoration(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '(' | '[' | '（' | '<' | '>' | '=' | '~' | '≤' | '≥' | '≈')
}

/// A capital opens the sentence: in `3 update failures` the word is a part of what is counted.
fn is_imperative(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && IMPERATIVES.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// `text` past the number of its step, where that would count what follows if it were none.
pub(in crate::checklist) fn without_step(text: &str) -> &str {
    if text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return text;
    }
    let number = next_digit(text, 0).and_then(|at| number_at(text, at).ok());
    let counts = |number: &Number| {
        let after = context::after(text, number.end);
        after.unit.is_none()
            && after.operator.is_none()
            && is_step(text, number)
            && words::noun_after(text, number, number.end).is_some()
    };
    number.filter(counts).and_then(|number| text.get(number.end..)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::figures;

    #[test]
    fn the_number_of_a_step_counts_nothing() {
        assert!(IMPERATIVES.is_sorted());
        for text in [
            "1.1 Write unit tests",
            "4.2 Integration tests pass",
            "5.3 Fix errors in the parser",
            "4.6 Test vulnerabilities scanning",
            "✅ 1.1 Write unit tests",
            "8 Write tests",
            "8 Fix errors",
        ] {
            assert!(figures(text).is_empty(), "{text}");
            assert!(without_step(text).starts_with(' '), "{text}");
        }
        for (text, expected) in [
            ("12 tests pass", "12 tests pass"),
            ("3 Open issues", "3 open issues"),
            ("3 update failures", "3 update failures"),
            ("99.8% test pass rate", "99.8%"),
            ("~1.5 errors a day", "~1.5 errors"),
            ("Fix 1.1 errors", "1.1 errors"),
            ("(8 Write errors)", "8 write errors"),
        ] {
            let said: Vec<String> = figures(text).into_iter().map(|one| one.text).collect();
            assert_eq!(said.join("; ").to_lowercase(), expected, "{text}");
            assert_eq!(without_step(text), text);
        }
        assert!(figures("3 regions serve all users").is_empty());
    }
}
