//! `trueup verify`: whether a published report is whole, and says what its evidence says.

use crate::pipeline::{self, Error, Verifying};
use crate::render::text;

use super::args::{OutputFormat, Verify};
use super::{Exit, Streams};

/// Runs the command: exit 0 where every layer that was checked holds, 1 where one does not, 3
/// where another version of trueup drew the pages and that is not allowed.
pub(super) fn run(args: &Verify, streams: &mut Streams) -> Result<Exit, Error> {
    let verification = pipeline::verify(&Verifying {
        dir: args.dir.clone(),
        allowed_signers: args.allowed_signers.clone(),
        signature: args.signature.clone(),
        allow_other_version: args.allow_other_version,
    })?;
    if !args.quiet {
        let text = match args.format {
            OutputFormat::Json => super::json(&verification),
            OutputFormat::Text => text::verification(&verification, streams.paint),
        };
        args.format.print(&text, streams);
    }
    Ok(match (verification.ok, verification.is_altered()) {
        (true, _) => Exit::Go,
        (false, true) => Exit::NoGo,
        (false, false) => Exit::Failed,
    })
}
