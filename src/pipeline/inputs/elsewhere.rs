//! What is said of a name that items of other projects have too.
//!
//! A project that names its `checklists` knows no others, and two made from one template have items of
//! one id. A name alone, that was an item of a checklist of another as well when it was said, means none.

use std::collections::{BTreeMap, BTreeSet};

use crate::checklist::{self, Settings};
use crate::model::{Attestation, Authorship, Document, Documents, Item};
use crate::policy::Config;
use crate::sources::files::{is_markdown, is_vendored};
use crate::sources::git::{BlobId, GitError, Repository};

use super::checklists;
use super::configuration::CONFIG;
use super::project::{LARGEST_TEXT, Project};

/// A word that was taken back: in which commit it stands, and what it says.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ambiguous {
    pub(super) commit: String,
    pub(super) written: String,
    /// The file and the line of the entry that says it; `None` of a trailer.
    pub(super) entry: Option<(String, usize)>,
}

/// Whether a sign-off means nothing but items of other projects: each of its names says in which file, and
/// that was a checklist then, and is none of this project's. Those projects tell whether it has the item.
pub(super) fn is_of_others(
    repository: &Repository,
    config: &Config,
    settings: &Settings,
    (commit, written): (&str, &str),
) -> bool {
    let Some(own) = &config.checklists else { return false };
    let commit = repository.resolve(commit).ok();
    let Some(tree) = commit.and_then(|commit| repository.tree(&commit).ok()) else { return false };
    let is_checklist = |path: &str| {
        let blob = tree.blob_at(path).and_then(|id| repository.blob(id, LARGEST_TEXT).ok()?);
        blob.is_some_and(|bytes| !checklist::read(path, &bytes, settings).items.is_empty())
    };
    let is_another = |path: &str| {
        is_markdown(path) && !own.iter().any(|glob| glob.matches(path)) && is_checklist(path)
    };
    let mut names = written.split(',').map(str::trim).filter(|name| !name.is_empty()).peekable();
    names.peek().is_some()
        && names.all(|name| name.split_once('#').is_some_and(|(path, _)| is_another(path)))
}

/// Takes back what was said by a name alone that an item of another project had too; gives the sign-offs
/// among that. `former` tells the names that a file had before.
///
/// # Errors
/// Where a commit's files cannot be read.
pub(super) fn take_back(
    repository: &Repository,
    project: &Project<'_>,
    documents: &mut Documents,
    config: &Config,
    former: &dyn Fn(&str) -> Vec<String>,
) -> Result<BTreeSet<Ambiguous>, GitError> {
    let mut taken = BTreeSet::new();
    if config.checklists.is_none() {
        return Ok(taken);
    }
    let names = documents.checklists().flat_map(|of| {
        let former = former(&of.path);
        former.into_iter().chain([of.path.clone()])
    });
    let mut others = Others {
        repository,
        config,
        settings: checklists::settings(config),
        own: names.collect(),
        several_now: project.paths().filter(|path| is_config(path)).count() > 1,
        read: BTreeMap::new(),
        known: BTreeMap::new(),
    };
    for (_, history) in documents.iter_mut().flat_map(Document::traced_mut) {
        let mut fault = None;
        let mut stays = |said: &Attestation| match others.have(&said.by, &said.written) {
            Ok(have) => !have,
            Err(wrong) => {
                fault = Some(wrong);
                false
            }
        };
        history.evidence_for.retain(&mut stays);
        history.sign_offs.retain(|said| {
            let stays = stays(said);
            if !stays {
                taken.insert(Ambiguous::of(said));
            }
            stays
        });
        if let Some(fault) = fault {
            return Err(fault);
        }
    }
    Ok(taken)
}

impl Ambiguous {
    fn of(said: &Attestation) -> Ambiguous {
        Ambiguous {
            commit: said.by.commit.clone(),
            written: said.written.clone(),
            entry: said.entry.as_ref().map(|(path, entry)| (path.clone(), entry.line)),
        }
    }
}

/// The ids and addresses of items.
type Names = BTreeSet<String>;

/// The checklists that other projects have at commits.
struct Others<'r> {
    repository: &'r Repository,
    config: &'r Config,
    settings: Settings,
    /// The checklists of this project, with the names that they had before.
    own: BTreeSet<String>,
    /// There are several projects now.
    several_now: bool,
    /// By commit.
    known: BTreeMap<String, Vec<BlobId>>,
    /// By what a file holds.
    read: BTreeMap<BlobId, Names>,
}

impl Others<'_> {
    /// Whether one of the names in `written` is one alone, and an item's of another project as well.
    fn have(&mut self, by: &Authorship, written: &str) -> Result<bool, GitError> {
        let is_alone = |name: &&str| !name.is_empty() && !name.contains(['#', '*', '?', '[', '{']);
        let alone: Vec<&str> = written.split(',').map(str::trim).filter(is_alone).collect();
        if alone.is_empty() {
            return Ok(false);
        }
        if !self.known.contains_key(&by.commit) {
            let files = self.files(&by.commit)?;
            self.known.insert(by.commit.clone(), files);
        }
        let Some(files) = self.known.get(&by.commit) else { return Ok(false) };
        Ok(files
            .iter()
            .filter_map(|of| self.read.get(of))
            .any(|of| alone.iter().any(|name| of.contains(*name))))
    }

    /// The Markdown of others at `commit`, read; none where there is one project alone.
    fn files(&mut self, commit: &str) -> Result<Vec<BlobId>, GitError> {
        let tree = self.repository.tree(&self.repository.resolve(commit)?)?;
        let files = tree.files()?;
        if !self.several_now && files.iter().filter(|(path, _)| is_config(path)).count() < 2 {
            return Ok(Vec::new());
        }
        let is_other = |path: &str| {
            let named = self.config.checklists.iter().flatten().any(|glob| glob.matches(path));
            is_markdown(path)
                && !is_vendored(path)
                && !named
                && !self.own.contains(path)
                && !self.config.excludes(path)
        };
        let others: Vec<(String, BlobId)> =
            files.into_iter().filter(|(path, _)| is_other(path)).collect();
        for (path, blob) in &others {
            if !self.read.contains_key(blob) {
                let bytes = self.repository.blob(*blob, LARGEST_TEXT)?.unwrap_or_default();
                let items = checklist::read(path, &bytes, &self.settings).items;
                let names = |item: &Item| [item.id.clone(), item.address().to_owned()];
                self.read.insert(*blob, items.iter().flat_map(names).collect());
            }
        }
        Ok(others.into_iter().map(|(_, blob)| blob).collect())
    }
}

fn is_config(path: &str) -> bool {
    path.rsplit('/').next() == Some(CONFIG) && !is_vendored(path)
}
