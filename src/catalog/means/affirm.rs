//! Whether the name of a test case says that a thing holds: "rejects a request without a CSRF token" does, and
//! "CSRF can be disabled" says the opposite.

use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use crate::catalog::pattern::Pattern;
use crate::facts::Case;

/// The words of the data file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    read: Vec<Reading>,
    opposite: Opposite,
    without: Without,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    says: String,
    r#as: String,
    #[serde(skip)]
    built: OnceLock<Option<Regex>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opposite {
    says: Pattern,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Without {
    says: Pattern,
    unless: Pattern,
}

impl Words {
    /// Those of the data file, which the tests read: without them nothing affirms.
    fn get() -> Option<&'static Words> {
        static WORDS: OnceLock<Option<Words>> = OnceLock::new();
        WORDS.get_or_init(|| toml::from_str(include_str!("../ideas/cases.toml")).ok()).as_ref()
    }

    /// A name as it is read.
    fn read(&self, name: &str) -> String {
        let mut text = apart(name);
        for reading in &self.read {
            let built = reading.built.get_or_init(|| Regex::new(&reading.says).ok());
            if let Some(found) = built.as_ref().filter(|of| of.is_match(&text)) {
                text = found.replace_all(&text, reading.r#as.as_str()).into_owned();
            }
        }
        text
    }

    fn is_opposite(&self, text: &str) -> bool {
        self.opposite.says.is_in(text)
            || self.without.says.is_in(text) && !self.without.unless.is_in(text)
    }
}

/// Whether the case's own name says what `affirms` does, by itself or to the end of what its suite begins, and
/// neither says the opposite.
pub(super) fn affirms(case: &Case, affirms: &Pattern) -> bool {
    let Some(words) = Words::get() else { return false };
    let suite = words.read(case.suite.as_deref().unwrap_or_default());
    let name = words.read(&case.name);
    let full = format!("{suite} {name}");
    let reaches = || affirms.all(&full).iter().any(|found| found.end > suite.len() + 1);
    (affirms.is_in(&name) || reaches()) && !words.is_opposite(&name) && !words.is_opposite(&suite)
}

/// The words of a name in small letters, joined by blanks: "testRejectsCSRFToken" is of five.
fn apart(name: &str) -> String {
    let letters: Vec<char> = name.chars().filter(|c| !matches!(c, '\'' | '’')).collect();
    let mut text = String::with_capacity(name.len() + 8);
    for (at, letter) in letters.iter().copied().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied().unwrap_or(' ');
        let behind = letters.get(at + 1).copied().unwrap_or(' ');
        let begins = letter.is_uppercase()
            && (before.is_lowercase() || before.is_uppercase() && behind.is_lowercase());
        if begins || !letter.is_alphanumeric() {
            text.push(' ');
        }
        match letter {
            '*' => text.push_str("any"),
            letter if letter.is_alphanumeric() => text.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Outcome;

    #[test]
    fn the_words_are_read_and_each_pattern_is_one() {
        let words: Words = toml::from_str(include_str!("../ideas/cases.toml")).unwrap();
        for reading in &words.read {
            assert!(Regex::new(&reading.says).is_ok(), "{}", reading.says);
        }
    }

    #[test]
    fn a_name_is_read_word_by_word() {
        let words = Words::get().unwrap();
        for (name, expected) in [
            ("testRejectsCSRFToken", "test rejects csrf token"),
            ("test_rejects__missing-token", "test rejects missing token"),
            ("Users can't read it", "users refuses to read it"),
            ("returns 401 when no token is sent", "returns 401 with absent token is sent"),
            ("origin: *", "origin any"),
        ] {
            assert_eq!(words.read(name), expected, "{name}");
        }
    }

    #[test]
    fn a_word_against_takes_back_what_is_affirmed() {
        let of = |suite: &str, name: &str| {
            let suite = Some(suite.to_owned());
            let name = name.to_owned();
            let (file, duration_s, message) = (None, None, None);
            let case = Case { name, suite, file, outcome: Outcome::Passed, duration_s, message };
            affirms(&case, &toml::Value::from(r"\breject(s|ed)?\b").try_into().unwrap())
        };
        assert!(of("csrf", "rejects a request without a token"));
        assert!(of("a token is", "rejected"));
        assert!(of("csrf", "requests are rejected if there is no token"));
        for (suite, name) in [
            ("csrf disabled", "rejects nothing"),
            ("csrf", "is not rejected"),
            ("csrf", "rejects, but can be bypassed"),
            ("csrf", "rejects valid tokens"),
            ("csrf rejects", "renders the form"),
            ("csrf", "the check does nothing"),
            ("authorization", "never returns 403"),
        ] {
            assert!(!of(suite, name), "{suite}: {name}");
        }
    }
}
