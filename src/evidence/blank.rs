//! "Ran and found nothing" told apart from "did not run", for files that hold nothing at all.
//!
//! What a blank file means holds where its format is *named*; without a name it is ambiguous.

use super::FORMATS;
use super::sniff::Blank;

/// What a file that holds nothing means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The tool ran and found nothing.
    Clean,
    /// The tool looked at nothing.
    Vacuous,
    /// The tool prints this on success, and where it never ran.
    Silent,
    /// The tool does not write it.
    Never,
}

/// What each blank document means under a format's name.
#[derive(Debug, Clone, Copy)]
pub struct Blanks {
    /// What an empty file means.
    pub file: Means,
    /// What `[]` means.
    pub list: Means,
    /// What `{}` means.
    pub map: Means,
    /// What `null` means.
    pub null: Means,
}

impl Blanks {
    /// The tool writes none of them.
    pub const NONE: Blanks =
        Blanks { file: Means::Never, list: Means::Never, map: Means::Never, null: Means::Never };

    /// The tool prints nothing on success, and where it never ran.
    pub const fn silent(mut self) -> Blanks {
        self.file = Means::Silent;
        self
    }

    /// What `[]` means.
    pub const fn list(mut self, means: Means) -> Blanks {
        self.list = means;
        self
    }

    /// What `{}` means.
    pub const fn map(mut self, means: Means) -> Blanks {
        self.map = means;
        self
    }

    /// What `null` means.
    pub const fn null(mut self, means: Means) -> Blanks {
        self.null = means;
        self
    }

    pub(super) fn of(&self, blank: Blank) -> Means {
        match blank {
            Blank::File => self.file,
            Blank::List => self.list,
            Blank::Map => self.map,
            Blank::Null => self.null,
        }
    }
}

/// The formats whose tools write this blank document.
pub(super) fn writers_of(blank: Blank) -> Vec<&'static str> {
    FORMATS
        .iter()
        .filter(|format| format.about().blank.of(blank) != Means::Never)
        .map(|format| format.id())
        .collect()
}
