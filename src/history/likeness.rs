//! How like two texts are: whether one is the other reworded.

/// Longer texts are compared by their first words.
const WORDS: usize = 64;

/// From this many letters on, a word that begins with another is a form of it (`pass`, `passed`).
const STEM: usize = 4;

/// A text as its words, for comparing it with many others.
#[derive(Debug)]
pub(super) struct Words {
    words: Vec<String>,
    weight: usize,
}

impl Words {
    pub(super) fn of(text: &str) -> Words {
        let mut words: Vec<String> = Vec::new();
        let mut open = false;
        for c in text.chars().flat_map(char::to_lowercase) {
            // Scripts without blanks: each character is a word.
            let alone = c >= '\u{2e80}';
            if !c.is_alphanumeric() {
                open = false;
            } else if open && !alone {
                words.last_mut().into_iter().for_each(|word| word.push(c));
            } else if words.len() == WORDS {
                break;
            } else {
                words.push(c.to_string());
                open = !alone;
            }
        }
        words.sort_unstable();
        let weight = words.iter().map(|word| weight(word)).sum();
        Words { words, weight }
    }

    /// The share of both texts that they have in common, 0 to 1. Long words count for more.
    pub(super) fn likeness(&self, other: &Words) -> f64 {
        if self.weight + other.weight == 0 {
            return 0.0;
        }
        let mut rest: Vec<&str> = other.words.iter().map(String::as_str).collect();
        let mut common = 0;
        let mut forms = Vec::new();
        for word in &self.words {
            match rest.iter().position(|candidate| candidate == word) {
                Some(at) => {
                    rest.remove(at);
                    common += 2 * weight(word);
                }
                None => forms.push(word.as_str()),
            }
        }
        for word in forms {
            if let Some(at) = rest.iter().position(|candidate| is_form(word, candidate)) {
                common += weight(word).min(weight(rest.remove(at))) * 2;
            }
        }
        common as f64 / (self.weight + other.weight) as f64
    }
}

fn weight(word: &str) -> usize {
    word.chars().count().min(12)
}

fn is_form(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.chars().count() >= STEM && long.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f64 {
        Words::of(one).likeness(&Words::of(other))
    }

    #[test]
    fn the_same_words_are_alike_whatever_their_order() {
        assert_eq!(likeness("All tests pass", "pass: ALL tests"), 1.0);
        assert_eq!(likeness("", ""), 0.0);
        assert_eq!(likeness("alpha", "omega"), 0.0);
    }

    #[test]
    fn rewording_is_told_from_another_text() {
        for (one, other, at_least) in [
            ("All tests pass", "All tests passed", 0.9),
            ("All tests pass", "Passing all tests", 0.8),
            ("Builds on Linux", "Builds on Linux and macOS", 0.7),
            ("Rate limiting configured for search", "Rate limiting verified for search", 0.7),
            ("数据库已备份", "数据库已经备份", 0.9),
        ] {
            assert!(likeness(one, other) >= at_least, "{one} / {other}: {}", likeness(one, other));
        }
        assert!(likeness("Rate limiting configured", "Backups are in place") < 0.1);
    }

    #[test]
    fn likeness_is_the_same_both_ways() {
        let texts = ["All tests pass", "tests test testing", "Testing tests", "a b a", "a b b"];
        for one in texts {
            for other in texts {
                assert_eq!(likeness(one, other), likeness(other, one), "{one} / {other}");
            }
        }
    }
}
