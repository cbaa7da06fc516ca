//! A report's folder: pages, data, vault and manifest, written whole or not at all; or the same
//! in memory.

mod standing;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::model::Digest;
use crate::pipeline::{self, Error};
use crate::render::{beside, site, write_json};
use crate::seal::manifest::{Entry, MANIFEST, Manifest, vault_path};
use crate::snapshot::Snapshot;
use crate::sources::digest::{Digesting, sha256};
use crate::sources::output::{Finished, FolderWriter, WriteError};

use super::judging::ForSite;
use standing::Standing;

/// The file of the snapshot.
const SNAPSHOT: &str = "snapshot.json";

/// What was written.
pub(super) struct Published {
    /// As it lies in the folder.
    pub(super) snapshot: Snapshot,
    pub(super) pages: usize,
    /// What the site says beside the snapshot.
    pub(super) options: site::Options,
    /// Path → bytes, where it went to memory.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// What became of the folder.
    pub(super) finished: Finished,
}

/// A file of the report that was asked for beside its pages.
#[derive(Debug)]
pub(super) struct Beside {
    /// Its name in the folder.
    pub(super) path: String,
    /// The output that it is, by name.
    pub(super) what: &'static str,
}

/// A report being written. Threads may share it.
pub(super) struct Publishing {
    place: Place,
    written: Mutex<Written>,
}

/// Where it goes.
enum Place {
    Folder(FolderWriter),
    Memory(Mutex<BTreeMap<String, Vec<u8>>>),
}

impl Place {
    fn file(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        match self {
            Place::Folder(folder) => folder.file(path, bytes),
            Place::Memory(files) => {
                remember(files, path, bytes.to_vec());
                Ok(())
            }
        }
    }

    /// Writes a document as JSON, a piece at a time; its SHA-256 and its length.
    fn json(&self, path: &str, document: &impl Serialize) -> Result<(Digest, u64), WriteError> {
        match self {
            Place::Folder(folder) => {
                let mut known = (sha256(b""), 0);
                folder.stream(path, |file| {
                    known = digested(file, document)?;
                    Ok(())
                })?;
                Ok(known)
            }
            Place::Memory(files) => {
                let text = super::json(document).into_bytes();
                let known = (sha256(&text), text.len() as u64);
                remember(files, path, text);
                Ok(known)
            }
        }
    }

    /// What is in memory; a folder is put in its place.
    fn finish(self) -> Result<(BTreeMap<String, Vec<u8>>, Finished), WriteError> {
        match self {
            Place::Folder(folder) => Ok((BTreeMap::new(), folder.finish()?)),
            Place::Memory(files) => {
                let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
                Ok((files, Finished { changed: true, unsigned: Vec::new() }))
            }
        }
    }
}

fn remember(files: &Mutex<BTreeMap<String, Vec<u8>>>, path: &str, bytes: Vec<u8>) {
    files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes);
}

/// Writes a document to `file`; the SHA-256 and the number of its bytes.
fn digested(file: impl Write, document: &impl Serialize) -> io::Result<(Digest, u64)> {
    let mut digesting = Digesting::new(file);
    write_json(&mut digesting, document)?;
    Ok(digesting.finish())
}

/// Everything that pages are drawn from, in one digest.
fn drawn_from(digests: &[String], options: &site::Options, asked: &[Beside]) -> String {
    let (diffs, _) = digested(io::sink(), &options.diffs).unwrap_or((sha256(b""), 0));
    let beside = format!("{digests:?} {diffs} {:?} {:?} {asked:?}", options.inputs, options.kept);
    sha256(beside.as_bytes()).to_string()
}

#[derive(Default)]
struct Written {
    entries: Vec<Entry>,
    kept: BTreeSet<Digest>,
    fault: Option<WriteError>,
}

impl Publishing {
    /// Begins a new content for `out`, which is left as it is until the end.
    pub(super) fn begin(out: &Path) -> Result<Publishing, Error> {
        let place = Place::Folder(FolderWriter::begin(out)?);
        Ok(Publishing { place, written: Mutex::default() })
    }

    /// Begins a report that touches no disk.
    pub(super) fn in_memory() -> Publishing {
        Publishing { place: Place::Memory(Mutex::default()), written: Mutex::default() }
    }

    /// Keeps the bytes of an input in the vault, once.
    pub(super) fn keep(&self, digest: &Digest, bytes: &[u8]) {
        if self.lock().kept.insert(*digest) {
            self.file_of(&vault_path(&digest.to_string()), bytes, digest.to_string(), None);
        }
    }

    fn file(&self, path: &str, bytes: &[u8]) {
        self.file_of(path, bytes, sha256(bytes).to_string(), None);
    }

