//! From a folder to the log of its checklists.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::history::{self, Reading, log::Log};
use crate::model::{Checklist, EVIDENCE_FOR, Glob, SIGNED_OFF_FOR};
use crate::sources::files::is_markdown;
use crate::sources::git::Repository;
use crate::sources::git::history::Sought;

use super::Error;
use super::cache::kept;
use super::inputs::checklists;
use super::inputs::configuration;
use super::inputs::project::{self, Project};
use super::inputs::sign_off_files::SignOffFiles;
use super::inputs::signatures::Signatures;

/// Whose log, and up to which commit.
#[derive(Debug, Clone, Default)]
pub struct Logging {
    /// A folder of the project.
    pub dir: PathBuf,
    /// A revision, instead of HEAD.
    pub at: Option<String>,
    /// Checklists by their path in the repository, also such that are gone; globs over ids and
    /// addresses. Without a checklist all of today's are told of; without a glob all items.
    pub wanted: Vec<String>,
    /// Whether what earlier runs kept is read, and kept on.
    pub cache: bool,
}

/// The log of a project's checklists.
///
/// # Errors
/// Without a repository or a commit, where the configuration cannot be understood, where what is
/// wanted never was there, and where git's objects are missing or damaged.
pub fn log(of: &Logging) -> Result<Log, Error> {
    let repository = project::repository(&of.dir)?
        .ok_or_else(|| Error::usage("there is no git repository here, so there is no history"))?;
    let project = Project::open(&of.dir, Some(&repository), of.at.as_deref())?;
    let Some(head) = &project.commit else {
        return Err(Error::usage("the repository has no commit yet"));
    };
    let (config, _) = configuration::read(&project, &of.dir)?;
    let documents = checklists::read(&project, &config).documents.into_iter();
    let checklists: Vec<Checklist> = documents.map(|document| document.checklist).collect();
    let (files, ids): (Vec<&String>, Vec<&String>) =
        of.wanted.iter().partition(|name| is_markdown(name) || project.holds(name));
    let paths: Vec<String> = if files.is_empty() {
        checklists.iter().map(|checklist| checklist.path.clone()).collect()
    } else {
        files.iter().map(|name| name.trim_start_matches("./").to_owned()).collect()
    };
    let settings = checklists::settings(&config);
    let sign_offs = SignOffFiles::read(&project, &config)?;
    let reading = Reading { settings: &settings, registers: sign_offs.registers() };
    let sought = Sought { paths: &paths, trailers: &[SIGNED_OFF_FOR, EVIDENCE_FOR], marks: &[] };
    // What is kept is the history of all checklists.
    let history = match kept(&repository, of.cache && files.is_empty()) {
        Some(cache) => history::with_cache(&repository, head, &sought, &reading, &cache)?,
        None => history::of_checklists(&repository, head, &sought, &reading)?,
    };
    let log = history.log(&repository, &checklists, &settings)?;
    if let Some(file) = files.iter().find(|file| !history.knows(file.trim_start_matches("./"))) {
        return Err(Error::usage(format!("{file} is not in the history of this commit"))
            .hinted("Give the path relative to the repository; a commit must have held it."));
    }
    let mut log = of_items(log, &checklists, &ids)?;
    // Each check starts a program, so those of all items are not made.
    if !ids.is_empty() {
        check_signatures(&mut log, &Signatures::of(&project, &config)?, &repository)?;
    }
    Ok(log)
}

/// Says of each signed commit what its signature is worth.
fn check_signatures(
    log: &mut Log,
    signatures: &Signatures<'_>,
    repository: &Repository,
) -> Result<(), Error> {
    let events = log.checklists.iter_mut().flat_map(|of| &mut of.events);
    for event in events.filter(|event| event.signed) {
        let commit = repository.resolve(&event.commit)?;
        let worth = signatures.checked(&commit.id, &commit.author.email, commit.signature);
        event.signature = Some(worth.word().to_owned());
    }
    Ok(())
}

/// The log of those items alone that `ids` match, by id or by the address they have now.
fn of_items(log: Log, checklists: &[Checklist], ids: &[&String]) -> Result<Log, Error> {
    if ids.is_empty() {
        return Ok(log);
    }
    let mut globs = Vec::with_capacity(ids.len());
    for id in ids {
        globs.push(Glob::new(id).map_err(|fault| Error::usage(fault.to_string()))?);
    }
    let addressed: BTreeSet<(&str, &str)> = checklists
        .iter()
        .flat_map(|of| of.items.iter().map(|item| (of.path.as_str(), item)))
        .filter(|(_, item)| globs.iter().any(|glob| glob.matches(item.address())))
        .map(|(path, item)| (path, item.id.as_str()))
        .collect();
    let log = log.of_items(&|path, id| {
        globs.iter().any(|glob| glob.matches(id)) || addressed.contains(&(path, id))
    });
    if log.checklists.is_empty() {
        let ids: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
        let lead = format!("no item of the history has the id {}", ids.join(" or "));
        return Err(
            Error::usage(lead).hinted("`trueup log --format json` lists every item that ever was.")
        );
    }
    Ok(log)
}
