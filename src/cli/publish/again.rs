//! A report that is made again of the same moment. Where it says the same, it was made when the one
//! that stands was, and that one stays as it is.

use std::io;

use serde::Deserialize;

use crate::seal::manifest::{MANIFEST, Manifest};
use crate::snapshot::Snapshot;
use crate::sources::output::FolderWriter;

use super::{SNAPSHOT, digested};

/// Of a snapshot that stands, when it was judged and when it was written.
#[derive(Deserialize)]
struct Standing {
    judged_at: String,
    generated_at: String,
}

/// When the snapshot in `folder` was made, where `snapshot` differs from it in nothing else.
pub(super) fn made(folder: &FolderWriter, snapshot: &mut Snapshot) -> Option<String> {
    let manifest = Manifest::read(&folder.present(MANIFEST)?).ok()?;
    let listed = manifest.files.iter().find(|file| file.path == SNAPSHOT)?;
    let standing: Standing = serde_json::from_slice(&folder.present(SNAPSHOT)?).ok()?;
    if standing.judged_at != snapshot.judged_at {
        return None;
    }
    let made = std::mem::replace(&mut snapshot.generated_at, standing.generated_at);
    let same =
        digested(io::sink(), snapshot).is_ok_and(|(sha256, _)| sha256.to_string() == listed.sha256);
    let standing = std::mem::replace(&mut snapshot.generated_at, made);
    same.then_some(standing)
}
