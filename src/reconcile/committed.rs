//! Committed reports that the code outlived. What is tracked is of the judged commit, so that the
//! verdict stays; that it was made of other code is told beside it.

use crate::model::{Age, Artifact, Code, Item, Place, Problem, TimeFrom, Timestamp};
use crate::policy::Requirement;

use super::freshness::{Freshness, changed_since};
use super::trust::ZONE;
use super::witness::{Change, ChangeState, Since};

/// A report is committed with the change that it is of, or some days later.
const LONG: Age = Age::days(30);

/// The problem of an item that stands on a report of which [`Freshness::outlived`] tells.
pub(super) fn problem(path: &str, item: &Item, told: &str) -> Problem {
    let message = format!("\u{201c}{}\u{201d} stands on {told}", item.text);
    let hint = "Make it again at this commit, or say by `paths` or `max-age` what makes it stale.";
    let place = Place::line(path, item.line);
    let problem = Problem::new(Code::CommittedReportOld, place, message).hint(hint);
    problem.of_item(item.id.clone())
}

impl Freshness<'_> {
    /// A tracked artifact with when it was made, and what of the code was committed since, but for
    /// what came with it. Nothing where an age or nothing at all is asked to decide.
    pub(super) fn outlived(
        &self,
        artifact: &Artifact,
        requirement: &Requirement,
    ) -> Option<String> {
        let paths = requirement.paths.as_deref();
        let aged = requirement.max_age.as_ref().or(self.default_max_age).is_some();
        let left_to_age = paths.map_or(aged, <[_]>::is_empty);
        let brought = artifact.committed_in.as_deref().filter(|_| artifact.tracked)?;
        // One that names its commit is held to that.
        if left_to_age || artifact.commit().is_some() {
            return None;
        }
        let stated = artifact.time.filter(|(_, from)| *from == TimeFrom::Content);
        let latest = |time: Timestamp| if artifact.zoned { time } else { time.plus(ZONE) };
        let (since, made) = match stated {
            Some((time, _)) => {
                let since = self.witness.since_time(latest(time));
                (since, format!("made {} and committed.", time.human()))
            }
            None => (self.witness.since_brought(brought), "committed.".to_owned()),
        };
        let Since::Changes(changes) = since else { return None };
        let long_before = |change: &Change| {
            let made = stated.map(|(time, _)| latest(time).plus(LONG));
            made.zip(change.time).is_some_and(|(made, changed)| made < changed)
        };
        let outlived = changes.iter().filter(|change| {
            let with_it = change.commit.as_deref().is_some_and(|id| brought.starts_with(id));
            let with_it = with_it && !long_before(change);
            change.state == ChangeState::Committed
                && !with_it
                && !is_beside(&change.path, artifact.file())
                && self.counts(change, paths)
        });
        let outlived: Vec<&Change> = outlived.collect();
        (!outlived.is_empty())
            .then(|| format!("{}, which was {made} {}", artifact.path, changed_since(&outlived)))
    }
}

/// Whether `path` is the report, or lies under its folder.
fn is_beside(path: &str, report: &str) -> bool {
    let folder = report.rsplit_once('/').map(|(folder, _)| folder);
    path == report
        || folder.is_some_and(|folder| {
            path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        })
}
