//! Lines, colours and excerpts of plain text.

use std::borrow::Cow;

use super::bounds::{MAX_MESSAGE, MAX_MESSAGE_LINES};
use super::json::Str;

/// The lines of a text, numbered from 1, without their ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

/// The text without ANSI escape sequences.
pub(super) fn without_colours(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{1b}') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        plain.push_str(&rest[..at]);
        rest = after_escape(&rest[at + 1..]);
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// What follows one escape sequence: `[…` ends with a letter, `]…` with BEL, a charset (`(B`) behind
/// its signs, others are one character.
fn after_escape(sequence: &str) -> &str {
    let end = match sequence.chars().next() {
        None => return sequence,
        Some('[') => sequence[1..].find(|c: char| ('@'..='~').contains(&c)).map(|at| at + 1),
        Some(']') => sequence.find('\u{7}'),
        Some(' '..='/') => sequence.find(|c: char| !(' '..='/').contains(&c)),
        Some(_) => Some(0),
    };
    let Some(at) = end else { return "" };
    let width = sequence[at..].chars().next().map_or(0, char::len_utf8);
    &sequence[at + width..]
}

/// How lines begin in which tools and shells tell of a failure.
const FAILURES: &[&str] = &[
    "npm ERR!",
    "npm error",
    "error:",
    "error[",
    "Error:",
    "ERROR:",
    "FATAL",
    "fatal:",
    "Fatal error",
    "FAIL\t",
    "panic:",
    "Traceback (most recent call last)",
    "Unhandled",
    "Uncaught ",
    "Segmentation fault",
    "Killed",
    "Aborted",
    "Terminated",
    "<--- Last few GCs --->",
    "::error",
    "ERRO[",
    "FATA[",
    "exit status ",
    "vet: ",
];

/// Words in a line that say that something could not be done.
const UNDONE: &[&str] = &[
    "build failure",
    "cannot find ",
    "command failed",
    "connection refused",
    "core dumped",
    "could not ",
    "deadline exceeded",
    "econnrefused",
    "enotfound",
    "etimedout",
    "failed to ",
    "forbidden",
    "incomplete",
    "interrupted",
    "level=error",
    "level=fatal",
    "no such file or directory",
    "not scanned",
    "out of memory",
    "permission denied",
    "signal: killed",
    "timed out",
    "unable to ",
    "x509:",
];

/// Whether a line of a log says that something failed, by how it begins.
pub(super) fn tells_of_failure(line: &str) -> bool {
    let line = line.trim_start();
    let named = line.split_once(": ").is_some_and(|(kind, _)| {
        // `TypeError: …`, `java.lang.OutOfMemoryError: …`, `##[error]` of a CI log.
        let word = kind.rsplit('.').next().unwrap_or(kind);
        word.ends_with("Error") && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    named
        || line.starts_with("##[error]")
        || line.contains("heap out of memory")
        || line.contains("command not found")
        // `make[2]: *** [Makefile:12: test] Error 2`, of any make and at any depth.
        || line.split_once(": *** ").is_some_and(|(make, _)| make.contains("make"))
        || FAILURES.iter().any(|begins| line.starts_with(begins))
}

/// Whether a line before a report says that something failed: as [`tells_of_failure`], by its level,
/// or by what it says could not be done. A warning says of itself that the work went on.
pub(super) fn tells_of_trouble(line: &str) -> bool {
    let lower = line.trim_start().to_lowercase();
    let levels = ["ERROR", "FATAL", "CRITICAL", "[ERROR]", "[FATAL]", "[error]", "[fatal]"];
    let levelled = line.split_whitespace().take(3).any(|word| levels.contains(&word));
    let warns = lower.trim_start_matches("npm ").starts_with("warn");
    let undone = !warns && UNDONE.iter().any(|words| lower.contains(words));
    tells_of_failure(line) || levelled || undone
}

/// The first lines of a message, without colours and trailing blanks; `None` where it says
/// nothing.
pub(super) fn excerpt(message: &str) -> Option<String> {
    let head = bounded(message.trim(), MAX_MESSAGE * 2);
    let plain = without_colours(head);
    let mut lines = plain.lines().map(str::trim_end);
    let kept = lines.by_ref().take(MAX_MESSAGE_LINES).collect::<Vec<_>>().join("\n");
    let more = lines.next().is_some() || head.len() < message.trim().len();
    let kept = bounded(&kept, MAX_MESSAGE);
    match (kept.is_empty(), more) {
        (true, _) => None,
        (false, true) => Some(format!("{kept} …")),
        (false, false) => Some(kept.to_owned()),
    }
}

/// The text by itself; an empty one says nothing.
pub(super) fn said(text: &Option<Str<'_>>) -> Option<String> {
    text.as_deref().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// All of them; empty ones say nothing.
pub(super) fn all_said<'t>(texts: impl IntoIterator<Item = &'t Str<'t>>) -> Vec<String> {
    texts.into_iter().filter(|text| !text.is_empty()).map(ToString::to_string).collect()
}

/// The id of a commit, where the text is one: tools write words in its place.
pub(super) fn commit(text: &Option<Str<'_>>) -> Option<String> {
    said(text).filter(|id| id.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A number that is one: Rust reads `inf` and `NaN` too.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// The first line of a title, bounded.
pub(super) fn title(text: &str) -> Option<String> {
    let line = text.trim().lines().next()?.trim_end();
    excerpt(line)
}

/// At most `limit` bytes, ending between characters.
pub(super) fn bounded(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let end = (0..=limit).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_off() {
        assert_eq!(without_colours("\u{1b}[31merror\u{1b}[0m TS\u{1b}[90m1\u{1b}[m"), "error TS1");
        assert_eq!(without_colours("a\u{1b}]8;;x\u{7}b\u{1b}"), "ab");
        assert_eq!(without_colours("cut \u{1b}[3"), "cut ");
        assert_eq!(without_colours("\u{1b}[32mok\u{1b}(B\u{1b}[m."), "ok.");
    }

    #[test]
    fn lines_that_tell_of_a_failure_are_told_from_others() {
        for (line, tells) in [
            ("npm ERR! code ENOTFOUND", true),
            ("TypeError: x is not a function", true),
            ("FATAL ERROR: Reached heap limit Allocation failed", true),
            ("Killed", true),
            ("sh: 1: tsc: command not found", true),
            ("FAIL\texample.com/shop [build failed]", true),
            ("> shop@1.0.0 audit", false),
            ("ok  \texample.com/shop\t0.3s", false),
            ("Found 0 errors. Watching for file changes.", false),
            ("src/a.ts(1,2): error TS2322: x", false),
        ] {
            assert_eq!(tells_of_failure(line), tells, "{line}");
        }
    }

    #[test]
    fn excerpts_are_bounded_between_characters() {
        assert_eq!(excerpt("  \n "), None);
        assert_eq!(excerpt("one \ntwo\n"), Some("one\ntwo".to_owned()));
        let long = "é".repeat(5000);
        let kept = excerpt(&long).unwrap();
        assert!(kept.len() <= MAX_MESSAGE + 4 && kept.ends_with(" …"));
        assert_eq!(excerpt(&"x\n".repeat(40)).unwrap().lines().count(), MAX_MESSAGE_LINES);
    }
}
