//! Archives as CI leaves them: `.zip`, `.tar`, `.tar.gz`, `.tgz`, and one archive within another; and a
//! single file that a tool compressed.
//!
//! An archive is read as a stream, from its first entry to its last, and nothing of it is written
//! to disk. It is taken whole or not at all: where it is cut off, lies about itself or passes a
//! bound, no entry of it counts, for the failing report may be the one that is not told.

mod budget;
mod gzip;
mod names;
mod pack;
mod tar;
mod walk;
mod zip;

pub use gzip::{gunzip, is_gzip};
pub use pack::pack;
pub use walk::{Contents, Skipped, contents, each};

/// Why an archive is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whether a bound was passed, rather than something be wrong with it.
    pub limit: bool,
    /// As it stands behind "cannot be read: ".
    pub why: String,
}

impl Fault {
    fn broken(why: impl Into<String>) -> Fault {
        Fault { limit: false, why: why.into() }
    }

    fn limit(why: impl Into<String>) -> Fault {
        Fault { limit: true, why: why.into() }
    }
}
