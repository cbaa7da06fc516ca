//! What a format is.

use super::{Blanks, Input, Sniff};
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

/// What a format says of itself; the book's page and `trueup inspect --formats` are made of it.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// Who writes it, as its users name the tool.
    pub tool: &'static str,
    /// By which content it is recognised: the end of "Recognised by …".
    pub recognised: &'static str,
    /// The groups of facts that it can carry; the first is what an empty file of it holds none of.
    pub carries: &'static [&'static str],
    /// Where it tells of its origin.
    pub tells: Tells,
    /// Where the format is published.
    pub source: &'static str,
    /// What an honest run looks like that found nothing.
    pub clean: &'static str,
    /// What proves nothing; `Nothing here: …` where no file that holds anything can be vacuous.
    pub vacuous: &'static str,
    /// What a file that holds nothing at all means, where the format is named.
    pub blank: Blanks,
    /// What it lies about, and what the reader makes of it: one sentence each.
    pub notes: &'static [&'static str],
}

/// Where in the file its origin stands; `None` where the file does not tell.
#[derive(Debug, Clone, Copy)]
pub struct Tells {
    /// When it was made.
    pub time: Option<&'static str>,
    /// The version of the tool.
    pub version: Option<&'static str>,
    /// The commit that it is of.
    pub commit: Option<&'static str>,
    /// The digest of what it is about.
    pub digest: Option<&'static str>,
}

impl Tells {
    /// The file tells nothing: a seal, the CI run or git must.
    pub const NOTHING: Tells = Tells { time: None, version: None, commit: None, digest: None };

    /// When it was made stands at `place`.
    pub const fn time(mut self, place: &'static str) -> Tells {
        self.time = Some(place);
        self
    }

    /// The version of the tool stands at `place`.
    pub const fn version(mut self, place: &'static str) -> Tells {
        self.version = Some(place);
        self
    }

    /// The commit stands at `place`.
    pub const fn commit(mut self, place: &'static str) -> Tells {
        self.commit = Some(place);
        self
    }

    /// The digest stands at `place`.
    pub const fn digest(mut self, place: &'static str) -> Tells {
        self.digest = Some(place);
        self
    }

    /// Name and place of each that it tells.
    pub fn places(&self) -> Vec<(&'static str, &'static str)> {
        [
            ("time", self.time),
            ("version", self.version),
            ("commit", self.commit),
            ("digest", self.digest),
        ]
        .into_iter()
        .filter_map(|(name, place)| Some((name, place?)))
        .collect()
    }
}

/// A format of evidence: one file in `formats/`, one line in `FORMATS`.
pub trait Format: Sync {
    /// Its id in configuration and JSON: the name its tool is known by, in kebab-case.
    fn id(&self) -> &'static str;

    /// What the book says of it.
    fn about(&self) -> About;

    /// Whether the content is of this format. Never true of an empty list, map or file.
    fn recognises(&self, sniff: &Sniff<'_>) -> Fit;

    /// Whether its tool gives what it finds a severity, from `critical` to `low`. Where each file says
    /// so for itself, its reader does.
    fn grades(&self) -> bool {
        false
    }

    /// What it tells of each finding that has one and leaves out of the others, as `fixed_in`. Where
    /// some versions or kinds of its files do, their reader says so ([`Listing::tells`]).
    ///
    /// [`Listing::tells`]: crate::facts::Listing::tells
    fn leaves_out(&self) -> &'static [&'static str] {
        &[]
    }

    /// Reads the file to its end.
    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken>;

    /// Whether a file that the user says is of this format can be tried. Tools that print nothing
    /// on success have files without a mark.
    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        self.recognises(sniff) != Fit::No
    }

    /// Whether some or all of its files hold secrets in clear that a tool found. A reader of some says
    /// of each whether it does ([`Reading::secrets`]).
    fn may_hold_secrets(&self) -> bool {
        false
    }

    /// Where a file can be cut short and still look whole.
    fn hides_cuts(&self) -> Cut {
        Cut::Never
    }
}
