//! What a text says that nobody reads: the words outside of what an idea recognises.
//!
//! A pattern spans words that it does not read (`.{0,30}`). Those, and what stands before and after,
//! may say a second thing ("and coverage ≥ 80%") or where, of what and how often the first holds ("in
//! production", "for checkout"). So none of them may be left over but those that say nothing.

use std::ops::Range;

/// A pattern in which what may stand between its words is set apart, so that it is known as unread.
pub(super) fn with_gaps_apart(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 64);
    let (mut rest, mut gaps) = (pattern, 0_usize);
    while let Some(at) = next_gap(rest) {
        let (before, from) = rest.split_at(at.start);
        let (gap, after) = from.split_at(at.len());
        out.push_str(before);
        out.push_str(&format!("(?P<gap{gaps}>{gap})"));
        gaps += 1;
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The next `.*` or `.{0,30}`.
fn next_gap(pattern: &str) -> Option<Range<usize>> {
    let mut letters = pattern.char_indices();
    while let Some((at, letter)) = letters.next() {
        let rest = pattern.get(at..).unwrap_or_default();
        if letter == '\\' {
            letters.next();
        } else if rest.starts_with(".*") {
            return Some(at..at + 2);
        } else if rest.starts_with(".{") {
            return rest.find('}').map(|end| at..at + end + 1);
        }
    }
    None
}

/// A word that is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unread<'t> {
    pub(super) word: &'t str,
    /// It stands between words that are.
    pub(super) between: bool,
}

/// A match of a pattern, and the gaps in it.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) span: Range<usize>,
    pub(super) gaps: Vec<Range<usize>>,
}

/// The words of `text` that stand outside of what a pattern `read`, wherever it recognised it.
pub(super) fn unread<'t>(read: &[Read], text: &'t str) -> Vec<Unread<'t>> {
    let mut places = vec![Place::Outside; text.len()];
    let mut mark = |range: &Range<usize>, place: Place| {
        places.get_mut(range.clone()).into_iter().flatten().for_each(|of| *of = place);
    };
    for Read { span, gaps } in read {
        mark(span, Place::Read);
        gaps.iter().for_each(|gap| mark(gap, Place::Between));
    }
    let of = |word: Range<usize>| {
        let place = places.get(word.clone())?.iter().copied().max()?;
        let word = text.get(word)?;
        (place != Place::Read).then_some(Unread { word, between: place == Place::Between })
    };
    ranges(text).into_iter().filter_map(of).collect()
}

/// What a letter is to a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Outside,
    Between,
    Read,
}

/// The words of `text`: letters and digits on end.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    ranges(text).into_iter().filter_map(|word| text.get(word))
}

/// Where they stand.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        let end = at + letter.len_utf8();
        match words.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => words.push(at..end),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use crate::catalog::pattern::Wording;

    /// Those between in parentheses.
    fn left(pattern: &str, text: &str) -> String {
        let told = Wording::from(pattern).unread(text).into_iter().map(|of| match of.between {
            true => format!("({})", of.word),
            false => of.word.to_owned(),
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_stands_around_and_between_the_words_is_left() {
        let lint = r"\b(lint(ing)?)\b.{0,30}\b(pass|clean)\b";
        assert_eq!(left(lint, "lint and tests pass on ci"), "(and) (tests) on ci");
        assert_eq!(left(lint, "linting: clean"), "");
        assert_eq!(left(r"\.md.*\bcreated", "readme.md was created"), "readme (was)");
        assert_eq!(left("lint", "tests"), "tests");
    }
}
