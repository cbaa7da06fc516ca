//! Judging a project: what was read is bound, judged and made a snapshot, in this order.

mod leniency;
pub(super) mod people;
pub(super) mod proposals;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::config::{Config, Requirement, Selector, ShownPeople};
use crate::evidence;
use crate::history::Memory;
use crate::model::{Artifact, Checklist, Problem, Rules, Timestamp};
use crate::reconcile::{self, Inputs};
use crate::seal::manifest::Input;
use crate::snapshot::{self, Snapshot, v1};
use crate::sources::environment::Environment;

use super::Error;
use super::assemble::{self, Parts};
use super::checks::{conflicts, links, paths, problems, requirement_changes};
use super::compare::regression;
use super::fix::Editable;
use super::inputs::histories::{self, Histories};
use super::inputs::project::Project;
use super::inputs::sign_off_files::SignOffFiles;
use super::inputs::signatures::Signatures;
use super::inputs::{artifacts, checklists, configuration, project};
use super::report::vault::{self, Vaulting};
use super::witness::Recorded;
use super::witness::answers::{Asked, ProjectWitness};
use super::witness::recording::{self, Recording};
use super::witness::write::Run;
use leniency::forgive;
use people::Shown;

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
    judged(options, environment, Vaulting::NONE, None, |_| ()).map(|(snapshot, ())| snapshot)
}

/// The same of one of several commits, whose histories `memory` tells.
pub(super) fn run_remembering(
    options: &Options,
    environment: &Environment,
    memory: &Memory,
) -> Result<Snapshot, Error> {
    let judged = judged(options, environment, Vaulting::NONE, Some(memory), |_| ());
    judged.map(|(snapshot, ())| snapshot)
}

/// Judges a project and writes down what it was judged by, as `verify` judges it again.
///
/// # Errors
/// As [`run`].
pub fn run_recorded(
    options: &Options,
    environment: &Environment,
    vaulting: Vaulting<'_>,
) -> Result<(Snapshot, Recorded), Error> {
    judged(options, environment, vaulting, None, |run| run.recorded())
}

/// Judges a project and hands out the checklists as they were judged, for what edits them.
///
/// # Errors
/// As [`run`].
pub fn run_editable(
    options: &Options,
    environment: &Environment,
) -> Result<(Snapshot, Editable), Error> {
    judged(options, environment, Vaulting::NONE, None, |run| run.editable())
}

