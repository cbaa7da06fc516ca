//! What stands around a number: operator, unit, percentile, the second number of a pair.

use crate::checklist::text::affix::{strip_prefix, strip_suffix};
use crate::model::{Operator, Unit};

use super::number::{Number, number_at};

/// What the text before a number says of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Before {
    /// Where the figure begins, operator included.
    pub(super) start: usize,
    pub(super) operator: Option<Operator>,
    /// Whether the operator is a sign rather than words.
    pub(super) sign: bool,
    pub(super) approximate: bool,
    /// Whether an opening bracket stands right before.
    pub(super) enclosed: bool,
}

/// What the text after a number says of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct After {
    /// Where unit and operator end.
    pub(super) end: usize,
    pub(super) unit: Option<Unit>,
    pub(super) operator: Option<Operator>,
}

/// What joins two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    Arrow,
    Of,
    Slash,
}

const SIGNS: [(&str, Operator); 9] = [
    ("<=", Operator::AtMost),
    ("=<", Operator::AtMost),
    ("≤", Operator::AtMost),
    (">=", Operator::AtLeast),
    ("≥", Operator::AtLeast),
    ("==", Operator::Exactly),
    ("<", Operator::Below),
    (">", Operator::Above),
    ("=", Operator::Exactly),
];

const WORDS: [(&str, Operator); 28] = [
    ("no more than", Operator::AtMost),
    ("not more than", Operator::AtMost),
    ("less than", Operator::Below),
    ("fewer than", Operator::Below),
    ("lower than", Operator::Below),
    ("no less than", Operator::AtLeast),
    ("more than", Operator::Above),
    ("greater than", Operator::Above),
    ("higher than", Operator::Above),
    ("at most", Operator::AtMost),
    ("at least", Operator::AtLeast),
    ("up to", Operator::AtMost),
    ("maximum", Operator::AtMost),
    ("max", Operator::AtMost),
    ("minimum", Operator::AtLeast),
    ("within", Operator::AtMost),
    ("under", Operator::Below),
    ("below", Operator::Below),
    ("above", Operator::Above),
    ("over", Operator::Above),
    ("exactly", Operator::Exactly),
    ("min", Operator::AtLeast),
    ("max.", Operator::AtMost),
    ("min.", Operator::AtLeast),
    ("max:", Operator::AtMost),
    ("min:", Operator::AtLeast),
    ("maximum:", Operator::AtMost),
    ("minimum:", Operator::AtLeast),
];

const ABOUT: [&str; 10] =
    ["~", "≈", "about", "around", "approximately", "approx.", "approx", "roughly", "circa", "ca."];

/// Reads backwards from the number at `at`, no further than `floor`.
pub(super) fn before(text: &str, at: usize, floor: usize) -> Before {
    // The longest phrase before a number is far shorter than this.
    let low = (floor.max(at.saturating_sub(48))..=at)
        .find(|low| text.is_char_boundary(*low))
        .unwrap_or(at);
    let lead = text.get(low..at).unwrap_or_default();
    let mut rest = lead.trim_end();
    let mut read = Before::default();
    if let Some(cut) = ends_with_one_of(rest, &ABOUT) {
        rest = cut.trim_end();
        read.approximate = true;
    }
    if let Some((cut, operator)) =
        SIGNS.iter().find_map(|(sign, op)| rest.strip_suffix(sign).map(|cut| (cut, *op)))
    {
        // `=>` and `->` are arrows, `<` may close a tag, and `PORT=80` sets a variable.
        let sets = operator == Operator::Exactly && !rest.ends_with("==") && is_variable(cut);
        let tag = operator == Operator::Above && closes_a_tag(cut);
        if !(sets || tag || cut.ends_with(['-', '='])) {
            (rest, read.operator, read.sign) = (cut, Some(operator), true);
        }
    } else if let Some((cut, operator)) = word_operator(rest) {
        let denied = clause(text, low + cut.len()).is_some_and(denies);
        (rest, read.operator) = (cut, Some(if denied { turned(operator) } else { operator }));
    }
    read.start = low + rest.len();
    read.start += text.get(read.start..at).map_or(0, |said| said.len() - said.trim_start().len());
    read.enclosed = rest.trim_end().ends_with(['(', '[', '（']);
    read
}

/// Whether a tag of HTML was opened in `lead`, and nothing closed it yet: `<details`, `</p`.
fn closes_a_tag(lead: &str) -> bool {
    let opened = lead.rsplit_once('<').map(|(_, tag)| tag.strip_prefix('/').unwrap_or(tag));
    opened
        .is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !tag.contains('>'))
}

/// Whether `lead` ends with a name to which a value is given, rather than with what is measured.
fn is_variable(lead: &str) -> bool {
    let name = lead.trim_end();
    let start = name.rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |at| at + 1);
    let word = name.get(start..).unwrap_or_default();
    let constant = word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    !word.is_empty() && (name.len() == lead.len() || word.contains('_') || constant)
}

