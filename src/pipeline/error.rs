//! Why a run cannot give an answer at all.

use std::collections::BTreeMap;

use crate::config::ConfigFault;
use crate::model::Place;
use crate::sources::git::{GitError, GitErrorKind};
use crate::sources::output::WriteError;

/// A fatal error. What concerns one input alone is a problem of the snapshot instead.
#[derive(Debug)]
pub enum Error {
    /// The configuration or a comment beside an item cannot be understood.
    Config {
        /// Every fault that was found.
        faults: Vec<ConfigFault>,
        /// The text of each file that a fault lies in, by path.
        texts: BTreeMap<String, String>,
    },
    /// What was asked for does not exist or makes no sense.
    Usage {
        /// Where it is asked for, in a file of the project.
        place: Option<Place>,
        /// What is wrong, as a sentence.
        lead: String,
        /// What to do.
        hint: Option<String>,
    },
    /// The work could not be finished.
    Failed {
        /// What could not be done.
        lead: String,
        /// What to do.
        hint: Option<String>,
    },
}

impl Error {
    /// Something that was asked for wrongly.
    pub fn usage(lead: impl Into<String>) -> Error {
        Error::Usage { place: None, lead: lead.into(), hint: None }
    }

    /// Something that was asked for wrongly at `place`.
    pub fn usage_at(place: &Place, lead: impl Into<String>) -> Error {
        Error::Usage { place: Some(place.clone()), lead: lead.into(), hint: None }
    }

    /// Something that could not be done.
    pub fn failed(lead: impl Into<String>) -> Error {
        Error::Failed { lead: lead.into(), hint: None }
    }

    /// What to do, as far as one sentence says it.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Error::Config { .. } => None,
            Error::Usage { hint, .. } | Error::Failed { hint, .. } => hint.as_deref(),
        }
    }

    /// Where it lies, as far as that is one place, and what is wrong there.
    pub fn placed(&self) -> (Option<Place>, String) {
        match self {
            Error::Usage { place: Some(place), lead, .. } => (Some(place.clone()), lead.clone()),
            other => (None, other.to_string()),
        }
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn hinted(mut self, text: impl Into<String>) -> Error {
        match &mut self {
            Error::Config { .. } => {}
            Error::Usage { hint, .. } | Error::Failed { hint, .. } => *hint = Some(text.into()),
        }
        self
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Config { faults, .. } => {
                let first = faults.first().map_or("the configuration", |fault| &fault.message);
                f.write_str(first)
            }
            Error::Usage { place: Some(place), lead, .. } => write!(f, "{place}: {lead}"),
            Error::Usage { lead, .. } | Error::Failed { lead, .. } => f.write_str(lead),
        }
    }
}

impl Error {
    /// A revision that names nothing was asked for wrongly; all else could not be done.
    pub(super) fn of_revision(fault: GitError) -> Error {
        match fault.kind() {
            GitErrorKind::UnknownRevision | GitErrorKind::AmbiguousRevision => {
                let hint = fault.hint().map(str::to_owned);
                Error::Usage { place: None, lead: fault.to_string(), hint }
            }
            _ => fault.into(),
        }
    }
}

impl From<GitError> for Error {
    fn from(fault: GitError) -> Error {
        Error::Failed { lead: fault.to_string(), hint: fault.hint().map(str::to_owned) }
    }
}

impl From<WriteError> for Error {
    fn from(fault: WriteError) -> Error {
        Error::Failed { lead: fault.to_string(), hint: fault.hint().map(str::to_owned) }
    }
}
