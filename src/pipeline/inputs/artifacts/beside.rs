//! Files of a certain name in the folders of the files that were found, and in those above them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::pipeline::inputs::project::Project;
use crate::sources::files::{self, ArtifactFile};

use super::find::{File, Found};

/// Those of a name that `is` holds of, by path, whether or not a glob reaches them. Of a commit all.
pub(super) fn beside(
    project: &Project<'_>,
    found: &Found,
    is: &dyn Fn(&str) -> bool,
) -> Vec<(String, File)> {
    if project.from_git {
        let all = project.paths().filter(|path| is(path));
        return all.map(|path| (path.to_owned(), File::Git(path.to_owned()))).collect();
    }
    let mut folders: BTreeSet<(PathBuf, String, PathBuf)> = BTreeSet::new();
    for file in found.files.values() {
        let File::Disk(ArtifactFile { name, root, path }) = file else { continue };
        let prefix = prefix(name, path);
        for folder in path.ancestors().skip(1) {
            folders.insert((root.clone(), prefix.clone(), folder.to_path_buf()));
        }
    }
    let mut all = Vec::new();
    for (root, prefix, folder) in folders {
        for name in files::names(&root.join(&folder)).into_iter().filter(|name| is(name)) {
            let path = folder.join(name);
            let name = format!("{prefix}{}", slashed(&path));
            all.push((name.clone(), File::Disk(ArtifactFile { name, root: root.clone(), path })));
        }
    }
    all
}

/// What stands before the path of a file in its name: the name of its folder, for one from outside.
fn prefix(name: &str, path: &Path) -> String {
    name.strip_suffix(&slashed(path)).unwrap_or_default().to_owned()
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
