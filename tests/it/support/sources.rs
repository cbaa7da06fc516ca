//! The project's own Rust files, for the tests that hold it to its rules.

use std::fs;
use std::path::{Path, PathBuf};

/// A Rust file of `src/` or `tests/`.
pub(crate) struct SourceFile {
    /// Relative to the project: `src/model/item.rs`.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
    /// Whether it is compiled for tests alone.
    pub(crate) is_test: bool,
}

impl SourceFile {
    /// The part that is code: comment lines are blank, and so are the tests at the file's end.
    pub(crate) fn code(&self) -> String {
        let code = if self.is_test { "" } else { &self.text[..self.tests_begin()] };
        let shown = |line: &'_ str| !line.trim_start().starts_with("//");
        code.lines().map(|line| if shown(line) { line } else { "" }).collect::<Vec<_>>().join("\n")
    }

    /// Where the tests within the file begin.
    fn tests_begin(&self) -> usize {
        let modules = self.text.match_indices("#[cfg(test)]\nmod ");
        let mut inline = modules.filter(|(at, mark)| {
            let line = self.text[at + mark.len()..].lines().next().unwrap_or_default();
            line.ends_with('{')
        });
        inline.next().map_or(self.text.len(), |(at, _)| at)
    }

    /// Where the files of the modules lie that this file declares for tests alone.
    fn test_modules(&self) -> Vec<String> {
        let folder = match self.path.strip_suffix("/mod.rs") {
            Some(folder) => folder.to_owned(),
            None => self.path.trim_end_matches(".rs").replace("src/lib", "src"),
        };
        let declared = self.text.split("#[cfg(test)]\n").skip(1).filter_map(|rest| {
            let (_, name) = rest.lines().next()?.split_once("mod ")?;
            name.strip_suffix(';')
        });
        declared.map(|name| format!("{folder}/{name}")).collect()
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
    let tests: Vec<String> = files.iter().flat_map(SourceFile::test_modules).collect();
    for file in &mut files {
        let within = |test: &String| {
            let rest = file.path.strip_prefix(test.as_str());
            rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        file.is_test = folder != "src" || tests.iter().any(within);
    }
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push(SourceFile {
                path: name,
                text: fs::read_to_string(&path).unwrap(),
                is_test: false,
            });
        }
    }
}
