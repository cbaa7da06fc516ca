//! What a condition read of the repository, in words: `text("F").contains("x")` is "F contains x".
//!
//! A fact of a read is the condition's own text. What has not one of the shapes known here is left
//! to the caller.

use crate::condition::Read;
use crate::facts::Value;
use crate::model::{counted, plural};

use super::clause::Clause;
use super::{limit, shown};

/// The clause of `read`; `None` where it is of another shape.
pub(super) fn clause(read: &Read) -> Option<Clause> {
    let value = read.value.as_ref()?;
    let fact = read.fact.as_str();
    match value {
        Value::Text(told) if fact.starts_with('!') && fact.contains(".exists(") => {
            excluded(fact, told).map(Clause::alone)
        }
        Value::Text(told) if fact.contains(".all(") => walked(fact.trim_start_matches('!'), told),
        Value::Bool(holds) if read.bound.is_none() => match fact.strip_prefix('!') {
            Some(fact) => asked(fact, !holds),
            None => asked(fact, *holds),
        },
        _ => compared(fact, value, &limit(read)).map(Clause::alone),
    }
}

/// Whether a file holds a key or an entry: `F has x in a.b`; `None` where `hay` is no file.
pub(super) fn member(needle: &str, hay: &str, holds: bool) -> Option<Clause> {
    let (file, path) = file(hay, "load")?;
    let within = match path.trim_start_matches('.') {
        "" => String::new(),
        path => format!(" in {path}"),
    };
    let head = format!("{file} {} ", has(holds));
    Some(Clause::of(head, unquoted(needle), within, holds))
}

/// A question of a file: `text("F").contains("x")`, `has(load("F").a)`, `"x" in load("F")`.
fn asked(fact: &str, holds: bool) -> Option<Clause> {
    if let Some(at) = fact.find(" in load(") {
        return member(&fact[..at], &fact[at + " in ".len()..], holds);
    }
    if let Some(inner) = fact.strip_prefix("has(").and_then(|rest| rest.strip_suffix(')')) {
        let (file, path) = file(inner, "load")?;
        let head = format!("{file} {} ", has(holds));
        return Some(Clause::of(
            head,
            path.trim_start_matches('.').to_owned(),
            String::new(),
            holds,
        ));
    }
    let (file, question) = file(fact, "text")?;
    let (function, argument) = question.strip_prefix('.')?.strip_suffix(')')?.split_once('(')?;
    let words = match (function, holds) {
        ("contains", true) => "contains",
        ("contains", false) => "does not contain",
        ("startsWith", true) => "begins with",
        ("startsWith", false) => "does not begin with",
        ("endsWith", true) => "ends with",
        ("endsWith", false) => "does not end with",
        ("matches", true) => "matches",
        ("matches", false) => "does not match",
        _ => return None,
    };
    // Of several questions, and of what is computed, there is more to say than one text.
    if !is_literal(argument) {
        return None;
    }
    let part = format!("\"{}\"", unquoted(argument));
    Some(Clause::of(format!("{file} {words} "), part, String::new(), holds))
}

/// A figure of a file or of files: `text("F").size()`, `load("F").a.b`, `files("G").size()`.
fn compared(fact: &str, value: &Value, limit: &str) -> Option<String> {
    let count = match value {
        Value::Int(count) => u64::try_from(*count).ok(),
        _ => None,
    };
    if let Some((glob, ".size()")) = file(fact, "files") {
        let count = count?;
        let verb = if count == 1 { "matches" } else { "match" };
        return Some(format!("{} {verb} {glob}{limit}", counted(count, "file")));
    }
    if let Some((file, ".size()")) = file(fact, "text") {
        return Some(format!("{file} holds {}{limit}", counted(count?, "character")));
    }
    let (file, path) = file(fact, "load")?;
    if path.contains('(') && !path.ends_with(".size()") {
        return None;
    }
    Some(match (path.strip_suffix(".size()"), count) {
        (Some(list), Some(count)) => {
            let list = list.trim_start_matches('.');
            format!("{file} has {count} {} in {list}{limit}", entries(count))
        }
        _ => format!("{} in {file} was {}{limit}", path.trim_start_matches('.'), shown(value)),
    })
}

/// `!findings.list.exists(f, …)`, of which the read tells `1 entry, as X`.
fn excluded(fact: &str, told: &str) -> Option<String> {
    let (over, _) = fact.strip_prefix('!')?.split_once(".exists(")?;
    let (count, name) = told.split_once(", as ")?;
    let count = count.split(' ').next()?;
    let noun = noun(over).map(|noun| format!("{noun} ")).unwrap_or_default();
    Some(match count.parse::<u64>().ok()? {
        1 => format!("{noun}{name} is there, and the condition allows none such"),
        more => {
            format!(
                "{noun}{name} and {} more are there, and the condition allows none such",
                more - 1
            )
        }
    })
}

