//! The source file that uses a dependency: outside of comments, and not in development alone.

use regex::Regex;

use super::package::raw;
use super::quoted;
use crate::catalog::manifests::{Language, without};
use crate::catalog::surroundings::Around;

/// How many source files are looked through for one call.
const LOOKED_THROUGH: usize = 4000;

/// What a line says that asks something.
const ASKS: [&str; 10] =
    ["if ", "if(", "else", "? ", "&& ", "=== ", "!== ", "unless ", "when ", "case "];

/// What stands before a name that is declared, and not called.
const DECLARES: [&str; 5] = ["def", "func", "fn", "function", "class"];

/// The condition that the first of `sources` which holds one of `calls` does, and holds nothing of `unless`.
pub(super) fn caller<'f>(
    sources: impl Iterator<Item = &'f str>,
    calls: &[&String],
    unless: &[String],
    language: &Language,
    around: &Around<'_>,
) -> Option<String> {
    let guards = Regex::new(&language.guards).ok()?;
    let patterns: Vec<(String, Regex)> = calls
        .iter()
        .map(|call| outside_comments(call))
        .filter_map(|pattern| Regex::new(&pattern).ok().map(|regex| (pattern, regex)))
        .collect();
    let denied: Vec<String> = unless.iter().map(|call| written(call)).collect();
    let denied: Vec<Regex> = denied.iter().filter_map(|of| Regex::new(of).ok()).collect();
    let texts = sources
        .take(LOOKED_THROUGH)
        .filter_map(|path| Some((path, without(&(around.text)(path)?, &language.aside))));
    texts.filter(|(_, text)| !denied.iter().any(|of| of.is_match(text))).find_map(|(path, text)| {
        let calls_it = |regex: &Regex| {
            let mut found = regex.find_iter(&text).filter(|found| !declares(found.as_str()));
            found.any(|found| !is_guarded(&text, found.end(), &guards))
        };
        let (pattern, _) = patterns.iter().find(|(_, regex)| calls_it(regex))?;
        let of = format!("text({})", quoted(path));
        let denied =
            denied.iter().map(|of_it| format!(" && !{of}.matches({})", raw(of_it.as_str())));
        let denied: String = denied.collect();
        Some(format!("{of}.matches({}){denied}", raw(pattern)))
    })
}

/// Whether a line, as far as the name of what is called, is its declaration.
fn declares(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next_back();
    words.next_back().is_some_and(|word| DECLARES.contains(&word))
}

/// Whether the environment is asked around what ends at `at`: it may be for development alone.
fn is_guarded(text: &str, at: usize, guards: &Regex) -> bool {
    let asks = |line: &str| ASKS.iter().any(|sign| line.contains(sign)) && guards.is_match(line);
    let before = text.get(..at).unwrap_or_default();
    let rest = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let is_asked_behind = [" if ", " unless "].iter().any(|word| rest.contains(word));
    if is_asked_behind && guards.is_match(rest) {
        return true;
    }
    let starts = [0].into_iter().chain(before.match_indices('\n').map(|(end, _)| end + 1));
    let in_braces = starts.filter_map(|start| before.get(start..)).any(|rest| {
        let (line, below) = rest.split_once('\n').unwrap_or((rest, ""));
        if !asks(line) {
            return false;
        }
        let open = rest.matches('{').count() > rest.matches('}').count();
        // `if (isDev)` alone on its line is of the next one.
        let goes_on = !line.contains(['{', ';']) && !below.contains('\n');
        open || goes_on
    });
    in_braces || enclosing(before).any(asks)
}

/// The lines above the last one of `text` in whose indentation it stands.
fn enclosing(text: &str) -> impl Iterator<Item = &str> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut lines = text.lines().rev();
    let mut within = lines.next().map_or(0, indent);
    lines.filter(move |line| {
        let encloses = !line.trim().is_empty() && indent(line) < within;
        if encloses {
            within = indent(line);
        }
        encloses
    })
}

/// A pattern for a line of code that holds `call`, and no comment or text before it.
fn outside_comments(call: &str) -> String {
    format!(r#"(?m)^[^/#*"'\n]*{}"#, written(call))
}

/// A pattern for `call` as code writes it: a blank is any space, a quote either.
fn written(call: &str) -> String {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let mut pattern = String::from(if is_word(call.chars().next()) { r"\b" } else { "" });
    let mut last = None;
    let mut letters = call.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' if is_word(last) && is_word(letters.peek().copied()) => pattern.push_str(r"\s+"),
            ' ' => pattern.push_str(r"\s*"),
            '\'' => pattern.push_str(r#"["']"#),
            of => pattern.push_str(&regex::escape(of.encode_utf8(&mut [0; 4]))),
        }
        last = Some(letter);
    }
    if is_word(last) { pattern + r"\b" } else { pattern }
}
