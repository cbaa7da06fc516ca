//! The walk itself: which followed files each commit changed, and which commits matter.

use std::collections::BTreeMap;

use git2::{Odb, Oid};

use crate::sources::git::commit::Commit;
use crate::sources::git::error::GitError;
use crate::sources::git::repository::Repository;
use crate::sources::git::tree::BlobId;

use super::folders::Folders;
use super::followed::{Difference, Followed};
use super::graph::{Graph, Node};
use super::releases::Releases;
use super::renames::{Added, Renamed, renamed};
use super::witness::Witnesses;
use super::{Before, FileChange, FileHistory, Revision, Sought, Spoken, trailers};

impl Repository {
    /// The history of the files that `sought` names, as far as `head` stands on it.
    ///
    /// # Errors
    /// Where a commit or a folder is missing (a partial clone) or damaged.
    pub fn file_history(
        &self,
        head: &Commit,
        sought: &Sought<'_>,
    ) -> Result<FileHistory, GitError> {
        let graph = Graph::of(self, self.oid(head)?)?;
        let releases = Releases::of_graph(self, &graph)?;
        let mut witnesses = Witnesses::new(self, &graph, &releases);
        let objects =
            self.git.odb().map_err(|fault| GitError::reading("the history's objects", &fault))?;
        let mut walk = Walk {
            graph: &graph,
            followed: Followed::new(sought.paths),
            folders: Folders::new(&objects),
            objects: &objects,
        };
        // Newest first: an older name is followed from the commit that gave the newer one.
        let mut changes = Vec::with_capacity(graph.nodes.len());
        for node in graph.nodes.iter().rev() {
            changes.push(walk.changes(node)?);
        }
        changes.reverse();
        let mut history = FileHistory {
            paths: walk.followed.paths,
            truncated: graph.nodes.iter().any(|node| node.cut),
            ..FileHistory::default()
        };
        let stands_on = history.join(&graph, &mut witnesses, changes);
        let trailers = trailers::of_graph(&graph, &mut witnesses, sought.trailers);
        history.trailers = trailers
            .into_iter()
            .map(|(at, trailer)| Spoken { trailer, revision: stands_on[at] })
            .collect();
        Ok(history)
    }
}

struct Walk<'w, 'r> {
    graph: &'w Graph<'r>,
    followed: Followed,
    folders: Folders<'w>,
    objects: &'w Odb<'w>,
}

impl Walk<'_, '_> {
    /// The followed files that the commit holds otherwise than one of its parents.
    fn changes(&mut self, node: &Node<'_>) -> Result<Vec<FileChange>, GitError> {
        let new = node.commit.tree_id();
        let parents: Vec<Oid> =
            node.parents.iter().map(|at| self.graph.nodes[*at].commit.tree_id()).collect();
        if parents.is_empty() {
            let held = self.followed.differences(&mut self.folders, None, Some(new))?;
            return Ok(by_path(&[held])
                .into_iter()
                .map(|change| FileChange { before: Vec::new(), ..change })
                .collect());
        }
        let mut sides = Vec::with_capacity(parents.len());
        for old in &parents {
            sides.push(self.followed.differences(&mut self.folders, Some(*old), Some(new))?);
        }
        let mut changes = by_path(&sides);
        for (side, old) in parents.iter().enumerate() {
            for found in self.renamed(&changes, side, (*old, new))? {
                let path = self.followed.follow(&found.from);
                let change = changes.iter_mut().find(|change| change.path == found.path);
                if let Some(before) = change.and_then(|change| change.before.get_mut(side)) {
                    *before = Some(Before { path, blob: BlobId(found.was) });
                }
            }
        }
        Ok(changes)
    }

    /// The older names of those files that a parent does not hold, unless another parent holds
    /// the very same file: then it came from there.
    fn renamed(
        &mut self,
        changes: &[FileChange],
        side: usize,
        roots: (Oid, Oid),
    ) -> Result<Vec<Renamed>, GitError> {
        let mut added = Vec::new();
        for change in changes {
            let Some(blob) = change.blob else { continue };
            let inherited = change.before.iter().flatten().any(|before| before.blob == blob);
            let missing = change.before.get(side).is_some_and(Option::is_none);
            if missing && !inherited {
                let Some(name) = self.followed.paths.get(change.path) else { continue };
                added.push((change.path, name.clone(), blob.0));
            }
        }
        if added.is_empty() {
            return Ok(Vec::new());
        }
        let added: Vec<Added<'_>> = added
            .iter()
            .map(|(path, name, blob)| Added { path: *path, name, blob: *blob })
            .collect();
        renamed(self.objects, &mut self.folders, roots, &added)
    }
}

/// What each commit did, out of what differs on each side of it.
fn by_path(sides: &[Vec<Difference>]) -> Vec<FileChange> {
    let mut new: BTreeMap<usize, Option<Oid>> = BTreeMap::new();
    for difference in sides.iter().flatten() {
        new.insert(difference.path, difference.new);
    }
    let mut changes = Vec::with_capacity(new.len());
    for (path, blob) in new {
        let before = sides.iter().map(|side| {
            let differs = side.binary_search_by_key(&path, |difference| difference.path);
            let held = match differs.ok().and_then(|at| side.get(at)) {
                Some(difference) => difference.old,
                None => blob,
            };
            held.map(|blob| Before { path, blob: BlobId(blob) })
        });
        changes.push(FileChange { path, blob: blob.map(BlobId), before: before.collect() });
    }
    changes
}

impl FileHistory {
    /// Keeps the commits that changed something or that join such commits, and points each at
    /// those it stands on. Returns for each commit the revision that it stands on.
    fn join(
        &mut self,
        graph: &Graph<'_>,
        witnesses: &mut Witnesses<'_, '_>,
        changes: Vec<Vec<FileChange>>,
    ) -> Vec<Option<usize>> {
        let mut stands_on: Vec<Option<usize>> = Vec::with_capacity(changes.len());
        for ((at, node), changes) in graph.nodes.iter().enumerate().zip(changes) {
            let parents: Vec<Option<usize>> =
                node.parents.iter().map(|parent| stands_on[*parent]).collect();
            let first = parents.first().copied().flatten();
            let joins = parents.iter().any(|parent| *parent != first);
            if changes.is_empty() && !joins {
                stands_on.push(first);
                continue;
            }
            let by = witnesses.at(at);
            stands_on.push(Some(self.revisions.len()));
            self.revisions.push(Revision { by, parents, cut: node.cut, changes });
        }
        self.head = stands_on.last().copied().flatten();
        stands_on
    }
}
