//! The words that are known to say nothing of what a line is, and those that evidence has in its name besides.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::{is_number, is_of_side};
use crate::catalog::idea::Idea;

/// The words of the data file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct General {
    naming: HashSet<String>,
    qualities: HashSet<String>,
    parts: HashSet<String>,
    kinds: HashSet<String>,
    leads: HashSet<String>,
    denials: HashSet<String>,
    aside: Vec<String>,
    words: BTreeMap<String, HashSet<String>>,
    areas: BTreeMap<String, HashSet<String>>,
    evidence: OfEvidence,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfEvidence {
    words: HashSet<String>,
    parts: HashSet<String>,
    beside: HashSet<String>,
    folders: HashSet<String>,
}

impl General {
    /// That of the data file, which the tests read.
    pub(super) fn get() -> &'static General {
        static WORDS: OnceLock<General> = OnceLock::new();
        WORDS.get_or_init(|| {
            toml::from_str(include_str!("../ideas/general.toml")).unwrap_or_default()
        })
    }

    /// Whether `word` names nothing: it stands in the table, or counts.
    pub(super) fn has(&self, word: &str) -> bool {
        counts(word) || self.words.values().any(|words| is_in(words, word))
    }

    /// Whether anything beside `word` is a name: "Tenant A".
    pub(super) fn names(&self, word: &str) -> bool {
        is_in(&self.naming, word)
    }

    /// Whether `word` is one of several, of which a word before it says which: "User service".
    pub(super) fn is_kind(&self, word: &str) -> bool {
        is_in(&self.kinds, word) || self.names(word)
    }

    /// Whether the word at `nth` says which of several the one behind it means.
    pub(super) fn tells_which(&self, places: &[(usize, &str)], nth: usize) -> bool {
        let word_at = |at: usize| places.get(at).map(|(_, word)| *word);
        let (Some(word), Some(kind)) = (word_at(nth), word_at(nth + 1)) else { return false };
        self.is_kind(kind) && kind != "version" && !self.leads(word) && !is_of_side(word)
    }

    /// Whether `word` says nothing of which of several a word behind it means.
    pub(super) fn leads(&self, word: &str) -> bool {
        counts(word) || self.leads.contains(word)
    }

    /// Whether `word` takes back what it stands before.
    pub(super) fn denies(&self, word: &str) -> bool {
        self.denials.contains(word)
    }

    /// Whether `words` say that what stands below them is not of this release: "Out of scope".
    pub(super) fn sets_aside(&self, words: &str) -> bool {
        // "Go / no-go" is a decision.
        let words = format!(" {} ", words.replace("go no go", "go"));
        self.aside.iter().any(|of| words.contains(&format!(" {of} ")))
    }

    /// Whether they say that and nothing else.
    pub(super) fn is_aside(&self, words: &str) -> bool {
        self.aside.iter().any(|of| of == words)
    }

    /// Whether `word` says what a thing is like.
    pub(super) fn is_quality(&self, word: &str) -> bool {
        is_in(&self.qualities, word)
    }

    /// Whether `word` is a part of a name beside one, in the name of a folder or of a file.
    pub(super) fn is_of_a_name(&self, word: &str, of_folder: bool) -> bool {
        self.evidence.parts.contains(word)
            || of_folder && (is_number(word) || self.evidence.beside.contains(word))
    }

    /// Whether what `word` stands beside may be what a line below is of.
    pub(super) fn is_beside(&self, word: &str) -> bool {
        self.has(word) && !is_in(&self.qualities, word) || self.is_part(word) || self.names(word)
    }

    /// Whether what `word` stands beside is a part of the product, and no topic.
    pub(super) fn is_part(&self, word: &str) -> bool {
        is_in(&self.parts, word)
    }

    /// Whether `idea` speaks of `word` itself.
    pub(super) fn is_topic(&self, word: &str, idea: &Idea) -> bool {
        self.areas.get(idea.area).is_some_and(|words| is_in(words, word))
            || singular(word).any(|word| idea.speaks_of(word))
    }

    /// Whether evidence may have `word` in its name, of whatever it is.
    pub(super) fn is_of_evidence(&self, word: &str) -> bool {
        is_number(word) || self.evidence.words.contains(word)
    }

    /// Whether a folder that is called `name` says nothing of what lies in it.
    pub(super) fn is_plain_folder(&self, name: &str) -> bool {
        self.evidence.folders.contains(name)
    }
}

fn is_in(words: &HashSet<String>, word: &str) -> bool {
    let of_many = word.strip_suffix("ies").map(|word| format!("{word}y"));
    singular(word).any(|word| words.contains(word))
        || of_many.is_some_and(|word| words.contains(&word))
}

/// The word, and what it is one of.
fn singular(word: &str) -> impl Iterator<Item = &str> {
    std::iter::once(word).chain(word.strip_suffix('s'))
}

/// Whether a word is a number, an ordinal, a measure or a letter of a list: "2", "v1", "24h", "P0", "iv".
pub(super) fn counts(word: &str) -> bool {
    const ROMAN: [&str; 8] = ["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi"];
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_measure = is_number(digits) && word.len() - digits.len() <= 3;
    let is_marked = || {
        word.strip_prefix(['p', 'q', 't', 'w', 'v', 'd']).is_some_and(is_number)
            || matches!(word.as_bytes(), [b'a'..=b'z'])
    };
    is_measure || is_marked() || ROMAN.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_read_in_small_letters() {
        let read: General = toml::from_str(include_str!("../ideas/general.toml")).unwrap();
        let all = read.words.values().chain(read.areas.values()).flatten();
        let all = all.chain(&read.evidence.words).chain(&read.evidence.folders);
        assert!(all.chain(&read.naming).all(|word| word.chars().all(|c| !c.is_uppercase())));
    }

    #[test]
    fn what_counts_names_nothing() {
        for word in ["1", "v2", "24h", "1st", "p0", "q3", "a", "iii", "500ms"] {
            assert!(counts(word), "{word}");
        }
        for word in ["k8s", "s3", "x86", "ios17", "api", "2fa4u1"] {
            assert!(!counts(word), "{word}");
        }
    }
}
