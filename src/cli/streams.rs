//! The streams and surroundings of a run.

use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal, Write};

use serde::Serialize;

use crate::render::text::Paint;
use crate::render::write_json;
use crate::sources::environment::Environment;

use super::workflow_commands::inert;

/// Where a run prints, and what it is told by its surroundings.
pub struct Streams {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    /// How standard output is coloured.
    pub paint: Paint,
    /// How standard error is coloured.
    pub paint_err: Paint,
    /// Whether a person watches standard error.
    pub watched: bool,
    /// What the surroundings say.
    pub environment: Environment,
}

impl Streams {
    /// The process's own: coloured where a terminal shows it and nothing forbids it.
    pub fn of_process() -> Streams {
        let colored =
            |choice: anstream::ColorChoice| Paint { color: choice != anstream::ColorChoice::Never };
        Streams {
            paint: colored(anstream::AutoStream::choice(&std::io::stdout())),
            paint_err: colored(anstream::AutoStream::choice(&std::io::stderr())),
            out: Box::new(std::io::stdout()),
            err: Box::new(std::io::stderr()),
            watched: std::io::stderr().is_terminal(),
            environment: Environment::of_process(),
        }
    }

    /// Streams of a test: no colour, nobody watching.
    pub fn into(out: Box<dyn Write>, err: Box<dyn Write>, environment: Environment) -> Streams {
        Streams {
            out,
            err,
            paint: Paint::PLAIN,
            paint_err: Paint::PLAIN,
            watched: false,
            environment,
        }
    }

    /// Writes to standard output what a person reads. A reader that went away (`| head`) is no
    /// fault.
    pub fn print(&mut self, text: &str) {
        let text = self.logged(text);
        quietly(&mut self.out, &text);
    }

    /// Writes to standard output what a program reads, as it is.
    pub fn hand_over(&mut self, text: &str) {
        quietly(&mut self.out, text);
    }

    /// Writes a document to standard output as JSON, a piece at a time.
    pub fn document(&mut self, document: &impl Serialize) {
        ended(write_json(&mut self.out, document));
    }

    /// Writes to standard error, which a person reads.
    pub fn complain(&mut self, text: &str) {
        let text = self.logged(text);
        quietly(&mut self.err, &text);
    }

    /// `text` as it may stand in the log of the job that this runs in.
    fn logged<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Environment { ci, github, job, .. } = &self.environment;
        if *ci || github.is_some() || job.is_some() { inert(text) } else { Cow::Borrowed(text) }
    }
}

fn quietly(stream: &mut dyn Write, text: &str) {
    ended(stream.write_all(text.as_bytes()).and_then(|()| stream.flush()));
}

fn ended(written: io::Result<()>) {
    match written {
        Ok(()) => {}
        Err(fault) if fault.kind() == ErrorKind::BrokenPipe => {}
        // There is nowhere left to say it.
        Err(_) => {}
    }
}
