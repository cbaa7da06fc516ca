//! Places in a text: byte ranges, and lines counted once.

use memchr::memchr_iter;

/// A range of bytes of a file, as it lies on disk (a BOM and front matter included).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to, but not including, `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// The text under the span, or `""` where it is not one of `text`'s ranges.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Where the lines of a text begin; turns offsets into 1-based line numbers.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl Default for LineIndex {
    fn default() -> LineIndex {
        LineIndex { starts: vec![0] }
    }
}

impl LineIndex {
    /// Counts the lines of `text` once.
    pub fn new(text: &str) -> LineIndex {
        let mut starts = Vec::with_capacity(text.len() / 32 + 1);
        starts.push(0);
        starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        LineIndex { starts }
    }

    /// How many lines there are; the last one may be empty.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The 1-based line that holds byte `offset`.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The offset at which 1-based `line` begins; the last line's where there are fewer.
    pub fn start_of(&self, line: usize) -> usize {
        let last = self.starts.len().saturating_sub(1);
        self.starts[line.saturating_sub(1).min(last)]
    }

    /// The bytes of 1-based `line` of `text`, without its line end.
    pub fn text_of<'t>(&self, line: usize, text: &'t str) -> &'t str {
        let start = self.start_of(line).min(text.len());
        let end = self.starts.get(line).copied().unwrap_or(text.len()).min(text.len());
        text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_one_based_and_cut_at_their_ends() {
        let text = "a\r\nbb\n\nc";
        let index = LineIndex::new(text);
        assert_eq!([0, 1, 3, 5, 6, 7, 99].map(|at| index.line(at)), [1, 1, 2, 2, 3, 4, 4]);
        assert_eq!([1, 2, 3, 4].map(|line| index.text_of(line, text)), ["a", "bb", "", "c"]);
    }
}
