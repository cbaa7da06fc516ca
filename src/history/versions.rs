//! Reads the versions of checklists, each distinct blob once while it is in use.

use std::cell::RefCell;
use std::sync::{Arc, Weak};

use crate::checklist::{self, Pieces, Settings};
use crate::model::map::{HashMap, HashMapExt};
use crate::model::{Checklist, Item};
use crate::sources::git::{BlobId, GitError, Repository};

use super::trail::FileState;
use super::version::{Placed, Shared, Version, placed};

/// A larger version is passed over: no checklist is that long.
pub(super) const LARGEST: u64 = 8 << 20;

/// The versions that some file has now.
pub(super) struct Versions<'r> {
    repository: &'r Repository,
    settings: &'r Settings,
    pieces: Pieces<Vec<Placed>>,
    shared: RefCell<Shared>,
    known: HashMap<BlobId, Weak<Version>>,
    /// The last file that was asked for whole.
    whole: Option<(BlobId, Arc<Checklist>)>,
}

impl<'r> Versions<'r> {
    pub(super) fn new(repository: &'r Repository, settings: &'r Settings) -> Versions<'r> {
        let pieces = Pieces::new(settings);
        let (shared, known) = (RefCell::default(), HashMap::new());
        Versions { repository, settings, pieces, shared, known, whole: None }
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
        let shared = &self.shared;
        let make = |items: &[Item]| placed(items, &mut shared.borrow_mut());
        let version = Arc::new(match self.pieces.read(&bytes, &make) {
            Some(pieces) => Version::joined(&pieces),
            None => Version::of(&checklist::read(path, &bytes, self.settings)),
        });
        self.known.insert(blob, Arc::downgrade(&version));
        Ok(Some(version))
    }

    /// Knows again what an earlier run read of a file in that `state`, for its next version is mostly
    /// the same. It can do without.
    pub(super) fn recall(&mut self, state: &FileState) {
        let Some(blob) = state.blob.filter(|_| !state.version.cuts.is_empty()) else { return };
        if self.known.get(&blob).is_some_and(|known| known.strong_count() > 0) {
            return;
        }
        if let Ok(Some(bytes)) = self.repository.blob(blob, LARGEST) {
            self.pieces.learn(&bytes, &state.version.pieces());
            self.known.insert(blob, Arc::downgrade(&state.version));
        }
    }

    /// All of what the file at `path` says, with the ids of its items.
    pub(super) fn whole(
        &mut self,
        path: &str,
        blob: BlobId,
    ) -> Result<Option<Arc<Checklist>>, GitError> {
        if let Some((_, known)) = self.whole.as_ref().filter(|(known, _)| *known == blob) {
            return Ok(Some(Arc::clone(known)));
        }
        let Some(bytes) = self.repository.blob(blob, LARGEST)? else { return Ok(None) };
        let read = Arc::new(checklist::read(path, &bytes, self.settings));
        self.whole = Some((blob, Arc::clone(&read)));
        Ok(Some(read))
    }
}
