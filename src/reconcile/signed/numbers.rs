//! The numbers of a text that somebody signs. How far a work is may change, onward and not back; every
//! other number is a part of what was signed: a share, a length of time, a version, an amount, a change
//! from one setting to another.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// What the numbers of a text say.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Numbers {
    /// Those that stand as they were signed, in order.
    standing: Vec<String>,
    /// How much is left, of what a text says that of.
    left: Vec<u64>,
    /// How much is done, of what a text says that of.
    done: Vec<u64>,
}

/// How far behind a number the word is looked for that says that it counts a work.
const WORDS: usize = 3;

/// How far before a share the word is looked for that makes it a scope.
const SCOPE_WORDS: usize = 2;

/// What a work gets rid of.
const FAULTS: [&str; 18] = [
    "alerts",
    "blockers",
    "bugs",
    "conflicts",
    "cves",
    "defects",
    "errors",
    "failures",
    "findings",
    "issues",
    "leaks",
    "regressions",
    "smells",
    "tickets",
    "todos",
    "violations",
    "vulnerabilities",
    "warnings",
];

/// What of such may stand behind their number.
const LEFT: [&str; 5] = ["left", "open", "outstanding", "remain", "remaining"];

/// What is one of several: a number behind it says which.
const PARTS: [&str; 36] = [
    "attempt",
    "batch",
    "canary",
    "chapter",
    "cohort",
    "day",
    "etapa",
    "fase",
    "gate",
    "group",
    "iteration",
    "level",
    "lot",
    "lote",
    "milestone",
    "part",
    "parte",
    "partie",
    "phase",
    "ring",
    "round",
    "runde",
    "schritt",
    "section",
    "sprint",
    "stage",
    "step",
    "stufe",
    "tag",
    "teil",
    "tier",
    "track",
    "wave",
    "week",
    "welle",
    "étape",
];

/// What stands before a share of those whom a word is for.
const SCOPES: [&str; 16] = [
    "at", "auf", "bei", "en", "für", "for", "in", "mit", "on", "only", "over", "para", "pour",
    "sur", "to", "with",
];

impl Numbers {
    /// Those of `text`, without its own number in a list, and without dates.
    pub(super) fn of(text: &str) -> Numbers {
        let mut numbers = Numbers::default();
        let Some(patterns) = PATTERNS.as_ref() else { return numbers };
        let plain = without_dates(text);
        for found in patterns.number.find_iter(&plain) {
            let (before, after) = (&plain[..found.start()], &plain[found.end()..]);
            match Counted::of(found.as_str(), before, after) {
                Counted::Left(count) => numbers.left.push(count),
                Counted::Done(count) => numbers.done.push(count),
                Counted::Not => numbers.standing.push(plainly(found.as_str())),
            }
        }
        numbers
    }

    /// Whether these say what stood in `then`, or that the work went on.
    pub(super) fn say_still(&self, then: &Numbers) -> bool {
        let each = |now: &[u64], then: &[u64], onward: fn(&u64, &u64) -> bool| {
            now.len() == then.len() && now.iter().zip(then).all(|(now, then)| onward(now, then))
        };
        self.standing == then.standing
            && each(&self.left, &then.left, u64::le)
            && each(&self.done, &then.done, u64::ge)
    }
}

/// `text` without its own number in a list, and without dates.
pub(super) fn without_dates(text: &str) -> Cow<'_, str> {
    let Some(patterns) = PATTERNS.as_ref() else { return Cow::Borrowed(text) };
    let plain = patterns.step.replace(text, "");
    Cow::Owned(patterns.date.replace_all(&plain, " ").into_owned())
}

/// What a number counts of a work that goes on.
enum Counted {
    /// `3 remaining`, the 0 of `22 → 0 errors`.
    Left(u64),
    /// `165 passing`, the 12 of `12/15`.
    Done(u64),
    /// Nothing of the kind.
    Not,
}

