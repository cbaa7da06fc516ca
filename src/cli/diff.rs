//! `trueup diff`: what became of the readiness between two releases.

use crate::diff::Diff;
use crate::pipeline::{self, Error};
use crate::render::markdown;
use crate::render::output::Output;
use crate::render::text::Paint;
use crate::sources::clock;

use super::args::{Diff as Args, FailOn};
use super::{Exit, Streams, judging, outputs};

/// Runs the command.
pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Exit, Error> {
    let of = pipeline::Comparing {
        dir: args.dir.clone(),
        artifacts: args.artifacts.clone(),
        as_of: judging::time(args.as_of.as_deref())?,
        now: clock::now(),
        history: !args.no_history,
        cache: !args.no_cache,
    };
    let to = args.to.as_deref();
    let diff = pipeline::compare(&of, &args.from, to, &streams.environment)?;
    let drawn = |output: &Output, paint| output.diff.map(|draw| draw(&diff, paint));
    outputs::write(&args.outputs, &args.dir, |output| drawn(output, Paint::PLAIN))?;
    outputs::summarize(|| markdown::diff(&diff, Paint::PLAIN), streams);
    if !args.quiet {
        let text = drawn(args.format, streams.paint).unwrap_or_default();
        outputs::print(args.format, &text, streams);
    }
    Ok(by_regression(&diff, args.fail_on))
}

/// How a diff ends a command that was told what to fail on.
pub(super) fn by_regression(diff: &Diff, fail_on: Option<FailOn>) -> Exit {
    match fail_on {
        Some(FailOn::Regression) if diff.worse() > 0 => Exit::NoGo,
        Some(FailOn::Regression) | None => Exit::Go,
    }
}
