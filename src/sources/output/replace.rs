//! Files that are already there, replaced together: each still as it was read, or none is touched.

use std::fs;
use std::path::{Path, PathBuf};

use super::WriteError;
use super::file::{prepared, write_file};

/// A file, what it held when it was read, and what it shall hold.
#[derive(Debug, Clone)]
pub struct Replacement {
    /// Relative to the root, with `/`.
    pub path: String,
    /// Its bytes as they were read.
    pub before: Vec<u8>,
    /// Its bytes to be.
    pub after: Vec<u8>,
}

/// Replaces files under `root`. Every new file is written out beside its old one before the first
/// takes its place; where one cannot, those before it are put back.
///
/// # Errors
/// Where a file has changed since it was read, is write-protected, is reached through a link, or
/// the disk refuses. The files are then as they were.
pub fn replace_files(root: &Path, replacements: &[Replacement]) -> Result<(), WriteError> {
    let mut ready = Vec::with_capacity(replacements.len());
    for replacement in replacements {
        let place = place_of(root, &replacement.path)?;
        let because = |fault: std::io::Error| WriteError::because(&replacement.path, &fault);
        ready.push((prepared(&place, &[&replacement.after]).map_err(because)?, place, replacement));
    }
    for (_, place, replacement) in &ready {
        unchanged(place, replacement)?;
    }
    let mut done: Vec<(PathBuf, &Replacement)> = Vec::new();
    for (file, place, replacement) in ready {
        if let Err(fault) = file.persist(&place) {
            return Err(put_back(&done, WriteError::because(&replacement.path, &fault.error)));
        }
        done.push((place, replacement));
    }
    Ok(())
}

/// The place of a regular file that may be written and lies where its name says.
fn place_of(root: &Path, path: &str) -> Result<PathBuf, WriteError> {
    let because = |fault: std::io::Error| WriteError::because(path, &fault);
    let place = root.canonicalize().map_err(because)?.join(path);
    if place.canonicalize().map_err(because)? != place {
        return Err(WriteError::new(format!(
            "{path} is reached through a link, so it is not written"
        ))
        .with_hint("Name the file itself."));
    }
    let data = place.symlink_metadata().map_err(because)?;
    if !data.is_file() {
        return Err(WriteError::new(format!("{path} is not a regular file")));
    }
    if data.permissions().readonly() {
        return Err(WriteError::new(format!("{path} is write-protected; nothing was written")));
    }
    Ok(place)
}

fn unchanged(place: &Path, replacement: &Replacement) -> Result<(), WriteError> {
    let path = &replacement.path;
    let present = fs::read(place).map_err(|fault| WriteError::because(path, &fault))?;
    if present == replacement.before {
        return Ok(());
    }
    Err(WriteError::new(format!("{path} has changed since it was read; nothing was written"))
        .with_hint("Run the command again."))
}

/// Undoes what was replaced; what cannot be undone is added to the fault.
fn put_back(done: &[(PathBuf, &Replacement)], fault: WriteError) -> WriteError {
    let stuck = |(place, replacement): &&(PathBuf, &Replacement)| {
        write_file(place, &replacement.before).is_err()
    };
    let left: Vec<&str> = done.iter().filter(stuck).map(|(_, of)| of.path.as_str()).collect();
    if left.is_empty() {
        return fault;
    }
    WriteError::new(format!("{fault}; already written: {}", left.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> (tempfile::TempDir, Vec<Replacement>) {
        let dir = tempfile::tempdir().unwrap();
        let replacements = ["a.md", "b.md"].map(|path| {
            fs::write(dir.path().join(path), b"old").unwrap();
            Replacement { path: path.into(), before: b"old".to_vec(), after: b"new".to_vec() }
        });
        (dir, replacements.to_vec())
    }

    fn held(dir: &tempfile::TempDir) -> Vec<(String, Vec<u8>)> {
        let mut held: Vec<_> = fs::read_dir(dir.path())
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| {
                (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())
            })
            .collect();
        held.sort();
        held
    }

    fn both(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
        ["a.md", "b.md"].map(|path| (path.to_owned(), bytes.to_vec())).to_vec()
    }

    #[test]
    fn all_are_replaced_and_nothing_is_left_beside_them() {
        let (dir, replacements) = two();
        replace_files(dir.path(), &replacements).unwrap();
        assert_eq!(held(&dir), both(b"new"));
    }

    #[test]
    fn one_that_changed_meanwhile_leaves_all_as_they_are() {
        let (dir, mut replacements) = two();
        replacements[1].before = b"older".to_vec();
        let fault = replace_files(dir.path(), &replacements).unwrap_err();
        assert_eq!(fault.to_string(), "b.md has changed since it was read; nothing was written");
        assert_eq!(held(&dir), both(b"old"));
    }

    #[test]
    fn one_that_is_gone_or_protected_leaves_all_as_they_are() {
        let (dir, mut replacements) = two();
        let mut protected = fs::metadata(dir.path().join("b.md")).unwrap().permissions();
        protected.set_readonly(true);
        fs::set_permissions(dir.path().join("b.md"), protected).unwrap();
        let fault = replace_files(dir.path(), &replacements).unwrap_err();
        assert_eq!(fault.to_string(), "b.md is write-protected; nothing was written");
        assert_eq!(held(&dir), both(b"old"));
        replacements[1].path = "c.md".into();
        assert!(replace_files(dir.path(), &replacements).is_err());
        assert_eq!(held(&dir), both(b"old"));
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        use std::os::unix::fs::symlink;
        let (dir, _) = two();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("x.md"), b"old").unwrap();
        symlink(outside.path().join("x.md"), dir.path().join("x.md")).unwrap();
        symlink(outside.path(), dir.path().join("deep")).unwrap();
        for path in ["x.md", "deep/x.md"] {
            let through =
                Replacement { path: path.into(), before: b"old".into(), after: b"new".into() };
            let fault = replace_files(dir.path(), &[through]).unwrap_err();
            assert!(fault.to_string().contains("through a link"), "{fault}");
        }
        assert_eq!(fs::read(outside.path().join("x.md")).unwrap(), b"old");
    }
}
