//! When tracked artifacts were made: by the first commit that held their bytes, under any name.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::Authorship;
use crate::pipeline::inputs::project::Project;
use crate::sources::git::BlobId;
use crate::sources::git::history::{FileHistory, Sought};

/// For each tracked artifact the commit that brought its bytes. Moving a file, making it executable
/// or taking it back from the past makes it no younger.
#[derive(Default)]
pub(super) struct Origins {
    by_path: BTreeMap<String, Arc<Authorship>>,
}

impl Origins {
    /// Of the files `paths`, as the judged commit holds them.
    pub(super) fn of(project: &Project<'_>, paths: &[String]) -> Origins {
        let (Some(repository), Some(commit), false) =
            (project.repository, &project.commit, paths.is_empty())
        else {
            return Origins::default();
        };
        let sought = Sought { paths, ..Sought::default() };
        let read = repository.file_history(commit, &sought);
        let (Ok(history), Ok(tree)) = (read, repository.tree(commit)) else {
            return Origins::default();
        };
        let first = firsts(&history);
        let origin = |path: &String| {
            let by = first.get(&tree.blob_at(path)?)?;
            Some((path.clone(), Arc::clone(by.as_ref()?)))
        };
        Origins { by_path: paths.iter().filter_map(origin).collect() }
    }

    /// The commit that brought the bytes at `path`; `None` where a shallow clone cut that off.
    pub(super) fn at(&self, path: &str) -> Option<&Authorship> {
        self.by_path.get(path).map(Arc::as_ref)
    }
}

/// For each content the first commit that held it; `None` at the cut of a shallow clone.
fn firsts(history: &FileHistory) -> BTreeMap<BlobId, Option<Arc<Authorship>>> {
    let mut first = BTreeMap::new();
    for revision in &history.revisions {
        for blob in revision.changes.iter().filter_map(|change| change.blob) {
            let by = (!revision.cut).then(|| Arc::clone(&revision.by));
            first.entry(blob).or_insert(by);
        }
    }
    first
}
