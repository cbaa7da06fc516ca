//! The vocabulary of what stands above lines: platforms, halves, places, kinds of test, parts.

mod fit;
mod general;
mod held;
mod named;

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use general::General;

use super::package::is_among_packages;
use super::product::Product;
use super::side::Side;
use super::unread;

pub(super) use fit::Calling;
pub(super) use held::Held;

/// The words of the data file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vocabulary {
    columns: Vec<String>,
    remarks: Vec<String>,
    narrowing: Vec<String>,
    product: Vec<String>,
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
    /// What is measured while it runs.
    Measures,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// The document's own: it may name the whole product.
    Title,
    Above,
    /// In a column, or behind a key, that says of what a line is.
    Named,
    /// In one that says something else.
    Remark,
}

/// What one text above a line says.
#[derive(Default)]
pub(super) struct Said {
    pub(super) side: Option<Side>,
    /// It names both halves.
    pub(super) is_torn: bool,
    /// What the vocabulary knows, then what it does not.
    pub(super) held: Vec<Held>,
    /// Folders of packages that it names.
    pub(super) folders: Vec<String>,
}

impl Said {
    /// Whether it says nothing of what a line is.
    pub(super) fn names_nothing(&self) -> bool {
        self.side.is_none() && self.held.is_empty() && self.folders.is_empty()
    }

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

    /// What stands below a title or behind a key of that name; `None` where nobody knows.
    pub(super) fn place_below(&self, title: &str) -> Option<Place> {
        let title = joined(title);
        let is_in = |titles: &[String]| titles.contains(&title);
        is_in(&self.columns)
            .then_some(Place::Named)
            .or_else(|| is_in(&self.remarks).then_some(Place::Remark))
    }

    /// Whether a remark says of what something is.
    pub(super) fn is_narrowing(&self, remark: &str) -> bool {
        let words = joined(remark);
        let is_of_a_part = |word: &str| General::get().is_part(word) || word == "repository";
        words.starts_with("for ")
            || words
                .split(' ')
                .any(|word| self.narrowing.iter().any(|of| of == word) || is_of_a_part(word))
    }

    /// Whether a document says behind that key what the whole is called.
    pub(super) fn is_of_product(&self, key: &str) -> bool {
        self.product.contains(&joined(key))
    }

    /// What `text` says of halves, of what the vocabulary knows, and what it names besides.
    pub(super) fn read(&'static self, place: Place, text: &str, product: &Product) -> Said {
        let whole = joined(text);
        let anywhere = self.subject.iter().filter(|of| of.place == Stands::Anywhere);
        let mut held: Vec<Held> = anywhere
            .filter_map(|subject| of_whole(place, product, subject, &whole, subject.found(&whole)?))
            .collect();
        let parts = segments(text);
        held.extend(parts.iter().flat_map(|words| self.of_segment(place, words, product)));
        let is_torn = Side::are_both_in(text);
        Said { side: Side::of_text(text), is_torn, held, folders: Vec::new() }
    }

    /// What a part of a text names that says nothing beside it.
    fn of_segment(&'static self, place: Place, words: &str, product: &Product) -> Vec<Held> {
        let all = |subject: &'static Subject| subject.all(words).map(move |at| (subject, at));
        let found: Vec<(&Subject, Range<usize>)> = self.subject.iter().flat_map(all).collect();
        // "Performance" alone is a kind of test, and in "Web performance" a quality.
        let is_of = |(subject, said): &(&Subject, Range<usize>), at: usize| {
            said.contains(&at) && (subject.place != Stands::Alone || subject.of != Of::Tests)
        };
        let all: Vec<(usize, &str)> = word_places(words).collect();
        let bare: Vec<&str> = all.iter().map(|(_, word)| *word).collect();
        let own = product.covers(&bare, place == Place::Title);
        let said = all.iter().zip(&own).filter(|(_, own)| !**own).map(|(word, _)| *word);
        let rest: Vec<(usize, &str)> =
            said.filter(|(at, _)| !found.iter().any(|of| is_of(of, *at))).collect();
        let general = General::get();
        let is_whole = rest.iter().all(|(_, word)| general.is_beside(word) || is_of_side(word));
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
        let ranges: Vec<Range<usize>> = found.iter().map(|(_, said)| said.clone()).collect();
        let names = self.names_in(place, words, &ranges, &own);
        let held = found.into_iter().filter(is_held);
        let held =
            held.filter_map(|(subject, said)| of_whole(place, product, subject, words, said));
        held.chain(names).collect()
    }

