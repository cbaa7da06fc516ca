//! The folder of a project at a past revision, where it was renamed since: its `trueup.toml` lay there.

use std::path::Path;

use crate::history::former_names;
use crate::pipeline::Options;
use crate::pipeline::cache::{Answers, kept};

use super::configuration::{CONFIG, folders, within};
use super::project::Project;

/// The name under which the cache keeps the older names of configurations.
const KEPT: &str = "former-folders";

/// Where the configuration that holds in `options.dir` today lay at the revision of `project`; `None`
/// where it lay in the same place, never lay elsewhere, or the older place is still one of a project.
pub(in crate::pipeline) fn former_folder(
    project: &Project<'_>,
    options: &Options,
) -> Option<String> {
    let repository = project.repository.filter(|_| project.from_git)?;
    let today = |folder: &String| repository.root().join(within(folder, CONFIG)).is_file();
    let own = folders(project, &options.dir).into_iter().find(today)?;
    let path = within(&own, CONFIG);
    if own.is_empty() || project.holds(&path) {
        return None;
    }
    let head = repository.head().ok()??;
    let answers = Answers::read(kept(repository, options.cache), KEPT, head.id.clone());
    let names: Vec<String> = answers.get(&path).unwrap_or_else(|| {
        let read = former_names(repository, &head, std::slice::from_ref(&path)).ok();
        let names = read.and_then(|mut read| read.remove(&path)).unwrap_or_default();
        answers.put(path.clone(), &names);
        names
    });
    answers.keep();
    let now = repository.tree(&head).ok()?;
    let was = names.into_iter().find(|name| project.holds(name))?;
    let is_moved = now.blob_at(&was).is_none() && Path::new(&was).file_name()? == CONFIG;
    let folder = was.strip_suffix(CONFIG)?.trim_end_matches('/');
    (is_moved && !folder.is_empty()).then(|| folder.to_owned())
}
