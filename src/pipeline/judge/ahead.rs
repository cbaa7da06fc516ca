//! What is known of a state before it is judged: what the team wrote, and nothing of its evidence.

use crate::history::Own;
use crate::model::Timestamp;
use crate::pipeline::Error;
use crate::pipeline::cache::kept;
use crate::pipeline::inputs::sign_off_files::SignOffFiles;
use crate::pipeline::inputs::{checklists, project};
use crate::sources::environment::Environment;

use super::bind::bind;
use super::gather::gather;
use super::leniency::Leniency;
use super::publish::release;
use super::{Context, Options};

/// A state that will be judged.
pub(in crate::pipeline) struct Ahead {
    /// Its release, where it is one.
    pub(in crate::pipeline) release: Option<String>,
    /// The id of its commit.
    pub(in crate::pipeline) commit: Option<String>,
    /// When that was made; without one the judge's clock.
    pub(in crate::pipeline) time: Timestamp,
    /// The paths of its checklists.
    pub(in crate::pipeline) checklists: Vec<String>,
    /// How its history will be asked for, where that is asked of its checklists alone.
    pub(in crate::pipeline) own: Option<Own>,
    /// How many items these have.
    pub(in crate::pipeline) items: usize,
}

/// Looks at the state that `options` name.
///
/// # Errors
/// Where its configuration cannot be understood, as judging it would say.
pub(in crate::pipeline) fn ahead(
    options: &Options,
    environment: &Environment,
) -> Result<Ahead, Error> {
    let repository = project::repository(&options.dir)?;
    let project = Context::new(options, environment).open(repository.as_ref())?;
    let mut leniency = Leniency::of(options.past);
    let gathered = gather(&project, options, &mut leniency)?;
    bind(&gathered, &mut leniency)?;
    let commit = project.commit.as_ref();
    let paths = || gathered.documents.checklists().map(|of| of.path.clone()).collect();
    let signed = SignOffFiles::read(&project, &gathered.config);
    let alone = signed.is_ok_and(|of| of.registers().is_none());
    let own = repository.as_ref().filter(|_| options.history && alone).map(|repository| Own {
        paths: paths(),
        settings: checklists::settings(&gathered.config),
        cache: kept(repository, options.cache),
    });
    Ok(Ahead {
        release: release(options, &project, &gathered.config.releases),
        commit: commit.map(|commit| commit.id.clone()),
        time: commit.map_or(options.clock, |commit| commit.time),
        checklists: paths(),
        own,
        items: gathered.documents.items().count(),
    })
}
