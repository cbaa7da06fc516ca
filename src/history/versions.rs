//! Reads the versions of checklists, each distinct blob once while it is in use.

use std::cell::RefCell;
use std::sync::{Arc, Weak};

use crate::checklist::{self, Before, Keep, Pieces, Settings};
use crate::model::map::{HashMap, HashMapExt};
use crate::model::{Checklist, Item};
use crate::sources::git::{BlobId, GitError, Repository};

use super::trail::FileState;
use super::version::{Placed, Shared, Version, placed, ticked};

/// A larger version is passed over: no checklist is that long.
pub(super) const LARGEST: u64 = 8 << 20;

/// So many pieces are kept beside them: the version before mostly has what is asked for.
const PIECES: usize = 512;

/// So many texts are kept at most.
const MOST: usize = 4_096;

/// The versions that some file has now.
pub(super) struct Versions<'r> {
    repository: &'r Repository,
    settings: &'r Settings,
    pieces: Pieces<Vec<Placed>>,
    shared: RefCell<Shared>,
    known: HashMap<BlobId, Weak<Version>>,
    /// Those that no other version was read by.
    newest: HashMap<BlobId, Before<Vec<Placed>>>,
    /// The last file that was asked for whole.
    whole: Option<(BlobId, Arc<Checklist>)>,
}

impl<'r> Versions<'r> {
    pub(super) fn new(repository: &'r Repository, settings: &'r Settings) -> Versions<'r> {
        let pieces = Pieces::keeping(PIECES, settings);
        let (shared, known, newest) = (RefCell::default(), HashMap::new(), HashMap::new());
        Versions { repository, settings, pieces, shared, known, newest, whole: None }
    }

    /// What the file at `path` says where it holds `blob` and was in the states `before`; `None` where
    /// it is too large to be read.
    pub(super) fn read(
        &mut self,
        path: &str,
        blob: BlobId,
        before: &[Option<Arc<FileState>>],
    ) -> Result<Option<Arc<Version>>, GitError> {
        if let Some(known) = self.known.get(&blob).and_then(Weak::upgrade) {
            return Ok(Some(known));
        }
        let Some(bytes) = self.repository.blob(blob, LARGEST)? else { return Ok(None) };
        let before = before.iter().flatten().find_map(|state| self.before(state));
        let shared = &self.shared;
        let of = |items: &[Item], before: Option<&Vec<Placed>>| {
            placed(items, before.map_or(&[], Vec::as_slice), &mut shared.borrow_mut())
        };
        let keep = Keep { of: &of, ticked: Some(&|of, boxes| ticked(of, boxes)) };
        let version = Arc::new(match self.pieces.next(&bytes, before.as_ref(), &keep) {
            Some(read) => {
                let version = Version::joined(read.pieces());
                if self.newest.len() >= MOST {
                    self.newest.clear();
                }
                self.newest.insert(blob, read);
                version
            }
            None => Version::of(&checklist::read(path, &bytes, self.settings)),
        });
        self.known.insert(blob, Arc::downgrade(&version));
        Ok(Some(version))
    }

    /// The text of a file in that `state`, and its pieces, for its next version is mostly the same. It
    /// can do without.
    fn before(&mut self, state: &FileState) -> Option<Before<Vec<Placed>>> {
        let blob = state.blob.filter(|_| !state.version.cuts.is_empty())?;
        if let Some(known) = self.newest.remove(&blob) {
            return Some(known);
        }
        // An earlier run read it.
        if self.known.get(&blob).is_some_and(|known| known.strong_count() > 0) {
            return None;
        }
        let bytes = self.repository.blob(blob, LARGEST).ok().flatten()?;
        self.known.insert(blob, Arc::downgrade(&state.version));
        Before::of(&bytes, state.version.pieces())
    }

    /// All of what the file at `path` says, with the ids of its items.
    pub(super) fn whole(
        &mut self,
        path: &str,
        blob: BlobId,
    ) -> Result<Option<Arc<Checklist>>, GitError> {
        let is_it = |(id, known): &&(BlobId, Arc<Checklist>)| *id == blob && known.path == path;
        if let Some((_, known)) = self.whole.as_ref().filter(is_it) {
            return Ok(Some(Arc::clone(known)));
        }
        let Some(bytes) = self.repository.blob(blob, LARGEST)? else { return Ok(None) };
        let read = Arc::new(checklist::read(path, &bytes, self.settings));
        self.whole = Some((blob, Arc::clone(&read)));
        Ok(Some(read))
    }
}
