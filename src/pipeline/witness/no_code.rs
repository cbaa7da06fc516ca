//! What changed and is no code: files that were checklists, also where they were put away, and the files
//! of reports that trueup wrote.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::checklist::{self, Settings};
use crate::pipeline::inputs::checklists;
use crate::pipeline::inputs::project::{LARGEST_TEXT, Project};
use crate::policy::Config;
use crate::sources::files::{is_markdown, is_vendored};
use crate::sources::git::{self, BlobId, Commit, Repository};

use super::pages;

/// The largest file of a report that is looked at.
const LARGEST_PAGE: u64 = 256 << 20;

/// A path that changed, and the full id of the newest commit that changed it; `None` of what is not
/// committed.
pub(super) type Changed<'c> = (&'c str, Option<&'c str>);

/// Tells them from code, each once.
pub(super) struct NoCode<'p> {
    project: &'p Project<'p>,
    config: &'p Config,
    settings: Settings,
    /// Whether a file with these bytes holds an item.
    items: RefCell<BTreeMap<BlobId, bool>>,
    /// Whether a path is a file of a report, in the judged state.
    pages: RefCell<BTreeMap<String, bool>>,
}

impl<'p> NoCode<'p> {
    pub(super) fn new(project: &'p Project<'p>, config: &'p Config) -> NoCode<'p> {
        let settings = checklists::settings(config);
        let (items, pages) = Default::default();
        NoCode { project, config, settings, items, pages }
    }

    /// Which of `changed` are none, in their order.
    pub(super) fn of(&self, repository: &Repository, changed: &[Changed<'_>]) -> Vec<bool> {
        let was: Vec<Option<BlobId>> =
            changed.iter().map(|of| self.was_checklist(repository, of)).collect();
        let moved = |at: usize| {
            let (path, by) = changed[at];
            let from = |other: &usize| {
                changed[*other].1 == by
                    && was[*other].is_some()
                    && !self.project.holds(changed[*other].0)
            };
            let mut from = (0..changed.len()).filter(from).peekable();
            if !is_markdown(path) || from.peek().is_none() {
                return false;
            }
            let is = self.read(path).and_then(|bytes| BlobId::of(&bytes));
            is.is_some() && from.any(|other| was[other] == is)
        };
        let is_none =
            |at: usize| was[at].is_some() || moved(at) || self.is_page(repository, &changed[at]);
        (0..changed.len()).map(is_none).collect()
    }

    /// The file that lay at a path before it changed last, where an item stood in it and `checklists`
    /// means such a path.
    fn was_checklist(&self, repository: &Repository, &(path, by): &Changed<'_>) -> Option<BlobId> {
        let is_meant = match &self.config.checklists {
            Some(globs) => globs.iter().any(|glob| glob.matches(path)),
            None => is_markdown(path) && !is_vendored(path),
        };
        if !is_meant || self.config.excludes(path) {
            return None;
        }
        let before = self.before(repository, by);
        let blobs = before.iter().filter_map(|commit| repository.tree(commit).ok()?.blob_at(path));
        let mut blobs = blobs.filter(|&blob| self.holds_item(repository, path, blob));
        blobs.next()
    }

    /// The commits that the change was made to.
    fn before(&self, repository: &Repository, by: Option<&str>) -> Vec<Commit> {
        match by {
            Some(id) => {
                let parents = [1, 2].map(|of| repository.resolve(&format!("{id}^{of}")));
                parents.into_iter().filter_map(Result::ok).collect()
            }
            None => self.project.commit.iter().cloned().collect(),
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
            let mut before = self.before(repository, by).into_iter();
            return before.any(|commit| {
                let tree = repository.tree(&commit).ok();
                let read = |path: &str| tree.as_ref()?.read(path, LARGEST_PAGE).ok()?;
                pages::is_page(path, &read)
            });
        }
        if let Some(&known) = self.pages.borrow().get(path) {
            return known;
        }
        let is_page = pages::is_page(path, &|path| self.read(path));
        self.pages.borrow_mut().insert(path.to_owned(), is_page);
        is_page
    }
}

/// The path of a change of git, and who made it.
pub(super) fn changed(of: &git::Change) -> Changed<'_> {
    (&of.path, of.commit.as_ref().map(|commit| commit.id.as_str()))
}
