//! The snapshots that were recorded in the repository.

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{Code, Place, Problem};
use crate::snapshot::v1::Release;
use crate::snapshot::{self, store};
use crate::sources::files;

use super::super::Error;
use super::super::compare::LARGEST;

/// The figures of every recorded release by its name; what cannot be read is a problem.
pub(super) fn read(root: &Path) -> (BTreeMap<String, Release>, Vec<Problem>) {
    let (mut known, mut problems) = (BTreeMap::new(), Vec::new());
    for recorded in store::list(&files::names(&root.join(store::FOLDER))) {
        let Some(file) = recorded.file else { continue };
        let path = format!("{}/{file}", store::FOLDER);
        let read = files::read(root, &path, LARGEST).map_err(|fault| fault.to_string());
        match read.and_then(|bytes| store::read(&bytes).map_err(|fault| fault.to_string())) {
            Ok(stored) => {
                let release = snapshot::release(&recorded.release, &stored.snapshot);
                known.insert(recorded.release, release);
            }
            Err(why) => problems.push(problem(&path, format!("This release is left out: {why}."))),
        }
    }
    (known, problems)
}

/// A release whose tag cannot be read.
pub(super) fn unread(name: &str, why: &str) -> Problem {
    problem(".git", format!("The release {name} is left out: {why}."))
}

/// Releases that could not be compared.
pub(super) fn uncompared(why: &Error) -> Problem {
    problem(".git", format!("The releases were not compared: {why}."))
}

fn problem(path: &str, message: String) -> Problem {
    Problem::new(Code::ReleaseUnread, Place::file(path), message)
}
