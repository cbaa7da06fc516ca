//! `trueup lsp`: the language server, for an editor on the other side of standard input and output.

use crate::lsp::{self, Settings};
use crate::pipeline::Error;

use super::args::Lsp;
use super::{Exit, Streams};

/// Runs the command, until the editor says goodbye.
pub(super) fn run(args: &Lsp, streams: &mut Streams) -> Result<Exit, Error> {
    let settings = Settings {
        dir: args.dir.clone(),
        artifacts: args.artifacts.clone(),
        history: !args.no_history,
        cache: !args.no_cache,
        environment: streams.environment.clone(),
    };
    let polite = lsp::serve(settings).map_err(|fault| Error::failed(fault.to_string()))?;
    // The protocol's own answer to an editor that goes without a word.
    Ok(if polite { Exit::Go } else { Exit::NoGo })
}
