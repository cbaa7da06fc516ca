//! A report that stands as it is: no file was touched since it was made, nor any of its own.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::pipeline::{Error, Untouched, as_it_lies};
use crate::render::output::TEXT;

use super::args::Report;
use super::{Exit, Streams, judging};

/// The run whose report may stand; `None` where that is not asked for, or more than a report is.
pub(super) fn of(args: &Report, out: &Path, streams: &Streams) -> Result<Option<OfReport>, Error> {
    let alone = args.outputs.is_empty() && args.single_file.is_none();
    let alone = alone && args.judging.release.is_none() && args.format.name == TEXT.name;
    if !(args.trust_mtime && alone) {
        return Ok(None);
    }
    let asked = format!("report {:?} {} {}", args.out, args.no_vault, args.vault_secrets);
    let untouched = judging::untouched(&args.judging, true, (&asked, Some(out)), streams)?;
    Ok(untouched.map(OfReport))
}

/// A run that writes a report.
pub(super) struct OfReport(Untouched);

/// What is remembered of it.
#[derive(Serialize, Deserialize)]
pub(super) struct Stands {
    /// How the files of the report lay when it was written.
    files: String,
    text: String,
    no_go: bool,
}

impl OfReport {
    /// The last such run, where its report lies in `out` as it left it.
    pub(super) fn stands(&self, out: &Path) -> Option<Stands> {
        let known: Stands = serde_json::from_slice(&self.0.known()?).ok()?;
        (as_it_lies(out)? == known.files).then_some(known)
    }

    /// Remembers the report that was written to `out`.
    pub(super) fn remember(&self, out: &Path, text: String, exit: Exit) {
        let Some(files) = as_it_lies(out) else { return };
        let stands = Stands { files, text, no_go: exit == Exit::NoGo };
        if let Ok(bytes) = serde_json::to_vec(&stands) {
            self.0.remember(&bytes);
        }
    }
}

impl Stands {
    /// Prints what that run printed, and exits as it did.
    pub(super) fn told(&self, args: &Report, streams: &mut Streams) -> Exit {
        if !args.judging.quiet {
            streams.print(&self.text);
        }
        if args.gate && self.no_go { Exit::NoGo } else { Exit::Go }
    }
}
