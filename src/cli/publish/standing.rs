//! A report that stands already: where the same program would draw the same from the same, its
//! pages are looked at and not drawn again.

use std::collections::BTreeSet;
use std::io;

use crate::seal::manifest::{Entry, MANIFEST, Manifest};
use crate::snapshot::Snapshot;
use crate::sources::cache::Cache;
use crate::sources::digest::sha256;
use crate::sources::output::FolderWriter;

use super::{SNAPSHOT, digested};

/// The last report in a folder, by all that its pages hang on.
pub(super) struct Standing<'a> {
    cache: Cache,
    folder: &'a FolderWriter,
    known: Option<Known>,
}

/// What is remembered of it, where it lies there still.
struct Known {
    /// Everything that its pages were drawn from, in one digest.
    drawn_from: String,
    /// When it was made.
    made: String,
    files: Vec<Entry>,
}

impl<'a> Standing<'a> {
    /// Of the report in `folder`.
    pub(super) fn of(cache: Cache, folder: &'a FolderWriter) -> Standing<'a> {
        let mut standing = Standing { cache, folder, known: None };
        standing.known = standing.known();
        standing
    }

    fn known(&self) -> Option<Known> {
        let manifest = self.folder.present(MANIFEST)?;
        let record = String::from_utf8(self.cache.read(&self.name())?).ok()?;
        let (drawn_from, rest) = record.split_once(' ')?;
        let (of, made) = rest.split_once(' ')?;
        let files =
            Manifest::read(&manifest).ok().filter(|_| sha256(&manifest).to_string() == of)?;
        Some(Known { drawn_from: drawn_from.into(), made: made.into(), files: files.files })
    }

    /// The snapshot in the folder, where `snapshot` differs from it in nothing but the time it was
    /// made: that one is kept, and `snapshot` takes its time.
    pub(super) fn same(&self, snapshot: &mut Snapshot) -> Option<Entry> {
        let known = self.known.as_ref()?;
        let listed = known.files.iter().find(|file| file.path == SNAPSHOT)?;
        let now = std::mem::replace(&mut snapshot.generated_at, known.made.clone());
        let digest = digested(io::sink(), snapshot).ok().map(|(sha256, _)| sha256.to_string());
        let same = digest.as_ref() == Some(&listed.sha256)
            && self.folder.keep_standing(&[(SNAPSHOT, &listed.sha256)]);
        if !same {
            snapshot.generated_at = now;
        }
        same.then(|| listed.clone())
    }

    /// Its files but those that were `written`, where all of them stand as they were drawn, and the
    /// same would be drawn again from what has the digest `from`; they are then kept.
    pub(super) fn files(&self, from: &str, written: &[Entry]) -> Option<Vec<Entry>> {
        let known = self.known.as_ref().filter(|known| known.drawn_from == from)?;
        let written: BTreeSet<&str> = written.iter().map(|file| file.path.as_str()).collect();
        let is_drawn = |file: &&Entry| {
            !file.path.starts_with("vault/") && !written.contains(file.path.as_str())
        };
        let files: Vec<Entry> = known.files.iter().filter(is_drawn).cloned().collect();
        let named = files.iter().map(|file| (file.path.as_str(), file.sha256.as_str()));
        self.folder.keep_standing(&named.collect::<Vec<_>>()).then_some(files)
    }

    /// Remembers what the report was drawn `from` and when it was `made`, once its `manifest` is
    /// written.
    pub(super) fn remember(&self, from: &str, made: &str, manifest: &[u8]) {
        let record = format!("{from} {} {made}", sha256(manifest));
        let known = self.cache.read(&self.name());
        if known.as_deref() != Some(record.as_bytes()) {
            self.cache.write(&self.name(), record.as_bytes());
        }
    }

    /// One file for each folder that reports are written to.
    fn name(&self) -> String {
        let place = sha256(self.folder.target().as_os_str().as_encoded_bytes()).to_string();
        format!("report-{}", &place[..16])
    }
}
