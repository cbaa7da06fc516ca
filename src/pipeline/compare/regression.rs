//! The part of the gate that compares: nothing may have got worse since a release.

use crate::pipeline::inputs::project;
use crate::pipeline::judge::Run;
use crate::pipeline::{Error, PREVIOUS};
use crate::policy::Config;
use crate::snapshot::Snapshot;

use super::NAME_THEM;
use super::found::Found;
use super::of_run::{Compared, compared, compared_with_own, compared_with_recorded};

/// In a shallow clone the earlier release may be what was left out.
const SHALLOW: &str = "the clone is shallow. Fetch all of it with its tags (`fetch-depth: 0`)";

/// `snapshot` of a run with what its gate says of regressions, where the configuration asks for that.
///
/// # Errors
/// Where the release that is named is none, or cannot be judged.
pub(in crate::pipeline) fn held(run: &Run<'_>, mut snapshot: Snapshot) -> Result<Snapshot, Error> {
    let config = &run.case.config;
    let Some(from) = asked(config).filter(|_| is_asked(run)) else { return Ok(snapshot) };
    let mut found = found(run, from, &snapshot)?;
    if from == PREVIOUS
        && let Some(own) = compared_with_own(run, &snapshot)?
    {
        found = found.and_of_own(own);
    }
    let gate = std::mem::take(&mut snapshot.summary.gate);
    snapshot.summary.gate = found.decide(config, from, gate);
    Ok(snapshot)
}

/// Whether the gate of that run compares.
pub(in crate::pipeline) fn is_asked(run: &Run<'_>) -> bool {
    asked(&run.case.config).is_some() && !run.context.options.past
}

/// With what the gate compares.
pub(in crate::pipeline) fn asked(config: &Config) -> Option<&str> {
    config.gate.as_ref()?.regression.as_deref()
}

fn found(run: &Run<'_>, from: &str, snapshot: &Snapshot) -> Result<Found, Error> {
    match compared(run, snapshot, from, true) {
        Ok(of) if from == PREVIOUS && !of.diff.from.recorded => unrecorded(run, of, snapshot),
        Ok(of) => Ok(Found::of_compared(of)),
        Err(Error::Usage { lead, hint: Some(hint), .. })
            if from == PREVIOUS && hint == NAME_THEM =>
        {
            Ok(Found::unsaid(format!("{lead}. {hint}").trim_end_matches('.')))
        }
        // Before the first release there is nothing that could have got worse.
        Err(Error::Usage { .. }) if from == PREVIOUS => {
            let shallow =
                project::repository(&run.context.options.dir)?.is_some_and(|of| of.is_shallow());
            Ok(if shallow { Found::unsaid(SHALLOW) } else { Found::Nothing })
        }
        Err(fault) => Err(fault),
    }
}

/// What comparing with a newest release came to that nobody recorded: what was proven is known of the
/// newest one before it that was.
fn unrecorded(run: &Run<'_>, newest: Compared, snapshot: &Snapshot) -> Result<Found, Error> {
    let name = newest.diff.from.name.clone();
    let missed = newest.missed.clone();
    let found = Found::of_compared(newest);
    Ok(match compared_with_recorded(run, snapshot)? {
        Some(earlier) => {
            let with = earlier.diff.from.name.clone();
            found.and_of_proven(earlier).by_another(&name, Some(&with), missed)
        }
        None => found.by_another(&name, None, missed),
    })
}
