//! Reads the versions of checklists, each distinct blob once while it is in use.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use crate::checklist::{self, Settings};
use crate::sources::git::{BlobId, GitError, Repository};

use super::version::Version;

/// A larger version is passed over: no checklist is that long.
pub(super) const LARGEST: u64 = 8 << 20;

/// The versions that some file has now.
pub(super) struct Versions<'r> {
    repository: &'r Repository,
    settings: &'r Settings,
    known: HashMap<BlobId, Weak<Version>>,
}

impl<'r> Versions<'r> {
    pub(super) fn new(repository: &'r Repository, settings: &'r Settings) -> Versions<'r> {
        Versions { repository, settings, known: HashMap::new() }
    }

    /// What the file at `path` says where it holds `blob`; `None` where it is too large to be read.
    pub(super) fn read(
        &mut self,
        path: &str,
        blob: BlobId,
    ) -> Result<Option<Arc<Version>>, GitError> {
        if let Some(known) = self.known.get(&blob).and_then(Weak::upgrade) {
            return Ok(Some(known));
        }
        let Some(bytes) = self.repository.blob(blob, LARGEST)? else { return Ok(None) };
        let version = Version::of(&checklist::read(path, &bytes, self.settings));
        let version = Arc::new(version);
        self.known.insert(blob, Arc::downgrade(&version));
        Ok(Some(version))
    }
}
