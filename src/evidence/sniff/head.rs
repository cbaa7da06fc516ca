//! The first lines of a plain text.

/// How many lines are looked at.
const LINES: usize = 400;

/// The first lines that hold anything.
#[derive(Debug)]
pub struct Head<'a> {
    /// Without line ends and trailing blanks.
    pub lines: Vec<&'a str>,
}

impl<'a> Head<'a> {
    pub(super) fn of(look: &'a str) -> Head<'a> {
        let lines = look.lines().map(str::trim_end).filter(|line| !line.is_empty());
        Head { lines: lines.take(LINES).collect() }
    }

    /// The first line.
    pub fn first(&self) -> &'a str {
        self.lines.first().copied().unwrap_or_default()
    }

    /// Whether any of the first lines is of a kind.
    pub fn any(&self, is: impl Fn(&str) -> bool) -> bool {
        self.lines.iter().any(|line| is(line))
    }
}
