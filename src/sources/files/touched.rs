//! What the file system says of files without a look into them.

use std::fmt::Write as _;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::model::Digest;
use crate::sources::digest::sha256;

/// A digest of the names, sizes, times and numbers of all files in `folders`, but for what lies at
/// `but`: it is another one where a file was written, replaced, added or taken away. `None` where one
/// cannot be looked at. A folder that is not there holds nothing.
pub fn touched(folders: &[PathBuf], but: &[PathBuf]) -> Option<Digest> {
    let mut told = String::new();
    for folder in folders.iter().filter(|folder| folder.symlink_metadata().is_ok()) {
        let walk = WalkDir::new(folder).follow_links(false).sort_by_file_name().into_iter();
        let wanted = |path: &Path| !but.iter().any(|other| other == path);
        for entry in walk.filter_entry(|entry| wanted(entry.path())) {
            let entry = entry.ok()?;
            if !entry.file_type().is_dir() {
                let data = entry.metadata().ok()?;
                let _ = writeln!(told, "{:?} {} {}", entry.path(), data.len(), times(&data));
            }
        }
    }
    Some(sha256(told.as_bytes()))
}

/// When it was written and when its entry was changed, in nanoseconds, and its number.
#[cfg(unix)]
fn times(data: &Metadata) -> String {
    use std::os::unix::fs::MetadataExt as _;
    let (written, changed) = (data.mtime_nsec(), data.ctime_nsec());
    format!("{}.{written} {}.{changed} {}", data.mtime(), data.ctime(), data.ino())
}

#[cfg(not(unix))]
fn times(data: &Metadata) -> String {
    format!("{:?} {:?}", data.modified().ok(), data.created().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_added_or_taken_away_is_seen_and_what_is_left_out_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::create_dir_all(at("a/own")).unwrap();
        let write = |name: &str, text: &str| std::fs::write(at(name), text).unwrap();
        write("a/x", "one");
        let look = || touched(&[at("a"), at("none")], &[at("a/own")]).unwrap();
        let first = look();
        write("a/own/kept", "our own");
        assert_eq!(look(), first);
        let mut seen = vec![first];
        write("a/x", "two");
        seen.push(look());
        write("a/y", "");
        seen.push(look());
        std::fs::remove_file(at("a/x")).unwrap();
        seen.push(look());
        // Another file with the same bytes in its place.
        std::fs::copy(at("a/y"), at("z")).unwrap();
        std::fs::rename(at("z"), at("a/y")).unwrap();
        seen.push(look());
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 5);
    }
}
