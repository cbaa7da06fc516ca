//! Judging a project, from a folder to a snapshot: gather, bind, evidence, judge, publish.
//!
//! What a run gathers becomes a [`Case`]; what `verify` finds recorded becomes one too. From there on
//! both go the same way: judged by [`verdicts`], published by [`super::assemble`].

mod ahead;
mod bind;
mod deployed;
mod evidence;
mod former;
mod gather;
mod leniency;
pub(super) mod people;
mod problems;
pub(super) mod proposals;
mod publish;
mod run;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::diff::Diff;
use crate::evidence::could_carry;
use crate::history::{Memory, Walked};
use crate::model::{Rules, Timestamp};
use crate::reconcile::{self, Case, Inputs, Judgement, Witness};
use crate::snapshot::Snapshot;
use crate::sources::environment::Environment;
use crate::sources::git::Repository;

use super::Error;
use super::compare::compared;
use super::fix::Editable;
use super::inputs::former_folder::former_folder;
use super::inputs::histories::Known;
use super::inputs::project::{self, Project};
use super::report::vault::Vaulting;
use super::witness::Recorded;
use super::witness::recording::Recording;

pub(super) use ahead::ahead;
pub(super) use bind::Bound;
pub(super) use former::Former;
pub(super) use leniency::Leniency;
pub(super) use run::Run;

use bind::bind;
use evidence::Evidence;
use gather::gather;

/// What is judged, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// A folder of the project.
    pub dir: PathBuf,
    /// Folders of artifacts besides the default places.
    pub artifacts: Vec<PathBuf>,
    /// A revision, instead of the work tree.
    pub at: Option<String>,
    /// The judge's clock.
    pub clock: Timestamp,
    /// What is written as the time of generation.
    pub generated_at: Timestamp,
    /// When the release was deployed.
    pub deployed_at: Option<Timestamp>,
    /// The release's name.
    pub release: Option<String>,
    /// Whether ticks are judged by their history.
    pub history: bool,
    /// Whether what earlier runs kept is read, and kept on.
    pub cache: bool,
    /// Whether the documents themselves are wanted, as the site draws them.
    pub documents: bool,
    /// Whether a past revision is judged beside another: a fault of its configuration is then a
    /// problem, not an error.
    pub past: bool,
    /// The rules in force: all, but in tests.
    pub rules: Rules,
    /// Documents that an editor holds and has not written yet, by path: each stands over the file
    /// of that name in the work tree.
    pub unsaved: BTreeMap<String, Vec<u8>>,
}

/// Judges a project.
///
/// # Errors
/// Where the configuration cannot be understood, or the project cannot be read at all. What
/// concerns one input alone is a problem of the snapshot.
pub fn run(options: &Options, environment: &Environment) -> Result<Snapshot, Error> {
    let repository = project::repository(&options.dir)?;
    Context::new(options, environment).judge(repository.as_ref())?.into_snapshot()
}

/// The same of one of several commits, whose histories `memory` tells.
pub(super) fn run_remembering(
    options: &Options,
    environment: &Environment,
    memory: &Memory,
) -> Result<Snapshot, Error> {
    let repository = project::repository(&options.dir)?;
    let context = Context { known: Known::Past(memory), ..Context::new(options, environment) };
    context.judge(repository.as_ref())?.into_snapshot()
}

/// Judges a project, and tells what became of its readiness since the side `from`: of a release that
/// the commit has a record of, that record where `committed`, whatever the work tree made of it.
///
/// # Errors
/// As [`run`], and where `from` names nothing, or cannot be read or judged.
pub fn run_compared(
    options: &Options,
    environment: &Environment,
    from: &str,
    committed: bool,
) -> Result<(Snapshot, Diff), Error> {
    let repository = project::repository(&options.dir)?;
    let run = Context::new(options, environment).judge(repository.as_ref())?;
    let snapshot = run.publish()?;
    let diff = compared(&run, &snapshot, from, committed)?.told();
    Ok((snapshot, diff))
}