/// `must not increase by`: what follows is turned round.
fn denies(clause: &str) -> bool {
    clause.split_whitespace().any(|word| {
        ["not", "never", "no"].iter().any(|denial| denial.eq_ignore_ascii_case(word))
            || word.ends_with("n't")
    })
}

fn turned(operator: Operator) -> Operator {
    match operator {
        Operator::Above => Operator::AtMost,
        Operator::Below => Operator::AtLeast,
        Operator::AtMost | Operator::Exactly | Operator::AtLeast => operator,
    }
}

fn word_operator(rest: &str) -> Option<(&str, Operator)> {
    let last = rest.as_bytes().last()?;
    if !(last.is_ascii_alphabetic() || matches!(last, b'.' | b':')) {
        return None;
    }
    WORDS.iter().find_map(|(word, operator)| {
        ends_with_one_of(rest, std::slice::from_ref(word)).map(|cut| (cut, *operator))
    })
}

/// `rest` without the one of `words` that it ends with, as whole words and in any case.
fn ends_with_one_of<'t>(rest: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|word| {
        let cut = strip_suffix(rest, word)?;
        let whole = !word.starts_with(|c: char| c.is_ascii_alphabetic())
            || !cut.ends_with(|c: char| c.is_alphanumeric());
        whole.then_some(cut)
    })
}

/// The last percentile in the clause before `start`: `p95 latency < 1s`.
pub(super) fn percentile_before(text: &str, start: usize) -> Option<String> {
    clause(text, start)?.rsplit([' ', '(', ':']).take(6).find_map(percentile)
}

/// `p95`, `P99.9`: in lower case.
pub(super) fn percentile(word: &str) -> Option<String> {
    let digits = word.strip_prefix(['p', 'P'])?;
    let good = (2..=5).contains(&digits.len())
        && digits.starts_with(|c: char| ('1'..='9').contains(&c))
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !digits.ends_with('.');
    good.then(|| format!("p{digits}"))
}

/// `(p95)`, `p95`, `at p95` right after a limit: the name, and where it ends.
pub(super) fn percentile_after(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = text.get(at..)?;
    let inner = rest.trim_start_matches([' ', '(', '@']);
    let inner = inner.strip_prefix("at ").unwrap_or(inner);
    let word = inner.split([' ', ')', ',', ';']).next()?;
    let name = percentile(word)?;
    let mut end = at + (rest.len() - inner.len()) + word.len();
    if rest.trim_start().starts_with('(') && text.as_bytes().get(end) == Some(&b')') {
        end += 1;
    }
    Some((name, end))
}

/// Reads unit and operator after a number that ends at `end`.
pub(super) fn after(text: &str, end: usize) -> After {
    let rest = text.get(end..).unwrap_or_default();
    let spaced = rest.trim_start_matches(' ');
    let gap = rest.len() - spaced.len();
    let word_len = spaced
        .find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '%' | 'µ' | '/')))
        .unwrap_or(spaced.len());
    let word = spaced.get(..word_len).unwrap_or_default();
    let mut read = After { end, unit: None, operator: None };
    if gap <= 1
        && let Some((unit, len)) = unit(word, gap == 0)
    {
        read.unit = Some(unit);
        read.end = end + gap + len;
    }
    let tail = text.get(read.end..).unwrap_or_default();
    if tail.starts_with('+') && !tail.starts_with("++") {
        read.operator = Some(Operator::AtLeast);
        read.end += 1;
    } else if let Some((operator, len)) = trailing_operator(tail) {
        read.operator = Some(operator);
        read.end += len;
    }
    read
}

fn trailing_operator(tail: &str) -> Option<(Operator, usize)> {
    const PHRASES: [(&str, Operator); 8] = [
        (" or less", Operator::AtMost),
        (" or fewer", Operator::AtMost),
        (" or below", Operator::AtMost),
        (" or lower", Operator::AtMost),
        (" or more", Operator::AtLeast),
        (" or higher", Operator::AtLeast),
        (" or above", Operator::AtLeast),
        (" or better", Operator::AtLeast),
    ];
    PHRASES.iter().find_map(|(phrase, operator)| {
        strip_prefix(tail, phrase).map(|_| (*operator, phrase.len()))
    })
}

