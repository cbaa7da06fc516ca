//! The snapshots that were recorded in the repository.

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{Code, Place, Problem};
use crate::snapshot::store::Recorded;
use crate::snapshot::v1::Release;
use crate::snapshot::{self, store};
use crate::sources::files;
use crate::sources::git::Repository;

use super::super::Error;
use super::super::compare::{Doubt, LARGEST, Owner, altered, of_record};

/// The figures of every recorded release by its name; what cannot be read, and what is to be doubted of
/// one, is a problem.
pub(super) fn read(
    repository: Option<&Repository>,
    root: &Path,
    owner: &Owner<'_>,
) -> (BTreeMap<String, Release>, Vec<Problem>) {
    let (mut known, mut problems) = (BTreeMap::new(), Vec::new());
    let mut recorded = store::list(&files::names(&root.join(store::FOLDER)));
    recorded.retain(|of| of.file.is_some());
    let path =
        |of: &Recorded| format!("{}/{}", store::FOLDER, of.file.as_deref().unwrap_or_default());
    let paths: Vec<String> = recorded.iter().map(path).collect();
    let bytes = |path: &str| files::read(root, path, LARGEST).map_err(|fault| fault.to_string());
    let altered = altered(repository, &paths, |path| bytes(path).ok());
    let altered = altered.unwrap_or_else(|fault| {
        problems.push(uncompared(&fault));
        Vec::new()
    });
    let mut altered = altered.into_iter();
    for (Recorded { release, .. }, path) in recorded.into_iter().zip(&paths) {
        let mut doubts: Vec<Doubt> = altered.next().flatten().into_iter().collect();
        let bytes = bytes(path);
        if bytes.as_ref().is_ok_and(|of| owner.is_of_another(of)) {
            continue;
        }
        let read = bytes.and_then(|of| store::read(&of).map_err(|fault| fault.to_string()));
        match read {
            Ok(stored) => {
                // What git cannot tell is told where the releases are compared.
                let own =
                    of_record(repository, root, &release, &stored.snapshot).unwrap_or_default();
                doubts.extend(own);
                let figures = snapshot::release(&release, &stored.snapshot);
                known.insert(release.clone(), figures);
            }
            Err(why) => problems.push(problem(path, format!("This release is left out: {why}."))),
        }
        problems.extend(doubts.iter().map(|doubt| {
            let message = format!("In doubt: {}.", doubt.told(&release));
            Problem::new(Code::ReleaseDoubted, Place::file(path), message)
        }));
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
