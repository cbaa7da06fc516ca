//! Starts trueup.

use std::process::ExitCode;

use trueup::cli::{self, Streams};

fn main() -> ExitCode {
    ExitCode::from(cli::run(std::env::args_os(), &mut Streams::of_process()).code())
}
