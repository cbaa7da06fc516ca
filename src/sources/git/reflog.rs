//! What was checked out here, and when: git's own log of `HEAD`.

use crate::model::Timestamp;

use super::commit::seconds;
use super::repository::Repository;

impl Repository {
    /// Each commit that `HEAD` came to stand at, with the moment, oldest first. Empty where git keeps
    /// no such log, as in a bare repository.
    pub fn checked_out(&self) -> Vec<(Timestamp, String)> {
        let Ok(log) = self.git.reflog("HEAD") else { return Vec::new() };
        let entries = log.iter().rev();
        entries
            .map(|entry| (seconds(entry.committer().when()), entry.id_new().to_string()))
            .collect()
    }
}
