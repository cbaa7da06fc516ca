//! Of what kind the value beside a key is: people, a day, how far something is, a room to talk in. Each is told by
//! a closed rule, and a value that is of none was approved.

use super::remarks::{is_known, is_number, is_sign, tells};
use super::says::{said, words};

/// Where something runs, and for whom: none of them did it.
#[rustfmt::skip]
const PLACES: [&str; 39] = [
    "africa", "all", "alpha", "america", "americas", "any", "apac", "asia", "beta", "canary", "ci", "cluster", "demo",
    "dev", "development", "each", "emea", "environment", "eu", "europe", "every", "everywhere", "global", "host",
    "hosts", "live", "local", "preprod", "preview", "prod", "production", "qa", "region", "sandbox", "stage", "staging",
    "test", "testing", "uat",
];

/// What makes a value say of what something is alone, or not.
#[rustfmt::skip]
const NARROWS: [&str; 17] = [
    "after", "before", "but", "except", "excluding", "for", "from", "in", "no", "none", "not", "only", "some", "to",
    "unless", "until", "without",
];

/// What stands in names in lower case.
#[rustfmt::skip]
const IN_NAMES: [&str; 18] = [
    "al", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "engineer", "group", "la", "le", "lead", "squad",
    "team", "van",
];

/// Names of teams in capitals; other capitals are a region or a product.
const TEAMS: [&str; 9] = ["CISO", "CTO", "DBA", "HR", "IT", "PM", "PO", "SRE", "VP"];

const UNSET: [&str; 15] = [
    "",
    "?",
    "n / a",
    "n a",
    "none",
    "none yet",
    "not approved",
    "not done",
    "not set",
    "not signed",
    "not started",
    "not yet",
    "tba",
    "tbd",
    "unassigned",
];

#[rustfmt::skip]
const DAYS: [&str; 40] = [
    "apr", "april", "aug", "august", "dec", "december", "dezember", "feb", "februar", "february", "fri", "friday",
    "jan", "januar", "january", "jul", "juli", "july", "jun", "june", "juni", "mai", "mar", "march", "may", "mon",
    "monday", "märz", "nov", "november", "oct", "october", "oktober", "saturday", "sep", "sept", "september", "sunday",
    "thursday", "tuesday",
];

/// What a day is written with besides.
#[rustfmt::skip]
const OF_DAYS: [&str; 18] = [
    "am", "at", "cest", "cet", "gmt", "h", "in", "nd", "of", "on", "pm", "rd", "st", "t", "th", "uhr", "utc", "z",
];

/// Whether nothing is said yet: `—`, `TBD`.
/// Whether a word, in lower case, says where something runs or for whom.
pub fn is_place(word: &str) -> bool {
    PLACES.contains(&word)
}

pub(super) fn is_unset(value: &str) -> bool {
    UNSET.contains(&said(value).as_str())
}

/// Whether a value names people, each perhaps with the day or with how far they are: what else stands in brackets
/// beside a name, or behind a dash, may be what it is of.
pub(super) fn are_people(value: &str) -> bool {
    let is_beside = |part: &str| is_unset(part) || is_day(part) || is_state(part);
    parts(value)
        .iter()
        .all(|(part, beside)| is_beside(part) || is_name(part) && (!beside || part.contains('@')))
}

/// Whether a value is a day, perhaps with who it was.
pub(super) fn is_dated(value: &str) -> bool {
    let parts = parts(value);
    let first = parts.iter().map(|(part, _)| part).find(|part| !said(part).is_empty());
    first.is_none_or(|first| is_day(first) || is_unset(first)) && are_people(value)
}

/// Whether a value says how far something is: `in progress`, `3/5`, `80%`, `🟢 on track`.
pub(super) fn is_state(value: &str) -> bool {
    #[rustfmt::skip]
    const STATES: [&str; 29] = [
        "accepted", "amber", "approved", "blocked", "canceled", "cancelled", "delayed", "draft", "entwurf", "final",
        "freigegeben", "go", "green", "hold", "late", "paused", "planned", "proposed", "published", "red", "rejected",
        "released", "review", "reviewed", "risk", "scheduled", "superseded", "track", "yellow",
    ];
    const BESIDE: [&str; 9] =
        ["at", "behind", "for", "no", "not", "on", "schedule", "under", "waiting"];
    let words = words(value);
    let is = |known: &[&str], word: &str| known.contains(&word);
    let known =
        |word: &String| is(&STATES, word) || is(&BESIDE, word) || is_sign(word) || is_known(word);
    let counts = words.iter().any(|word| is_number(word));
    let told = |word: &String| {
        is(&STATES, word) || is_sign(word) || tells(word) || counts && is(&["%", "/", "of"], word)
    };
    is_unset(value) || words.iter().all(known) && words.iter().any(told)
}

