//! The vocabulary of what stands above lines: platforms, halves, places, kinds of test, parts.

mod held;

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use super::side::Side;
use super::unread;

pub(super) use held::Held;

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
    /// It names both halves.
    pub(super) is_torn: bool,
    pub(super) held: Vec<Held>,
    /// Folders of packages that it names.
    pub(super) folders: Vec<String>,
}

impl Said {
    pub(super) fn is_empty(&self) -> bool {
        self.side.is_none() && !self.is_torn && self.held.is_empty() && self.folders.is_empty()
    }
}

impl Said {
    /// What it narrows a line to that says `text`: of several kinds of test one is meant by a line that says
    /// which.
    pub(super) fn held_for(&self, text: &str) -> impl Iterator<Item = &Held> {
        let is_kind = |held: &&Held| held.subject.is_some_and(|subject| subject.of == Of::Tests);
        let is_said = self.held.iter().filter(is_kind).any(|held| held.is_said_in(text));
        self.held.iter().filter(move |held| !(is_said && is_kind(held)))
    }
}

/// What may stand beside a place that is all that a heading says.
const BESIDE_A_PLACE: [&str; 11] = [
    "environment",
    "environments",
    "env",
    "on",
    "in",
    "the",
    "only",
    "tests",
    "testing",
    "verification",
    "validation",
];

/// Words behind which a place is one wherever it stands: "Tests on staging".
const IN_A_PLACE: [&str; 5] = [" in ", " on ", " against ", " in the ", " on the "];

impl Subject {
    fn found(&self, words: &str) -> Option<Range<usize>> {
        self.all(words).next()
    }

    /// Everywhere in `words` that it is said.
    fn all<'t>(&'t self, words: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let built = || Regex::new(&format!("(?:^| )({})(?: |$)", self.says)).ok();
        let regex = self.built.get_or_init(built).as_ref();
        let from = move |at: usize| {
            let found = regex?.captures_at(words, at)?.get(1)?;
            Some(found.range())
        };
        std::iter::successors(from(0), move |last| from(last.end))
    }
}

impl Vocabulary {
    /// That of the data file, which the tests read.
    pub(super) fn get() -> &'static Vocabulary {
        static WORDS: OnceLock<Vocabulary> = OnceLock::new();
        WORDS
            .get_or_init(|| toml::from_str(include_str!("../ideas/above.toml")).unwrap_or_default())
    }

    /// Whether the cells of a column of that title name what a row is of.
    pub(super) fn is_of_names(&self, title: &str) -> bool {
        self.columns.contains(&joined(title))
    }

    /// What `text` says of halves and of what the vocabulary knows.
    pub(super) fn read(&'static self, text: &str) -> Said {
        let whole = joined(text);
        let anywhere = self.subject.iter().filter(|of| of.place == Stands::Anywhere);
        let mut held: Vec<Held> = anywhere
            .filter_map(|subject| Some(Held::of(subject, &whole, subject.found(&whole)?)))
            .collect();
        held.extend(segments(text).iter().flat_map(|words| self.of_segment(words)));
        let is_torn = Side::are_both_in(text);
        Said { side: Side::of_text(text), is_torn, held, folders: Vec::new() }
    }

    /// What a part of a text names that says nothing beside it.
    fn of_segment(&'static self, words: &str) -> Vec<Held> {
        let all = |subject: &'static Subject| subject.all(words).map(move |at| (subject, at));
        let found: Vec<(&Subject, Range<usize>)> = self.subject.iter().flat_map(all).collect();
        // "Performance" alone is a kind of test, and in "Web performance" a quality.
        let is_of = |(subject, said): &(&Subject, Range<usize>), at: usize| {
            said.contains(&at) && (subject.place != Stands::Alone || subject.of != Of::Tests)
        };
        let rest: Vec<(usize, &str)> =
            word_places(words).filter(|(at, _)| !found.iter().any(|of| is_of(of, *at))).collect();
        let is_whole = rest.iter().all(|(_, word)| self.is_general(word) || is_of_side(word));
        let all: Vec<(usize, &str)> = word_places(words).collect();
        let is_alone = |subject: &Subject, said: &Range<usize>| {
            let before = format!(" {}", words.get(..said.start).unwrap_or_default());
            let beside = if subject.of == Of::Tests { &all } else { &rest };
            IN_A_PLACE.iter().any(|lead| before.ends_with(lead))
                || beside.iter().filter(|(at, _)| !said.contains(at)).all(|(at, word)| {
                    BESIDE_A_PLACE.contains(word) || *at < said.start && is_number(word)
                })
        };
        let is_held = |(subject, said): &(&Subject, Range<usize>)| match subject.place {
            Stands::Anywhere => false,
            Stands::Whole => is_whole,
            Stands::Alone => is_alone(subject, said),
        };
        let held = found.into_iter().filter(is_held);
        held.map(|(subject, said)| Held::of(subject, words, said)).collect()
    }

    fn is_general(&self, word: &str) -> bool {
        self.general.iter().any(|of| of == word) || is_version(word)
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
            let name = name.strip_prefix("the ").unwrap_or(name);
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

/// The words of `text` in small letters, joined by blanks.
pub(super) fn joined(text: &str) -> String {
    unread::words(&text.to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// The parts of a text that each may name something: "Phase 2: Staging", "iOS / Android".
fn segments(text: &str) -> Vec<String> {
    let marks = [
        ':', '：', '–', '—', '(', ')', '[', ']', '/', '&', ',', ';', '+', '|', '·', '•', '→', '>',
        '!', '?',
    ];
    let text = text.replace(" - ", ":").replace(" and ", ":");
    let mut parts: Vec<String> = Vec::new();
    for words in text.split(marks).map(joined).filter(|words| !words.is_empty()) {
        match parts.last_mut() {
            // Another version of the same: "Windows 10/11".
            Some(last) if words.split(' ').all(is_version) => {
                last.push(' ');
                last.push_str(&words);
            }
            _ => parts.push(words),
        }
    }
    parts
}

/// The words of a text that blanks join, each with where it begins.
fn word_places(words: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    words.split(' ').map(move |word| {
        let start = at;
        at += word.len() + 1;
        (start, word)
    })
}

/// Whether a word is a part of what says a half of the product.
fn is_of_side(word: &str) -> bool {
    Side::WORDS.contains(&word)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_version(word: &str) -> bool {
    is_number(word.strip_prefix('v').unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_read_and_each_pattern_is_one() {
        let words: Vocabulary = toml::from_str(include_str!("../ideas/above.toml")).unwrap();
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
        let is_in = of.matcher();
        assert!(is_in("reports/k6-production.json") && is_in("prod/a.json"));
        assert!(!is_in("reports/pre-production.json") && !is_in("reports/products.json"));
    }
}
