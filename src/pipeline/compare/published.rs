//! The files of reports that trueup wrote, in the commits that a release is tagged at and recorded of.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::pipeline::Error;
use crate::pipeline::witness::pages::{self, LARGEST_PAGE};
use crate::seal::manifest::Manifest;
use crate::sources::git::{Commit, Repository, Tree};

/// A folder of the first or of the second commit.
type Folder = (usize, String);

/// The reports that two commits hold.
pub(super) struct Published<'r> {
    repository: &'r Repository,
    trees: [Tree<'r>; 2],
    known: RefCell<BTreeMap<Folder, Option<Rc<Manifest>>>>,
}

impl<'r> Published<'r> {
    pub(super) fn of(
        repository: &'r Repository,
        commits: [&Commit; 2],
    ) -> Result<Published<'r>, Error> {
        let [one, other] = commits;
        let trees = [repository.tree(one)?, repository.tree(other)?];
        Ok(Published { repository, trees, known: RefCell::default() })
    }

    /// Whether a path is a file of a report wherever it is there.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.trees.iter().enumerate().all(|(at, tree)| match tree.blob_at(path) {
            None => !tree.encloses(path),
            Some(_) => self.is_page(at, path, &|path| self.read(tree, path)),
        })
    }

    fn read(&self, tree: &Tree<'_>, path: &str) -> Option<Vec<u8>> {
        self.repository.blob(tree.blob_at(path)?, LARGEST_PAGE).ok()?
    }

    fn is_page(&self, at: usize, path: &str, read: &dyn Fn(&str) -> Option<Vec<u8>>) -> bool {
        let mut folders = path.match_indices('/').map(|(end, _)| path.split_at(end));
        folders.any(|(folder, within)| {
            let key = (at, folder.to_owned());
            let known = self.known.borrow().get(&key).cloned();
            let report = known.unwrap_or_else(|| {
                let report = pages::report_in(folder, read).map(Rc::new);
                self.known.borrow_mut().insert(key, report.clone());
                report
            });
            let within = within.trim_start_matches('/');
            report.is_some_and(|report| pages::is_page(&report, within, &|| read(path)))
        })
    }
}