/// `files("G").all(f, …)`, of which the read tells `1 of 2 entries, not a/Dockerfile`.
fn walked(fact: &str, told: &str) -> Option<Clause> {
    let (over, walk) = fact.split_once(".all(")?;
    let (variable, body) = walk.strip_suffix(')')?.split_once(", ")?;
    let (figures, refuting) = match told.split_once(", not ") {
        Some((figures, name)) => (figures, Some(name)),
        None => (told, None),
    };
    match refuting {
        Some(name) => asked(&with(body, variable, name), false)
            .or_else(|| Some(Clause::alone(refuted(over, name, figures)))),
        None => all(over, figures).map(Clause::alone),
    }
}

/// Which entry refutes it, and how many more do.
fn refuted(over: &str, name: &str, figures: &str) -> String {
    let more = parted(figures).map_or(0, |(good, total)| total.saturating_sub(good + 1));
    match (noun(over), more) {
        (Some(FINDING), 0) => format!("finding {name} is one that the condition rules out"),
        (Some(FINDING), more) => {
            format!("finding {name} and {more} more are ruled out by the condition")
        }
        (noun, more) => {
            let noun = noun.map(|noun| format!("{noun} ")).unwrap_or_default();
            match more {
                0 => format!("{noun}{name} does not meet the condition"),
                more => format!("{noun}{name} and {more} more do not meet the condition"),
            }
        }
    }
}

/// How many of the entries meet it.
fn all(over: &str, figures: &str) -> Option<String> {
    let (good, total) = parted(figures)?;
    // That findings meet a condition sounds like the opposite of what it says.
    if noun(over) == Some(FINDING) && good == total {
        return Some(match total {
            1 => "the only finding is none that the condition rules out".to_owned(),
            total => {
                format!(
                    "none of the {} is one that the condition rules out",
                    counted(total, FINDING)
                )
            }
        });
    }
    let what = match (file(over, "files"), file(over, "load")) {
        (Some((glob, "")), _) => {
            let verb = if total == 1 { "matches" } else { "match" };
            format!("{} that {verb} {glob}", plural(total, "file"))
        }
        (_, Some((file, path))) => format!("{}{} in {file}", entries(total), of(path)),
        _ if let Some(file) = keyed(over) => format!("{} of {file}", plural(total, "key")),
        _ => match noun(over) {
            Some(noun) => plural(total, noun),
            None => format!("{} of {over}", entries(total)),
        },
    };
    let (all, verb) = match (good, total) {
        (0, 1) => ("the only".to_owned(), "does not meet"),
        (1, 1) => ("the only".to_owned(), "meets"),
        (0, total) => (format!("none of the {total}"), "meets"),
        (good, total) if good == total => (format!("all {total}"), "meet"),
        (1, _) => (format!("1 of {total}"), "meets"),
        _ => (format!("{good} of {total}"), "meet"),
    };
    Some(format!("{all} {what} {verb} the condition"))
}

/// `1 of 2 entries` as numbers.
fn parted(figures: &str) -> Option<(u64, u64)> {
    let figures = figures.strip_suffix(" entries").or_else(|| figures.strip_suffix(" entry"))?;
    let (good, total) = figures.split_once(" of ")?;
    Some((good.parse().ok()?, total.parse().ok()?))
}

/// What an entry of `findings.list` is called.
const FINDING: &str = "finding";

/// What the entries of a list of facts are called.
fn noun(over: &str) -> Option<&'static str> {
    Some(match over {
        "tests.cases" => "test case",
        "findings.list" => FINDING,
        "components.list" => "component",
        "provenance.list" => "subject",
        "rules.list" => "rule",
        "alerts.list" => "alert",
        _ => return None,
    })
}

/// The file or glob that `function` is asked for, and what follows the call.
fn file<'f>(fact: &'f str, function: &str) -> Option<(&'f str, &'f str)> {
    let rest = fact.strip_prefix(function)?.strip_prefix("(\"")?;
    let (name, rest) = rest.split_once("\")")?;
    (!name.contains(['"', '\\'])).then_some((name, rest))
}

/// The file of `keys(load("F"))`.
fn keyed(over: &str) -> Option<&str> {
    let inner = over.strip_prefix("keys(")?.strip_suffix(')')?;
    file(inner, "load").filter(|(_, path)| path.is_empty()).map(|(file, _)| file)
}

/// ` of a.b`, or nothing where the whole file is meant.
fn of(path: &str) -> String {
    match path.trim_start_matches('.') {
        "" => String::new(),
        path => format!(" of {path}"),
    }
}

fn entries(count: u64) -> &'static str {
    if count == 1 { "entry" } else { "entries" }
}

fn has(holds: bool) -> &'static str {
    if holds { "has" } else { "has no" }
}

