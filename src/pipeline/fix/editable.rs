//! Checklists of the work tree, for what edits them.

use std::path::{Path, PathBuf};

use crate::checklist::Settings;
use crate::model::Documents;
use crate::pipeline::Error;
use crate::pipeline::inputs::project::{self, Project};
use crate::pipeline::inputs::{checklists, configuration};

/// The checklists of a work tree, as they can be edited.
pub struct Editable {
    /// The folder that their paths are relative to.
    pub root: PathBuf,
    /// How they were read.
    pub settings: Settings,
    /// The checklists with their bytes.
    pub documents: Documents,
}

/// Reads the checklists of the project around `dir`, those that [`crate::pipeline::run`] judges.
///
/// # Errors
/// Where the configuration cannot be understood, or the project cannot be read at all.
pub fn editable(dir: &Path) -> Result<Editable, Error> {
    let repository = project::repository(dir)?;
    let project = Project::open(dir, repository.as_ref(), None)?;
    let (config, _) = configuration::read(&project, dir)?;
    let read = checklists::read(&project, &config);
    Ok(Editable {
        settings: checklists::settings(&config),
        documents: read.documents,
        root: project.root,
    })
}
