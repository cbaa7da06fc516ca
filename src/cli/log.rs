//! `trueup log`: who did what to which item, and when, from git alone.

use crate::pipeline::{self, Error, Logging};
use crate::render::text;

use super::args::{Log, OutputFormat};
use super::{Exit, Streams};

/// Runs the command.
pub(super) fn run(args: &Log, streams: &mut Streams) -> Result<Exit, Error> {
    let of = Logging {
        dir: args.dir.clone(),
        at: args.at.clone(),
        wanted: args.wanted.clone(),
        cache: !args.no_cache,
    };
    let log = pipeline::log(&of)?;
    if !args.quiet {
        match args.format {
            OutputFormat::Json => streams.document(&log),
            OutputFormat::Text => streams.print(&text::log(&log, streams.paint)),
        }
    }
    Ok(Exit::Go)
}
