//! One file, written whole or not at all.

use std::io::Write as _;
use std::path::Path;

use super::WriteError;

/// Writes `bytes` to `path`, in place of what stood there. An interruption leaves the old file or
/// the new one.
///
/// # Errors
/// Where the folder is not there or cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_parts(path, &[bytes])
}

/// The same of bytes that lie apart.
///
/// # Errors
/// As [`write_file`].
pub fn write_parts(path: &Path, parts: &[&[u8]]) -> Result<(), WriteError> {
    let because = |fault: std::io::Error| WriteError::because(path, &fault);
    let file = prepared(path, parts).map_err(because)?;
    file.persist(path).map_err(|fault| because(fault.error))?;
    Ok(())
}

/// Adds `bytes` at the end of the file at `path`, which is made where it is missing.
///
/// # Errors
/// Where the folder is not there or the file cannot be written.
pub fn append_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let open = std::fs::OpenOptions::new().create(true).append(true).open(path);
    open.and_then(|mut file| file.write_all(bytes))
        .map_err(|fault| WriteError::because(path, &fault))
}

/// Makes a folder and those that it lies in, where they are missing.
///
/// # Errors
/// Where the disk refuses, or something else has the name.
pub fn make_folder(path: &Path) -> Result<(), WriteError> {
    std::fs::create_dir_all(path).map_err(|fault| WriteError::because(path, &fault))
}

/// `parts` in a file beside `path`, ready to take its place; gone where it is dropped instead.
pub(super) fn prepared(path: &Path, parts: &[&[u8]]) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".trueup-");
    #[cfg(unix)]
    builder.permissions(permissions(path));
    let mut file = builder.tempfile_in(folder)?;
    for part in parts {
        file.write_all(part)?;
    }
    Ok(file)
}

/// Those of the file that is replaced, else what new files get.
#[cfg(unix)]
fn permissions(path: &Path) -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path)
        .map_or_else(|_| std::fs::Permissions::from_mode(0o666), |data| data.permissions())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("snapshot.json");
        write_file(&path, b"one").unwrap();
        write_file(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_missing_folder_is_said_and_nothing_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let fault = write_file(&dir.path().join("no/x.json"), b"one").unwrap_err();
        assert!(fault.to_string().contains("x.json cannot be written"), "{fault}");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn new_files_can_be_read_by_others_and_old_ones_keep_their_permissions() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (new, plain) = (dir.path().join("new"), dir.path().join("plain"));
        write_file(&new, b"").unwrap();
        std::fs::write(&plain, b"").unwrap();
        assert_eq!(mode(&new), mode(&plain), "as any program would have made it");
        std::fs::set_permissions(&plain, std::fs::Permissions::from_mode(0o750)).unwrap();
        write_file(&plain, b"more").unwrap();
        assert_eq!(mode(&plain), 0o750);
    }
}
