//! What a format is.

use super::{Input, Sniff};
use crate::model::Reading;

/// How well a format fits what was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Not mine.
    No,
    /// My shape, but without a mark of my own.
    Likely,
    /// Mine: it carries a name, a namespace or a combination of keys that nobody else writes.
    Sure,
}

impl Fit {
    /// [`Fit::Sure`] where `mine` holds.
    pub fn sure(mine: bool) -> Fit {
        if mine { Fit::Sure } else { Fit::No }
    }

    /// [`Fit::Likely`] where `mine` holds.
    pub fn likely(mine: bool) -> Fit {
        if mine { Fit::Likely } else { Fit::No }
    }
}

/// Where a file of a format can be cut short unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Nowhere: the format has an end.
    Never,
    /// At the end of a line, in formats of plain lines without a trailer.
    AtLineEnds,
    /// In the middle of a line too.
    Anywhere,
}

/// My format, but unreadable: what is wrong and where in the file, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken(pub String);

impl Broken {
    /// A fault told by `why`.
    pub fn new(why: impl Into<String>) -> Broken {
        Broken(why.into())
    }
}

/// What the book says of a format; the page is written from it.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// Who writes it, as its users name the tool.
    pub tool: &'static str,
    /// By which content it is recognised: the end of "Recognised by …".
    pub recognised: &'static str,
    /// The groups of facts that it can carry; the first is what an empty file of it holds none of.
    pub carries: &'static [&'static str],
    /// What of its origin the file itself tells: `time`, `version`, `commit`, `digest`.
    pub tells: &'static [&'static str],
    /// Where the format is published.
    pub source: &'static str,
    /// What it lies about, and what the reader makes of it: one sentence each.
    pub notes: &'static [&'static str],
}

/// A format of evidence: one file in `formats/`, one line in `FORMATS`.
pub trait Format: Sync {
    /// Its id in configuration and JSON: the name its tool is known by, in kebab-case.
    fn id(&self) -> &'static str;

    /// What the book says of it.
    fn about(&self) -> About;

    /// Whether the content is of this format. Never true of an empty list, map or file.
    fn recognises(&self, sniff: &Sniff<'_>) -> Fit;

    /// Reads the file to its end.
    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken>;

    /// Whether a file that the user says is of this format can be tried. Tools that print nothing
    /// on success have files without a mark.
    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        self.recognises(sniff) != Fit::No
    }

    /// Where a file can be cut short and still look whole.
    fn hides_cuts(&self) -> Cut {
        Cut::Never
    }
}
