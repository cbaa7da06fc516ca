//! Reading one file: bounded, and never outside its root.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Component, Path, PathBuf};

use crate::model::Timestamp;

use super::listing::slashed;

/// Why a file could not be read, as a sentence that names it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing has that name.
    #[error("{path} is not there")]
    Missing {
        /// As asked for.
        path: String,
    },
    /// The path leads out of the folder it is relative to.
    #[error("{path} leads out of its folder, so it is not read")]
    Outside {
        /// As asked for.
        path: String,
    },
    /// A folder, a pipe or a device.
    #[error("{path} is not a regular file")]
    NotAFile {
        /// As asked for.
        path: String,
    },
    /// More bytes than the limit.
    #[error("{path} is larger than the limit of {limit} bytes")]
    TooLarge {
        /// As asked for.
        path: String,
        /// In bytes.
        limit: u64,
    },
    /// The system refuses.
    #[error("{path} cannot be read: {why}")]
    Refused {
        /// As asked for.
        path: String,
        /// The system's reason.
        why: String,
    },
}

/// The bytes of `path`, which is relative to `root` and stays inside it, through links too.
///
/// # Errors
/// Where it is not there, leads out of `root`, is no regular file, or holds more than `limit` bytes.
pub fn read(root: &Path, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
    read_path(root, Path::new(path), path, limit)
}

/// As [`read`], for a path whose bytes need not be UTF-8; `name` is what errors call it.
///
/// # Errors
/// As [`read`].
pub fn read_path(root: &Path, path: &Path, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    read_into(&mut bytes, root, path, name, limit)?;
    Ok(bytes)
}

/// As [`read_path`], into `bytes` in place of what they held: who reads many files asks the system
/// for the room once.
///
/// # Errors
/// As [`read`]; `bytes` are not to be used then.
pub fn read_into(
    bytes: &mut Vec<u8>,
    root: &Path,
    path: &Path,
    name: &str,
    limit: u64,
) -> Result<(), ReadError> {
    let file = open(&confined(root, path, name)?, name)?;
    bytes.clear();
    bounded(file, name, limit, bytes)
}

/// Whether the folder `inner` is `root` or lies in it, once links are followed.
pub fn is_within(root: &Path, inner: &Path) -> bool {
    match (root.canonicalize(), inner.canonicalize()) {
        (Ok(root), Ok(inner)) => inner.starts_with(root),
        _ => false,
    }
}

/// Whether something has that name under `root`: a file, a folder or a link that leads nowhere.
pub fn is_named(root: &Path, name: &str) -> bool {
    root.join(name).symlink_metadata().is_ok()
}

/// Whether something is there under `root`, through links too.
pub fn is_there(root: &Path, name: &str) -> bool {
    root.join(name).metadata().is_ok()
}

/// The names of what lies in `folder`, sorted; none where there is no such folder.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// How many bytes `path` under `root` holds; 0 where that cannot be told.
pub fn size(root: &Path, path: &Path) -> u64 {
    std::fs::metadata(root.join(path)).map_or(0, |data| data.len())
}

/// What the file system says of a file's past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Times {
    /// When it was last written; a copy may have taken that over.
    pub written: Option<Timestamp>,
    /// When it came to lie where it does, or was changed there last.
    pub arrived: Option<Timestamp>,
}

/// The times of `path` under `root`, as far as the file system tells them.
pub fn times(root: &Path, path: &Path) -> Times {
    let Ok(data) = std::fs::metadata(root.join(path)) else { return Times::default() };
    let of = |time: std::io::Result<std::time::SystemTime>| {
        let seconds = time.ok()?.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
        Timestamp::from_epoch(i64::try_from(seconds).ok()?)
    };
    let written = of(data.modified());
    Times { written, arrived: placed(&data).or_else(|| of(data.created())).max(written) }
}

/// When a file's entry was changed last: a copy or an unpacked file has its own.
#[cfg(unix)]
fn placed(data: &std::fs::Metadata) -> Option<Timestamp> {
    Timestamp::from_epoch(std::os::unix::fs::MetadataExt::ctime(data))
}

#[cfg(not(unix))]
fn placed(_: &std::fs::Metadata) -> Option<Timestamp> {
    None
}

/// What `path` leads to under `root`, named relative to it; `None` where nothing is there or it
/// leads out.
pub fn name_within(root: &Path, path: &str) -> Option<String> {
    let place = confined(root, Path::new(path), path).ok()?;
    Some(slashed(place.strip_prefix(root.canonicalize().ok()?).ok()?))
}

