//! What was claimed at a commit: its checklists, read from git's objects.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use crate::checklist::{self, Settings};
use crate::config::Config;
use crate::model::{Checklist, Claim};
use crate::sources::git::{BlobId, Repository};

use super::super::project::{LARGEST_TEXT, Project};
use super::super::{Error, checklists, configuration};

/// The figures that a checklist gives without any evidence.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Claimed {
    pub(super) items: u64,
    pub(super) applicable: u64,
    pub(super) claimed: u64,
}

/// Counts claims; each distinct file is read once, however many commits hold it.
pub(super) struct Claims<'r> {
    dir: &'r Path,
    repository: &'r Repository,
    /// What the files below were read by.
    settings: Settings,
    known: HashMap<BlobId, Claimed>,
    /// The files that hold an item at any of the commits.
    pub(super) paths: BTreeSet<String>,
}

impl<'r> Claims<'r> {
    pub(super) fn new(dir: &'r Path, repository: &'r Repository) -> Claims<'r> {
        Claims {
            dir,
            repository,
            settings: Settings::default(),
            known: HashMap::new(),
            paths: BTreeSet::new(),
        }
    }

    /// The claims of all checklists of the commit `id`, as its own configuration names them; where
    /// that cannot be understood, of every Markdown file with tasks.
    pub(super) fn at(&mut self, id: &str) -> Result<Claimed, Error> {
        let project = Project::open(self.dir, Some(self.repository), Some(id))?;
        let config = match configuration::read(&project, self.dir) {
            Ok((config, _)) => config,
            Err(Error::Config { .. } | Error::Usage { .. }) => Config::default(),
            Err(fault) => return Err(fault),
        };
        let settings = checklists::settings(&config);
        if settings != self.settings {
            self.known.clear();
            self.settings = settings;
        }
        let paths = match &config.checklists {
            Some(globs) => project.matching(globs),
            None => project.markdown(),
        };
        let tree = self.repository.tree(&self.repository.resolve(id)?)?;
        let mut all = Claimed::default();
        for path in paths {
            let Some(blob) = tree.blob_at(&path) else { continue };
            let of = match self.known.get(&blob) {
                Some(known) => *known,
                None => {
                    let Some(Ok(bytes)) = project.read(&path, LARGEST_TEXT) else { continue };
                    let counted = self.count(&path, &bytes, config.checklists.is_some());
                    self.known.insert(blob, counted);
                    counted
                }
            };
            if of.items > 0 {
                self.paths.insert(path);
            }
            all.items += of.items;
            all.applicable += of.applicable;
            all.claimed += of.claimed;
        }
        Ok(all)
    }

    fn count(&self, path: &str, bytes: &[u8], named: bool) -> Claimed {
        if !named && !checklist::holds_tasks(bytes) {
            return Claimed::default();
        }
        counted(&checklist::read(path, bytes, &self.settings))
    }
}

fn counted(checklist: &Checklist) -> Claimed {
    let of = |wanted: &dyn Fn(Claim) -> bool| {
        checklist.items.iter().filter(|item| wanted(item.claim)).count() as u64
    };
    Claimed {
        items: of(&|_| true),
        applicable: of(&|claim| claim != Claim::Cancelled),
        claimed: of(&|claim| claim == Claim::Done),
    }
}
