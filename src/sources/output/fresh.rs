//! A folder that is filled out of sight and appears when it is whole.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use tempfile::TempDir;

use crate::model::Timestamp;

use super::WriteError;

/// A folder being filled beside the place where it will stand. Dropped unfinished, it leaves no
/// trace.
pub struct FreshFolder {
    target: PathBuf,
    fresh: TempDir,
}

impl FreshFolder {
    /// Begins a folder that will stand at `dir`, where nothing or an empty folder may be.
    ///
    /// # Errors
    /// Where something is there already, or its parent cannot be written.
    pub fn begin(dir: &Path) -> Result<FreshFolder, WriteError> {
        let because = |fault: std::io::Error| WriteError::because(dir, &fault);
        let (parent, name) = split(dir)?;
        let target = parent.join(&name);
        match fs::read_dir(&target).map(|mut entries| entries.next().is_none()) {
            Ok(true) => {}
            Err(fault) if fault.kind() == ErrorKind::NotFound => {}
            Ok(false) => {
                return Err(WriteError::new(format!("{} is not empty", dir.display()))
                    .with_hint("Name a folder that is new or empty.")
                    .refusing());
            }
            Err(fault) => return Err(because(fault)),
        }
        Ok(FreshFolder { fresh: beside(&target)?, target })
    }

    /// The folder to fill.
    pub fn path(&self) -> &Path {
        self.fresh.path()
    }

    /// Writes a file of the folder, with the folders above it, as if written at `at`.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn file(&self, path: &str, bytes: &[u8], at: Timestamp) -> Result<(), WriteError> {
        let place = self.path().join(path);
        let write = || {
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut file = File::create(&place)?;
            file.write_all(bytes)?;
            let since = Duration::from_secs(u64::try_from(at.epoch()).unwrap_or_default());
            file.set_modified(UNIX_EPOCH + since)
        };
        write().map_err(|fault| WriteError::because(Path::new(path), &fault))
    }

    /// Puts the folder where it will stand.
    ///
    /// # Errors
    /// Where something came to be there meanwhile, or the disk refuses.
    pub fn finish(self) -> Result<(), WriteError> {
        fs::rename(self.fresh.path(), &self.target)
            .map_err(|fault| WriteError::because(&self.target, &fault))
    }
}

/// An empty folder beside `target`, which goes away unless it is renamed.
pub(super) fn beside(target: &Path) -> Result<TempDir, WriteError> {
    let because = |fault: std::io::Error| WriteError::because(target, &fault);
    let parent = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(because)?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut builder = tempfile::Builder::new();
    // Temporary folders are closed to others; a report is to be read.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder.prefix(&format!(".{name}.new-")).tempdir_in(parent).map_err(because)
}

/// The real parent of `dir`, and its name there. A link to a folder stays a link: what it leads to
/// is meant.
pub(super) fn split(dir: &Path) -> Result<(PathBuf, PathBuf), WriteError> {
    let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_path_buf());
    let Some(name) = dir.file_name() else {
        return Err(WriteError::new(format!("{} is no name for a new folder", dir.display())));
    };
    let parent = match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    // By the same name before it is there as afterwards.
    Ok((parent.canonicalize().unwrap_or(parent), PathBuf::from(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_appears_when_it_is_whole() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("a/shop");
        let fresh = FreshFolder::begin(&target).unwrap();
        let time = Timestamp::from_epoch(1_767_268_800).unwrap();
        fresh.file("b/x", b"x", time).unwrap();
        assert!(!target.exists());
        fresh.finish().unwrap();
        assert_eq!(fs::read(target.join("b/x")).unwrap(), b"x");
        assert_eq!(crate::sources::files::times(&target, "b/x".as_ref()).written, Some(time));
        assert_eq!(fs::read_dir(dir.path().join("a")).unwrap().count(), 1);
    }

    #[test]
    fn an_empty_folder_is_taken_and_a_filled_one_is_not() {
        let dir = tempfile::tempdir().unwrap();
        FreshFolder::begin(dir.path()).unwrap().finish().unwrap();
        fs::write(dir.path().join("x"), "x").unwrap();
        let fault = FreshFolder::begin(dir.path()).err().unwrap();
        assert!(fault.to_string().ends_with("is not empty"), "{fault}");
        assert_eq!(fs::read(dir.path().join("x")).unwrap(), b"x");
    }

    #[test]
    fn a_folder_that_is_dropped_leaves_no_trace() {
        let dir = tempfile::tempdir().unwrap();
        drop(FreshFolder::begin(&dir.path().join("shop")).unwrap());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
