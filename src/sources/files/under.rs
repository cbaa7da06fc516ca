//! The files that somebody names: themselves, or all that lies in a folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::listing::slashed;

/// The real places of the files that `paths` (relative to `dir`) name, sorted, each once. Links are
/// not followed within folders.
///
/// # Errors
/// A sentence, where something named is not there, cannot be looked into, or is no regular file.
pub fn under(dir: &Path, paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut found = BTreeSet::new();
    for path in paths {
        let refused = |why: String| format!("{} cannot be read: {why}", path.display());
        let place = dir.join(path).canonicalize().map_err(|fault| refused(fault.to_string()))?;
        for entry in WalkDir::new(&place).follow_links(false) {
            let entry = entry.map_err(|fault| refused(fault.to_string()))?;
            if entry.file_type().is_file() {
                found.insert(entry.into_path());
            } else if entry.depth() == 0 && !entry.file_type().is_dir() {
                return Err(refused("it is no regular file".to_owned()));
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// Everything that lies in `folder` and is no folder: its name there, and whether it is a file.
///
/// # Errors
/// A sentence, where a folder cannot be looked into.
pub fn everything(folder: &Path) -> Result<Vec<(String, bool)>, String> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).follow_links(false).sort_by_file_name() {
        let entry =
            entry.map_err(|fault| format!("{} cannot be read: {fault}", folder.display()))?;
        if !entry.file_type().is_dir() {
            let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            found.push((slashed(name), entry.file_type().is_file()));
        }
    }
    Ok(found)
}

/// The folder that all of `files` lie in, and their names in it, with `/`. `None` where there is no
/// such folder, or a name is not UTF-8.
pub fn common_folder(files: &[PathBuf]) -> Option<(PathBuf, Vec<String>)> {
    let mut folder = files.first()?.parent()?.to_path_buf();
    while !files.iter().all(|file| file.starts_with(&folder)) {
        folder = folder.parent()?.to_path_buf();
    }
    names_in(&folder, files).map(|names| (folder, names))
}

/// What `files` are called in `folder`, with `/`; `None` where one lies elsewhere, or its name is
/// not UTF-8.
pub fn names_in(folder: &Path, files: &[PathBuf]) -> Option<Vec<String>> {
    let name = |file: &PathBuf| {
        let parts: Option<Vec<&str>> =
            file.strip_prefix(folder).ok()?.iter().map(|part| part.to_str()).collect();
        Some(parts?.join("/"))
    };
    files.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_folders_are_named_and_share_a_folder() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("r/x")).unwrap();
        for name in ["r/a.xml", "r/x/b.xml", "c.xml"] {
            std::fs::write(dir.path().join(name), "").unwrap();
        }
        let found = under(dir.path(), &["r".into(), "r/x/b.xml".into()]).unwrap();
        let (folder, names) = common_folder(&found).unwrap();
        assert!(folder.ends_with("r"));
        assert_eq!(names, ["a.xml", "x/b.xml"]);
        assert_eq!(names_in(&folder.join("x"), &found), None);
        let fault = under(dir.path(), &["none.xml".into()]).unwrap_err();
        assert!(fault.starts_with("none.xml cannot be read"), "{fault}");
    }
}
