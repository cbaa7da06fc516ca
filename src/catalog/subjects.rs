//! The vocabulary of what stands above lines: platforms, halves, places, kinds of test, parts.

use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use super::idea::{Idea, Means};
use super::side::Side;
use super::unread;

/// The words of the data file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vocabulary {
    general: Vec<String>,
    ordinary: Vec<String>,
    parts: Vec<String>,
    columns: Vec<String>,
    anything: Vec<String>,
    subject: Vec<Subject>,
}

/// Something that a line may be of.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Subject {
    id: String,
    says: String,
    place: Stands,
    #[serde(default)]
    names: Option<String>,
    #[serde(default)]
    unless: Option<String>,
    #[serde(default)]
    within: Vec<String>,
    #[serde(default)]
    half: Option<Half>,
    #[serde(default)]
    of: Of,
    #[serde(default)]
    not_in: Vec<String>,
    #[serde(skip)]
    built: OnceLock<Option<Regex>>,
}

/// How a heading says it.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Stands {
    Anywhere,
    Whole,
    Alone,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Half {
    Back,
    Front,
}

/// Which evidence it narrows.
#[derive(Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Of {
    #[default]
    All,
    Tests,
    Runs,
}

/// What one text above a line says.
#[derive(Default)]
pub(super) struct Said {
    pub(super) side: Option<Side>,
    pub(super) held: Vec<Held>,
    /// Folders of packages that it names.
    pub(super) folders: Vec<String>,
}

impl Said {
    pub(super) fn is_empty(&self) -> bool {
        self.side.is_none() && self.held.is_empty() && self.folders.is_empty()
    }
}

/// What evidence has to be called by.
#[derive(Clone)]
pub(super) struct Held {
    /// As what stands above says it: one key, one meaning.
    pub(super) key: String,
    names: String,
    subject: Option<&'static Subject>,
}

/// What may stand beside a place that is all that a heading says.
const BESIDE_A_PLACE: [&str; 7] = ["environment", "environments", "env", "on", "in", "the", "only"];

impl Subject {
    fn found(&self, words: &str) -> Option<std::ops::Range<usize>> {
        let built = || Regex::new(&format!("(?:^| )({})(?: |$)", self.says)).ok();
        let found = self.built.get_or_init(built).as_ref()?.captures(words)?;
        found.get(1).map(|of| of.range())
    }
}

impl Vocabulary {
    /// That of the data file, which the tests read.
    pub(super) fn get() -> &'static Vocabulary {
        static WORDS: OnceLock<Vocabulary> = OnceLock::new();
        WORDS.get_or_init(|| toml::from_str(include_str!("ideas/above.toml")).unwrap_or_default())
    }

    /// Whether the cells of a column of that title name what a row is of.
    pub(super) fn is_of_names(&self, title: &str) -> bool {
        self.columns.contains(&joined(title))
    }

    /// What `text` says of halves and of what the vocabulary knows.
    pub(super) fn read(&'static self, text: &str) -> Said {
        let (whole, segments) = (joined(text), segments(text));
        let held = self.subject.iter().flat_map(|subject| {
            let texts = match subject.place {
                Stands::Anywhere => std::slice::from_ref(&whole),
                _ => segments.as_slice(),
            };
            texts.iter().filter_map(|words| self.held(subject, words)).collect::<Vec<_>>()
        });
        Said { side: Side::of_text(text), held: held.collect(), folders: Vec::new() }
    }

    fn held(&self, subject: &'static Subject, words: &str) -> Option<Held> {
        let found = subject.found(words)?;
        let (before, rest) = words.split_at_checked(found.start)?;
        let (said, after) = rest.split_at_checked(found.len())?;
        let is_general = |word: &str| match subject.place {
            Stands::Anywhere => true,
            Stands::Whole => self.is_general(word),
            Stands::Alone => BESIDE_A_PLACE.contains(&word),
        };
        let mut beside = before.split(' ').chain(after.split(' ')).filter(|word| !word.is_empty());
        if !beside.all(is_general) {
            return None;
        }
        Some(match &subject.names {
            Some(names) => {
                Held { key: subject.id.clone(), names: names.clone(), subject: Some(subject) }
            }
            None => Held { subject: Some(subject), ..Held::called(said) },
        })
    }

    fn is_general(&self, word: &str) -> bool {
        self.general.iter().any(|of| of == word) || word.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// What a package would be called that `text` names and says nothing beside.
    pub(super) fn names(&self, text: &str) -> Vec<String> {
        let bare = |words: String| {
            let mut words: Vec<&str> = words.split(' ').collect();
            while words.len() > 1 && words.last().is_some_and(|word| self.is_general(word)) {
                words.pop();
            }
            words.join(" ")
        };
        let mut names = segments(text);
        names.push(joined(text));
        let mut bared: Vec<String> = names.iter().cloned().map(bare).chain(names.clone()).collect();
        bared.sort();
        bared.dedup();
        bared.retain(|name| !name.is_empty() && !self.ordinary.contains(name));
        bared
    }

    /// The part that a heading names by its last word: "Payments service".
    pub(super) fn part(&self, text: &str) -> Vec<Held> {
        let part = |words: &String| {
            let (name, last) = words.rsplit_once(' ')?;
            let is_name =
                |word: &str| !self.is_general(word) && !self.ordinary.iter().any(|of| of == word);
            let short = name.split(' ').count() <= 3;
            let is_part = short && self.parts.iter().any(|of| of == last);
            (is_part && name.split(' ').all(is_name)).then(|| Held::called(name))
        };
        segments(text).iter().filter_map(part).collect()
    }

    /// What a cell names that says of what its row is.
    pub(super) fn cell(&self, text: &str) -> Vec<Held> {
        let words = joined(text);
        let is_name = |word: &str| !self.anything.iter().any(|of| of == word);
        (words.split(' ').any(is_name) && words.contains(char::is_alphabetic))
            .then(|| Held::called(&words))
            .into_iter()
            .collect()
    }
}