#[expect(clippy::too_many_lines, reason = "the steps of a run, whose problems keep their order")]
fn judged<R>(
    options: &Options,
    environment: &Environment,
    vaulting: Vaulting<'_>,
    memory: Option<&Memory>,
    record: impl FnOnce(&Run<'_>) -> R,
) -> Result<(Snapshot, R), Error> {
    let repository = project::repository(&options.dir)?;
    let project = Project::open(&options.dir, repository.as_ref(), options.at.as_deref())?
        .with_unsaved(&options.unsaved)
        .on_ci(environment.ci);
    let (past, mut faults) = (options.past, Vec::new());
    let config = configuration::read(&project, &options.dir);
    let (config, unused) = forgive(config, past, Default::default, &mut faults)?;
    let mut read = checklists::read(&project, &config);
    if config.checklists.is_some() && read.checklists.is_empty() && read.problems.is_empty() {
        let none = Err(configuration::no_checklist(&project, &options.dir));
        forgive(none, past, || (), &mut faults)?;
    }
    forgive(checklists::every_glob_matches(&project, &config), past, || (), &mut faults)?;
    let bound = checklists::requirements(&config, &read);
    let (mut requirements, waivers) = forgive(bound, past, Default::default, &mut faults)?;
    requirements.extend(links::requirements(&config, &read.checklists));
    let matched = every_glob_matches(&config, &requirements, &read.checklists);
    forgive(matched, past, || (), &mut faults)?;
    let compatible = conflicts::none(&requirements, &read.checklists);
    forgive(compatible, past, || (), &mut faults)?;
    checklists::resolve_procedures(&project, &mut read.checklists);
    let artifacts =
        artifacts::read(&project, &config, &requirements, &options.artifacts, vaulting)?;
    let clock = options.clock;
    let settings = checklists::settings(&config);
    let sign_offs = SignOffFiles::read(&project, &config);
    let sign_offs = forgive(sign_offs, past, Default::default, &mut faults)?;
    let mut histories =
        histories::read(&project, &read.checklists, &settings, &sign_offs, options, memory);
    let signatures = Signatures::of(&project, &config);
    let signatures = forgive(signatures, past, Default::default, &mut faults)?;
    signatures.check(&read.checklists, &requirements, &mut histories.of_items);
    let shown = Shown::by(&config);
    shown.name_in(&mut histories.of_items);
    let mut problems = problems::of_inputs(&project, &read, &artifacts, environment);
    problems.extend(unused);
    problems.extend(problems::of_requirements(&requirements, &read.checklists));
    problems.extend(links::problems(&project, &config, &read.checklists));
    let lonely = paths::unmatched(&project, &requirements, &config.defaults.ignore);
    problems.extend(forgive(lonely, past, Vec::new, &mut faults)?);
    problems.append(&mut faults);
    problems.extend(signatures.problem(&requirements));
    // The gate asks for these too, so they come before it decides.
    problems.append(&mut histories.problems);
    problems.extend(demands(&project, &read.checklists, &requirements, &histories));
    let asked = Asked::by(requirements.iter().filter_map(|of| of.condition.as_ref()));
    let answers = ProjectWitness::new(&project, clock, asked, &signatures, &config.releases);
    let witness = Recording::new(answers, &project, vaulting);
    let deployed = deployed(options, &config, &project, &artifacts.artifacts);
    let judgement = reconcile::reconcile(
        &Inputs {
            checklists: &read.checklists,
            config: &config,
            requirements: &requirements,
            waivers: &waivers,
            artifacts: &artifacts.artifacts,
            named: &artifacts.named,
            default: &artifacts.default,
            lost: &artifacts.lost,
            withheld: &BTreeMap::new(),
            could_carry: &evidence::could_carry,
            witness: &witness,
            histories: &histories.of_items,
            clock,
            deployed,
            rules: options.rules,
        },
        &problems,
    );
    let recorded = record(&Run {
        project: &project,
        dir: &options.dir,
        settings: &settings,
        vaulting,
        names: config.shown_people == ShownPeople::Names,
        read: &read,
        requirements: &requirements,
        artifacts: &artifacts,
        histories: &histories,
        signing: signing(&signatures, &sign_offs, &config, vaulting),
        witness: &witness,
        judgement: &judgement,
        problems: &problems,
        clock,
        deployed,
    });
    let shallow = repository.as_ref().is_some_and(|of| of.is_shallow());
    problems.extend(problems::of_history(shallow, &judgement));
    problems.extend(judgement.problems.iter().cloned());
    problems.sort_by(|a, b| {
        let key = |of: &Problem| (of.code.severity(), of.place.clone(), of.code.word());
        key(a).cmp(&key(b))
    });
    // Of a state that is only compared with, nobody asks what could be bound.
    let proposals = match past {
        true => Vec::new(),
        false => proposals::of_unbound(
            &project,
            &read.checklists,
            &judgement.items,
            &artifacts.artifacts,
        ),
    };
    let parts = Parts {
        proposals: &proposals,
        checklists: &read.checklists,
        documents: options.documents.then_some(read.bytes.as_slice()),
        requirements: &requirements,
        waivers: &waivers,
        people: &config.people,
        artifacts: &artifacts.artifacts,
        histories: &histories.of_items,
        judgement: &judgement,
    };
    let mut snapshot = snapshot(options, &config, &project, clock, &parts, &problems);
    shown.address_in(&mut snapshot.checklists);
    Ok((regression::held(options, &config, snapshot, environment)?, recorded))
}

/// The files that say who signed what, and whose keys sign, as inputs of the report. One that names
/// nobody does not keep them.
fn signing(
    signatures: &Signatures<'_>,
    sign_offs: &SignOffFiles,
    config: &Config,
    vaulting: Vaulting<'_>,
) -> Vec<Input> {
    let signers = signatures.files.iter().map(|file| ("signers", file));
    let entries = sign_offs.files.iter().map(|file| ("sign-offs", file));
    signers
        .chain(entries)
        .map(|(role, (path, bytes))| match config.shown_people {
            ShownPeople::Names => recording::input(role, path, bytes, vaulting),
            ShownPeople::Handles | ShownPeople::None => Input {
                withheld: Some(vault::NAMES_PEOPLE.to_owned()),
                ..recording::input(role, path, bytes, Vaulting::NONE)
            },
        })
        .collect()
}

fn snapshot(
    options: &Options,
    config: &Config,
    project: &Project<'_>,
    clock: Timestamp,
    parts: &Parts<'_>,
    problems: &[Problem],
) -> Snapshot {
    let checklists = parts.checklists();
    let tags = project.commit.as_ref().map(|commit| commit.tags.as_slice()).unwrap_or_default();
    let asked = tags.iter().find(|tag| options.at.as_ref() == Some(*tag));
    let tag = asked.or(tags.last()).cloned();
    Snapshot {
        schema: v1::SCHEMA.to_owned(),
        tool: v1::Tool {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
        project: project.name(),
        release: options.release.clone().or(tag),
        commit: commit(project),
        judged_at: clock.to_string(),
        generated_at: options.generated_at.to_string(),
        summary: snapshot::summary(&checklists, parts.gate()),
        checklists,
        artifacts: parts.artifacts(),
        waivers: parts.waivers(),
        problems: problems.iter().map(assemble::problem).collect(),
        policy: Some(assemble::policy(config)),
        config: configuration::named(project, &options.dir),
        releases: Vec::new(),
    }
}

fn commit(project: &Project<'_>) -> Option<v1::Commit> {
    let commit = project.commit.as_ref()?;
    Some(v1::Commit {
        id: commit.id.clone(),
        time: commit.time.to_string(),
        dirty: !project.modified.is_empty(),
        branch: commit.branch.clone(),
        subject: Some(commit.subject.clone()),
        truncated: project.repository.is_some_and(|repository| repository.is_shallow()),
    })
}

/// A requirement or gate that means no item would be silent: it is an error instead.
fn every_glob_matches(
    config: &Config,
    requirements: &[Requirement],
    checklists: &[Checklist],
) -> Result<(), Error> {
    let lonely = |requirement: &&Requirement| {
        !checklists.iter().any(|checklist| {
            checklist
                .items
                .iter()
                .any(|item| reconcile::selects(&requirement.items, &checklist.path, item))
        })
    };
    let of_requirement = requirements.iter().find(lonely).map(|requirement| {
        let glob = match &requirement.items {
            Selector::Glob { item, .. } => item.as_str().to_owned(),
            Selector::Beside { item, .. } => item.clone(),
        };
        (&requirement.place, glob, "requirement")
    });
    let of_gate = config.gate.as_ref().and_then(|gate| {
        let required = reconcile::unmatched_gate(gate, checklists).into_iter().next()?;
        Some((&required.place, reconcile::said_of_gate(required), "gate"))
    });
    let Some((place, glob, what)) = of_requirement.or(of_gate) else { return Ok(()) };
    let error = Error::usage_at(place, format!("the {what}'s `{glob}` matches no item"));
    Err(match reconcile::nearest(&glob, checklists) {
        Some(nearest) => error.hinted(format!("Nearest: {nearest}.")),
        None => error.hinted("`trueup inspect FILE` lists a checklist's items with their ids."),
    })
}

/// When the release was deployed: as given, else by the latest successful deployment of the
/// judged commit to the environment that the configuration names.
fn deployed(
    options: &Options,
    config: &Config,
    project: &Project<'_>,
    artifacts: &[Artifact],
) -> Option<Timestamp> {
    if options.deployed_at.is_some() {
        return options.deployed_at;
    }
    let judged = &project.commit.as_ref()?.id;
    artifacts
        .iter()
        .filter_map(|artifact| artifact.answer.reading()?.facts.deployment.as_ref())
        .filter(|of| of.environment.as_deref() == Some(config.environment.as_str()))
        .filter(|of| of.state.as_deref() == Some("success"))
        .filter(|of| of.commit.as_ref() == Some(judged))
        .filter_map(|of| of.at.as_deref()?.parse().ok())
        .max()
}

/// What is asked otherwise of ticked items than when they were ticked.
fn demands(
    project: &Project<'_>,
    checklists: &[Checklist],
    requirements: &[Requirement],
    histories: &Histories,
) -> Vec<Problem> {
    let Some(repository) = project.repository else { return Vec::new() };
    let histories = &histories.of_items;
    requirement_changes::problems(&requirement_changes::Ticked {
        repository,
        checklists,
        requirements,
        histories,
    })
}
