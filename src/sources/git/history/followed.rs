//! The files that are followed, arranged by folder so that whole folders can be passed over.

use std::collections::BTreeMap;
use std::sync::Arc;

use git2::Oid;

use crate::sources::git::error::GitError;

use super::folders::{Entry, Folder, Folders, Kind, differing};

/// The followed files. It grows while older names are found.
#[derive(Default)]
pub(super) struct Followed {
    pub(super) paths: Vec<Arc<str>>,
    root: Node,
}

/// A folder with followed files somewhere below it.
#[derive(Default)]
struct Node {
    files: BTreeMap<Vec<u8>, usize>,
    folders: BTreeMap<Vec<u8>, Node>,
}

/// A followed file that differs between two commits: which, and what the older and the newer hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) path: usize,
    pub(super) old: Option<Oid>,
    pub(super) new: Option<Oid>,
}

impl Followed {
    pub(super) fn new(paths: &[String]) -> Followed {
        let mut followed = Followed::default();
        for path in paths {
            followed.follow(path);
        }
        followed
    }

    /// The number of `path`, which is followed from now on.
    pub(super) fn follow(&mut self, path: &str) -> usize {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut node = &mut self.root;
        for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
            node = node.folders.entry(folder.as_bytes().to_vec()).or_default();
        }
        let paths = &mut self.paths;
        *node.files.entry(name.as_bytes().to_vec()).or_insert_with(|| {
            paths.push(Arc::from(path));
            paths.len() - 1
        })
    }

    /// The followed files in which two root folders differ, in the order of the paths.
    pub(super) fn differences(
        &self,
        folders: &mut Folders<'_>,
        old: Option<Oid>,
        new: Option<Oid>,
    ) -> Result<Vec<Difference>, GitError> {
        let mut found = Vec::new();
        let mut waiting = vec![(&self.root, old, new)];
        while let Some((node, old, new)) = waiting.pop() {
            if old == new {
                continue;
            }
            let (old, new) = (folders.read(old)?, folders.read(new)?);
            node.compare(&old, &new, &mut found, &mut waiting)?;
        }
        found.sort_by_key(|difference| difference.path);
        Ok(found)
    }
}

impl Node {
    fn compare<'n>(
        &'n self,
        old: &Folder<'_>,
        new: &Folder<'_>,
        found: &mut Vec<Difference>,
        waiting: &mut Vec<(&'n Node, Option<Oid>, Option<Oid>)>,
    ) -> Result<(), GitError> {
        differing(old, new, |old, new| {
            let Some(name) = old.or(new).map(|entry| entry.name) else { return };
            if let Some(path) = self.files.get(name) {
                let (old, new) = (id_of(old, Kind::File), id_of(new, Kind::File));
                if old != new {
                    found.push(Difference { path: *path, old, new });
                }
            }
            if let Some(below) = self.folders.get(name) {
                waiting.push((below, id_of(old, Kind::Folder), id_of(new, Kind::Folder)));
            }
        })
    }
}

fn id_of(entry: Option<Entry<'_>>, kind: Kind) -> Option<Oid> {
    entry.filter(|entry| entry.kind == kind).and_then(|entry| entry.id())
}
