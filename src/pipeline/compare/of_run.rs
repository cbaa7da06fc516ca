//! A run, compared with an earlier side: by what differs, and by what was asked there.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::diff::{Diff, NOW, Named};
use crate::pipeline::Error;
use crate::pipeline::inputs::project;
use crate::pipeline::judge::Run;
use crate::snapshot::Snapshot;

use super::side::Side;
use super::{Comparing, Judging, exchanged};

/// What became of the readiness from an earlier side to a run.
pub(in crate::pipeline) struct Compared {
    /// What differs between the snapshots.
    pub(in crate::pipeline) diff: Diff,
    /// The addresses of items that today's evidence refutes by what was asked of them before.
    pub(in crate::pipeline) refuted: BTreeSet<String>,
    /// Why nothing can be said by comparing.
    pub(in crate::pipeline) forbidding: Vec<String>,
    /// That the record of the earlier side lies on another branch, and whether the run stands on that side.
    pub(super) missed: Option<(String, bool)>,
    /// The same difference, which calls those items worse; where there are any.
    told: Option<Diff>,
}

impl Compared {
    /// The difference as people are told it.
    pub(in crate::pipeline) fn told(self) -> Diff {
        self.told.unwrap_or(self.diff)
    }
}

/// Compares the run that `published` tells with `from`. A recorded release is read as it is
/// `committed`, or as it lies there.
///
/// # Errors
/// Where `from` names nothing, or cannot be read or judged.
pub(in crate::pipeline) fn compared(
    run: &Run<'_>,
    published: &Snapshot,
    from: &str,
    committed: bool,
) -> Result<Compared, Error> {
    with(run, published, committed, |judging, to| {
        let from = judging.earlier(from, to)?;
        against(run, judging, &from, to)
    })
}

/// Compares it with the newest release before it that was recorded, as that is committed; `None` where
/// there is none.
///
/// # Errors
/// Where that release cannot be read.
pub(in crate::pipeline) fn compared_with_recorded(
    run: &Run<'_>,
    published: &Snapshot,
) -> Result<Option<Compared>, Error> {
    with(run, published, true, |judging, to| {
        let from = judging.recorded_before(to)?;
        from.map(|from| against(run, judging, &from, to)).transpose()
    })
}

/// Compares it with what was recorded of its own state; `None` where nothing was.
///
/// # Errors
/// Where that record cannot be read.
pub(in crate::pipeline) fn compared_with_own(
    run: &Run<'_>,
    published: &Snapshot,
) -> Result<Option<Compared>, Error> {
    with(run, published, true, |judging, to| {
        let from = judging.recorded_of(to)?;
        from.map(|from| against(run, judging, &from, to)).transpose()
    })
}

/// What `compare` makes of the run as the later side.
fn with<T>(
    run: &Run<'_>,
    published: &Snapshot,
    committed: bool,
    compare: impl FnOnce(&Judging<'_>, &Side<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let options = run.context.options;
    let of = Comparing {
        dir: options.dir.clone(),
        artifacts: options.artifacts.clone(),
        as_of: Some(options.clock),
        now: options.clock,
        history: options.history,
        cache: options.cache,
    };
    let repository = project::repository(&of.dir)?;
    let environment = run.context.environment;
    let judging = Judging { committed, ..Judging::new(&of, repository.as_ref(), environment) };
    compare(&judging, &Side::new(Named::recorded(NOW), Cow::Borrowed(published)))
}

fn against(
    run: &Run<'_>,
    judging: &Judging<'_>,
    from: &Side<'_>,
    to: &Side<'_>,
) -> Result<Compared, Error> {
    let diff = judging.between(from, to)?;
    let refuted = run.refuted_by(&exchanged::former(&diff, &from.snapshot, &to.snapshot))?;
    let told = match refuted.is_empty() {
        true => None,
        false => Some(judging.between_refuted(from, to, refuted.clone())?),
    };
    Ok(Compared { diff, refuted, forbidding: from.forbidding(), missed: from.missed(), told })
}