/// The real place of `path`, once it is known to lie under `root`.
fn confined(root: &Path, path: &Path, name: &str) -> Result<PathBuf, ReadError> {
    let outside = || ReadError::Outside { path: name.to_owned() };
    let climbs = |part: Component<'_>| !matches!(part, Component::Normal(_) | Component::CurDir);
    if path.components().any(climbs) {
        return Err(outside());
    }
    let refused = |fault: &std::io::Error| match fault.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            ReadError::Missing { path: name.to_owned() }
        }
        _ => ReadError::Refused { path: name.to_owned(), why: fault.to_string() },
    };
    let root = root.canonicalize().map_err(|fault| refused(&fault))?;
    let place = root.join(path).canonicalize().map_err(|fault| refused(&fault))?;
    if place.starts_with(&root) { Ok(place) } else { Err(outside()) }
}

fn open(place: &Path, name: &str) -> Result<File, ReadError> {
    let refused = |fault: std::io::Error| ReadError::Refused {
        path: name.to_owned(),
        why: fault.to_string(),
    };
    // Asked before opening: opening a pipe would wait for its other end.
    if !std::fs::metadata(place).map_err(refused)?.is_file() {
        return Err(ReadError::NotAFile { path: name.to_owned() });
    }
    File::open(place).map_err(refused)
}

/// Reads to the end, or to one byte past the limit: the size that a file states can change
/// meanwhile.
fn bounded(file: File, name: &str, limit: u64, bytes: &mut Vec<u8>) -> Result<(), ReadError> {
    let stated = file.metadata().map_or(0, |data| data.len());
    bytes.reserve(usize::try_from(stated.min(limit)).unwrap_or_default() + 1);
    file.take(limit.saturating_add(1))
        .read_to_end(bytes)
        .map_err(|fault| ReadError::Refused { path: name.to_owned(), why: fault.to_string() })?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge { path: name.to_owned(), limit });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("in")).unwrap();
        std::fs::write(dir.path().join("in/a.txt"), b"12345").unwrap();
        std::fs::write(dir.path().join("secret.txt"), b"secret").unwrap();
        dir
    }

    #[test]
    fn a_file_is_read_up_to_the_limit_and_not_beyond() {
        let dir = folder();
        let root = dir.path().join("in");
        assert_eq!(read(&root, "a.txt", 5).unwrap(), b"12345");
        assert_eq!(read(&root, "./a.txt", 99).unwrap(), b"12345");
        let fault = read(&root, "a.txt", 4).unwrap_err();
        assert_eq!(fault.to_string(), "a.txt is larger than the limit of 4 bytes");
    }

    #[test]
    fn no_path_leaves_its_root() {
        let dir = folder();
        let root = dir.path().join("in");
        let absolute = dir.path().join("secret.txt");
        for path in ["../secret.txt", "x/../../secret.txt", absolute.to_str().unwrap()] {
            assert!(matches!(read(&root, path, 99), Err(ReadError::Outside { .. })), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_may_lead_within_the_root_and_not_out_of_it() {
        use std::os::unix::fs::symlink;
        let dir = folder();
        let root = dir.path().join("in");
        symlink("a.txt", root.join("inside")).unwrap();
        symlink("../secret.txt", root.join("outside")).unwrap();
        symlink("..", root.join("up")).unwrap();
        symlink("loop", root.join("loop")).unwrap();
        assert_eq!(read(&root, "inside", 99).unwrap(), b"12345");
        for path in ["outside", "up/secret.txt"] {
            assert!(matches!(read(&root, path, 99), Err(ReadError::Outside { .. })), "{path}");
        }
        assert!(matches!(read(&root, "loop", 99), Err(ReadError::Refused { .. })));
    }

    #[test]
    fn what_is_no_file_is_said() {
        let dir = folder();
        let missing = read(dir.path(), "none.txt", 99).unwrap_err();
        assert_eq!(missing.to_string(), "none.txt is not there");
        let below = read(dir.path(), "secret.txt/x", 99).unwrap_err();
        assert_eq!(below.to_string(), "secret.txt/x is not there");
        assert_eq!(read(dir.path(), "in", 99).unwrap_err().to_string(), "in is not a regular file");
        let told = times(dir.path(), Path::new("secret.txt"));
        assert!(told.written.is_some() && told.arrived >= told.written);
        assert_eq!(times(dir.path(), Path::new("none.txt")), Times::default());
    }
}
