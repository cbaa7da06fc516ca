//! A history as it is kept from one run to the next.
//!
//! One file keeps a history whole, and each that goes on from it what came since, until that is so much
//! that it is kept whole again: a run writes little, and reads two files. Both are plain data in a
//! binary form, each text, commit and wording once. The cache tells whole files from damaged ones;
//! whatever else does not fit together here is as nothing kept.

mod base;
mod form;
mod read;
mod write;

use crate::sources::cache::Cache;

use super::History;
use form::File;

pub(super) use base::Base;

/// What came since is kept by itself while it takes less than this part of the whole.
const PART: usize = 4;

/// The bytes that a record takes, with its share of the wordings, the commits and the states.
const ROOM: usize = 128;

/// The file of the history up to `commit`.
pub(super) fn name(commit: &str) -> String {
    format!("history-{commit}")
}

/// Keeps `history` under `key` for the next run.
pub(super) fn keep(cache: &Cache, history: &History, key: &str) {
    let bytes = match added(history) {
        Some((base, bytes)) => {
            cache.renew(&name(base));
            bytes
        }
        None => {
            let file = File::Whole(Box::new(write::whole(history, key)));
            bytes(&file, history.records.len() * ROOM)
        }
    };
    cache.write(&name(&history.head), &bytes);
}

/// What came since the whole history that another file keeps, where that is little; and that file's
/// commit.
fn added(history: &History) -> Option<(&str, Vec<u8>)> {
    let base = history.base.as_ref().filter(|base| base.commit != history.head)?;
    let added = bytes(&File::Added(Box::new(write::added(history, base)?)), base.size / PART);
    (added.len() < base.size / PART).then_some((&base.commit, added))
}

fn bytes(file: &File<'_>, room: usize) -> Vec<u8> {
    // Nothing is read back from no bytes.
    postcard::to_extend(file, Vec::with_capacity(room)).unwrap_or_default()
}

/// The history that was kept of `commit`; `None` where it was read by anything but `key`.
pub(super) fn restore(cache: &Cache, commit: &str, key: &str) -> Option<History> {
    let (bytes, digest) = cache.read_known(&name(commit))?;
    let added = match file(&bytes)? {
        File::Whole(whole) => {
            let base = Base::of(commit, digest, bytes.len());
            return (whole.key == key).then(|| read::history(*whole, None, base))?;
        }
        File::Added(added) => added,
    };
    let (bytes, digest) = cache.read_known(&name(added.base.0))?;
    let File::Whole(whole) = file(&bytes)? else { return None };
    let base = Base::of(added.base.0, digest, bytes.len());
    let fits = whole.key == key && digest.0 == added.base.1;
    fits.then(|| read::history(*whole, Some(*added), base))?
}

fn file(bytes: &[u8]) -> Option<File<'_>> {
    let (file, rest) = postcard::take_from_bytes(bytes).ok()?;
    rest.is_empty().then_some(file)
}

#[cfg(test)]
mod tests;
