//! By when an item is to be done: a date behind a word for it.

use crate::checklist::text::glance::Glance;

/// What stands for "due" in letters beyond ASCII.
const FOREIGN: [&str; 12] = [
    "期限",
    "截止",
    "📅",
    "fällig",
    "Fällig",
    "échéance",
    "Échéance",
    "límite",
    "срок",
    "Срок",
    "до",
    "До",
];

/// `due: 2026-01-15`, `due 2026-01-15`, `by Friday 15 January 2026`, `fällig am 15.01.2026`, `期限: …`,
/// `📅 …`.
pub(super) fn due(text: &str, glance: Glance) -> Option<String> {
    const BEFORE: [&str; 9] = ["date ", "date:", "by ", "on ", "am ", "zum ", "le ", "el ", "du "];
    let value = |from: usize| {
        let rest = text.get(from..)?.trim_start_matches([' ', ':', '：', '\u{fe0f}']);
        let rest = BEFORE.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        date_at(past_weekday(rest.trim_start_matches([' ', ':']))).map(str::to_owned)
    };
    // A key in letters that words are made of is none within one.
    let begins = |at: &usize| {
        let before = text.get(..*at).and_then(|lead| lead.chars().next_back());
        !before.is_some_and(|c| c.is_alphabetic() && c < '\u{2e80}')
    };
    let foreign = || {
        FOREIGN.iter().find_map(|key| {
            let places = text.match_indices(key).map(|(at, _)| at);
            places.filter(begins).find_map(|at| value(at + key.len()))
        })
    };
    let plain = || {
        words(text)
            .filter(|(_, word)| is_due_word(word))
            .find_map(|(at, word)| value(at + word.len()))
    };
    let plain = || if may_say_due(text) { plain() } else { None };
    if glance.foreign() { foreign().or_else(plain) } else { plain() }
}

/// Cheap: whether a text has the first two letters of one of those words somewhere. It has no branch:
/// the compiler looks at many bytes at once.
fn may_say_due(text: &str) -> bool {
    let bytes = text.as_bytes();
    let opens = |first: u8, second: u8| {
        let (first, second) = (first | 0x20, second | 0x20);
        (first == b'b') & ((second == b'y') | (second == b'i'))
            | (first == b'd') & ((second == b'u') | (second == b'e'))
    };
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.fold(false, |any, (first, second)| any | opens(*first, *second))
}

pub(super) fn is_due_word(word: &str) -> bool {
    matches!(word.len(), 2 | 3 | 8)
        && ["by", "due", "bis", "deadline"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The words of ASCII letters in `text`, with their offsets.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes.get(at..)?.iter().position(u8::is_ascii_alphabetic)?;
        let rest = bytes.get(start..)?;
        let len = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        at = start + len;
        Some((start, text.get(start..at)?))
    })
}

/// `text` without the day of the week that it begins with: `Fri 2026-01-16`, `Friday, 16 January`.
fn past_weekday(text: &str) -> &str {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let len = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(len);
    let is_day = |day: &&str| {
        let head = day.get(..word.len());
        word.len() >= 3 && head.is_some_and(|head| head.eq_ignore_ascii_case(word))
    };
    match DAYS.iter().any(is_day) {
        true => rest.trim_start_matches(['.', ',', ' ']),
        false => text,
    }
}

/// `15.01.2026` at the beginning of `text`.
fn dotted(text: &str) -> Option<&str> {
    let len = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let date = text.get(..len)?.trim_end_matches('.');
    let mut parts = date.split('.').map(|part| (part.len(), part.parse::<u32>().unwrap_or(0)));
    let ((1..=2, 1..=31), (1..=2, 1..=12), (4, _)) = (parts.next()?, parts.next()?, parts.next()?)
    else {
        return None;
    };
    parts.next().is_none().then_some(date)
}

/// A date at the beginning of `text`, as written: `2026-01-15`, `15.01.2026`, `15 Jan 2026`, `Jan 15`.
fn date_at(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let iso = (0..4).all(digit)
        && bytes.get(4) == Some(&b'-')
        && digit(5)
        && digit(6)
        && bytes.get(7) == Some(&b'-')
        && digit(8)
        && digit(9);
    if iso {
        return text.get(..10);
    }
    if let Some(date) = dotted(text) {
        return Some(date);
    }
    let mut words = text.split([' ', ',', ')', ';']).filter(|word| !word.is_empty());
    let (first, second) = (words.next()?, words.next()?);
    let numbered = |word: &str| {
        word.len() <= 4 && word.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
    };
    let dated = is_month(first) && numbered(second) || numbered(first) && is_month(second);
    if !dated {
        return None;
    }
    let end = text.find(second)? + second.len();
    let year = words
        .next()
        .filter(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
    let end = match year {
        Some(year) => end + text.get(end..)?.find(year)? + year.len(),
        None => end,
    };
    text.get(..end)
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    word.is_ascii()
        && word.len() >= 3
        && word
            .get(..3)
            .is_some_and(|head| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(head)))
        && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_dates_are_as_written() {
        let table = [
            ("Rotate (due: 2026-01-15)", Some("2026-01-15")),
            ("Rotate by 15 Jan 2026", Some("15 Jan 2026")),
            ("Rotate due Jan 15, 2026", Some("Jan 15, 2026")),
            ("期限: 2025-01-15 备份", Some("2025-01-15")),
            ("Rotate 📅 2026-02-01", Some("2026-02-01")),
            ("Cut it, by Friday 13 March 2026", Some("13 March 2026")),
            ("Cut it by Friday, 13 March 2026", Some("13 March 2026")),
            ("Cut it (due Fri 2026-03-13)", Some("2026-03-13")),
            ("Cut it (due Fri. 13.03.2026).", Some("13.03.2026")),
            ("Cut it (due on Monday 1.3.2026)", Some("1.3.2026")),
            ("Schneiden (fällig am 13.03.2026)", Some("13.03.2026")),
            ("Schneiden bis zum 13.03.2026", Some("13.03.2026")),
            ("Couper (échéance : le 13 mars 2026)", Some("13 mars 2026")),
            ("Cortar (fecha límite: 2026-03-13)", Some("2026-03-13")),
            ("Срок: 13.03.2026", Some("13.03.2026")),
            ("Сделать до 13.03.2026", Some("13.03.2026")),
            ("Еда 13.03.2026", None),
            ("Due 13.13.2026", None),
            ("Due 1.2.3", None),
            ("Due 1.2.2026.4", None),
            ("By Frida 13.03.2026x", Some("13.03.2026")),
            ("Due Mo 2026-03-13", None),
            ("Verified 2026-01-09", None),
            ("(target: <1%)", None),
            ("Sorted by 2 keys", None),
        ];
        for (text, expected) in table {
            assert_eq!(due(text, Glance::at(text)).as_deref(), expected, "{text}");
        }
    }
}
