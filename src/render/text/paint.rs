//! Colours and marks of the terminal; without colour the words and marks carry everything.

use anstyle::{AnsiColor, Color, Style};

use crate::model::Status;

/// Whether and how text is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    /// Whether the stream shows colours.
    pub color: bool,
}

impl Paint {
    /// Text without any colour.
    pub const PLAIN: Paint = Paint { color: false };

    /// The mark of a status: the shape says what the hue says.
    pub fn mark(self, status: Status) -> String {
        self.in_hue(status, glyph(status).to_string().as_str())
    }

    /// The words of a status.
    pub fn status(self, status: Status) -> String {
        self.in_hue(status, status.phrase())
    }

    /// `text` in the hue of a status.
    pub fn in_hue(self, status: Status, text: &str) -> String {
        let color = match status {
            Status::Verified | Status::Ready => Some(AnsiColor::Cyan),
            Status::Contradicted | Status::Failing => Some(AnsiColor::Red),
            Status::Stale => Some(AnsiColor::Yellow),
            Status::Waived => Some(AnsiColor::Magenta),
            Status::Unproven | Status::Open | Status::NotApplicable => None,
        };
        self.with(Style::new().bold().fg_color(color.map(Color::Ansi)), text)
    }

    /// `text`, bold.
    pub fn bold(self, text: &str) -> String {
        self.with(Style::new().bold(), text)
    }

    /// `text`, dimmed.
    pub fn dim(self, text: &str) -> String {
        self.with(Style::new().dimmed(), text)
    }

    /// `text` as a warning.
    pub fn yellow(self, text: &str) -> String {
        self.with(Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Yellow))), text)
    }

    /// `text` as a fault.
    pub fn red(self, text: &str) -> String {
        self.with(Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Red))), text)
    }

    fn with(self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// One column a status, told apart without colour.
pub(super) fn glyph(status: Status) -> char {
    match status {
        Status::Contradicted => '✕',
        Status::Stale => '◷',
        Status::Unproven => '?',
        Status::Failing => '⊗',
        Status::Waived => '◆',
        Status::Open => '·',
        Status::Ready => '✓',
        Status::Verified => '☑',
        Status::NotApplicable => '–',
    }
}

/// A document's or artifact's text without what a terminal would obey: control characters, and
/// those that turn the direction of what follows.
pub fn safe(text: &str) -> String {
    text.chars().map(|letter| if obeyed(letter) { '\u{fffd}' } else { letter }).collect()
}

/// The same of a text of several lines, whose ends stay.
pub fn safe_lines(text: &str) -> String {
    let kept = |letter: char| matches!(letter, '\r' | '\n');
    let shown = |letter| if obeyed(letter) && !kept(letter) { '\u{fffd}' } else { letter };
    text.chars().map(shown).collect()
}

fn obeyed(letter: char) -> bool {
    let turns = matches!(
        letter,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    turns || (letter.is_control() && letter != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_and_not_sent() {
        assert_eq!(
            safe("a\u{1b}[31mb\u{202e}c\u{2066}d\ne\u{9b}"),
            "a\u{fffd}[31mb\u{fffd}c\u{fffd}d\u{fffd}e\u{fffd}"
        );
        assert_eq!(safe("né\t日本 👩\u{200d}💻"), "né\t日本 👩\u{200d}💻");
    }
}
