//! The project's own Rust files, for the tests that hold it to its rules.

use std::fs;
use std::path::{Path, PathBuf};

/// A Rust file of `src/` or `tests/`.
pub(crate) struct SourceFile {
    /// Relative to the project: `src/model/item.rs`.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
}

impl SourceFile {
    /// The part that is code: comment lines are blank, and so are the tests at the file's end.
    pub(crate) fn code(&self) -> String {
        let tests = self.text.find("#[cfg(test)]").unwrap_or(self.text.len());
        let is_test = self.path.contains("/tests/") || self.path.ends_with("/tests.rs");
        let code = if is_test { "" } else { &self.text[..tests] };
        let shown = |line: &'_ str| !line.trim_start().starts_with("//");
        code.lines().map(|line| if shown(line) { line } else { "" }).collect::<Vec<_>>().join("\n")
    }
}

/// The project's folder.
pub(crate) fn manifest_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `folder` of the project, sorted.
pub(crate) fn read_sources(folder: &str) -> Vec<SourceFile> {
    let root = manifest_dir();
    let mut files = Vec::new();
    collect(&root, &root.join(folder), &mut files);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!files.is_empty(), "{folder} holds Rust files");
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push(SourceFile { path: name, text: fs::read_to_string(&path).unwrap() });
        }
    }
}
