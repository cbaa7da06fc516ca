//! What every command that judges does first: understand its times, and run the pipeline.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diff::Diff;
use crate::model::{Rules, Timestamp};
use crate::pipeline::{self, Error, Options, Recorded, Releases, Untouched, Vaulting};
use crate::snapshot::Snapshot;
use crate::sources::cache::Cache;
use crate::sources::clock;

use super::Streams;
use super::args::Judging;

/// Judges as the command line asks; `documents` where the documents themselves are wanted.
pub(super) fn judge(
    args: &Judging,
    documents: bool,
    streams: &mut Streams,
) -> Result<Snapshot, Error> {
    pipeline::run(&options(args, documents, streams)?, &streams.environment)
}

/// The same, with what became of the readiness since the side `from`.
pub(super) fn judge_compared(
    args: &Judging,
    documents: bool,
    from: &str,
    streams: &mut Streams,
) -> Result<(Snapshot, Diff), Error> {
    let options = options(args, documents, streams)?;
    pipeline::run_compared(&options, &streams.environment, from, true)
}

/// The same as [`judge`]; where no file was touched since the last time, by what the file system says, as it was
/// judged then.
pub(super) fn judge_untouched(
    args: &Judging,
    documents: bool,
    streams: &mut Streams,
) -> Result<Snapshot, Error> {
    let untouched = untouched(args, documents, ("check", None), streams)?;
    let known = untouched.as_ref().and_then(Untouched::known);
    if let Some(known) = known.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
        return Ok(known);
    }
    let snapshot = judge(args, documents, streams)?;
    if let (Some(untouched), Ok(bytes)) = (untouched, serde_json::to_vec(&snapshot)) {
        untouched.remember(&bytes);
    }
    Ok(snapshot)
}

/// What a run for what is `asked`, which writes to `out`, is known by. Without a clock of its own each
/// is of another moment.
pub(super) fn untouched(
    args: &Judging,
    documents: bool,
    (asked, out): (&str, Option<&Path>),
    streams: &Streams,
) -> Result<Option<Untouched>, Error> {
    if args.as_of.is_none() {
        return Ok(None);
    }
    let options = options(args, documents, streams)?;
    Untouched::of(&options, &streams.environment, asked, out)
}

/// Everything that a report is drawn from, and that it was judged by.
pub(super) struct ForSite {
    pub(super) snapshot: Snapshot,
    pub(super) releases: Releases,
    pub(super) recorded: Recorded,
    /// What may be kept for the next run.
    pub(super) cache: Option<Cache>,
    /// It is of a moment that was named, and when it is written is the clock's to say.
    pub(super) of_a_moment: bool,
}

/// Judges with everything that the site draws: the documents, and the releases before this one.
pub(super) fn judge_for_site(
    args: &Judging,
    vaulting: Vaulting<'_>,
    streams: &mut Streams,
) -> Result<ForSite, Error> {
    let options = options(args, true, streams)?;
    let former = pipeline::former(&options, &streams.environment)?;
    let (snapshot, recorded) =
        pipeline::run_recorded(&options, &streams.environment, vaulting, former.walked())?;
    let releases = former.up_to(&snapshot, &streams.environment);
    let cache = pipeline::cache(&options)?;
    let of_a_moment = args.as_of.is_some() && streams.environment.source_date_epoch.is_none();
    Ok(ForSite { snapshot, releases, recorded, cache, of_a_moment })
}

fn options(args: &Judging, documents: bool, streams: &Streams) -> Result<Options, Error> {
    let now = clock::now();
    let generated_at = match &streams.environment.source_date_epoch {
        None => now,
        Some(Ok(time)) => *time,
        Some(Err(why)) => return Err(Error::usage(why.clone())),
    };
    Ok(Options {
        dir: args.dir.clone(),
        artifacts: args.artifacts.clone(),
        at: args.at.clone(),
        clock: time(args.as_of.as_deref())?.unwrap_or(now),
        generated_at,
        deployed_at: time(args.deployed_at.as_deref())?,
        release: args.release.clone(),
        history: !args.no_history,
        cache: !args.no_cache,
        documents,
        past: false,
        rules: Rules::default(),
        unsaved: BTreeMap::new(),
    })
}

/// A time of the command line.
pub(super) fn time(given: Option<&str>) -> Result<Option<Timestamp>, Error> {
    given.map(|text| text.parse().map_err(Error::usage)).transpose()
}
