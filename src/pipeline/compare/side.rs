//! One side of a comparison: a snapshot's file, a recorded release, or a revision.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use crate::diff::Named;
use crate::model::{Code, Timestamp};
use crate::snapshot::v1::Problem;
use crate::snapshot::{Snapshot, store};
use crate::sources::files::{self, ReadError};

use super::super::Error;
use super::Judging;
use super::doubt::{self, Doubt};

/// The largest snapshot that is read.
pub(in crate::pipeline) const LARGEST: u64 = 1 << 30;

/// A side, resolved.
pub(super) struct Side<'s> {
    pub(super) name: Named,
    pub(super) snapshot: Cow<'s, Snapshot>,
    /// What is to be doubted of it, where that was asked.
    pub(super) doubts: Vec<Doubt>,
}

impl<'s> Side<'s> {
    pub(super) fn new(name: Named, snapshot: Cow<'s, Snapshot>) -> Side<'s> {
        Side { name, snapshot, doubts: Vec::new() }
    }

    /// What it is called, with what is to be doubted of it.
    pub(super) fn named(&self) -> Named {
        let doubts = self.doubts.iter().map(|doubt| doubt.told(&self.name.name)).collect();
        Named { doubts, ..self.name.clone() }
    }

    /// Why nothing can be said by comparing with it.
    pub(super) fn forbidding(&self) -> Vec<String> {
        let doubts = self.doubts.iter().filter(|doubt| doubt.forbids());
        doubts.map(|doubt| doubt.told(&self.name.name)).collect()
    }

    /// That its record lies on another branch, and whether the judged line stands on the release.
    pub(super) fn missed(&self) -> Option<(String, bool)> {
        self.doubts.iter().find_map(|doubt| match doubt {
            Doubt::OnBranch { on_line, .. } => Some((doubt.told(&self.name.name), *on_line)),
            _ => None,
        })
    }

    /// A snapshot that was recorded, or written to a file.
    fn recorded(name: &str, snapshot: Snapshot) -> Self {
        Side::new(Named::recorded(name), Cow::Owned(snapshot))
    }
}

impl Judging<'_> {
    /// What `name` means: first a file, then a recorded release, then a revision, judged at its own
    /// time unless a `clock` is given.
    pub(super) fn side(
        &self,
        name: &str,
        clock: Option<Timestamp>,
    ) -> Result<Side<'static>, Error> {
        if let Some(snapshot) = self.file(name)? {
            return Ok(Side::recorded(name, snapshot));
        }
        self.released(name, clock)
    }

    /// The same without a look at files: a recorded release, or a revision.
    pub(super) fn released(
        &self,
        name: &str,
        clock: Option<Timestamp>,
    ) -> Result<Side<'static>, Error> {
        if let Some(snapshot) = self.release(name)? {
            return Ok(Side::recorded(name, snapshot));
        }
        let Some(repository) = self.repository else {
            return Err(Error::usage(format!("{name} is no file, and there is no git repository"))
                .hinted("Give the path of a snapshot's file, as `trueup report` writes it."));
        };
        let commit = repository.resolve(name).map_err(Error::of_revision)?;
        let snapshot = self.judge(&commit.id, clock.unwrap_or(commit.time))?;
        let unread = |of: &&Problem| of.code == Code::DocumentUnread.word();
        if let Some(unread) = snapshot.problems.iter().find(unread) {
            let lead = format!("{name} cannot be judged: {}", unread.message);
            return Err(Error::failed(lead.trim_end_matches('.'))
                .hinted("Fetch it whole: a partial clone leaves files out."));
        }
        Ok(Side::new(Named::unrecorded(name), Cow::Owned(snapshot)))
    }

    /// The release or revision `name`, with what is to be doubted of its record.
    pub(super) fn doubted(
        &self,
        name: &str,
        mut side: Side<'static>,
    ) -> Result<Side<'static>, Error> {
        let Ok(file) = store::file_name(name) else { return Ok(side) };
        let record = self.any_record(name)?.map(|(_, bytes)| bytes);
        if record.as_ref().is_some_and(|bytes| self.owner.is_of_another(bytes)) {
            return Ok(side);
        }
        let bytes = record.filter(|_| side.name.recorded);
        if bytes.is_some() {
            side.doubts = doubt::of_record(self.repository, &self.of.dir, name, &side.snapshot)?;
        }
        let path = format!("{}/{file}", store::FOLDER);
        let altered =
            doubt::altered(self.repository, std::slice::from_ref(&path), |_| bytes.clone())?;
        side.doubts.extend(altered.into_iter().flatten());
        if !side.name.recorded && side.doubts.is_empty() {
            let is_meant = |bytes: &[u8]| !self.owner.is_of_another(bytes);
            side.doubts.extend(doubt::on_branch(self.repository, name, &path, is_meant)?);
        }
        Ok(side)
    }

    /// The snapshot in a file on disk, named as the shell names it.
    fn file(&self, name: &str) -> Result<Option<Snapshot>, Error> {
        let path = Path::new(name);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let Some(last) = path.file_name() else { return Ok(None) };
        let folder = folder.unwrap_or(Path::new("."));
        match files::read_path(folder, Path::new(last), name, LARGEST) {
            Ok(bytes) => read(name, &bytes).map(Some),
            // A folder may be called like a branch.
            Err(ReadError::Missing { .. } | ReadError::NotAFile { .. }) => Ok(None),
            Err(fault) => Err(Error::failed(fault.to_string())),
        }
    }

    /// The bytes that the checked out commit has at `path`, where they are asked for.
    fn as_committed(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(repository) = self.repository.filter(|_| self.committed) else { return Ok(None) };
        let Some(head) = repository.head()? else { return Ok(None) };
        Ok(repository.tree(&head)?.read(path, LARGEST)?)
    }

    /// The names of what was recorded of this project, as it is committed or lies there.
    pub(super) fn recorded(&self) -> Result<BTreeSet<String>, Error> {
        let root = self.repository.map_or(self.of.dir.as_path(), |repository| repository.root());
        let mut files = files::names(&root.join(store::FOLDER));
        if let Some(repository) = self.repository.filter(|_| self.committed)
            && let Some(head) = repository.head()?
        {
            files.extend(repository.tree(&head)?.names(store::FOLDER));
        }
        let mut names = BTreeSet::new();
        for of in store::list(&files).into_iter().filter(|of| of.file.is_some()) {
            if !self.owner.has_others() || self.record(&of.release)?.is_some() {
                names.insert(of.release);
            }
        }
        Ok(names)
    }

    /// The snapshot that was recorded for the release `name`.
    pub(super) fn release(&self, name: &str) -> Result<Option<Snapshot>, Error> {
        let Some((path, bytes)) = self.record(name)? else { return Ok(None) };
        read(&path, &bytes).map(Some)
    }

    /// Where the release `name` of this project was recorded, and what stands there.
    pub(super) fn record(&self, name: &str) -> Result<Option<(String, Vec<u8>)>, Error> {
        Ok(self.any_record(name)?.filter(|(_, bytes)| !self.owner.is_of_another(bytes)))
    }

    fn any_record(&self, name: &str) -> Result<Option<(String, Vec<u8>)>, Error> {
        let root = self.repository.map_or(self.of.dir.as_path(), |repository| repository.root());
        let Ok(file) = store::file_name(name) else { return Ok(None) };
        let path = format!("{}/{file}", store::FOLDER);
        if let Some(bytes) = self.as_committed(&path)? {
            return Ok(Some((path, bytes)));
        }
        match files::read(root, &path, LARGEST) {
            Ok(bytes) => Ok(Some((path, bytes))),
            Err(ReadError::Missing { .. }) => Ok(None),
            Err(fault) => Err(Error::failed(fault.to_string())),
        }
    }
}

fn read(path: &str, bytes: &[u8]) -> Result<Snapshot, Error> {
    match store::read(bytes) {
        Ok(stored) => Ok(stored.snapshot),
        Err(fault @ store::StoreError::NotASnapshot { .. }) => {
            Err(Error::usage(format!("{path}: {fault}"))
                .hinted("`trueup report` and `trueup check --format json` write snapshots."))
        }
        Err(fault) => Err(Error::failed(format!("{path}: {fault}"))),
    }
}
