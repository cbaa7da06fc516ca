//! Arguments, exit codes, the one printer of errors; one file a command.

mod args;
mod check;
mod collect;
mod demo;
pub(crate) mod diagnostic;
mod diff;
mod errors;
mod exit;
mod explain;
mod fix;
mod init;
mod inspect;
mod judging;
mod log;
mod lsp;
mod outputs;
mod publish;
mod report;
mod schema;
mod serve;
mod shell;
mod standing;
mod streams;
mod verify;
mod workflow_commands;

use std::ffi::OsString;

use clap::Parser;

pub use exit::Exit;
pub use streams::Streams;

use args::{Cli, Command};

/// Runs trueup on `args` (the program's name first) and returns how it ended. Only `main` ends the
/// process, so that a test can call this.
pub fn run(args: impl IntoIterator<Item = OsString>, streams: &mut Streams) -> Exit {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(fault) => return refused(&fault, streams),
    };
    let ended = match cli.command {
        Command::Init(args) => init::run(&args, streams),
        Command::Check(args) => check::run(&args, streams),
        Command::Report(args) => report::run(&args, streams),
        Command::Fix(args) => fix::run(&args, streams),
        Command::Explain(args) => explain::run(&args, streams),
        Command::Diff(args) => diff::run(&args, streams),
        Command::Log(args) => log::run(&args, streams),
        Command::Collect(args) => collect::run(&args, streams),
        Command::Inspect(args) => inspect::run(&args, streams),
        Command::Verify(args) => verify::run(&args, streams),
        Command::Serve(args) => serve::run(&args, streams),
        Command::Lsp(args) => lsp::run(&args, streams),
        Command::Schema(args) => schema::run(&args, streams),
        Command::Demo(args) => demo::run(&args, streams),
        Command::Completions(args) => shell::completions(&args, streams),
        Command::Man(args) => shell::man(&args, streams),
    };
    ended.unwrap_or_else(|error| errors::print(&error, streams))
}

/// Help and version go to standard output; a fault of the command line to standard error.
fn refused(fault: &clap::Error, streams: &mut Streams) -> Exit {
    if fault.use_stderr() {
        streams.complain(&fault.render().to_string());
        Exit::Usage
    } else {
        streams.print(&fault.render().to_string());
        Exit::Go
    }
}

/// A document as JSON for programs: two blanks of indent, a line end.
fn json(document: &impl serde::Serialize) -> String {
    // Every type printed has text keys, and numbers that JSON has.
    let text = serde_json::to_string_pretty(document).unwrap_or_default();
    text + "\n"
}
