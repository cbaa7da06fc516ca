//! In which release a commit first shipped.

use git2::Oid;

use crate::model::map::{HashSet, HashSetExt};
use crate::sources::git::error::GitError;
use crate::sources::git::repository::Repository;

use super::graph::Graph;

/// For each commit of a graph the earliest tag whose history holds it.
pub(super) struct Releases {
    names: Vec<String>,
    /// Which name each commit has.
    first: Vec<Option<usize>>,
}

impl Releases {
    /// Goes down from each tag, the earliest first, by the time of the commit that it points at;
    /// what an earlier one reached is not walked again. Tags of other branches count too.
    pub(super) fn of_graph(repository: &Repository, graph: &Graph) -> Result<Releases, GitError> {
        let tags = repository.tags()?;
        Releases::of_tags(repository, graph, &tags)
    }

    /// The same for some tags alone, each with the id of its commit.
    pub(super) fn of_tags(
        repository: &Repository,
        graph: &Graph,
        named: &[(String, String)],
    ) -> Result<Releases, GitError> {
        let mut tags = Vec::new();
        for (name, id) in named {
            let reading = |fault: git2::Error| GitError::reading(&format!("tag {name}"), &fault);
            let id = Oid::from_str(id).map_err(reading)?;
            tags.push((repository.find(id)?.time().seconds(), name.clone(), id));
        }
        tags.sort();
        let mut releases = Releases { names: Vec::new(), first: vec![None; graph.nodes.len()] };
        let mut aside = HashSet::new();
        for (_, name, id) in tags {
            releases.names.push(name);
            releases.mark(repository, graph, id, &mut aside)?;
        }
        Ok(releases)
    }

    /// The first release of the commit at `at` of the graph.
    pub(super) fn of(&self, at: usize) -> Option<&str> {
        let name = (*self.first.get(at)?)?;
        self.names.get(name).map(String::as_str)
    }

    /// Gives the newest name to all that stands below `tag` and has none. `aside` holds the
    /// commits beside the graph that were passed.
    fn mark(
        &mut self,
        repository: &Repository,
        graph: &Graph,
        tag: Oid,
        aside: &mut HashSet<Oid>,
    ) -> Result<(), GitError> {
        let newest = self.names.len().checked_sub(1);
        let mut ahead: Vec<usize> = Vec::new();
        let mut outside = vec![tag];
        while let Some(id) = outside.pop() {
            match graph.place(id) {
                Some(at) => ahead.push(at),
                None if aside.insert(id) => outside.extend(repository.parents(id)?),
                None => {}
            }
        }
        while let Some(at) = ahead.pop() {
            if let Some(first @ None) = self.first.get_mut(at) {
                *first = newest;
                ahead.extend(graph.nodes.get(at).into_iter().flat_map(|node| &node.parents));
            }
        }
        Ok(())
    }
}
