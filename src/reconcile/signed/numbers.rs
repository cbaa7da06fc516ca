//! The numbers of a text that somebody signs. How far a work is may change; every other number is a part of
//! what was signed: a share, a length of time, a version, an amount.

use std::sync::LazyLock;

use regex::Regex;

/// What the numbers of a text say.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Numbers {
    /// Those that stand as they were signed, in order.
    standing: Vec<String>,
    /// How much is left, of what a text says that of.
    left: Vec<u64>,
}

/// How far behind a number the word is looked for that says that it counts a work.
const WORDS: usize = 3;

impl Numbers {
    /// Those of `text`, without its own number in a list, and without dates.
    pub(super) fn of(text: &str) -> Numbers {
        let mut numbers = Numbers::default();
        let Some(patterns) = PATTERNS.as_ref() else { return numbers };
        let plain = patterns.step.replace(text, "");
        let plain = patterns.date.replace_all(&plain, " ");
        for found in patterns.number.find_iter(&plain) {
            let (before, after) = (&plain[..found.start()], &plain[found.end()..]);
            match Counted::of(found.as_str(), before, after) {
                Counted::Left(count) => numbers.left.push(count),
                Counted::Done => {}
                Counted::Not => numbers.standing.push(plainly(found.as_str())),
            }
        }
        numbers
    }

    /// Whether these say what stood in `then`, or that less is left.
    pub(super) fn say_still(&self, then: &Numbers) -> bool {
        let no_more = |(now, then): (&u64, &u64)| now <= then;
        self.standing == then.standing
            && self.left.len() == then.left.len()
            && self.left.iter().zip(&then.left).all(no_more)
    }
}

/// What a number counts of a work that goes on.
enum Counted {
    /// `3 remaining`.
    Left(u64),
    /// `165 passing`, the 12 of `12/15`, `22 → 0`.
    Done,
    /// Nothing of the kind.
    Not,
}

impl Counted {
    fn of(number: &str, before: &str, after: &str) -> Counted {
        let Ok(count) = plainly(number).parse::<u64>() else { return Counted::Not };
        if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '-' | '.')) {
            return Counted::Not;
        }
        if is_part(count, after) || is_change(before, after) {
            return Counted::Done;
        }
        for word in words(after).take(WORDS) {
            match word.to_lowercase().as_str() {
                "left" | "remaining" | "remain" | "remains" | "outstanding" | "pending" => {
                    return Counted::Left(count);
                }
                "done" | "complete" | "completed" | "finished" | "passing" | "passed" | "green" => {
                    return Counted::Done;
                }
                "still" | "issues" | "issue" | "bugs" | "bug" | "tests" | "test" | "cases"
                | "items" | "item" | "tasks" | "task" | "tickets" | "checks" | "suites"
                | "findings" | "steps" => {}
                _ => return Counted::Not,
            }
        }
        Counted::Not
    }
}

/// The words that follow a number with nothing but spaces between.
fn words(after: &str) -> impl Iterator<Item = &str> {
    let clause = after.split(|c: char| !c.is_alphanumeric() && c != ' ').next();
    let clause = clause.filter(|clause| clause.starts_with(' ')).unwrap_or_default();
    clause.split_whitespace()
}

/// Whether the number is the first of `12/15`, `3 of 12`.
fn is_part(count: u64, after: &str) -> bool {
    let whole = PATTERNS.as_ref().and_then(|patterns| patterns.whole.captures(after));
    let whole = whole.and_then(|found| found.get(1)?.as_str().parse::<u64>().ok());
    whole.is_some_and(|whole| count <= whole)
}

/// Whether the number is one of `22 → 0`.
fn is_change(before: &str, after: &str) -> bool {
    const ARROWS: [&str; 5] = ["→", "➜", "⇒", "->", "=>"];
    let (before, after) = (before.trim_end(), after.trim_start());
    let beside = |arrow: &&str| before.ends_with(*arrow) || after.starts_with(*arrow);
    !after.starts_with('%') && ARROWS.iter().any(beside)
}

/// A number without what groups its thousands.
fn plainly(number: &str) -> String {
    let grouped = PATTERNS.as_ref().is_some_and(|patterns| patterns.grouped.is_match(number));
    if grouped { number.replace(',', "") } else { number.to_owned() }
}

struct Patterns {
    /// `2.1 Legal approves`, `3) Legal approves`.
    step: Regex,
    date: Regex,
    number: Regex,
    grouped: Regex,
    /// What follows the first number of a share, with the second.
    whole: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        step: Regex::new(r"^\s*\d+(?:(?:\.\d+)*[.):]\s|(?:\.\d+)+\s+\p{Lu})").ok()?,
        date: Regex::new(
            r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b",
        )
        .ok()?,
        number: Regex::new(r"\d+(?:[.,:]\d+)*").ok()?,
        grouped: Regex::new(r"^\d{1,3}(?:,\d{3})+$").ok()?,
        whole: Regex::new(r"^\s*(?:/|of|out of)\s*(\d{1,9})\b").ok()?,
    })
});
