//! `trueup schema`: the published JSON Schema.

use crate::pipeline::Error;
use crate::snapshot;

use super::args::{Schema, SchemaOf};
use super::{Exit, Streams};

/// Runs the command.
pub(super) fn run(args: &Schema, streams: &mut Streams) -> Result<Exit, Error> {
    let schema = match args.of {
        SchemaOf::Snapshot => snapshot::schema(),
    };
    streams.print(&super::json(&schema));
    Ok(Exit::Go)
}