impl Held {
    /// By its own words.
    fn called(said: &str) -> Held {
        let words: Vec<String> = said.split(' ').map(regex::escape).collect();
        Held { key: said.to_owned(), names: words.join("[^a-z0-9]*"), subject: None }
    }

    /// Whether evidence of such a name is of it.
    pub(super) fn is_in(&self, name: &str) -> bool {
        let with = |names: &str| {
            Regex::new(&format!("(?i)(?:^|[^a-z0-9])(?:{names})(?:[^a-z0-9]|$)")).ok()
        };
        let unless = self.subject.and_then(|subject| subject.unless.as_deref());
        with(&self.names).is_some_and(|of| of.is_match(name))
            && !unless.and_then(with).is_some_and(|of| of.is_match(name))
    }

    /// Whether another one stands for it: iOS for mobile, the back end for the API.
    pub(super) fn is_implied(&self, all: &[Held], side: Option<Side>) -> bool {
        let Some(subject) = self.subject else { return false };
        let of_half = subject.half.is_some_and(|half| match half {
            Half::Back => side == Some(Side::Back),
            Half::Front => side == Some(Side::Front),
        });
        let stands_for = |of: &Held| of.subject.is_some_and(|of| of.within.contains(&subject.id));
        of_half || all.iter().any(stands_for)
    }

    /// Whether the line says it itself: what it says is read with the line.
    pub(super) fn is_said_in(&self, text: &str) -> bool {
        let words = joined(text);
        match self.subject {
            Some(subject) => subject.found(&words).is_some(),
            None => format!(" {words} ").contains(&format!(" {} ", self.key)),
        }
    }

    /// Whether it narrows what `means` of `idea` shows.
    pub(super) fn narrows(&self, idea: &Idea, means: &Means) -> bool {
        let Some(subject) = self.subject else { return true };
        let is_of = match subject.of {
            Of::All => true,
            Of::Tests => idea.is_of_tests() && means.is_of_runs(),
            Of::Runs => means.is_of_runs(),
        };
        is_of && !idea.reads(&subject.id) && !subject.not_in.iter().any(|of| of == idea.area)
    }
}

/// The words of `text` in small letters, joined by blanks.
pub(super) fn joined(text: &str) -> String {
    unread::words(&text.to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// The parts of a text that each may name something: "Phase 2: Staging", "iOS / Android".
fn segments(text: &str) -> Vec<String> {
    let marks = [':', '：', '–', '—', '(', ')', '[', ']', '/', '&', ',', ';', '+', '|'];
    let text = text.replace(" - ", ":").replace(" and ", ":");
    text.split(marks).map(joined).filter(|words| !words.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_read_and_each_pattern_is_one() {
        let words: Vocabulary = toml::from_str(include_str!("ideas/above.toml")).unwrap();
        for subject in &words.subject {
            for pattern in subject.names.iter().chain(&subject.unless).chain([&subject.says]) {
                assert!(Regex::new(pattern).is_ok(), "{}: {pattern}", subject.id);
            }
            let is_known = |id: &String| words.subject.iter().any(|of| of.id == *id);
            assert!(subject.within.iter().all(is_known), "{}", subject.id);
        }
    }

    #[test]
    fn a_heading_names_what_it_says_and_a_place_alone() {
        let keys = |text: &str| {
            let said = Vocabulary::get().read(text).held;
            said.into_iter().map(|of| of.key).collect::<Vec<_>>().join(" ")
        };
        for (text, expected) in [
            ("3. iOS app", "ios"),
            ("iOS / Android", "ios android"),
            ("Staging environment", "staging"),
            ("Staging checks", ""),
            ("Pre-production checklist", ""),
            ("Node.js 22", "node js 22"),
            ("Admin panel", "admin"),
            ("Web security", ""),
            ("Maintenance windows", ""),
            ("E2E (Cypress)", "e2e"),
        ] {
            assert_eq!(keys(text), expected, "{text}");
        }
    }

    #[test]
    fn evidence_is_called_by_whole_words() {
        let said = Vocabulary::get().read("Production");
        let of = said.held.first().unwrap();
        assert!(of.is_in("reports/k6-production.json") && of.is_in("prod/a.json"));
        assert!(!of.is_in("reports/pre-production.json") && !of.is_in("reports/products.json"));
    }
}