/// Whether a value is tickets and links alone.
pub(super) fn are_tickets(value: &str) -> bool {
    let is_ticket = |word: &str| {
        let (name, number) = word.rsplit_once(['-', '#']).unwrap_or(("-", word));
        word.contains("://")
            || name.chars().all(|c| c.is_alphanumeric() || "-_/".contains(c))
                && !number.is_empty()
                && is_number(number)
    };
    let mut words =
        value.split([' ', '\t', '\n', ',', ';', '[', ']', '(', ')', '<', '>', '*', '`', '"', '\'']);
    is_unset(value) || words.all(|word| word.is_empty() || is_ticket(word))
}

/// Whether a value is a room or a link alone.
pub(super) fn is_room(value: &str) -> bool {
    let is_room = |word: &str| {
        let bare = word.trim_start_matches(['*', '_', '`', '[', '<', '"', '\'', '(']);
        let named = bare.strip_prefix(['#', '@']);
        bare.contains("://") || named.is_some_and(|name| name.starts_with(char::is_alphabetic))
    };
    let mut words = value.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    is_unset(value) || words.all(is_room)
}

/// Whether a value says what comes first.
pub(super) fn is_rank(value: &str) -> bool {
    #[rustfmt::skip]
    const RANKS: [&str; 12] = [
        "critical", "high", "highest", "low", "lowest", "medium", "normal", "p0", "p1", "p2", "p3", "p4",
    ];
    is_unset(value) || RANKS.contains(&said(value).as_str())
}

/// Whether a text is one name, handle or address of at most four words.
pub(super) fn is_name(text: &str) -> bool {
    let mut words = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).peekable();
    let begins = words.peek().is_some_and(|word| is_proper(word));
    let is_of_name = |word: &str| IN_NAMES.contains(&word) || is_proper(word);
    begins && words.clone().count() <= 4 && words.all(is_of_name)
}

/// Whether a word is one by which somebody is called.
fn is_proper(word: &str) -> bool {
    if let Some((_, host)) = word.split_once('@') {
        return host.starts_with(char::is_alphanumeric);
    }
    let is_called = |part: &str| {
        let lower = part.to_lowercase();
        let is_short = part.chars().nth(1).is_none();
        let is_upper = part.chars().all(char::is_uppercase);
        part.starts_with(char::is_uppercase)
            && part.chars().all(char::is_alphabetic)
            && (!is_upper || is_short || TEAMS.contains(&part))
            && ![&PLACES[..], &NARROWS, &DAYS, &OF_DAYS].iter().any(|of| of.contains(&&*lower))
    };
    word.split(['-', '/', '\'', '’', '.']).filter(|part| !part.is_empty()).all(is_called)
}

/// Whether a text is a day and no more: with a year or by the name of a month or of a weekday.
pub(super) fn is_day(text: &str) -> bool {
    let text = bare(text.trim()).to_lowercase();
    let is_digit = |c: char| c.is_ascii_digit();
    let mut numbers = 0;
    let (mut named, mut year) = (false, false);
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| {
            if is_digit(first) { !is_digit(c) } else { is_digit(c) || !c.is_alphabetic() }
        });
        let (run, behind) = rest.split_at(end.unwrap_or(rest.len()).max(first.len_utf8()));
        rest = behind;
        match first {
            '0'..='9' => {
                numbers += 1;
                year |= run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
                if run.len() > 4 {
                    return false;
                }
            }
            ' ' | '-' | '–' | '/' | '.' | ':' | ',' | '+' => {}
            _ if DAYS.contains(&run) => named = true,
            _ if OF_DAYS.contains(&run) => {}
            _ => return false,
        }
    }
    named || year && numbers > 1
}

/// A word without what sets it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| "*_`\"'“”.:!~✅✔☑\u{fe0f}".contains(c))
}

