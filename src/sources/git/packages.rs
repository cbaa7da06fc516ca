//! Of which package a release is, where packages of one repository are tagged each by itself. Here a release
//! that is in doubt counts, for it asks anew; `hands` leaves it out, for it would hide who changed what.

use std::collections::BTreeSet;

use git2::Oid;

use super::error::GitError;
use super::repository::Repository;
use super::shipped::Release;
use crate::model::package_of;

impl Repository {
    /// `releases` but for those of packages in whose folders nothing lies of what is wanted. All of them
    /// where something of it lies in the folder of none; a name that is no folder's is that of the whole.
    pub(super) fn without_other_packages(
        &self,
        mut releases: Vec<Release>,
        head: Oid,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Release>, GitError> {
        if releases.iter().all(|(_, name, _)| package_of(name).is_none()) {
            return Ok(releases);
        }
        let files = self.tree(&self.resolve(&head.to_string())?)?.files()?;
        let all: BTreeSet<&str> = files.iter().flat_map(|(path, _)| folders(path)).collect();
        let package =
            |name: &str| package_of(name).filter(|of| all.contains(of)).map(str::to_owned);
        let packages: BTreeSet<String> =
            releases.iter().filter_map(|(_, name, _)| package(name)).collect();
        let mut touched: BTreeSet<&str> = BTreeSet::new();
        for (path, _) in files.iter().filter(|(path, _)| wanted(path)) {
            let mut own = folders(path).filter(|folder| packages.contains(*folder)).peekable();
            if own.peek().is_none() {
                return Ok(releases);
            }
            touched.extend(own);
        }
        let counts = |name: &str| package(name).is_none_or(|of| touched.contains(of.as_str()));
        releases.retain(|(_, name, _)| touched.is_empty() || counts(name));
        Ok(releases)
    }
}

/// The names of the folders that a file lies in.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rsplit_once('/').into_iter().flat_map(|(folders, _)| folders.split('/'))
}