/// Judges a project and writes down what it was judged by, as `verify` judges it again; `walked` may
/// know its history already.
///
/// # Errors
/// As [`run`].
pub fn run_recorded(
    options: &Options,
    environment: &Environment,
    vaulting: Vaulting<'_>,
    walked: Option<&Walked>,
) -> Result<(Snapshot, Recorded), Error> {
    let repository = project::repository(&options.dir)?;
    let known = walked.map_or(Known::None, Known::Own);
    let context = Context { vaulting, known, ..Context::new(options, environment) };
    let run = context.judge(repository.as_ref())?;
    let recorded = run.recorded();
    Ok((run.into_snapshot()?, recorded))
}

/// Judges a project and hands out the checklists as they were judged, for what edits them.
///
/// # Errors
/// As [`run`].
pub fn run_editable(
    options: &Options,
    environment: &Environment,
) -> Result<(Snapshot, Editable), Error> {
    let repository = project::repository(&options.dir)?;
    let run = Context::new(options, environment).judge(repository.as_ref())?;
    let editable = run.editable();
    Ok((run.into_snapshot()?, editable))
}

/// The verdicts of a case, of which `witness` knows what the case does not hold.
pub(super) fn verdicts(case: &Case, witness: &dyn Witness) -> Judgement {
    reconcile::reconcile(&Inputs { case, witness, could_carry: &could_carry })
}

/// What a run is given.
#[derive(Clone, Copy)]
pub(super) struct Context<'r> {
    pub(super) options: &'r Options,
    pub(super) environment: &'r Environment,
    pub(super) vaulting: Vaulting<'r>,
    /// Who may know the histories already.
    known: Known<'r>,
}

impl<'r> Context<'r> {
    /// Without a vault.
    fn new(options: &'r Options, environment: &'r Environment) -> Context<'r> {
        Context { options, environment, vaulting: Vaulting::NONE, known: Known::None }
    }

    /// The project in its folder.
    fn open(self, repository: Option<&'r Repository>) -> Result<Project<'r>, Error> {
        let options = self.options;
        let project = Project::open(&options.dir, repository, options.at.as_deref())?;
        let mut project = project.with_unsaved(&options.unsaved).on_ci(self.environment.ci);
        if options.past {
            project.folder = former_folder(&project, options);
        }
        Ok(project)
    }

    /// From the folder to the verdicts.
    fn judge(self, repository: Option<&'r Repository>) -> Result<Run<'r>, Error> {
        let options = self.options;
        let project = self.open(repository)?;
        let mut leniency = Leniency::of(options.past);
        let mut gathered = gather(&project, options, &mut leniency)?;
        let bound = bind(&gathered, &mut leniency)?;
        let evidence = evidence::read(&self, &project, &mut gathered, &bound, &mut leniency)?;
        let problems = problems::of_reading(
            (&project, self.environment, options.clock),
            (&gathered, &bound, &evidence),
            leniency,
        )?;
        let Evidence { artifacts, signing, .. } = evidence;
        let mut case = Case {
            documents: gathered.documents,
            config: gathered.config,
            requirements: bound.requirements,
            waivers: bound.waivers,
            artifacts: artifacts.found,
            lost: artifacts.lost,
            problems,
            clock: options.clock,
            deployed: options.deployed_at,
            rules: options.rules,
        };
        case.deployed = case.deployed.or_else(|| deployed::deployed(&case, &project, &signing));
        case.problems.extend(reconcile::untold_deployments(&case));
        let witness = signing.witness(&project, &case);
        let witness = Recording::new(witness, &project, self.vaulting);
        let judgement = verdicts(&case, &witness);
        let answers = witness.answers();
        let seals = artifacts.seals;
        Ok(Run { context: self, project, case, signing, seals, judgement, answers })
    }
}
