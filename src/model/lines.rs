//! The lines of a document as people see them, kept whole: few of them are ever shown.

use super::span::LineIndex;

/// A document's text, repaired, and where its lines begin.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    text: String,
    index: LineIndex,
}

impl Lines {
    /// The lines of `text`, which begin where `index` says.
    pub fn new(text: String, index: LineIndex) -> Lines {
        Lines { text, index }
    }

    /// How many there are; the last one may be empty.
    pub fn count(&self) -> usize {
        self.index.count()
    }

    /// The 1-based `line` as it stands; the last one where there are fewer.
    pub fn line(&self, line: usize) -> &str {
        self.index.text_of(line, &self.text)
    }

    /// The 1-based `line` with its white space collapsed, none at the ends; the last one where there
    /// are fewer.
    pub fn shown(&self, line: usize) -> String {
        let words: Vec<&str> = self.line(line).split_whitespace().collect();
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_shown_in_single_spaces() {
        let text = "# a\n\t- [ ]  b\u{a0} c\r\n";
        let lines = Lines::new(text.to_owned(), LineIndex::new(text));
        assert_eq!([1, 2].map(|line| lines.shown(line)), ["# a", "- [ ] b c"]);
        assert_eq!(Lines::default().shown(1), "");
    }
}
