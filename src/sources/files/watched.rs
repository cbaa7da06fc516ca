//! The folders in which a change may change a report.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::model::Glob;

use super::artifacts::starts;
use super::repository::repository_folders;

/// What git's files of a branch and a tag lie in, and what a commit changes.
const OF_GIT: [&str; 2] = [".git/refs/heads", ".git/refs/tags"];

/// The folders of the repository at `root`, those that its `globs` of artifacts reach, whatever the
/// ignore rules say, and `named` with all below them. Of a place that is not there yet the nearest
/// folder that is.
pub fn watched(root: &Path, globs: &[Glob], named: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders: BTreeSet<PathBuf> = repository_folders(root).collect();
    let git = root.join(".git");
    folders.extend(git.is_dir().then_some(git));
    folders.extend(OF_GIT.iter().flat_map(|of| below(&root.join(of))));
    for start in starts(globs) {
        let place = root.join(start);
        folders.extend(below(&place));
        folders.extend(nearest(root, &place));
    }
    folders.extend(named.iter().flat_map(|folder| below(folder)));
    folders.into_iter().collect()
}

/// `folder` and every folder in it, links not followed.
fn below(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let own = |name: &std::ffi::OsStr| name == ".git" || name == ".trueup";
    let walk = WalkDir::new(folder).follow_links(false).into_iter();
    walk.filter_entry(move |entry| entry.depth() == 0 || !own(entry.file_name()))
        .flatten()
        .filter(|entry| entry.file_type().is_dir())
        .map(walkdir::DirEntry::into_path)
}

/// `place`, or the folder nearest above it that is there, within `root`.
fn nearest(root: &Path, place: &Path) -> Option<PathBuf> {
    let above = place.ancestors().take_while(|folder| folder.starts_with(root));
    above.map(Path::to_path_buf).find(|folder| folder.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_folders_count_where_artifacts_lie_and_places_to_come_by_what_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let root = dir.path();
        for folder in [".git/refs/heads/feat", "docs", "target/a/b", "build/tmp", ".trueup/cache"] {
            std::fs::create_dir_all(root.join(folder)).unwrap();
        }
        std::fs::write(root.join(".gitignore"), "target\nbuild\n").unwrap();
        let globs =
            ["target/a/*.xml", "build/later/**", "new/**"].map(|glob| Glob::new(glob).unwrap());
        let found = watched(root, &globs, &[outside.path().to_path_buf()]);
        let (own, foreign): (Vec<_>, Vec<_>) =
            found.iter().partition(|folder| folder.starts_with(root));
        let names: Vec<_> =
            own.iter().map(|folder| folder.strip_prefix(root).unwrap().to_str().unwrap()).collect();
        let of_git = [".git", ".git/refs/heads", ".git/refs/heads/feat"];
        let rest = ["build", "docs", "target/a", "target/a/b"];
        assert_eq!(names, [[""].as_slice(), &of_git, &rest].concat());
        assert_eq!(foreign, [outside.path()]);
    }
}
