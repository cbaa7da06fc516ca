//! `trueup schema`: the published JSON Schemas.

use crate::pipeline::Error;
use crate::{config, diff, history, snapshot};

use super::args::{Schema, SchemaOf};
use super::{Exit, Streams, fix};

/// Runs the command.
pub(super) fn run(args: &Schema, streams: &mut Streams) -> Result<Exit, Error> {
    let schema = match args.of {
        SchemaOf::Snapshot => snapshot::schema(),
        SchemaOf::Diff => diff::schema(),
        SchemaOf::Fix => fix::schema(),
        SchemaOf::Log => history::log::schema(),
        SchemaOf::Config => config::schema(),
    };
    streams.print(&super::json(&schema));
    Ok(Exit::Go)
}