/// Whether it is one text between two quotes.
fn is_literal(argument: &str) -> bool {
    let inner = argument.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(mut rest) = inner else { return false };
    while let Some(at) = rest.find(['"', '\\']) {
        if rest.as_bytes().get(at) == Some(&b'"') {
            return false;
        }
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    true
}

/// A literal without its quotes and the line ends around it.
fn unquoted(literal: &str) -> String {
    let inner = literal.trim().trim_start_matches('"').trim_end_matches('"');
    inner.trim_start_matches("\\n").trim_end_matches("\\n").trim().replace("\\\"", "\"")
}

/// `body` with the name of an entry in the place of its variable.
fn with(body: &str, variable: &str, name: &str) -> String {
    let quoted = format!("{name:?}");
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(variable) {
        let (before, after) = (&rest[..at], &rest[at + variable.len()..]);
        let alone = !before.ends_with(|c| is_part(c) || c == '.') && !after.starts_with(is_part);
        text.push_str(before);
        text.push_str(if alone { &quoted } else { variable });
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(fact: &str, value: Value, bound: Option<&str>) -> String {
        let bound = bound.map(str::to_owned);
        let read = Read {
            fact: fact.to_owned(),
            value: Some(value),
            bound,
            asked: None,
            holds: None,
            at: 0..0,
            limit: None,
        };
        super::super::clause::joined(clause(&read), 1)
    }

    #[test]
    fn questions_of_files_are_sentences() {
        for (fact, holds, expected) in [
            (r#"text("a.md").contains("1.2")"#, true, r#"a.md contains "1.2""#),
            (r#"text("D").contains("\nUSER ")"#, false, r#"D does not contain "USER""#),
            (r#"!text("a").contains("x")"#, true, r#"a does not contain "x""#),
            (r#"text("a").matches("^v\d")"#, false, r#"a does not match "^v\d""#),
            (r#"has(load("p.json").dependencies.argon2)"#, true, "p.json has dependencies.argon2"),
            (r#"has(load("ci.yml").jobs.lint)"#, false, "ci.yml has no jobs.lint"),
            (r#""KEY" in load(".env")"#, false, ".env has no KEY"),
            (r#""@a/b" in load("p.json").dependencies"#, true, "p.json has @a/b in dependencies"),
            (r#"text(a + b).contains("x")"#, true, ""),
            (r#"text("a").contains(data.v)"#, true, ""),
            (r#"text("a").matches("^x$") && !text("a").matches("y")"#, false, ""),
        ] {
            assert_eq!(said(fact, Value::Bool(holds), None), expected);
        }
    }

    #[test]
    fn figures_of_files_name_the_file_and_the_limit() {
        let int = Value::Int;
        for (fact, value, bound, expected) in [
            (
                r#"load("d.json").pool.max"#,
                int(20),
                ">= 20",
                "pool.max in d.json was 20; it must be at least 20",
            ),
            (r#"load("d.json").panels.size()"#, int(3), "> 0", "d.json has 3 entries in panels"),
            (r#"files("*/Dockerfile").size()"#, int(2), "> 0", "2 files match */Dockerfile"),
            (r#"text("a.md").size()"#, int(193), "> 0", "a.md holds 193 characters"),
            (r#"load("a").x.map(y, y).size()"#, int(1), "> 0", "a has 1 entry in x.map(y, y)"),
            ("tests.total", int(1), "> 0", ""),
        ] {
            assert_eq!(said(fact, value, Some(bound)), expected);
        }
    }

    #[test]
    fn a_walk_names_the_entry_that_refutes_it() {
        let walk = r#"files("*/Dockerfile").all(f, text(f).contains("\nUSER "))"#;
        let refuted = Value::text("1 of 2 entries, not back/Dockerfile");
        assert_eq!(said(walk, refuted, None), r#"back/Dockerfile does not contain "USER""#);
        assert_eq!(
            said(walk, Value::text("2 of 2 entries"), None),
            "all 2 files that match */Dockerfile meet the condition"
        );
        let inner = r#"load("a.yaml").env.all(name, name in load(".env"))"#;
        assert_eq!(said(inner, Value::text("1 of 2 entries, not KEY"), None), ".env has no KEY");
        assert_eq!(
            said(inner, Value::text("0 of 2 entries"), None),
            "none of the 2 entries of env in a.yaml meets the condition"
        );
        let keys = r#"keys(load(".env")).all(k, k in load("a.yaml"))"#;
        assert_eq!(
            said(keys, Value::text("5 of 5 entries"), None),
            "all 5 keys of .env meet the condition"
        );
        let facts = r#"findings.list.all(f, f.package != "js-yaml")"#;
        for (told, expected) in [
            ("0 of 1 entry", "the only finding does not meet the condition"),
            ("0 of 2 entries", "none of the 2 findings meets the condition"),
            ("1 of 3 entries", "1 of 3 findings meets the condition"),
            ("2 of 2 entries", "none of the 2 findings is one that the condition rules out"),
            (
                "1 of 2 entries, not X (js-yaml)",
                "finding X (js-yaml) is one that the condition rules out",
            ),
            ("0 of 3 entries, not X", "finding X and 2 more are ruled out by the condition"),
        ] {
            assert_eq!(said(facts, Value::text(told), None), expected);
        }
    }
}
