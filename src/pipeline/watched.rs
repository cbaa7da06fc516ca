//! Where a change may change what [`super::run`] says: for what judges again as files change.

use std::path::{Path, PathBuf};

use crate::model::Glob;
use crate::sources::files;

use super::Error;
use super::inputs::project::{self, Project};
use super::inputs::{checklists, configuration};

/// The folders whose files the project around `dir` is judged by, `artifacts` being folders of the
/// command line. A configuration that cannot be understood names none of its own.
///
/// # Errors
/// Where the project cannot be read at all.
pub fn watched(dir: &Path, artifacts: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let repository = project::repository(dir)?;
    let project = Project::open(dir, repository.as_ref(), None)?;
    let (config, _) = configuration::read(&project, dir).unwrap_or_default();
    let read = checklists::read(&project, &config);
    let (requirements, _) = checklists::requirements(&config, &read.documents).unwrap_or_default();
    let wanted = requirements.iter().flat_map(|of| &of.artifacts).map(|wanted| &wanted.glob);
    let globs: Vec<Glob> = config.artifacts.iter().chain(wanted).cloned().collect();
    Ok(files::watched(&project.root, &globs, artifacts))
}

/// The folder that the paths of the project around `dir` are relative to.
///
/// # Errors
/// Where there is no such folder, or its repository cannot be opened.
pub fn root(dir: &Path) -> Result<PathBuf, Error> {
    let repository = project::repository(dir)?;
    Ok(repository.map_or_else(|| dir.to_path_buf(), |of| of.root().to_path_buf()))
}
