//! Checklists that the work tree calls otherwise than the commit it stands on.

use std::collections::BTreeMap;

use crate::model::Documents;
use crate::sources::files::is_markdown;
use crate::sources::git::history::renamed_uncommitted;

use super::project::{LARGEST_TEXT, Project};

/// What the commit calls each checklist, where the work tree renamed it.
#[derive(Default)]
pub(super) struct Renamed(BTreeMap<String, String>);

impl Renamed {
    /// Looks for the checklists that are not in the commit among the files of it that are gone.
    pub(super) fn of(project: &Project<'_>, documents: &Documents) -> Renamed {
        Renamed::found(project, documents).unwrap_or_default()
    }

    fn found(project: &Project<'_>, documents: &Documents) -> Option<Renamed> {
        let (repository, commit) = (project.repository?, project.commit.as_ref()?);
        let is_gone = |path: &&String| is_markdown(path) && !project.holds(path);
        let gone: Vec<&String> = project.modified.iter().filter(is_gone).collect();
        if project.from_git || gone.is_empty() {
            return None;
        }
        let tree = repository.tree(commit).ok()?;
        let was = |path: &&String| {
            let bytes = tree.read(path, LARGEST_TEXT).ok()??;
            Some(((*path).clone(), bytes))
        };
        let gone: Vec<(String, Vec<u8>)> = gone.iter().filter_map(was).collect();
        let new = documents.checklists().map(|of| &of.path);
        let new = new.filter(|path| tree.blob_at(path).is_none());
        let is = |path: &String| Some((path.clone(), project.read(path, LARGEST_TEXT)?.ok()?));
        let new: Vec<(String, Vec<u8>)> = new.filter_map(is).collect();
        Some(Renamed(renamed_uncommitted(&gone, &new)))
    }

    /// How the commit calls the checklist at `path`.
    pub(super) fn name<'a>(&'a self, path: &'a str) -> &'a str {
        self.0.get(path).map_or(path, String::as_str)
    }

    /// The names that a checklist had before, newest first; `former` tells those of commits.
    pub(super) fn former(&self, path: &str, former: &[String]) -> Vec<String> {
        self.0.get(path).into_iter().chain(former).cloned().collect()
    }
}
