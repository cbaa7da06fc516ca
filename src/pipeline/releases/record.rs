//! Keeping the snapshot of a release in the repository, where later runs compare with it.

use std::path::Path;

use crate::pipeline::Error;
use crate::pipeline::inputs::project;
use crate::snapshot::{Snapshot, store};
use crate::sources::files::{self, ReadError};
use crate::sources::output::{make_folder, write_file};

/// The largest snapshot that is compared with.
const LARGEST: u64 = 1 << 30;

/// Records `snapshot` under the name of `release` and returns its path in the repository. One that
/// is there already stays, unless it is to be superseded by `force`: then it is kept beside.
///
/// # Errors
/// Where the name cannot be a file's, another snapshot of that name is there, or the disk refuses.
pub fn record(
    dir: &Path,
    release: &str,
    snapshot: &Snapshot,
    force: bool,
) -> Result<String, Error> {
    let repository = project::repository(dir)?;
    let root = repository.as_ref().map_or(dir, |repository| repository.root());
    let name = store::file_name(release).map_err(|fault| Error::usage(fault.to_string()))?;
    let path = format!("{}/{name}", store::FOLDER);
    let bytes = store::write(snapshot);
    match files::read(root, &path, LARGEST) {
        Err(ReadError::Missing { .. }) => {}
        Err(fault) => return Err(Error::failed(fault.to_string())),
        Ok(present) if present == bytes.as_bytes() => return Ok(path),
        Ok(_) if !force => {
            return Err(Error::usage(format!("the release {release} is recorded already: {path}"))
                .hinted("`--force` records it anew and keeps the old one beside it."));
        }
        Ok(present) => {
            let kept = superseded(root, release)?;
            write_file(&root.join(store::FOLDER).join(kept), &present)?;
        }
    }
    make_folder(&root.join(store::FOLDER))?;
    write_file(&root.join(&path), bytes.as_bytes())?;
    Ok(path)
}

/// What a reader of the record should know of what it is of, as sentences: that the tag of its name is
/// at another commit, and that it is of changes that are in no commit.
pub fn strangeness(dir: &Path, release: &str, snapshot: &Snapshot) -> Vec<String> {
    let Some(of) = &snapshot.commit else { return Vec::new() };
    let tags = project::repository(dir).ok().flatten().and_then(|of| of.tags().ok());
    let tag = tags.into_iter().flatten().find(|(name, _)| name == release);
    let elsewhere = tag.filter(|(_, commit)| *commit != of.id).map(|(name, commit)| {
        let (short, here) = (short(&commit), short(&of.id));
        format!("the tag {name} is at {short}, and what was recorded is of {here}. Record it with `--at {name}`.")
    });
    let dirty = of.dirty.then(|| {
        "what was recorded is of a work tree with changes that are in no commit.".to_owned()
    });
    elsewhere.into_iter().chain(dirty).collect()
}

fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

/// The name under which the present snapshot of `release` is kept.
fn superseded(root: &Path, release: &str) -> Result<String, Error> {
    let present = files::names(&root.join(store::FOLDER));
    store::superseded_name(release, &present).map_err(|fault| Error::usage(fault.to_string()))
}
