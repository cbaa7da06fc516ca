//! The times that headings name: `First 24 Hours`, `Week 1-2`, `T+24h`, `1 week before`.

use crate::model::{Window, WindowUnit};

use super::speaks;

/// Cheap: whether `title` may name a time.
pub(super) fn may_say(title: &str) -> bool {
    const MARKS: [&str; 5] = ["first", "immediate", "before", "prior", "minus"];
    let bytes = title.as_bytes();
    let opens = |word: &[u8], mark: &str| {
        word.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark.as_bytes()))
    };
    let is_unit =
        |word: &[u8]| UNITS.iter().any(|(name, ..)| name.as_bytes().eq_ignore_ascii_case(word));
    // `24h`; a number alone is none of hours.
    let glued =
        |(first, second): (&u8, &u8)| first.is_ascii_digit() && second.is_ascii_alphabetic();
    bytes.iter().zip(bytes.iter().skip(1)).any(glued)
        || bytes
            .split(|byte| !byte.is_ascii_alphabetic())
            .any(|word| is_unit(word) || MARKS.iter().any(|mark| opens(word, mark)))
}

/// Whether `words` name a time and nothing else.
pub(super) fn is_bare(words: &[&str]) -> bool {
    words.iter().all(|word| {
        matches!(*word, "first" | "the" | "of" | "immediate" | "immediately")
            || range(word).is_some()
            || unit(word).is_some()
    })
}

/// Whether `words` open with a time: `24-48 hours`, `within 24 hours`, `after 24 hours`, `t+24h`, or
/// are one: `24h`.
pub(super) fn opens(words: &[&str]) -> bool {
    let counted = |number: &str, name: &str| range(bare(number)).is_some() && unit(name).is_some();
    match words {
        ["after", one] | [one] => glued(bare(one)).is_some(),
        ["within" | "after", number, name, ..] | [number, name, ..] => {
            counted(number, name) || is_offset(number) && glued(bare(number)).is_some()
        }
        [] => false,
    }
}

/// `t+24h`, `+7`: so long after a start.
pub(super) fn is_offset(word: &str) -> bool {
    bare(word) != word
}

/// The time of `t+24h` or `+24h`.
fn bare(word: &str) -> &str {
    word.trim_start_matches('t').strip_prefix('+').unwrap_or(word)
}

/// `t+24h`, `within 24 hours of the deployment`.
pub(super) fn counts_from_it(words: &[&str]) -> bool {
    let within = |of: &[&str]| match of {
        ["within", number, name, "of", ..] => range(number).is_some() && unit(name).is_some(),
        _ => false,
    };
    words.iter().any(|word| is_offset(word))
        || (0..words.len()).any(|at| {
            let rest = words.get(at..).unwrap_or_default();
            let of = rest.get(4..).unwrap_or_default();
            within(rest) && (0..2).any(|at| of.get(at..).is_some_and(speaks::is_live))
        })
}

/// `first hour`, `first 24 hours`, `first two weeks`.
pub(super) fn first(words: &[&str]) -> Option<Window> {
    let at = words.iter().position(|word| *word == "first")?;
    let (next, then) = (words.get(at + 1)?, words.get(at + 2));
    if let Some((unit, scale)) = unit(next) {
        // How many `first weeks` are, nobody says.
        return (!next.ends_with('s')).then_some(Window { opens: 0, ends: scale, unit });
    }
    let (_, high) = range(next)?;
    let (unit, scale) = unit(then?)?;
    Some(Window { opens: 0, ends: high.checked_mul(scale)?, unit })
}

/// `1 week before`, `24 hours prior to launch`, `t-7 days`.
pub(super) fn before(words: &[&str], about: bool) -> Option<Window> {
    let says = words.iter().any(|word| matches!(*word, "before" | "prior" | "minus"));
    if !says && !about {
        return None;
    }
    for pair in words.windows(2) {
        let [number, name] = pair else { continue };
        let counted = number.strip_prefix("t-").or(says.then_some(*number));
        let Some(counted) = counted.and_then(range) else { continue };
        let Some((unit, scale)) = unit(name) else { continue };
        return Some(Window { opens: -counted.1.checked_mul(scale)?, ends: 0, unit });
    }
    None
}