    /// Writes a file of the report.
    fn file_of(&self, path: &str, bytes: &[u8], sha256: String, output: Option<&str>) {
        let outcome = self.place.file(path, bytes);
        self.note(outcome.map(|()| Entry {
            path: path.to_owned(),
            sha256,
            bytes: bytes.len() as u64,
            output: output.map(str::to_owned),
        }));
    }

    /// Writes a document of the report as JSON; its SHA-256.
    fn json(&self, path: &str, document: &impl Serialize) -> String {
        let outcome = self.place.json(path, document);
        let sha256 = outcome.as_ref().map(|(sha256, _)| sha256.to_string()).unwrap_or_default();
        self.note(outcome.map(|(_, bytes)| Entry {
            path: path.to_owned(),
            sha256: sha256.clone(),
            bytes,
            output: None,
        }));
        sha256
    }

    /// Notes a file that was written; the first fault is told at the end.
    fn note(&self, outcome: Result<Entry, WriteError>) {
        let mut written = self.lock();
        match outcome {
            Ok(entry) => written.entries.push(entry),
            Err(fault) => {
                written.fault.get_or_insert(fault);
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes the site, the data, what was asked for beside them and the manifest, and puts the
    /// folder in its place.
    pub(super) fn finish(self, judged: ForSite, asked: &[Beside]) -> Result<Published, Error> {
        let ForSite { mut snapshot, releases, recorded, cache, of_a_moment } = judged;
        releases.add_to(&mut snapshot);
        let standing = match (&self.place, cache) {
            (Place::Folder(folder), Some(cache)) => Some(Standing::of(cache, folder)),
            _ => None,
        };
        let same = standing.as_ref().filter(|_| of_a_moment).and_then(|of| of.same(&mut snapshot));
        let of_snapshot = match same {
            Some(kept) => {
                let sha256 = kept.sha256.clone();
                self.note(Ok(kept));
                sha256
            }
            None => self.json(SNAPSHOT, &snapshot),
        };
        let digests = [of_snapshot, self.json("witness.json", &recorded)];
        let options = site::Options {
            snapshot_sha256: Some(digests[0].clone()),
            diffs: releases.diffs,
            inputs: recorded.told(),
            kept: self.lock().kept.iter().map(ToString::to_string).map(placed).collect(),
        };
        let from = drawn_from(&digests, &options, asked);
        let files = standing.as_ref().and_then(|of| of.files(&from, &self.lock().entries));
        match files {
            Some(files) => self.lock().entries.extend(files),
            None => {
                self.draw(&snapshot, &options)?;
                asked.iter().try_for_each(|of| self.beside(of, &snapshot, &options))?;
            }
        }
        let written = std::mem::take(&mut *self.lock());
        if let Some(fault) = written.fault {
            return Err(fault.into());
        }
        let is_page = |entry: &&Entry| entry.output.is_none() && entry.path.ends_with(".html");
        let pages = written.entries.iter().filter(is_page).count();
        let manifest = Manifest::new(written.entries, recorded.inputs()).text();
        self.place.file(MANIFEST, manifest.as_bytes())?;
        let digest = sha256(manifest.as_bytes()).to_string();
        for (name, statement) in pipeline::statements(&snapshot, &digest) {
            self.place.file(name, statement.as_bytes())?;
        }
        if let Some(standing) = standing {
            standing.remember(&from, &snapshot.generated_at, manifest.as_bytes());
        }
        let (files, finished) = self.place.finish()?;
        Ok(Published { snapshot, pages, options, files, finished })
    }

    /// Writes the pages.
    fn draw(&self, snapshot: &Snapshot, options: &site::Options) -> Result<(), Error> {
        site::draw_into(snapshot, options, &|page| self.file(&page.path, &page.bytes))
            .map_err(|why| Error::failed(why.to_string()))
    }

    fn beside(
        &self,
        asked: &Beside,
        snapshot: &Snapshot,
        options: &site::Options,
    ) -> Result<(), Error> {
        let Beside { path, what } = asked;
        let is_taken = self.lock().entries.iter().any(|entry| entry.path == *path);
        if is_taken || path.starts_with("manifest.") {
            return Err(Error::usage(format!("{path} is a file of the report itself"))
                .hinted("Give the output another name, or a place beside the report."));
        }
        let bytes = beside::draw(what, snapshot, options).map_err(Error::failed)?;
        self.file_of(path, &bytes, sha256(&bytes).to_string(), Some(what));
        Ok(())
    }
}

/// A digest with its place in the vault.
fn placed(sha256: String) -> (String, String) {
    let path = vault_path(&sha256);
    (sha256, path)
}