impl Counted {
    fn of(number: &str, before: &str, after: &str) -> Counted {
        let Ok(count) = plainly(number).parse::<u64>() else { return Counted::Not };
        let Some(patterns) = PATTERNS.as_ref() else { return Counted::Not };
        if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '-' | '.'))
            || patterns.part.is_match(before)
        {
            return Counted::Not;
        }
        if is_beside_an_arrow(before, after) {
            return if falls_to(count, before, after) {
                Counted::Left(count)
            } else {
                Counted::Not
            };
        }
        let Some(whole) = patterns.whole.captures(after) else {
            return Counted::by_words(count, after).unwrap_or(Counted::Not);
        };
        let of = whole.get(1).and_then(|of| of.as_str().parse::<u64>().ok());
        if of.is_none_or(|of| count > of) || is_scope(before) {
            return Counted::Not;
        }
        let behind = whole.get(0).and_then(|whole| after.get(whole.end()..)).unwrap_or_default();
        if !behind.contains(char::is_alphanumeric) && is_named(before) {
            return Counted::Not;
        }
        // "3 of 12 keys left": the 3 is what is left.
        let is_left = words(behind).take(WORDS).any(|word| is_left(word) || word == "pending");
        if is_left { Counted::Left(count) } else { Counted::Done(count) }
    }

    /// What the words behind the number say that it counts.
    fn by_words(count: u64, after: &str) -> Option<Counted> {
        const SETTINGS: [&str; 7] = ["bar", "grade", "limit", "mark", "rate", "score", "threshold"];
        let mut words = words(after).map(str::to_lowercase).take(WORDS + 1).peekable();
        for _ in 0..WORDS {
            let word = words.next()?;
            let is_setting = words.peek().is_some_and(|next| SETTINGS.contains(&next.as_str()));
            match word.as_str() {
                _ if is_setting => return None,
                "left" | "remaining" | "remain" | "remains" | "outstanding" | "pending" => {
                    return Some(Counted::Left(count));
                }
                "done" | "complete" | "completed" | "finished" | "passing" | "passed" | "green" => {
                    return Some(Counted::Done(count));
                }
                "still" | "issues" | "issue" | "bugs" | "bug" | "tests" | "test" | "cases"
                | "items" | "item" | "tasks" | "task" | "tickets" | "checks" | "suites"
                | "findings" | "steps" => {}
                _ => return None,
            }
        }
        None
    }
}

fn is_left(word: &str) -> bool {
    LEFT.contains(&word.to_lowercase().as_str())
}

/// The words that follow a number with nothing but spaces between.
fn words(after: &str) -> impl Iterator<Item = &str> {
    let clause = after.split(|c: char| !c.is_alphanumeric() && c != ' ').next();
    let clause = clause.filter(|clause| clause.starts_with(' ')).unwrap_or_default();
    clause.split_whitespace()
}

/// Whether what stands before a share makes it no count of a work: `Phase 1 of 3`, `for 1 of 10`.
fn is_scope(before: &str) -> bool {
    let last = |text: &str, count: usize| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.rev().take(count).map(str::to_lowercase).collect()
    };
    let clause = before.rsplit(|c: char| !c.is_alphanumeric() && c != ' ').next();
    last(before, 1).iter().any(|word| PARTS.contains(&word.as_str()))
        || last(clause.unwrap_or_default(), SCOPE_WORDS)
            .iter()
            .any(|word| SCOPES.contains(&word.as_str()))
}

/// Whether a share at the end of a text is which of several it is, and not how far it is: `Test run 2 of 3`, and
/// not `Keys rotated 2 of 3` nor `Keys (2 of 3)`.
fn is_named(before: &str) -> bool {
    let before = before.trim_end();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let last = last.to_lowercase();
    let is_done = last.ends_with("ed")
        || ["complete", "done", "green", "ok", "passing"].contains(&last.as_str());
    !last.is_empty() && !is_done
}

const ARROWS: [&str; 6] = ["→", "➜", "⇒", "⟶", "->", "=>"];

/// Whether the number is one of `22 → 0`.
fn is_beside_an_arrow(before: &str, after: &str) -> bool {
    let (before, after) = (before.trim_end(), after.trim_start());
    ARROWS.iter().any(|arrow| before.ends_with(arrow) || after.starts_with(arrow))
}

/// Whether the number is the 0 of `22 → 0`, and that of faults: behind it stands nothing but them, and
/// where nothing does they stand before it. Any other arrow leads from one setting to another.
fn falls_to(count: u64, before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let from = ARROWS.iter().find_map(|arrow| before.strip_suffix(arrow)).map(str::trim_end);
    let is_fault = |word: &str| FAULTS.contains(&word.to_lowercase().as_str());
    let Some(from) = from else { return false };
    // "22 bugs → 0 bugs"
    let noun = from.rsplit_once(' ').filter(|(_, noun)| is_fault(noun));
    let from = noun.map_or(from, |(from, _)| from.trim_end());
    let start = from.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    let first = from.strip_prefix(start).and_then(|first| plainly(first).parse::<u64>().ok());
    let ends = |c: char| ".,;:!?)]}*_~|–—".contains(c);
    let is_chain = is_beside_an_arrow(start, "") || is_beside_an_arrow("", after);
    if first.is_none_or(|first| first <= count) || is_chain || start.ends_with(['.', '-', '#']) {
        return false;
    }
    let mut behind = words(after);
    if let Some(next) = behind.next() {
        return is_fault(next) || is_left(next) && behind.next().is_none_or(is_fault);
    }
    let is_bare = after.trim_start().is_empty() || after.trim_start().starts_with(ends);
    is_bare && before.split(|c: char| !c.is_alphanumeric()).any(is_fault)
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
    /// What stands before the second.
    part: Regex,
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
        part: Regex::new(r"\d\s*(?:/|of|out of)\s*$").ok()?,
    })
});
