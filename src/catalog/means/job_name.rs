//! Whether the name of a job says what is asked for and nothing besides: `build-docs` is no build, `lint-off` no lint.
//!
//! Each word beside the wanted ones has to be known to be harmless; what nobody knows may say anything.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::catalog::pattern::Pattern;
use crate::catalog::side::Side;
use crate::catalog::surroundings::Around;
use crate::catalog::unread;

/// The words of the data file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    harmless: HashSet<String>,
    languages: HashSet<String>,
    toolchains: HashSet<String>,
    activities: HashSet<String>,
    denials: HashSet<String>,
}

impl Words {
    /// Those of the data file, which the tests read.
    fn get() -> &'static Words {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| toml::from_str(include_str!("../ideas/jobs.toml")).unwrap_or_default())
    }
}

/// What the names of jobs may say for one line.
pub(super) struct Asked<'a> {
    wanted: &'a Pattern,
    around: &'a Around<'a>,
    /// What the line says, and what its idea knows to be harmless.
    said: HashSet<String>,
}

impl<'a> Asked<'a> {
    /// Of jobs of `wanted` for a line `text`, which may be called by `beside` too.
    pub(super) fn new<'w>(
        wanted: &'a Pattern,
        text: &str,
        beside: impl Iterator<Item = &'w str>,
        around: &'a Around<'a>,
    ) -> Asked<'a> {
        let text = text.to_lowercase();
        let own = unread::words(&text).filter(|word| !Words::get().denials.contains(*word));
        let mut said: HashSet<String> = own.map(|word| stem(word).to_owned()).collect();
        said.extend(beside.map(|word| stem(word).to_owned()));
        Asked { wanted, around, said }
    }

    /// Whether `name` says what is wanted, whatever besides.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.wanted.is_in(&plain(name))
    }

    /// Whether `name` of the workflow `workflow` says nothing besides; `halves` are those that it may say.
    pub(super) fn is_all_of(&self, name: &str, workflow: Option<&str>, halves: &[Side]) -> bool {
        let whole = plain(name);
        let own = workflow.map(|of| format!("{} / ", plain(of)));
        let name = own.and_then(|own| whole.strip_prefix(own.as_str())).unwrap_or(&whole);
        let mut known = self.wanted.all(name);
        known.extend(self.around.narrowed.names_in(name));
        let words = unread::ranges(name);
        let side = Side::of_name(name).filter(|side| halves.contains(side));
        let reader = Reader { name, words: &words, side };
        words.iter().enumerate().all(|(at, word)| {
            let is_in = |of: &Range<usize>| of.start < word.end && word.start < of.end;
            known.iter().any(is_in) || reader.is_harmless(at) || self.is_said(&name[word.clone()])
        })
    }

    fn is_said(&self, word: &str) -> bool {
        let folder = self.around.folder.as_deref().and_then(|of| of.rsplit('/').next());
        let is_of_folder =
            |folder: &str| unread::words(&folder.to_lowercase()).any(|of| of == word);
        self.said.contains(stem(word)) || folder.is_some_and(is_of_folder)
    }
}

/// The words of one name.
struct Reader<'n> {
    name: &'n str,
    words: &'n [Range<usize>],
    side: Option<Side>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).and_then(|of| self.name.get(of.clone())).unwrap_or_default()
    }

    fn is_harmless(&self, at: usize) -> bool {
        let known = Words::get();
        let word = self.word(at);
        let start = self.words.get(at).map_or(0, |of| of.start);
        let is_in_brackets = || {
            let before = self.name.get(..start).unwrap_or_default();
            before.rfind(['(', '[']) > before.rfind([')', ']'])
        };
        known.harmless.contains(word)
            || is_version(word)
            || known.languages.contains(word) && is_version(self.word(at + 1))
            || known.languages.contains(word.trim_end_matches(|c: char| c.is_ascii_digit()))
                && word.ends_with(|c: char| c.is_ascii_digit())
            || known.toolchains.contains(word) && is_in_brackets()
            || known.activities.contains(word) && self.joins()
            || self.side.is_some_and(|side| side.names().contains(&word))
    }

    /// Whether it says that several things are done.
    fn joins(&self) -> bool {
        self.name.contains(['&', '+']) || (0..self.words.len()).any(|at| self.word(at) == "and")
    }
}

/// The name of the matrix that `name` is a leg of: `test` of `test (macos-14)`.
pub(super) fn matrix_of(name: &str) -> Option<&str> {
    let (of, _) = name.split_once(['(', '['])?;
    Some(of.trim_end_matches([' ', ':']))
}

/// The names of all shards of which `name` is one: `e2e 1/2` and `e2e 2/2`.
pub(super) fn shards_of(name: &str) -> Vec<String> {
    const MOST: usize = 500;
    let slash = name.match_indices('/').find_map(|(at, _)| {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let before = name[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let behind = digits(&name[at + 1..]);
        let all: usize = name[at + 1..at + 1 + behind].parse().ok()?;
        (before > 0 && all <= MOST).then_some((at - before, at + 1 + behind, all))
    });
    let Some((start, end, all)) = slash else { return Vec::new() };
    (1..=all).map(|nth| format!("{}{nth}/{all}{}", &name[..start], &name[end..])).collect()
}

/// A name in small letters whose words no underscore joins.
fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', "-")
}

fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or(word).trim_end_matches('x');
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A word without what says how it is used: "tests", "tested" and "testing" are of "test".
fn stem(word: &str) -> &str {
    let ends = ["ing", "ed", "es", "s"].iter().find_map(|end| word.strip_suffix(end));
    let bare = ends.filter(|bare| bare.len() > 2).unwrap_or(word);
    bare.strip_suffix('e').unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_read_in_small_letters() {
        let read: Words = toml::from_str(include_str!("../ideas/jobs.toml")).unwrap();
        let all = read.harmless.iter().chain(&read.languages).chain(&read.toolchains);
        let all = all.chain(&read.activities).chain(&read.denials);
        assert!(all.into_iter().all(|word| word.chars().all(|c| !c.is_uppercase())));
        assert!(read.harmless.is_disjoint(&read.denials));
    }

    #[test]
    fn a_shard_names_the_others_and_a_path_none() {
        assert_eq!(shards_of("e2e (2/3)"), ["e2e (1/3)", "e2e (2/3)", "e2e (3/3)"]);
        assert_eq!(shards_of("ci / test"), [""; 0]);
        assert_eq!(matrix_of("test (macos-14)"), Some("test"));
        assert_eq!(matrix_of("test: [ruby, 3]"), Some("test"));
        assert_eq!(matrix_of("test"), None);
    }
}
