//! `init`: from a folder to proposals, and the configuration that would hold them.

mod folder;

use std::path::{Path, PathBuf};

use crate::catalog::{self, Beginning, Catalog, Planned, Proposal, SIGNERS, Signing, Written};
use crate::config;
use crate::evidence;
use crate::model::{Artifact, Claim, Documents, Glob, ItemRef};
use crate::policy::{Config, Requirement};
use crate::reconcile;

use super::Error;
use super::inputs::configuration::CONFIG;
use super::inputs::project::{self, LARGEST_TEXT, Project};
use super::inputs::{artifacts, checklists, configuration};
use super::judge::proposals;

/// How many authors are proposed as signers.
const MOST_SIGNERS: usize = 5;

/// Everything that `init` found and proposes.
pub struct Init {
    /// The configuration's path in the repository.
    pub path: String,
    /// Where that lies on disk.
    pub on_disk: PathBuf,
    /// Its bytes now; `None` where there is none.
    pub before: Option<String>,
    /// What it would be.
    pub after: String,
    /// Every item of every checklist, in order.
    pub items: Vec<InitItem>,
    /// The artifacts that were found, each with its format where one is known.
    pub artifacts: Vec<(String, Option<String>)>,
    /// What CI workflow files say that a run leaves behind.
    pub planned: Vec<Planned>,
}

/// One item, and what became of it.
pub struct InitItem {
    /// The checklist's path.
    pub checklist: String,
    /// Its line there.
    pub line: usize,
    /// Its address.
    pub address: String,
    /// Its text.
    pub text: String,
    /// What it came to.
    pub fate: Fate,
}

/// What `init` makes of an item.
pub enum Fate {
    /// Something is bound to it already.
    Bound,
    /// It is struck, or not applicable.
    Cancelled,
    /// The catalog recognises it: with a requirement, or with what is lacking for one.
    Proposed(Proposal),
    /// No idea of the catalog recognises it.
    Unknown,
}

/// Looks through the project around `dir`, with `folders` of artifacts besides the usual places.
///
/// # Errors
/// Where there is no checklist, or a configuration that cannot be understood or added to.
pub fn init(dir: &Path, folders: &[PathBuf]) -> Result<Init, Error> {
    let repository = project::repository(dir)?;
    let project = Project::open(dir, repository.as_ref(), None)?;
    let (above, _) = configuration::read(&project, dir)?;
    let begun = folder::begun(&project, dir, &above);
    let (path, config) = match &begun {
        Some(folder) => (configuration::within(folder, CONFIG), folder::config(folder)?),
        None => (config_path(&project, dir), above.clone()),
    };
    let read = checklists::read(&project, &config);
    if read.documents.items().next().is_none() {
        return Err(Error::usage("no Markdown file here has a task item (`- [ ] …`)")
            .hinted("Run init in the repository of the checklist, or name it: -C DIR."));
    }
    let (requirements, _) = checklists::requirements(&config, &read.documents)?;
    let planned = proposals::planned(&project);
    let (found, passed_over) = found(&project, &config, folders, &planned)?;
    let others: Vec<String> = passed_over.into_iter().map(|of| of.path).collect();
    let artifacts: Vec<&Artifact> = found.iter().collect();
    let own: Vec<String> = read.documents.checklists().map(|of| of.path.clone()).collect();
    let signers = signers(&project, &above);
    let items = proposals::with_catalog(
        &project,
        &artifacts,
        &others,
        &planned,
        &own,
        !signers.is_empty(),
        |catalog| items(&read.documents, &requirements, catalog),
    );
    let before = project.read(&path, LARGEST_TEXT).and_then(Result::ok);
    let before = before.and_then(|bytes| String::from_utf8(bytes).ok());
    let beginning = folder::beginning(&project, begun.as_deref(), &found);
    let after = after(before.as_deref(), &config, &beginning, &signers, &items);
    understood(&path, &after, before.is_some())?;
    Ok(Init {
        on_disk: project.root.join(&path),
        path,
        before,
        after,
        items,
        artifacts: found.iter().map(|of| (of.path.clone(), format_of(of))).collect(),
        planned,
    })
}

/// The configuration that holds in `dir`, else a new one at the root.
fn config_path(project: &Project<'_>, dir: &Path) -> String {
    let found = configuration::folders(project, dir)
        .into_iter()
        .map(|folder| configuration::within(&folder, CONFIG))
        .find(|path| project.holds(path));
    found.unwrap_or_else(|| CONFIG.to_owned())
}

