//! Starts trueup.

use std::process::ExitCode;

use trueup::cli::{self, Streams};

/// Memory for many small texts, asked for by several threads at once.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(cli::run(std::env::args_os(), &mut Streams::of_process()).code())
}
