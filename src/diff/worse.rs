//! What stops whoever wants nothing to get worse.

use crate::model::Status;

use super::v1::{Change, Diff};
use super::words::Kind;

impl Diff {
    /// Whether a change stops: a regression, and what is refuted now where the earlier side was not
    /// recorded, for nobody knows whether it was proven there.
    pub fn is_for_the_worse(&self, change: &Change) -> bool {
        let refuted = change.to.as_deref() == Some(Status::Contradicted.word());
        change.regression || !self.from.recorded && change.kind == Kind::Status && refuted
    }

    /// How many changes stop, those of the rules for all items among them.
    pub fn worse(&self) -> u64 {
        let unknown = |change: &&Change| !change.regression && self.is_for_the_worse(change);
        self.summary.regressions + self.changes.iter().filter(unknown).count() as u64
    }
}
