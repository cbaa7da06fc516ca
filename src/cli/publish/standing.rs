//! A report that stands already: where the same program would draw the same from the same, its
//! pages are looked at and not drawn again.

use std::collections::BTreeSet;

use crate::seal::manifest::{Entry, MANIFEST, Manifest};
use crate::sources::cache::Cache;
use crate::sources::digest::sha256;
use crate::sources::output::FolderWriter;

/// The last report in a folder, by all that its pages hang on.
pub(super) struct Standing<'a> {
    cache: Cache,
    folder: &'a FolderWriter,
    /// Everything that the pages are drawn from, in one digest.
    drawn_from: String,
}

impl<'a> Standing<'a> {
    /// Of the report in `folder`, whose pages are drawn from what has these `digests`.
    pub(super) fn of(cache: Cache, folder: &'a FolderWriter, digests: &[String]) -> Standing<'a> {
        let drawn_from = sha256(digests.concat().as_bytes()).to_string();
        Standing { cache, folder, drawn_from }
    }

    /// Its files but those that were `written`, where all of them stand as they were drawn, and the
    /// same would be drawn again; they are then kept.
    pub(super) fn files(&self, written: &[Entry]) -> Option<Vec<Entry>> {
        let manifest = self.folder.present(MANIFEST)?;
        let known = self.cache.read(&self.name())?;
        if known != self.record(&manifest).as_bytes() {
            return None;
        }
        let mut files = Manifest::read(&manifest).ok()?.files;
        let written: BTreeSet<&str> = written.iter().map(|file| file.path.as_str()).collect();
        files.retain(|file| !file.path.starts_with("vault/") && !written.contains(&*file.path));
        let named = files.iter().map(|file| (file.path.as_str(), file.sha256.as_str()));
        self.folder.keep_standing(&named.collect::<Vec<_>>()).then_some(files)
    }

    /// Remembers what the report was drawn from, once its `manifest` is written.
    pub(super) fn remember(&self, manifest: &[u8]) {
        let record = self.record(manifest);
        let known = self.cache.read(&self.name());
        if known.as_deref() != Some(record.as_bytes()) {
            self.cache.write(&self.name(), record.as_bytes());
        }
    }

    fn record(&self, manifest: &[u8]) -> String {
        format!("{} {}", self.drawn_from, sha256(manifest))
    }

    /// One file for each folder that reports are written to.
    fn name(&self) -> String {
        let place = sha256(self.folder.target().as_os_str().as_encoded_bytes()).to_string();
        format!("report-{}", &place[..16])
    }
}
