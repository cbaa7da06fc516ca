//! Whose release a record or a tag is, where several projects of one repository have a `trueup.toml` each.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use crate::model::package_of;
use crate::pipeline::inputs::configuration::{CONFIG, within};
use crate::sources::git::Repository;

/// The project that is judged, among those of its repository.
pub(in crate::pipeline) struct Owner<'r> {
    /// Without one there is no other project.
    repository: Option<&'r Repository>,
    /// The `trueup.toml` that holds, where there is one.
    own: Option<String>,
    files: OnceCell<Files>,
}

/// What is committed.
#[derive(Default)]
struct Files {
    configs: BTreeSet<String>,
    /// The names of all folders.
    folders: BTreeSet<String>,
}

impl<'r> Owner<'r> {
    /// Of the project in `dir`.
    pub(in crate::pipeline) fn of(repository: Option<&'r Repository>, dir: &Path) -> Owner<'r> {
        let holding = |repository: &Repository| {
            repository.below(dir).ancestors().find_map(|folder| {
                let path = within(&folder.to_string_lossy().replace('\\', "/"), CONFIG);
                repository.root().join(&path).is_file().then_some(path)
            })
        };
        Owner { repository, own: repository.and_then(holding), files: OnceCell::new() }
    }

    /// Whether there is a `trueup.toml` of another project.
    pub(in crate::pipeline) fn has_others(&self) -> bool {
        self.files().configs.iter().any(|path| Some(path) != self.own.as_ref())
    }

    /// Whether `record` is a snapshot by the `trueup.toml` of another project, which is there still.
    pub(in crate::pipeline) fn is_of_another(&self, record: &[u8]) -> bool {
        #[derive(Deserialize)]
        struct Head {
            config: Option<File>,
        }
        #[derive(Deserialize)]
        struct File {
            path: String,
        }
        if !self.has_others() {
            return false;
        }
        let head: Option<Head> = serde_json::from_slice(record).ok();
        let by = head.and_then(|head| head.config).map(|config| config.path);
        by.is_some_and(|by| Some(&by) != self.own.as_ref() && self.files().configs.contains(&by))
    }

    /// Whether the tag `name` is a release of a package that lies in another folder.
    pub(in crate::pipeline) fn tags_another(&self, name: &str) -> bool {
        let folder = self.own.as_ref().and_then(|path| path.rsplit_once('/'));
        let Some(((folder, _), package)) = folder.zip(package_of(name)) else { return false };
        !folder.split('/').any(|part| part == package) && self.files().folders.contains(package)
    }

    fn files(&self) -> &Files {
        self.files.get_or_init(|| {
            let head = self.repository.and_then(|of| Some((of, of.head().ok()??)));
            let paths = head.and_then(|(of, head)| of.tree(&head).ok()?.files().ok());
            let mut files = Files::default();
            for (path, _) in paths.unwrap_or_default() {
                let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
                files.folders.extend(folder.split('/').map(str::to_owned));
                if name == CONFIG {
                    files.configs.insert(path);
                }
            }
            files
        })
    }
}
