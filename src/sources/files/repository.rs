//! Which files the repository's folder holds, by its ignore rules.

use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::listing::{Listing, Unread, slashed};

/// Every file under `root` that git would not ignore, as name and path relative to `root`, sorted.
/// Links are not followed; `.git`, `.trueup` and other repositories within are not entered. In a name, bytes that are not
/// UTF-8 are replaced; the path keeps them.
pub fn repository_files(root: &Path) -> Listing<(String, PathBuf)> {
    let mut found = Listing::default();
    for entry in walk(root) {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                if let Ok(path) = entry.path().strip_prefix(root) {
                    found.files.push((slashed(path), path.to_path_buf()));
                }
            }
            Ok(_) => {}
            Err(fault) => found.unread.extend(unread(root, &fault)),
        }
    }
    found.files.sort();
    found
}

/// Every folder under `root` that such files lie in, or could: `root` among them.
pub(super) fn repository_folders(root: &Path) -> impl Iterator<Item = PathBuf> {
    let folders =
        walk(root).flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir()));
    folders.map(DirEntry::into_path)
}

fn walk(root: &Path) -> ignore::Walk {
    WalkBuilder::new(root)
        .hidden(false)
        .follow_links(false)
        // Git's rules and no others: a `.ignore` file is for search tools.
        .ignore(false)
        .parents(false)
        .require_git(false)
        .filter_entry(|entry| !is_ours_or_git(entry.file_name()) && !is_repository(entry))
        .build()
}

/// A folder that could not be entered. A broken line of an ignore file is none: it ignores nothing.
fn unread(root: &Path, fault: &ignore::Error) -> Option<Unread> {
    match fault {
        ignore::Error::WithPath { path, err } => {
            let cause = err.io_error()?;
            let path = slashed(path.strip_prefix(root).unwrap_or(path));
            Some(Unread::folder(path, cause))
        }
        ignore::Error::WithDepth { err, .. } => unread(root, err),
        _ => None,
    }
}

/// Whether a name is that of a Markdown file.
pub fn is_markdown(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("md" | "markdown" | "mdown" | "mkd"))
}

/// Whether a path lies in a folder that holds other people's files: packages, build output.
pub fn is_vendored(path: &str) -> bool {
    let mut parts = path.split('/');
    parts.next_back();
    parts.any(|part| {
        matches!(
            part,
            "node_modules"
                | "bower_components"
                | "vendor"
                | "third_party"
                | "third-party"
                | ".venv"
                | "venv"
                | "site-packages"
                | ".tox"
                | "target"
                | "Pods"
                | ".trueup"
        )
    })
}

/// Whether a folder is a repository of its own: a submodule, or a clone that lies about. Its files
/// are not this repository's.
fn is_repository(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.path().join(".git").symlink_metadata().is_ok()
}

fn is_ours_or_git(name: &std::ffi::OsStr) -> bool {
    name == ".git" || name == ".trueup"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown(root: &Path) -> Vec<String> {
        let found = repository_files(root);
        assert_eq!(found.unread, []);
        let names = found.files.into_iter().map(|(name, _)| name);
        names.filter(|name| is_markdown(name) && !is_vendored(name)).collect()
    }

    fn lay(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        dir
    }

    #[test]
    fn markdown_is_found_in_order_and_other_peoples_is_not() {
        let dir = lay(&[
            "z.md",
            "docs/Go.MARKDOWN",
            ".github/pull_request_template.md",
            "notes.txt",
            "node_modules/a/README.md",
            "web/node_modules/b/README.md",
            "vendor/c.md",
            "rust/target/doc.md",
            ".git/description.md",
            ".trueup/releases/x.md",
            "docs/target.md",
        ]);
        assert_eq!(
            markdown(dir.path()),
            [".github/pull_request_template.md", "docs/Go.MARKDOWN", "docs/target.md", "z.md"]
        );
    }

    #[test]
    fn ignore_rules_of_every_folder_count() {
        let dir = lay(&["a.md", "drafts/b.md", "drafts/keep.md", "deep/c.md", "deep/d.md"]);
        std::fs::write(dir.path().join(".gitignore"), "drafts/*\n!drafts/keep.md\n").unwrap();
        std::fs::write(dir.path().join("deep/.gitignore"), "c.md\n").unwrap();
        assert_eq!(markdown(dir.path()), ["a.md", "deep/d.md", "drafts/keep.md"]);
    }

    #[test]
    fn repositories_within_are_left_out() {
        let dir = lay(&["a.md", "module/b.md", "clone/c.md", ".git/HEAD"]);
        std::fs::write(dir.path().join("module/.git"), "gitdir: ../.git/modules/m\n").unwrap();
        std::fs::create_dir(dir.path().join("clone/.git")).unwrap();
        assert_eq!(markdown(dir.path()), ["a.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        use std::os::unix::fs::symlink;
        let dir = lay(&["real/a.md"]);
        symlink("real", dir.path().join("again")).unwrap();
        symlink("..", dir.path().join("real/up")).unwrap();
        symlink("real/a.md", dir.path().join("b.md")).unwrap();
        assert_eq!(markdown(dir.path()), ["real/a.md"]);
    }
}
