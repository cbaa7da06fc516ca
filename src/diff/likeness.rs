//! How like two texts are: shared words, the rare ones weighing more, and their spelling.

use std::collections::HashMap;

/// The score of two texts that are the same.
pub(super) const ALIKE: u32 = 1000;

/// Below this share of words in common the spelling is not looked at.
const WORDS_AT_LEAST: f64 = 0.3;

/// From this share on, a text that holds all words of the other counts as that text with a remark.
const REMARK_AT_LEAST: f64 = 0.45;

/// Characters of a text that its spelling is compared by.
const SPELLED: usize = 160;

/// A text, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// Lower case letters and figures, with one blank between words.
    pub(super) plain: String,
    /// Its words without their endings, sorted, each once.
    pub(super) stems: Vec<String>,
}

impl Words {
    /// Takes case, punctuation and decoration off `text`; a text of nothing else stays as it is.
    pub(super) fn of(text: &str) -> Words {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        let mut stems: Vec<String> = words.iter().map(|word| stem(word).to_owned()).collect();
        stems.sort_unstable();
        stems.dedup();
        let plain = if words.is_empty() { text.to_owned() } else { words.join(" ") };
        Words { plain, stems }
    }
}

/// `passing`, `passed`, `passes` as `pass`. English endings alone; other words stay whole.
fn stem(word: &str) -> &str {
    for ending in ["ing", "ed", "es", "s", "e"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 3
            && !(ending == "s" && stem.ends_with('s'))
        {
            return stem;
        }
    }
    word
}

/// What each word weighs: the rarer, the more.
#[derive(Debug, Default)]
pub(super) struct Weights<'t> {
    texts: usize,
    holding: HashMap<&'t str, usize>,
}

impl<'t> Weights<'t> {
    /// Counts in how many of `texts` each word stands.
    pub(super) fn of(texts: impl Iterator<Item = &'t Words>) -> Weights<'t> {
        let mut weights = Weights::default();
        for text in texts {
            weights.texts += 1;
            for stem in &text.stems {
                *weights.holding.entry(stem).or_default() += 1;
            }
        }
        weights
    }

    fn weigh(&self, stem: &str) -> f64 {
        let holding = self.holding.get(stem).copied().unwrap_or(0).max(1);
        (1.0 + self.texts as f64 / holding as f64).ln()
    }

    /// How like `a` and `b` are, in thousandths. The same from either side.
    pub(super) fn likeness(&self, a: &Words, b: &Words) -> u32 {
        if a.plain == b.plain {
            return ALIKE;
        }
        let words = self.in_common(a, b);
        // Languages without blanks have one word a text: the spelling alone decides.
        let by_spelling = a.stems.len() < 2 && b.stems.len() < 2;
        if words < WORDS_AT_LEAST && !by_spelling {
            return thousandths(words * 0.6);
        }
        let spelling = strsim::normalized_levenshtein(head(&a.plain), head(&b.plain));
        thousandths(if by_spelling { spelling } else { words * 0.6 + spelling * 0.4 })
    }

    /// Twice the weight of the shared words over the weight of all; nearer to 1 where one text is
    /// the other and a remark.
    fn in_common(&self, a: &Words, b: &Words) -> f64 {
        let all = |words: &Words| words.stems.iter().map(|stem| self.weigh(stem)).sum::<f64>();
        let (fewer, more) = if a.stems.len() <= b.stems.len() { (a, b) } else { (b, a) };
        let within = fewer.stems.iter().all(|stem| more.stems.binary_search(stem).is_ok());
        let shared: f64 = a
            .stems
            .iter()
            .filter(|stem| b.stems.binary_search(stem).is_ok())
            .map(|stem| self.weigh(stem))
            .sum();
        let total = all(a) + all(b);
        let share = if total > 0.0 { 2.0 * shared / total } else { 0.0 };
        if within && fewer.stems.len() > 1 && share >= REMARK_AT_LEAST {
            return f64::midpoint(share, 1.0);
        }
        share
    }
}

fn head(text: &str) -> &str {
    text.char_indices().nth(SPELLED).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

/// A share as a whole number, so that equal scores are equal on every machine.
fn thousandths(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * f64::from(ALIKE)).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(a: &str, b: &str) -> u32 {
        let (a, b) = (Words::of(a), Words::of(b));
        Weights::of([&a, &b].into_iter()).likeness(&a, &b)
    }

    #[test]
    fn rewordings_are_like_and_other_things_are_not() {
        for (a, b) in [
            ("All tests pass", "All tests passed"),
            ("All tests pass", "Passing all tests"),
            ("Integration tests run on Linux", "Integration tests run on Linux and macOS"),
            ("Database backup tested", "Database backup was tested and restored"),
            ("**Rate limiting** configured!", "rate limiting configured"),
            ("Tweet when the stream starts", "Tweet when the stream starts (one account so far)"),
            ("データベースのバックアップ完了", "データベースのバックアップを完了"),
        ] {
            assert!(score(a, b) >= 600, "{a} / {b}: {}", score(a, b));
            assert_eq!(score(a, b), score(b, a));
        }
        for (a, b) in [
            ("All tests pass", "CSRF protection enabled"),
            ("Backup of the database", "Rollback of the release"),
            ("Rate limiting configured", "CORS origins configured"),
            (
                "Tests pass",
                "The payment team's rollback was rehearsed and its tests pass on staging",
            ),
            ("", "All tests pass"),
        ] {
            assert!(score(a, b) < 600, "{a} / {b}: {}", score(a, b));
        }
    }

    #[test]
    fn case_punctuation_and_white_space_do_not_count() {
        assert_eq!(score("✅ **All** tests  pass.", "all tests pass"), ALIKE);
        assert_eq!(Words::of("✅").plain, "✅");
    }

    #[test]
    fn a_rare_word_weighs_more_than_a_common_one() {
        let texts = ["api configured", "web configured", "mail configured", "api documented"];
        let words: Vec<Words> = texts.iter().map(|text| Words::of(text)).collect();
        let weights = Weights::of(words.iter());
        let same_rare = weights.in_common(&words[0], &words[3]);
        let same_common = weights.in_common(&words[0], &words[1]);
        assert!(same_rare > same_common, "{same_rare} > {same_common}");
    }
}