    /// Whether the package in `folder` may be meant by `name` among `words`: one general word names one that lies
    /// among packages alone, and one beside a quality none ("Web security").
    pub(super) fn may_be_called(&self, name: &[&str], words: &[&str], folder: &str) -> bool {
        let [word] = name else { return true };
        let general = General::get();
        let is_subject = self.subject.iter().any(|of| of.found(word) == Some(0..word.len()));
        let is_alone = words.iter().all(|other| other == word || general.leads(other));
        let is_free = is_alone
            || !general.is_kind(word)
            || is_subject && !words.iter().any(|other| general.is_quality(other));
        is_free && (!general.has(word) || is_among_packages(folder))
    }

    /// The words of `text` that say of what kind something is, as names have them: "service".
    pub(super) fn kinds(&self, text: &str) -> Vec<String> {
        let words = joined(text);
        let kinds = words.split(' ').filter(|word| General::get().is_of_a_name(word, true));
        kinds
            .flat_map(|word| [word.to_owned(), format!("{}s", word.trim_end_matches('s'))])
            .collect()
    }

    /// Whether `text` says that what stands below it is not of this release.
    pub(super) fn is_aside(&self, place: Place, text: &str) -> bool {
        let words = joined(text);
        match place {
            Place::Above => General::get().sets_aside(&words),
            Place::Title => General::get().is_aside(&words),
            Place::Named | Place::Remark => false,
        }
    }

    /// Whether `text` says of what it is not.
    pub(super) fn is_taken_back(&self, text: &str) -> bool {
        joined(text).split(' ').any(|word| General::get().denies(word))
    }
}

/// By `subject`, as it is said there: where the only package is called so, a title means the whole by it, and
/// what stands above may.
fn of_whole(
    place: Place,
    product: &Product,
    subject: &'static Subject,
    words: &str,
    said: Range<usize>,
) -> Option<Held> {
    let is_optional = product.is_called(words.get(said.clone()).unwrap_or_default());
    let mut held = Held::of(subject, words, said);
    held.is_optional = is_optional;
    (!is_optional || place != Place::Title).then_some(held)
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
    let is_emoji = |word: &&str| {
        word.len() > 2 && word.starts_with(':') && word.ends_with(':') && !word.contains('/')
    };
    let words: Vec<&str> = text.split(' ').filter(|word| !is_emoji(word)).collect();
    let text = words.join(" ").replace(" - ", ":").replace(" and ", ":");
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
            let said = Vocabulary::get().read(Place::Above, text, &Product::default()).held;
            said.into_iter().map(|of| of.key).collect::<Vec<_>>().join(" ")
        };
        for (text, expected) in [
            ("3. iOS app", "ios"),
            ("iOS / Android", "ios android"),
            ("Staging environment", "measured on staging staging"),
            ("Staging checks", "measured on staging"),
            ("Pre-production checklist", ""),
            ("Node.js 22", "node js 22"),
            ("Admin panel", "admin"),
            ("Web security", ""),
            ("Maintenance windows", ""),
            ("E2E (Cypress)", "e2e cypress"),
        ] {
            assert_eq!(keys(text), expected, "{text}");
        }
    }

    #[test]
    fn evidence_is_called_by_what_is_said_and_by_nothing_else() {
        let is_of = |text: &str, name: &str| {
            let said = Vocabulary::get().read(Place::Above, text, &Product::default());
            let kinds = Vocabulary::get().kinds(text);
            let calling = Calling::of(said.held, Vec::new());
            calling.beside(kinds.iter().map(String::as_str), None).is_of(name, None)
        };
        for (text, name) in [
            ("Production", "reports/k6-production.json"),
            ("Production", "prod/k6-1.json"),
            ("Payments service", "reports/payments-service/junit.xml"),
            ("Game server", "ci/game-server/results.xml"),
            ("Android", "android/app/build/test-results/junit.xml"),
        ] {
            assert!(is_of(text, name), "{text}: {name}");
        }
        for (text, name) in [
            ("Production", "reports/pre-production.json"),
            ("Production", "reports/k6-prod-mirror.json"),
            ("Production", "reports/k6-production-build.json"),
            ("Production", "reports/products.json"),
            ("API", "reports/api-client/junit.xml"),
            ("iOS", "reports/ios-simulator-legacy/junit.xml"),
            ("Game server", "reports/game/junit.xml"),
            ("Payments", "reports/legacy/payments/junit.xml"),
        ] {
            assert!(!is_of(text, name), "{text}: {name}");
        }
    }
}