/// `week 1-2`, `day 1`, `days 2-7`: the first day is the day of the deployment.
pub(super) fn numbered(words: &[&str]) -> Option<Window> {
    let (name, number) = words.windows(2).find_map(|pair| match pair {
        [name, number] => Some((unit(name)?, range(number)?)),
        _ => None,
    })?;
    let ((unit, scale), (low, high)) = (name, number);
    let opens = low.max(1) - 1;
    Some(Window { opens: opens.checked_mul(scale)?, ends: high.max(1).checked_mul(scale)?, unit })
}

/// `post-launch (48 hours)`, `24-48 hours`; and `24 hours after deployment`, `t+24h`, which open then.
pub(super) fn after(words: &[&str]) -> Option<Window> {
    let both = || {
        (0..words.len()).find_map(|at| {
            let counted = range(bare(words.get(at)?))?;
            Some((at, 2, counted, unit(words.get(at + 1)?)?))
        })
    };
    let in_one = || {
        let mut all = words.iter().enumerate();
        all.find_map(|(at, word)| glued(bare(word)).map(|(counted, of)| (at, 1, counted, of)))
    };
    let (at, length, (low, high), (unit, scale)) = both().or_else(in_one)?;
    let (low, high) = (low.checked_mul(scale)?, high.checked_mul(scale)?);
    if low == high && is_moment(words, at, at + length) {
        let lasts = if unit == WindowUnit::Hours && low % 24 == 0 { 24 } else { scale };
        return Some(Window { opens: low, ends: low.checked_add(lasts)?, unit });
    }
    Some(Window { opens: if low == high { 0 } else { low }, ends: high, unit })
}

/// Whether the time in `words` from `at` to `end` is when something is looked at (`one week after the
/// launch`, `after 24 hours`), and not how long it goes on (`within 24 hours after the launch`).
fn is_moment(words: &[&str], at: usize, end: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
    let up_to = before == "to" && at.checked_sub(2).and_then(|at| words.get(at)) == Some(&"up");
    let lasts = up_to || ["within", "for", "in", "the", "next", "over", "during"].contains(&before);
    let behind = words.get(end).is_some_and(|word| {
        matches!(*word, "after" | "later" | "past" | "following") || word.starts_with("post")
    });
    words.get(at).is_some_and(|word| is_offset(word)) || before == "after" || behind && !lasts
}

/// `24h`, `24-48h`.
fn glued(word: &str) -> Option<((i64, i64), (WindowUnit, i64))> {
    let digits = word.find(|c: char| !c.is_ascii_digit() && c != '-')?;
    Some((range(word.get(..digits)?)?, unit(word.get(digits..)?)?))
}

/// `immediate`, `immediately after`: the first hour.
pub(super) fn immediate(words: &[&str]) -> Option<Window> {
    let says = words.iter().any(|word| word.starts_with("immediate"));
    says.then_some(Window { opens: 0, ends: 1, unit: WindowUnit::Hours })
}

/// A number, or two with a dash between: `24`, `two`, `1-2`.
fn range(word: &str) -> Option<(i64, i64)> {
    const NAMES: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let number = |word: &str| {
        let named =
            NAMES.iter().position(|name| *name == word).and_then(|at| i64::try_from(at + 1).ok());
        named.or_else(|| word.parse::<i64>().ok().filter(|number| (0..=1000).contains(number)))
    };
    match word.split_once('-') {
        Some((low, high)) => {
            let (low, high) = (number(low)?, number(high)?);
            (low <= high).then_some((low, high))
        }
        None => number(word).map(|number| (number, number)),
    }
}

/// The names of units, and how many of one each makes.
const UNITS: [(&str, WindowUnit, i64); 13] = [
    ("hour", WindowUnit::Hours, 1),
    ("hours", WindowUnit::Hours, 1),
    ("hr", WindowUnit::Hours, 1),
    ("hrs", WindowUnit::Hours, 1),
    ("h", WindowUnit::Hours, 1),
    ("day", WindowUnit::Days, 1),
    ("days", WindowUnit::Days, 1),
    ("d", WindowUnit::Days, 1),
    ("week", WindowUnit::Weeks, 1),
    ("weeks", WindowUnit::Weeks, 1),
    ("w", WindowUnit::Weeks, 1),
    ("month", WindowUnit::Days, 30),
    ("months", WindowUnit::Days, 30),
];

/// The unit that `word` names in any case, and how many of it one makes.
pub(super) fn unit(word: &str) -> Option<(WindowUnit, i64)> {
    let named = UNITS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(word));
    named.map(|(_, unit, scale)| (*unit, *scale))
}
