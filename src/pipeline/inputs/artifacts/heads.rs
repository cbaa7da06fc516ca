//! What was checked out when a file came to lie in the work tree.

use crate::model::{Artifact, CheckedOut, Timestamp};
use crate::pipeline::inputs::project::Project;

/// The commits that were checked out here, oldest first, and the one that is judged.
pub(super) struct Heads {
    moves: Vec<(Timestamp, String)>,
    judged: String,
    /// Whether another revision than the work tree is judged.
    at_revision: bool,
}

impl Heads {
    /// Of the work tree.
    pub(super) fn of(project: &Project<'_>) -> Heads {
        Heads {
            moves: project.repository.map(|of| of.checked_out()).unwrap_or_default(),
            judged: project.commit.as_ref().map(|of| of.id.clone()).unwrap_or_default(),
            at_revision: project.from_git,
        }
    }

    /// The commit that was checked out when `artifact` came, where another is judged now. A file that
    /// came after the last move may be of what is judged, and one older than git's log of anything.
    pub(super) fn before(&self, artifact: &Artifact) -> Option<CheckedOut> {
        // A file may have been brought beside another revision at any time: there its own counts.
        let moment = match self.at_revision {
            true => artifact.time.map(|(time, _)| time),
            false => artifact.arrived,
        };
        let moment = moment.filter(|_| !artifact.tracked)?;
        let (since, commit) = self.moves.iter().rev().find(|(at, _)| *at <= moment)?;
        let own = artifact.time.filter(|_| artifact.zoned && !self.at_revision);
        let made = own.is_some_and(|(time, _)| *since <= time && time <= moment);
        (*commit != self.judged).then(|| CheckedOut { commit: commit.clone(), made })
    }
}
