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
use super::{
    Before, FileChange, FileHistory, Known, Mark, Revision, Sought, Spoken, reverts, trailers,
};

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
        self.walked(&graph, &releases, sought, None)
    }

    /// The history of the same files since the commit `known.head`, which comes first, as a revision
    /// without changes. `None` where what is known does not suffice: the commits are not all put
    /// upon it, tags were moved, a known commit was taken back, or a file came from one that was not
    /// followed.
    ///
    /// # Errors
    /// As [`Repository::file_history`].
    pub fn file_history_since(
        &self,
        head: &Commit,
        known: &Known<'_>,
    ) -> Result<Option<FileHistory>, GitError> {
        let Some(base) = self.commit_named(known.head) else { return Ok(None) };
        let Some(graph) = Graph::since(self, self.oid(head)?, base)? else { return Ok(None) };
        let Some(tags) = tags_since(self, &graph, known)? else { return Ok(None) };
        let new = graph.nodes.get(1..).unwrap_or_default();
        if new.iter().any(|node| reverts::reverts(&node.message)) {
            return Ok(None);
        }
        let releases = Releases::of_tags(self, &graph, &tags)?;
        let paths: Vec<String> = known.paths.iter().map(|path| path.to_string()).collect();
        let sought = Sought { paths: &paths, trailers: known.trailers, marks: &[] };
        let history = self.walked(&graph, &releases, &sought, Some(base))?;
        let renamed = |change: &FileChange| {
            change.before.iter().flatten().any(|before| before.path != change.path)
        };
        let strange = history.paths.len() > paths.len()
            || history.revisions.iter().flat_map(|revision| &revision.changes).any(renamed);
        Ok((!strange).then_some(history))
    }

    fn walked(
        &self,
        graph: &Graph,
        releases: &Releases,
        sought: &Sought<'_>,
        known: Option<Oid>,
    ) -> Result<FileHistory, GitError> {
        let mut witnesses = Witnesses::new(self, graph, releases);
        let objects =
            self.git.odb().map_err(|fault| GitError::reading("the history's objects", &fault))?;
        let mut walk = Walk {
            graph,
            followed: Followed::new(sought.paths),
            folders: Folders::new(&objects),
            objects: &objects,
        };
        let is_known = |node: &Node| Some(node.id) == known;
        // Newest first: an older name is followed from the commit that gave the newer one.
        let mut changes = Vec::with_capacity(graph.nodes.len());
        let mut marks = marked(self, graph, sought.marks);
        for (at, node) in graph.nodes.iter().enumerate().rev() {
            let mark = marks.get_mut(&at);
            mark.into_iter().for_each(|mark| mark.paths = walk.followed.paths.len());
            changes.push(if is_known(node) { Vec::new() } else { walk.changes(node)? });
        }
        changes.reverse();
        let mut history = FileHistory {
            paths: walk.followed.paths,
            truncated: graph.nodes.iter().any(|node| node.cut),
            ..FileHistory::default()
        };
        let stands_on = history.join(graph, &mut witnesses, changes, known.is_some())?;
        for (at, mark) in marks {
            history.marks.push(Mark { revision: stands_on[at], ..mark });
        }
        let taken_back = reverts::taken_back(&graph.nodes, &self.projects());
        history.taken_back = !taken_back.is_empty();
        let mut trailers = trailers::of_graph(graph, &mut witnesses, sought.trailers)?;
        trailers.retain(|(at, ..)| known.is_none() || *at > 0);
        let spoken = trailers.into_iter().map(|(at, trailer, unread)| {
            let by = taken_back.get(&graph.nodes[at].id).map(Oid::to_string);
            Spoken { trailer, revision: stands_on[at], unread, taken_back: by }
        });
        history.trailers = spoken.collect();
        Ok(history)
    }
}

struct Walk<'w> {
    graph: &'w Graph,
    followed: Followed,
    folders: Folders<'w>,
    objects: &'w Odb<'w>,
}

impl Walk<'_> {
    /// The followed files that the commit holds otherwise than one of its parents.
    fn changes(&mut self, node: &Node) -> Result<Vec<FileChange>, GitError> {
        let new = node.tree;
        let parents: Vec<Oid> = node.parents.iter().map(|at| self.graph.nodes[*at].tree).collect();
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

/// The marks that the graph has, by their place in it.
fn marked(repository: &Repository, graph: &Graph, marks: &[String]) -> BTreeMap<usize, Mark> {
    let place = |id: &String| {
        let at = graph.place(repository.commit_named(id)?)?;
        Some((at, Mark { commit: id.clone(), revision: None, paths: 0 }))
    };
    marks.iter().filter_map(place).collect()
}

/// The tags that may name new commits: those among them, and at the known one. `None` where others
/// changed since `then`, or reach new commits from elsewhere.
fn tags_since(
    repository: &Repository,
    graph: &Graph,
    known: &Known<'_>,
) -> Result<Option<Vec<(String, String)>>, GitError> {
    let (then, now) = (known.tags, known.tags_now);
    if then.iter().any(|tag| now.binary_search(tag).is_err()) {
        return Ok(None);
    }
    let new = graph.nodes.get(1..).unwrap_or_default();
    let oldest = new.iter().map(|node| node.time).min();
    let mut tags = Vec::new();
    for tag in now {
        let Some(id) = repository.commit_named(&tag.1) else { return Ok(None) };
        if graph.place(id).is_some() {
            tags.push(tag.clone());
        } else if then.binary_search(tag).is_err() {
            return Ok(None);
        } else if oldest.is_some_and(|oldest| {
            repository.find(id).is_ok_and(|commit| commit.time().seconds() >= oldest)
        }) {
            for node in new.iter().filter(|node| node.parents == [0]) {
                if repository.stands_on(id, node.id)? {
                    return Ok(None);
                }
            }
        }
    }
    Ok(Some(tags))
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
    /// Keeps the commits that changed something or that join such commits, the first too where it is
    /// `known` already, and points each at
    /// those it stands on. Returns for each commit the revision that it stands on.
    fn join(
        &mut self,
        graph: &Graph,
        witnesses: &mut Witnesses<'_, '_>,
        changes: Vec<Vec<FileChange>>,
        known: bool,
    ) -> Result<Vec<Option<usize>>, GitError> {
        let mut stands_on: Vec<Option<usize>> = Vec::with_capacity(changes.len());
        for ((at, node), changes) in graph.nodes.iter().enumerate().zip(changes) {
            let parents: Vec<Option<usize>> =
                node.parents.iter().map(|parent| stands_on[*parent]).collect();
            let first = parents.first().copied().flatten();
            let joins = parents.iter().any(|parent| *parent != first);
            if changes.is_empty() && !joins && !(known && at == 0) {
                stands_on.push(first);
                continue;
            }
            let by = witnesses.at(at)?;
            stands_on.push(Some(self.revisions.len()));
            let message = &node.message;
            let reverts = reverts::reverts(message) || reverts::reapplies(message);
            self.revisions.push(Revision { by, parents, cut: node.cut, reverts, changes });
        }
        self.head = stands_on.last().copied().flatten();
        Ok(stands_on)
    }
}
