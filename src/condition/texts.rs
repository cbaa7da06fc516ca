//! Texts in an order: times by when they are, others where they first differ in figures of one length
//! (`release-10`, `release-11`). Figures, versions and words have none (`"10" < "9"`, `"F" >= "B"`),
//! and nor has a text of another form than the one beside it.

use std::cmp::Ordering;

use crate::facts::{Grade, Level};
use crate::model::{Age, Timestamp};

/// Which of two texts comes first.
///
/// # Errors
/// Where neither does: why, as it stands behind the two.
pub(super) fn in_order(x: &str, y: &str) -> Result<Ordering, &'static str> {
    let by_characters = "texts are ordered by their characters. Write number(…).";
    match (is_date(x), is_date(y)) {
        (true, true) => {
            let times = Timestamp::parse(x.trim()).zip(Timestamp::parse(y.trim()));
            let ((x_at, x_zoned), (y_at, y_zoned)) = times.ok_or("one of them is no time.")?;
            // A day alone is one of UTC; a time of day without a zone may be some hours off.
            let of_day = x.trim().len() > DAY && y.trim().len() > DAY;
            let apart = x_at.max(y_at) >= x_at.min(y_at).plus(ZONE);
            match of_day && x_zoned != y_zoned && !apart {
                true => Err("one of them has no zone, and they are less than 14 hours apart."),
                false => Ok(x_at.cmp(&y_at)),
            }
        }
        (false, false) if is_scale(x) && is_scale(y) => Err("words of a scale have no order."),
        (false, false) if is_spelt_date(x) || is_spelt_date(y) => {
            Err("dates have an order as 2026-11-22 alone.")
        }
        (false, false) if is_figure(x) || is_figure(y) => Err(by_characters),
        (false, false) => match figures_where_they_differ(x, y) {
            Some((x, y)) if x != y => Err(by_characters),
            None if x != y => Err("words have no order."),
            _ => Ok(x.cmp(y)),
        },
        _ => Err("one is a date as 2026-11-22, and the other is not."),
    }
}

/// How long a day is, as it is written.
const DAY: usize = 10;

/// How far a time without a zone may be off.
const ZONE: Age = Age::hours(14);

/// Whether a text is a severity or a level: "critical" stands before "high" by its letters.
fn is_scale(text: &str) -> bool {
    let known = Grade::ALL.map(Grade::word).into_iter();
    let levels = [Level::Error, Level::Warning, Level::Note].map(Level::word);
    known.chain(levels).any(|word| word.eq_ignore_ascii_case(text.trim()))
}

/// Whether a text begins with a weekday or a month and holds a figure: `Nov 26 2020`.
fn is_spelt_date(text: &str) -> bool {
    const NAMES: [&str; 19] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun",
        "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let word = text.trim().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let named = word.get(..3).is_some_and(|head| NAMES.contains(&&*head.to_ascii_lowercase()));
    named && word.len() <= 9 && text.contains(|c: char| c.is_ascii_digit())
}

/// How long the figures are in which two texts first differ; `None` where that is in no figures, so
/// that their order says nothing: `go1.9` and `go1.21` have 1 and 2 digits, `B` and `B+` none.
fn figures_where_they_differ(x: &str, y: &str) -> Option<(usize, usize)> {
    let same = x.bytes().zip(y.bytes()).take_while(|(x, y)| x == y).count();
    let before = x.bytes().take(same).collect::<Vec<_>>();
    let before = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let after = |text: &str| text.bytes().skip(same).take_while(u8::is_ascii_digit).count();
    let (more_x, more_y) = (after(x), after(y));
    let (x, y) = (before + more_x, before + more_y);
    (more_x + more_y > 0 && x > 0 && y > 0).then_some((x, y))
}

/// Whether a text is a figure or a version: what its characters' order says nothing of. A date, and
/// a time that begins with one, is none.
pub(super) fn is_figure(text: &str) -> bool {
    let text = text.trim();
    let bare = text.strip_prefix(['v', 'V', '-', '+', '.']).unwrap_or(text);
    bare.starts_with(|c: char| c.is_ascii_digit()) && !is_date(text)
}

/// `2026-11-22`, and what may follow it.
fn is_date(text: &str) -> bool {
    let Some(day) = text.as_bytes().get(..10) else { return false };
    day.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_one_form_have_an_order() {
        use Ordering::{Equal, Greater, Less};
        for (x, y, expected) in [
            ("alpha", "beta", None),
            ("B", "A", None),
            ("B", "B+", None),
            ("sev-low", "sev-high", None),
            ("TLSv1", "TLSv1.2", None),
            ("beta", "beta", Some(Equal)),
            ("TLSv1.3", "TLSv1.2", Some(Greater)),
            ("2026-W48", "2026-W47", None),
            ("2026-11-22", "2026-11-22", Some(Equal)),
            ("2026-11-22", "2026-12-01", Some(Less)),
            ("2026-11-22T10:00:00Z", "2026-11-22", Some(Greater)),
            ("2026-11-26T23:00:00+14:00", "2026-11-26T12:00:00Z", Some(Less)),
            ("2026-11-26T10:00:00.250Z", "2026-11-26T10:00:00.500Z", Some(Less)),
            ("release-11", "release-10", Some(Greater)),
            ("Dec 31 23:59:59 2025 GMT", "2026-12-31", None),
            ("31.12.2025", "2026-12-31", None),
            ("never", "2026-11-01", None),
            ("2026-11-99", "2026-11-01", None),
            ("2026-11-26T10:00:00", "2026-11-26T12:00:00Z", None),
            ("2026-11-20T10:00:00", "2026-11-26T12:00:00Z", Some(Less)),
            ("2026-11-26T10:00:00", "2026-11-26T12:00:00", Some(Less)),
            ("Nov 26 2020", "Jan 1 2026", None),
            ("critical", "high", None),
            ("10", "9", None),
            ("9", "beta", None),
            ("go1.9", "go1.21", None),
            ("OpenSSL 3.0.9", "OpenSSL 3.0.12", None),
        ] {
            assert_eq!(in_order(x, y).ok(), expected, "{x} {y}");
        }
    }

    #[test]
    fn a_figure_is_told_from_a_date_and_a_word() {
        for (text, figure) in [
            ("9", true),
            ("10.5", true),
            ("-3", true),
            ("1.10.0", true),
            ("v2", true),
            ("95 %", true),
            ("2026-11-22", false),
            ("2026-11-22T10:00:00Z", false),
            ("beta", false),
            ("v", false),
            ("", false),
        ] {
            assert_eq!(is_figure(text), figure, "{text}");
        }
    }
}
