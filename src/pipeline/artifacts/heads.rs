//! What was checked out when a file came to lie in the work tree.

use crate::model::{Artifact, Timestamp};

use super::super::project::Project;

/// The commits that were checked out here, oldest first, and the one that is judged.
pub(super) struct Heads {
    moves: Vec<(Timestamp, String)>,
    judged: String,
}

impl Heads {
    /// Of the work tree; of a commit's own files nothing is asked.
    pub(super) fn of(project: &Project<'_>) -> Heads {
        let repository = project.repository.filter(|_| !project.from_git);
        Heads {
            moves: repository.map(|of| of.checked_out()).unwrap_or_default(),
            judged: project.commit.as_ref().map(|of| of.id.clone()).unwrap_or_default(),
        }
    }

    /// The commit that was checked out when `artifact` came, where another is judged now. A file that
    /// came after the last move may be of what is judged, and one older than git's log of anything.
    pub(super) fn before(&self, artifact: &Artifact) -> Option<String> {
        let arrived = artifact.arrived.filter(|_| !artifact.tracked)?;
        let then = self.moves.iter().rev().find(|(at, _)| *at <= arrived)?;
        (then.1 != self.judged).then(|| then.1.clone())
    }
}
