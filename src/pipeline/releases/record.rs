//! Keeping the snapshot of a release in the repository, where later runs compare with it.

use std::path::Path;

use crate::model::counted;
use crate::pipeline::Error;
use crate::pipeline::compare::{Owner, of_state};
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
        Ok(present) if Owner::of(repository.as_ref(), dir).is_of_another(&present) => {
            return Err(Error::usage(format!(
                "{path} is the record of another project's {release}"
            ))
            .hinted(
                "Record each project's release under a name of its own: `--release web@1.0.0`.",
            ));
        }
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

/// What a reader should know of what was recorded, as clauses: that the tag of its name is at another
/// commit, and that it is of changes that are in no commit.
///
/// # Errors
/// Where the repository cannot be read.
pub fn strangeness(dir: &Path, release: &str, snapshot: &Snapshot) -> Result<Vec<String>, Error> {
    let repository = project::repository(dir)?;
    let doubts = of_state(repository.as_ref(), dir, release, snapshot)?;
    Ok(doubts.iter().map(|doubt| doubt.told(release)).collect())
}

/// That less is proven in `snapshot` than in the record of `release` that it will replace, as a clause:
/// what is lost so is held against no later release.
///
/// # Errors
/// Where the repository cannot be read.
pub fn lost(dir: &Path, release: &str, snapshot: &Snapshot) -> Result<Option<String>, Error> {
    let repository = project::repository(dir)?;
    let root = repository.as_ref().map_or(dir, |repository| repository.root());
    let Ok(name) = store::file_name(release) else { return Ok(None) };
    let Ok(present) = files::read(root, &format!("{}/{name}", store::FOLDER), LARGEST) else {
        return Ok(None);
    };
    let Ok(present) = store::read(&present) else { return Ok(None) };
    let (before, now) = (present.snapshot.summary.overall.proven, snapshot.summary.overall.proven);
    Ok((now < before).then(|| {
        format!(
            "{} proven in this record of {release}, and {before} in the one that it replaces: reports that \
             git does not keep are read from a folder (`--artifacts FOLDER`)",
            counted(now, "item")
        )
    }))
}

/// The name under which the present snapshot of `release` is kept.
fn superseded(root: &Path, release: &str) -> Result<String, Error> {
    let present = files::names(&root.join(store::FOLDER));
    store::superseded_name(release, &present).map_err(|fault| Error::usage(fault.to_string()))
}
