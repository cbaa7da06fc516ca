//! First step: what the team wrote, as the judged state has it.

use crate::model::{Documents, Problem};
use crate::pipeline::Error;
use crate::pipeline::inputs::nearest::narrow_gate;
use crate::pipeline::inputs::project::Project;
use crate::pipeline::inputs::{checklists, configuration};
use crate::policy::Config;

use super::Options;
use super::leniency::Leniency;

/// The configuration and the checklists.
pub(in crate::pipeline) struct Gathered {
    pub(in crate::pipeline) config: Config,
    pub(in crate::pipeline) documents: Documents,
    /// Files that are no configuration, or not the one that holds.
    pub(super) of_config: Vec<Problem>,
    /// Checklists that could not be read.
    pub(super) of_files: Vec<Problem>,
}

/// Reads the configuration, and the checklists that it names.
///
/// # Errors
/// Where the configuration cannot be understood, or names no file.
pub(super) fn gather(
    project: &Project<'_>,
    options: &Options,
    leniency: &mut Leniency,
) -> Result<Gathered, Error> {
    let read = configuration::read(project, &options.dir);
    let (mut config, of_config) = leniency.accept(read)?;
    let mut read = checklists::read(project, &config);
    if config.checklists.is_some() && read.documents.is_empty() && read.problems.is_empty() {
        leniency.accept(Err::<(), _>(configuration::no_checklist(project, &options.dir)))?;
    }
    leniency.accept(checklists::every_glob_matches(project, &config))?;
    checklists::resolve_procedures(project, &mut read.documents);
    narrow_gate(&mut config, &read.documents);
    Ok(Gathered { config, documents: read.documents, of_config, of_files: read.problems })
}
