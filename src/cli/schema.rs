//! `trueup schema`: the published JSON Schemas.

use crate::pipeline::{self, Error};
use crate::seal::manifest;
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
        SchemaOf::Witness => pipeline::witness_schema(),
        SchemaOf::Manifest => manifest::schema(),
        SchemaOf::Config => config::schema(),
    };
    streams.hand_over(&super::json(&schema));
    Ok(Exit::Go)
}