/// The parts of a value, each of which may be a name or a day, and whether it stands in brackets or behind a dash; of
/// links their texts alone.
fn parts(value: &str) -> Vec<(String, bool)> {
    let lines = value.lines().map(|line| line.trim().trim_start_matches("- "));
    let value = lines.collect::<Vec<_>>().join(", ");
    let mut plain = String::with_capacity(value.len());
    let mut rest = value.as_str();
    while let Some((text, target)) = rest.split_once("](") {
        plain.push_str(text);
        rest = target.split_once(')').map_or("", |(_, behind)| behind);
        plain.push(',');
    }
    plain.push_str(rest);
    let between = |word| match word {
        "and" | "und" | "by" | "/" | "+" | "name:" | "email:" => ",",
        "on" | "at" | "-" => "–",
        word => word,
    };
    let spaced: Vec<&str> = plain.split([' ', '\t']).map(between).collect();
    let mut parts = Vec::new();
    let mut beside = false;
    for part in
        spaced.join(" ").split_inclusive([',', ';', '(', ')', '[', ']', '|', '&', '—', '–', '·'])
    {
        let end = part.char_indices().next_back().filter(|(_, c)| ",;()[]|&—–·".contains(*c));
        let text = end.and_then(|(at, _)| part.get(..at)).unwrap_or(part);
        parts.push((text.to_owned(), beside));
        beside = match end {
            Some((_, '(' | '—' | '–' | '·')) => true,
            Some((_, ',' | ';' | '&' | ')')) => false,
            _ => beside,
        };
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_what_narrows_and_from_places() {
        for value in [
            "Ana",
            "Ana Costa, Ben",
            "@ana and @org/platform-team",
            "[Ana](https://example.org/ana)",
            "Ana <ana@example.org>",
            "Ana (not yet)",
            "Ana on 2026-03-02",
            "Ana (2026-03-02) / Ben ✅",
            "Ana – done, Ben",
            "O’Neil, J. van Dyk",
            "Platform team",
            "TBD",
            "—",
            "** Ana",
            "\n  - Ana\n  - Ben",
            "\n  name: Ana\n  email: ana@example.org",
        ] {
            assert!(are_people(value), "{value}");
        }
        for value in [
            "Ana except EU",
            "Ana, not EU",
            "Ana for EU",
            "EU",
            "db-eu",
            "Staging",
            "can read keys",
            "3 people",
            "Ana Only",
            "US-East",
            "https://a.example",
            "Ana (Germany)",
            "Ana – Frontend",
            "Ana at Acme",
        ] {
            assert!(!are_people(value), "{value}");
        }
    }

    #[test]
    fn days_are_told_from_what_is_before_and_after() {
        for value in [
            "2026-01-05",
            "5 May 2026",
            "05.01.2026 14:30 Uhr",
            "2026-01-05T10:00:00Z",
            "March 5th",
            "2026-01-05 by Ana",
            "TBD",
            "",
        ] {
            assert!(is_dated(value), "{value}");
        }
        for value in [
            "before cutover",
            "EU hosts",
            "after freeze",
            "3",
            "1.4.2",
            "Ana",
            "3 keys",
            "> 2026-01-05",
        ] {
            assert!(!is_dated(value), "{value}");
        }
    }

    #[test]
    fn states_are_told_from_figures_and_scopes() {
        for value in [
            "In progress",
            "Done",
            "3/5",
            "80%",
            "🟢",
            "🔴 at risk",
            "not started",
            "▓▓░░ 50%",
            "5 of 12 done",
            "Draft",
        ] {
            assert!(is_state(value), "{value}");
        }
        for value in [
            "approved, EU only",
            "5 keys",
            "200",
            "on",
            "off",
            "enabled",
            "EU",
            "for EU",
            "5 mW / 7 mW",
        ] {
            assert!(!is_state(value), "{value}");
        }
    }

    #[test]
    fn rooms_and_ranks_are_told_from_stages() {
        assert!(
            ["#release", "`#release-42`", "https://a.example/1", "<#room>"]
                .iter()
                .all(|v| is_room(v))
        );
        assert!(!["beta", "#1", "EU #release"].iter().any(|v| is_room(v)));
        assert!(is_rank("P1") && is_rank("High") && !is_rank("P1 hosts"));
    }
}
