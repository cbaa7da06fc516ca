//! A configuration that a folder of the repository begins for itself, and where its reports lie.

use std::collections::BTreeSet;
use std::path::Path;

use crate::catalog::{self, Beginning, escaped};
use crate::config;
use crate::evidence;
use crate::model::{Artifact, Glob};
use crate::pipeline::Error;
use crate::pipeline::inputs::configuration::CONFIG;
use crate::pipeline::inputs::project::Project;
use crate::pipeline::inputs::{checklists, configuration};
use crate::policy::Config;
use crate::sources::files;

/// The folder of a package that gets a configuration of its own: `dir` is in it, it has checklists, and
/// what holds in `dir` is of a folder above.
pub(super) fn begun(project: &Project<'_>, dir: &Path, above: &Config) -> Option<String> {
    let files: Vec<&str> = project.paths().collect();
    let below = configuration::folders(project, dir).into_iter().next()?;
    let folder = catalog::package_of(&configuration::within(&below, CONFIG), &files)?;
    let lead = configuration::within(&folder, "");
    if super::config_path(project, dir).starts_with(&lead) {
        return None;
    }
    let documents = checklists::read(project, above).documents;
    let has_own = documents.items().any(|of| of.checklist.path.starts_with(&lead));
    has_own.then_some(folder)
}

/// What a new configuration of `folder` says: its own checklists, and nothing of those above.
pub(super) fn config(folder: &str) -> Result<Config, Error> {
    let text = format!("checklists = {:?}\n", checklists_of(folder));
    config::read(CONFIG, &text, &evidence::format_ids()).map_err(|faults| {
        let first = faults.first().map(|fault| fault.message.clone()).unwrap_or_default();
        Error::failed(format!("the checklists of {folder} cannot be named: {first}"))
    })
}

fn checklists_of(folder: &str) -> String {
    format!("{}/**/*.md", escaped(folder))
}

/// What a new configuration begins with: of `folder`, where it is that of a package.
pub(super) fn beginning(
    project: &Project<'_>,
    folder: Option<&str>,
    found: &[Artifact],
) -> Beginning {
    let checklists = folder.map(checklists_of).into_iter().collect();
    let files: Vec<&str> = project.paths().collect();
    let is_own =
        |of: &&Artifact| folder.is_none_or(|folder| catalog::in_package(folder, &of.path, &files));
    let own: Vec<&Artifact> = found.iter().filter(is_own).collect();
    let lead = folder.map(|folder| format!("{}/", escaped(folder))).unwrap_or_default();
    Beginning { checklists, places: places(&lead, &own, project) }
}

/// The default places, and the folders elsewhere that hold a report.
fn places(lead: &str, found: &[&Artifact], project: &Project<'_>) -> Vec<String> {
    let mut places = vec![format!("{lead}artifacts/**"), format!("{lead}reports/**")];
    let globs: Vec<Glob> = places.iter().filter_map(|place| Glob::new(place).ok()).collect();
    let elsewhere: BTreeSet<String> = found
        .iter()
        .map(|artifact| artifact.path.as_str())
        .filter(|path| !globs.iter().any(|glob| glob.matches(path)))
        .filter(|path| files::is_named(&project.root, path))
        .map(|path| match path.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/**"),
            None => path.to_owned(),
        })
        .collect();
    places.extend(elsewhere);
    places
}
