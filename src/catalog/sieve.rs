//! Which of many patterns a text can match at all, in one pass over it.
//!
//! Whatever a pattern matches begins with one of a few words, which are read off the pattern. Where
//! none of them stands in the text, the pattern need not be asked, nor built.

use aho_corasick::AhoCorasick;
use regex_syntax::hir::literal::Extractor;

/// The words that the matches of some patterns begin with.
pub(super) struct Sieve {
    /// `None` where they cannot be sought together: then every pattern is asked.
    words: Option<AhoCorasick>,
    /// For each word the pattern that it is of.
    of: Vec<usize>,
    /// The patterns that may begin with anything.
    any: Vec<usize>,
    patterns: usize,
}

impl Sieve {
    /// The sieve of these patterns.
    pub(super) fn of<'p>(patterns: impl Iterator<Item = &'p str>) -> Sieve {
        let (mut words, mut of, mut any, mut count) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for (at, pattern) in patterns.enumerate() {
            count = at + 1;
            match beginnings(pattern) {
                Some(begins) => {
                    of.resize(of.len() + begins.len(), at);
                    words.extend(begins);
                }
                None => any.push(at),
            }
        }
        Sieve { words: AhoCorasick::new(&words).ok(), of, any, patterns: count }
    }

    /// The patterns that may match `text`, in their order.
    pub(super) fn through(&self, text: &str) -> Vec<usize> {
        let Some(words) = &self.words else { return (0..self.patterns).collect() };
        let found = words.find_overlapping_iter(text);
        let found = found.filter_map(|found| self.of.get(found.pattern().as_usize()));
        let mut may: Vec<usize> = found.chain(&self.any).copied().collect();
        may.sort_unstable();
        may.dedup();
        may
    }
}

/// The words of which every match of `pattern` begins with one; `None` where it may begin with
/// anything, or is no pattern.
fn beginnings(pattern: &str) -> Option<Vec<Vec<u8>>> {
    let words = Extractor::new().extract(&regex_syntax::parse(pattern).ok()?);
    let words = words.literals()?.iter().map(|word| word.as_bytes().to_vec());
    let words: Vec<Vec<u8>> = words.collect();
    words.iter().all(|word| !word.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    const PATTERNS: [&str; 8] = [
        r"(?-u:\b)(typescript|type|tsc)(?-u:\b).{0,20}errors?",
        r"^(run |execute |all )?(the )?unit tests?( pass(es|ed)?)?$",
        r"tests? pass|[≥>] ?\d+",
        r"a.*b",
        r"[^x]y",
        r"(?:)",
        r"all (the )?tests",
        r"no",
    ];

    const WORDS: [&str; 16] = [
        "type",
        "tsc",
        "error",
        "errors",
        "run ",
        "the ",
        "unit test",
        "unit tests",
        " pass",
        "test pass",
        "≥",
        "> 3",
        " ",
        "a",
        "b",
        "xy",
    ];

    proptest! {
        #[test]
        fn nothing_that_matches_is_kept_back(picks in prop::collection::vec(0..WORDS.len(), 0..6)) {
            let text: String = picks.iter().map(|at| WORDS[*at]).collect();
            let may = Sieve::of(PATTERNS.into_iter()).through(&text);
            for (at, pattern) in PATTERNS.iter().enumerate() {
                let matches = Regex::new(pattern).unwrap().is_match(&text);
                prop_assert!(!matches || may.contains(&at), "{} in {}", pattern, text);
            }
        }
    }

    #[test]
    fn patterns_whose_words_a_text_lacks_are_not_asked() {
        let sieve = Sieve::of(PATTERNS.into_iter());
        let asked = sieve.through("all tests");
        assert!(asked.contains(&6), "{asked:?}");
        assert!(!asked.contains(&0) && !asked.contains(&7), "{asked:?}");
    }
}