fn items(
    documents: &Documents,
    requirements: &[Requirement],
    catalog: &Catalog<'_>,
) -> Vec<InitItem> {
    let of_item = |ItemRef { checklist, item, .. }: ItemRef<'_>| {
        let bound =
            requirements.iter().any(|of| reconcile::selects(&of.items, &checklist.path, item));
        let fate = if item.claim == Claim::Cancelled {
            Fate::Cancelled
        } else if bound {
            Fate::Bound
        } else {
            catalog.propose(checklist, item).map_or(Fate::Unknown, Fate::Proposed)
        };
        InitItem {
            checklist: checklist.path.clone(),
            line: item.line,
            address: item.address().to_owned(),
            text: item.text.clone(),
            fate,
        }
    };
    documents.items().map(of_item).collect()
}

/// Every artifact of the configured and the usual places, read to the last case and member; and what lies
/// there and is none.
fn found(
    project: &Project<'_>,
    config: &Config,
    folders: &[PathBuf],
    planned: &[Planned],
) -> Result<(Vec<Artifact>, Vec<Artifact>), Error> {
    let promised = planned.iter().map(|of| match of.path.strip_suffix('/') {
        Some(folder) => format!("{folder}/**"),
        None => of.path.clone(),
    });
    let mut config = config.clone();
    let own = config.artifacts.len();
    config
        .artifacts
        .extend(catalog::usual_places().chain(promised).filter_map(|glob| Glob::new(&glob).ok()));
    let read = artifacts::whole(project, &config, folders)?;
    let (own, usual) = config.artifacts.split_at(own);
    // Outside the configured places any document could lie: only what a tool wrote counts there.
    let is_report = |artifact: &Artifact| {
        let format = artifact.answer.reading().map(|reading| reading.format);
        let generic = format.is_none_or(|format| matches!(format, "json" | "yaml" | "toml"));
        let matches = |globs: &[Glob]| globs.iter().any(|glob| glob.matches(&artifact.path));
        // What no glob matches came from a folder that was named.
        let foreign = ["node_modules/", "vendor/"].iter().any(|of| artifact.path.contains(of));
        matches(own) || !(generic || foreign) || !matches(usual)
    };
    Ok(read.into_iter().partition(is_report))
}

/// Who could sign: the latest authors, where the configuration names nobody of its own.
fn signers(project: &Project<'_>, config: &Config) -> Vec<String> {
    if let Some(own) = config.people.get(SIGNERS) {
        return own.clone();
    }
    let (Some(repository), Some(commit)) = (project.repository, &project.commit) else {
        return Vec::new();
    };
    repository.latest_authors(commit, MOST_SIGNERS).unwrap_or_default()
}

fn after(
    before: Option<&str>,
    config: &Config,
    beginning: &Beginning,
    signers: &[String],
    items: &[InitItem],
) -> String {
    let proposals: Vec<Written<'_>> = items
        .iter()
        .filter_map(|item| match &item.fate {
            Fate::Proposed(proposal) if proposal.draft.is_some() => Some(Written {
                checklist: &item.checklist,
                line: item.line,
                address: &item.address,
                text: &item.text,
                proposal,
            }),
            _ => None,
        })
        .collect();
    if let (Some(before), true) = (before, proposals.is_empty()) {
        return before.to_owned();
    }
    let signing = if config.people.contains_key(SIGNERS) {
        Signing::Known
    } else if config.people.is_empty() {
        Signing::New(signers)
    } else {
        Signing::Unnamed(signers)
    };
    catalog::added(before, beginning, signing, &proposals)
}

/// What is written must be read again: two tables of one name, or a `require` in one line, are not
/// added to.
fn understood(path: &str, after: &str, added_to: bool) -> Result<(), Error> {
    match config::read(path, after, &evidence::format_ids()) {
        Ok(_) => Ok(()),
        Err(_) if added_to => Err(Error::usage(format!(
            "{path} cannot be added to: its `require` or [people] is written in one line"
        ))
        .hinted("Write them as tables ([[require]], [people]); nothing was changed.")),
        Err(faults) => {
            let first = faults.first().map(|fault| fault.message.clone()).unwrap_or_default();
            Err(Error::failed(format!("what init proposes cannot be read again: {first}")))
        }
    }
}

fn format_of(artifact: &Artifact) -> Option<String> {
    artifact.answer.reading().map(|reading| reading.format.to_owned())
}
