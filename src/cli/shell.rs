//! `trueup completions` and `trueup man`: what a shell and its reader know of the command line.

use clap::CommandFactory as _;

use crate::pipeline::Error;
use crate::sources::output::{make_folder, write_file};

use super::args::{Cli, Completions, Man};
use super::{Exit, Streams};

/// Prints the completions of a shell.
pub(super) fn completions(args: &Completions, streams: &mut Streams) -> Result<Exit, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "trueup", &mut script);
    streams.hand_over(&String::from_utf8_lossy(&script));
    Ok(Exit::Go)
}

/// Prints the manual page of the whole, or writes a page a command.
pub(super) fn man(args: &Man, streams: &mut Streams) -> Result<Exit, Error> {
    let mut whole = Cli::command();
    whole.build();
    let Some(dir) = &args.dir else {
        streams.hand_over(&page(&whole)?);
        return Ok(Exit::Go);
    };
    make_folder(dir)?;
    write_file(&dir.join("trueup.1"), page(&whole)?.as_bytes())?;
    for command in whole.get_subcommands() {
        let name = command.get_display_name().unwrap_or(command.get_name());
        write_file(&dir.join(format!("{name}.1")), page(command)?.as_bytes())?;
    }
    Ok(Exit::Go)
}

fn page(command: &clap::Command) -> Result<String, Error> {
    let mut roff = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut roff)
        .map_err(|fault| Error::failed(format!("the manual page cannot be written: {fault}")))?;
    Ok(String::from_utf8_lossy(&roff).into_owned())
}