/// The unit that `word` is, and how much of it. One letter is a unit only right behind its number.
fn unit(word: &str, attached: bool) -> Option<(Unit, usize)> {
    if word.starts_with('%') {
        return Some((Unit::Percent, 1));
    }
    let lower = word.to_ascii_lowercase();
    let found = match lower.as_str() {
        "percent" | "pct" => Unit::Percent,
        "us" | "µs" => Unit::Microseconds,
        "ms" | "msec" | "millisecond" | "milliseconds" => Unit::Milliseconds,
        "sec" | "secs" | "second" | "seconds" => Unit::Seconds,
        "s" if word == "s" => Unit::Seconds,
        "min" | "mins" | "minute" | "minutes" => Unit::Minutes,
        "m" if attached && word == "m" => Unit::Minutes,
        "h" if attached => Unit::Hours,
        "hr" | "hrs" | "hour" | "hours" => Unit::Hours,
        "d" if attached => Unit::Days,
        "day" | "days" => Unit::Days,
        "w" if attached => Unit::Weeks,
        "week" | "weeks" => Unit::Weeks,
        "b" if attached => Unit::Bytes,
        "byte" | "bytes" => Unit::Bytes,
        "kb" | "kib" => Unit::Kilobytes,
        "mb" | "mib" => Unit::Megabytes,
        "gb" | "gib" => Unit::Gigabytes,
        "rps" | "qps" | "tps" | "req/s" | "requests/s" | "/s" | "ops/s" => Unit::PerSecond,
        _ => return None,
    };
    Some((found, word.len()))
}

/// What joins the number that ends at `end` to a second one, and where that one begins.
pub(super) fn joint(text: &str, end: usize) -> Option<(Joint, usize)> {
    const JOINTS: [(&str, Joint); 10] = [
        ("→", Joint::Arrow),
        ("➜", Joint::Arrow),
        ("➔", Joint::Arrow),
        ("⇒", Joint::Arrow),
        ("->", Joint::Arrow),
        ("=>", Joint::Arrow),
        ("-->", Joint::Arrow),
        ("out of ", Joint::Of),
        ("of ", Joint::Of),
        ("/", Joint::Slash),
    ];
    let rest = text.get(end..)?;
    let percent = || rest.trim_start_matches(' ').starts_with(['%', 'p', 'P']);
    let (skipped, rest) = match percent().then(|| after(text, end)) {
        // `80% → 95%`
        Some(After { unit: Some(Unit::Percent), end: past, .. }) => (past - end, text.get(past..)?),
        _ => (0, rest),
    };
    let spaced = rest.trim_start_matches(' ');
    let (word, joint) = JOINTS.iter().find(|(word, _)| spaced.starts_with(word))?;
    let tail = spaced.get(word.len()..)?;
    let gap = tail.len() - tail.trim_start_matches([' ', '~']).len();
    let start = end + skipped + (rest.len() - spaced.len()) + word.len() + gap;
    if *joint == Joint::Slash {
        return slash(text, end, start).then_some((*joint, start));
    }
    Some((*joint, start))
}

/// `from 70% to 85%`: where the second number begins.
pub(super) fn from_to(text: &str, first: &Number) -> Option<(Joint, usize)> {
    let lead = text.get(..first.start)?.trim_end_matches(' ');
    let opens = strip_suffix(lead, "from")?;
    if opens.ends_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let rest = text.get(first.end..)?;
    let plain = rest.trim_start_matches([' ', '%']);
    let second = plain.strip_prefix("to ")?;
    let digit = second.starts_with(|c: char| c.is_ascii_digit());
    (digit && plain.len() < rest.len()).then_some((Joint::Arrow, text.len() - second.len()))
}

/// `165/165`, and not `1/2/2026` nor `2,691/30d`.
fn slash(text: &str, end: usize, start: usize) -> bool {
    let bytes = text.as_bytes();
    let mut past = start;
    while bytes.get(past).is_some_and(u8::is_ascii_digit) {
        past += 1;
    }
    start - end <= 3 && !matches!(bytes.get(past), Some(b'/' | b'.' | b'a'..=b'z' | b'A'..=b'Z'))
}

/// What stands before `start` in the same clause; a clause is looked back on for 96 bytes.
fn clause(text: &str, start: usize) -> Option<&str> {
    let low = (start.saturating_sub(96)..=start).find(|low| text.is_char_boundary(*low))?;
    let lead = text.get(low..start)?.trim_end_matches([' ', '(', ':', '-', '–', '—', '[']);
    lead.rsplit([',', ';', '(', ')', '—', '–', '[', ']']).next()
}

/// The words before a figure in its clause, lower case, without the verb that joins them to it.
pub(super) fn metric(text: &str, start: usize) -> Option<String> {
    let clause = clause(text, start)?;
    let mut words: Vec<&str> = clause.split_whitespace().rev().take(6).collect();
    const JOINING: [&str; 14] = [
        "is", "are", "be", "stays", "stay", "remains", "remain", "should", "must", "target",
        "target:", "of", "at", "to",
    ];
    while words.first().is_some_and(|word| {
        JOINING.iter().any(|joining| joining.eq_ignore_ascii_case(word))
            || percentile(word).is_some()
    }) {
        words.remove(0);
    }
    words.reverse();
    let joined = words.join(" ");
    let named = joined.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    (!named.is_empty() && number_at(&named, 0).is_err()).then_some(named)
}
