//! What a text names that no table knows: a word that is not general is a name.

use std::ops::Range;

use super::general::{General, counts};
use super::{Held, Place, Vocabulary, is_of_side, word_places};

/// What a word is to a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    General,
    /// A part of what the vocabulary knows.
    Subject,
    Unknown,
}

impl Vocabulary {
    /// The names in a part of a text, of which `subjects` are known and `own` are what the whole is called.
    pub(super) fn names_in(
        &self,
        place: Place,
        words: &str,
        subjects: &[Range<usize>],
        own: &[bool],
    ) -> Vec<Held> {
        let general = General::get();
        let places: Vec<(usize, &str)> = word_places(words).collect();
        let is_named = |word: &str| place != Place::Named && general.names(word);
        let naming = places.iter().position(|(_, word)| is_named(word));
        let mut kinds: Vec<Word> = Vec::new();
        for (nth, (at, word)) in places.iter().enumerate() {
            // A number behind a name is a part of it, and so is one behind what is said to be one.
            let is_behind =
                kinds.last() == Some(&Word::Unknown) || naming.is_some_and(|of| of < nth);
            let is_alone = places.len() == 1 && word.len() == 1;
            let is_name = counts(word)
                && (is_behind || is_alone || place == Place::Above && is_which(&places, nth))
                || place == Place::Above && general.tells_which(&places, nth);
            kinds.push(if own.get(nth).copied().unwrap_or_default() {
                Word::General
            } else if subjects.iter().any(|said| said.contains(at)) {
                Word::Subject
            } else if is_name || !self.is_plain(place, word) {
                Word::Unknown
            } else {
                Word::General
            });
        }
        let is_part = |(_, word): &(usize, &str)| general.is_part(word);
        let is_topic = place != Place::Named
            && naming.is_none()
            && !places.iter().any(is_part)
            && !(0..places.len()).any(|nth| general.tells_which(&places, nth));
        let read: Vec<(&str, Word)> =
            places.iter().map(|(_, word)| *word).zip(kinds.iter().copied()).collect();
        let runs = read.split(|(_, kind)| *kind == Word::General);
        runs.filter_map(|run| called(&bare(place, run), is_topic)).collect()
    }

    fn is_plain(&self, place: Place, word: &str) -> bool {
        let general = General::get();
        match place {
            Place::Remark => true,
            Place::Named => self.anything.iter().any(|of| of == word) || is_of_side(word),
            // A title says of what kind the product is.
            Place::Title if general.is_part(word) => true,
            _ => general.has(word) || is_of_side(word),
        }
    }
}

/// Whether a letter or a number says which of several is meant: "App 2", "Version B".
fn is_which(places: &[(usize, &str)], nth: usize) -> bool {
    let word_at = |at: usize| places.get(at).map(|(_, word)| *word);
    let (Some(kind), Some(word)) = (nth.checked_sub(1).and_then(word_at), word_at(nth)) else {
        return false;
    };
    let is_letter = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    General::get().is_kind(kind) && (is_letter || kind != "version")
}

/// The name in a cell without what says that it is one: "Payments service".
fn bare<'r>(place: Place, run: &'r [(&'r str, Word)]) -> Vec<(&'r str, Word)> {
    let name = run.iter().filter(|(word, _)| !General::get().has(word));
    let name: Vec<_> = name.copied().collect();
    if place != Place::Named || name.is_empty() { run.to_vec() } else { name }
}

fn called(run: &[(&str, Word)], is_topic: bool) -> Option<Held> {
    let unknown = run.iter().filter(|(_, kind)| *kind == Word::Unknown);
    let unknown: Vec<String> = unknown.map(|(word, _)| (*word).to_owned()).collect();
    if unknown.is_empty() {
        return None;
    }
    let words: Vec<&str> = run.iter().map(|(word, _)| *word).collect();
    Some(Held::called(&words.join(" "), if is_topic { unknown } else { Vec::new() }))
}
