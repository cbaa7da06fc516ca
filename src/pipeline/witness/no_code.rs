//! What changed and is no code: files that were checklists, also where they were put away, and the files
//! of reports that trueup wrote.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::checklist::{self, Settings};
use crate::pipeline::inputs::checklists;
use crate::pipeline::inputs::project::{LARGEST_TEXT, Project};
use crate::policy::Config;
use crate::seal::manifest::Manifest;
use crate::sources::files::{is_markdown, is_vendored};
use crate::sources::git::{self, BlobId, Repository};

use super::pages::{self, LARGEST_PAGE};

/// A path that changed, and the full id of the newest commit that changed it; `None` of what is not
/// committed.
pub(super) type Changed<'c> = (&'c str, Option<&'c str>);

/// The report in a folder, of the judged state or before a commit.
type Report = (String, Option<String>);

/// Tells them from code, each once.
pub(super) struct NoCode<'p> {
    project: &'p Project<'p>,
    config: &'p Config,
    settings: Settings,
    /// Whether a file with these bytes holds an item.
    items: RefCell<BTreeMap<BlobId, bool>>,
    reports: RefCell<BTreeMap<Report, Option<Rc<Manifest>>>>,
    /// Whether a path is a file of a report, in the judged state.
    pages: RefCell<BTreeMap<String, bool>>,
}

impl<'p> NoCode<'p> {
    pub(super) fn new(project: &'p Project<'p>, config: &'p Config) -> NoCode<'p> {
        let settings = checklists::settings(config);
        let (items, reports, pages) = Default::default();
        NoCode { project, config, settings, items, reports, pages }
    }

    /// Which of `changed` are none, in their order.
    pub(super) fn of(&self, repository: &Repository, changed: &[Changed<'_>]) -> Vec<bool> {
        let was = changed.iter().map(|of| self.was_checklist(repository, of));
        let was: Vec<Option<BlobId>> = was.collect();
        let gone = changed.iter().zip(&was).filter_map(|((path, by), was)| {
            let blob = (*was).filter(|_| !self.project.holds(path))?;
            Some((*by, blob))
        });
        let gone: Vec<(Option<&str>, BlobId)> = gone.collect();
        let moved = |&(path, by): &Changed<'_>| {
            let mut from = gone.iter().filter(|of| of.0 == by).peekable();
            if !is_markdown(path) || from.peek().is_none() {
                return false;
            }
            let is = self.read(path).and_then(|bytes| BlobId::of(&bytes));
            from.any(|(_, blob)| Some(*blob) == is)
        };
        let is_none = |(of, was): (&Changed<'_>, &Option<BlobId>)| {
            was.is_some() || moved(of) || self.is_page(repository, of)
        };
        changed.iter().zip(&was).map(is_none).collect()
    }

    /// The file that lay at a path before it changed last, where an item stood in it and `checklists`
    /// means such a path.
    fn was_checklist(&self, repository: &Repository, of: &Changed<'_>) -> Option<BlobId> {
        let path = of.0;
        let is_meant = match &self.config.checklists {
            Some(globs) => globs.iter().any(|glob| glob.matches(path)),
            None => is_markdown(path) && !is_vendored(path),
        };
        if !is_meant || self.config.excludes(path) {
            return None;
        }
        let mut before = self.before(repository, of.1, path).into_iter();
        before.find(|&blob| self.holds_item(repository, path, blob))
    }

    /// What lay at a path before the commit that changed it.
    fn before(&self, repository: &Repository, by: Option<&str>, path: &str) -> Vec<BlobId> {
        match by {
            Some(id) => repository.blobs_before(id, path),
            None => {
                let judged = self.project.commit.as_ref();
                let tree = judged.and_then(|commit| repository.tree(commit).ok());
                tree.and_then(|tree| tree.blob_at(path)).into_iter().collect()
            }
        }
    }

    fn holds_item(&self, repository: &Repository, path: &str, blob: BlobId) -> bool {
        if let Some(&known) = self.items.borrow().get(&blob) {
            return known;
        }
        let bytes = repository.blob(blob, LARGEST_TEXT).ok().flatten();
        let read = bytes.and_then(|bytes| match self.config.checklists.is_some() {
            true => Some(checklist::read(path, &bytes, &self.settings)),
            false => checklist::read_tasks(path, &bytes, &self.settings),
        });
        let holds = read.is_some_and(|read| !read.items.is_empty());
        self.items.borrow_mut().insert(blob, holds);
        holds
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.project.read(path, LARGEST_PAGE)?.ok()
    }

    /// Whether a path is a file of a report; of one that is gone, whether it was before.
    fn is_page(&self, repository: &Repository, &(path, by): &Changed<'_>) -> bool {
        if !self.project.holds(path) {
            let read = |path: &str| {
                let mut before = self.before(repository, by, path).into_iter();
                before.find_map(|blob| repository.blob(blob, LARGEST_PAGE).ok()?)
            };
            return self.is_page_by(path, Some(by.unwrap_or_default()), &read);
        }
        if let Some(&known) = self.pages.borrow().get(path) {
            return known;
        }
        let is_page = self.is_page_by(path, None, &|path| self.read(path));
        self.pages.borrow_mut().insert(path.to_owned(), is_page);
        is_page
    }

    /// The same by files as they are, or as they were before a commit.
    fn is_page_by(
        &self,
        path: &str,
        before: Option<&str>,
        read: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> bool {
        let mut folders = path.match_indices('/').map(|(at, _)| path.split_at(at));
        folders.any(|(folder, within)| {
            let key = (folder.to_owned(), before.map(str::to_owned));
            let known = self.reports.borrow().get(&key).cloned();
            let report = known.unwrap_or_else(|| {
                let report = pages::report_in(folder, read).map(Rc::new);
                self.reports.borrow_mut().insert(key, report.clone());
                report
            });
            let within = within.trim_start_matches('/');
            report.is_some_and(|report| pages::is_page(&report, within, &|| read(path)))
        })
    }
}

/// The path of a change of git, and who made it.
pub(super) fn changed(of: &git::Change) -> Changed<'_> {
    (&of.path, of.commit.as_ref().map(|commit| commit.id.as_str()))
}
