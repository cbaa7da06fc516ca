//! What is judged: a work tree or one commit of it, with the repository around it.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::model::Glob;
use crate::pipeline::Error;
use crate::sources::Content;
use crate::sources::files::{self, ReadError, Unread, is_markdown};
use crate::sources::git::{Commit, Repository};
use crate::sources::output::is_report_folder;

/// The largest document or configuration that is read.
pub(in crate::pipeline) const LARGEST_TEXT: u64 = 32 << 20;

/// The judged state.
pub(in crate::pipeline) struct Project<'r> {
    pub(in crate::pipeline) root: PathBuf,
    pub(in crate::pipeline) repository: Option<&'r Repository>,
    /// The judged commit; `None` without a repository or before its first commit.
    pub(in crate::pipeline) commit: Option<Commit>,
    /// Whether the commit's own files are judged, rather than the work tree's.
    pub(in crate::pipeline) from_git: bool,
    /// Tracked files that the work tree changed.
    pub(in crate::pipeline) modified: BTreeSet<String>,
    /// Files that git neither knows nor ignores, but for reports of trueup's own.
    pub(in crate::pipeline) untracked: BTreeSet<String>,
    /// Every folder that holds a file, without a slash at its end.
    folders: BTreeSet<String>,
    content: Content<'r>,
    /// What stands over the files of the work tree, by path.
    unsaved: BTreeMap<String, Vec<u8>>,
    links: OnceCell<Vec<String>>,
    /// The folder that stands for the one that was named: that has been renamed since.
    pub(in crate::pipeline) folder: Option<String>,
    /// Whether this is a machine of CI, whose clock is UTC.
    pub(in crate::pipeline) on_ci: bool,
}

/// The repository around `dir`, if there is one.
pub(in crate::pipeline) fn repository(dir: &Path) -> Result<Option<Repository>, Error> {
    if !dir.is_dir() {
        return Err(Error::usage(format!("there is no folder {}", dir.display())));
    }
    Ok(Repository::discover(dir)?)
}

impl<'r> Project<'r> {
    /// The project around `dir`, at revision `at` or as the work tree has it.
    pub(in crate::pipeline) fn open(
        dir: &Path,
        repository: Option<&'r Repository>,
        at: Option<&str>,
    ) -> Result<Project<'r>, Error> {
        let commit = judged_commit(repository, at)?;
        let content = match (repository, &commit, at) {
            (Some(repository), Some(commit), Some(_)) => {
                Content::of_commit(repository.tree(commit)?)?
            }
            (Some(repository), _, _) => Content::of_work_tree(repository)?,
            (None, _, _) => Content::of_folder(dir),
        };
        let mut project = Project {
            root: repository.map_or_else(|| dir.to_path_buf(), |of| of.root().to_path_buf()),
            repository,
            commit,
            from_git: at.is_some(),
            modified: BTreeSet::new(),
            untracked: BTreeSet::new(),
            folders: content.paths().flat_map(folders_of).map(str::to_owned).collect(),
            content,
            unsaved: BTreeMap::new(),
            links: OnceCell::new(),
            folder: None,
            on_ci: false,
        };
        if let (Some(repository), Some(_), None) = (repository, &project.commit, at) {
            let changes = repository.worktree_changes()?;
            project.modified = changes.tracked.into_iter().collect();
            project.untracked = without_reports(&project.root, changes.untracked);
        }
        Ok(project)
    }

    /// The same with the texts of an editor over its files. What is no file here is left out; a text
    /// that differs is a change of the work tree.
    pub(in crate::pipeline) fn with_unsaved(
        mut self,
        texts: &BTreeMap<String, Vec<u8>>,
    ) -> Project<'r> {
        for (path, text) in texts {
            match self.read(path, LARGEST_TEXT) {
                Some(Ok(written)) if written != *text && !self.from_git => {
                    self.modified.insert(path.clone());
                    self.unsaved.insert(path.clone(), text.clone());
                }
                _ => {}
            }
        }
        self
    }

    /// The same on a machine of CI, where `is_ci`.
    pub(in crate::pipeline) fn on_ci(self, is_ci: bool) -> Project<'r> {
        Project { on_ci: is_ci, ..self }
    }

    /// The project's name, as reports have it.
    pub(in crate::pipeline) fn name(&self) -> String {
        if let Some(repository) = self.repository {
            return repository.name();
        }
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        root.file_name()
            .map_or_else(|| "project".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// What the commit tracks and is no file: links and submodules, sorted. Of the work tree, also
    /// what was taken out of it.
    pub(in crate::pipeline) fn links(&self) -> &[String] {
        self.links.get_or_init(|| {
            let known = self.repository.zip(self.commit.as_ref());
            let entries = known.and_then(|(of, commit)| of.entries(commit).ok());
            let mut entries = entries.unwrap_or_default();
            for path in self.paths() {
                entries.remove(path);
            }
            entries.into_iter().collect()
        })
    }

    /// Of the links that one of `globs` matches those that lead to none of `paths`: what stands behind
    /// them is not read.
    pub(super) fn followed_by_none(&self, globs: &[Glob], paths: &[String]) -> Vec<String> {
        let wanted = |link: &&String| globs.iter().any(|glob| glob.matches(link));
        let is_link = |link: &&String| self.from_git || self.root.join(link.as_str()).is_symlink();
        let links = self.links().iter().filter(wanted).filter(is_link);
        let tree = self.repository.zip(self.commit.as_ref());
        let Some(Ok(tree)) = tree.map(|(of, commit)| of.tree(commit)) else { return Vec::new() };
        let mut links = links.peekable();
        if links.peek().is_none() {
            return Vec::new();
        }
        let read: BTreeSet<_> = paths.iter().filter_map(|path| tree.blob_at(path)).collect();
        let leads_there = |link: &&String| tree.blob_at(link).is_some_and(|of| read.contains(&of));
        links.filter(|link| !leads_there(link)).cloned().collect()
    }

    /// The submodules, and links to folders, in which one of `globs` matches what is none of `paths`, and
    /// is `wanted`. What can be looked into holds such a file, and where only `**` leads there one that
    /// `is_open`; what cannot is told where a glob names it.
    pub(super) fn unlisted_by_any(
        &self,
        globs: &[Glob],
        paths: &[String],
        wanted: &dyn Fn(&str) -> bool,
        is_open: &dyn Fn(&str, &[u8]) -> bool,
    ) -> Vec<String> {
        let may_hide =
            |link: &str, glob: &&Glob| glob.may_match_in(link) && !self.is_listed(link, glob);
        let hides = |link: &&String| {
            let globs: Vec<&Glob> = globs.iter().filter(|glob| may_hide(link, glob)).collect();
            let named = globs.iter().any(|glob| glob.names_folder(link));
            let there = if globs.is_empty() { None } else { self.behind(link) };
            let Some(there) = there else { return named && wanted(link) };
            let is_checklist = |path: &&str| {
                let full = format!("{link}/{path}");
                is_markdown(path) && wanted(&full) && globs.iter().any(|glob| glob.matches(&full))
            };
            let is_read = |path: &str| {
                let real = self.real(&format!("{link}/{path}"));
                real.is_some_and(|real| paths.binary_search(&real).is_ok())
            };
            let is_open = |path: &str| {
                there.read(path, LARGEST_TEXT).is_ok_and(|bytes| is_open(path, &bytes))
            };
            there
                .paths()
                .filter(is_checklist)
                .any(|path| !is_read(path) && (named || is_open(path)))
        };
        self.links().iter().filter(hides).cloned().collect()
    }

    /// Where a path of the work tree leads within it.
    fn real(&self, path: &str) -> Option<String> {
        let (root, real) =
            (self.root.canonicalize().ok()?, self.root.join(path).canonicalize().ok()?);
        Some(real.strip_prefix(root).ok()?.to_string_lossy().into_owned())
    }

    /// What lies behind a link to a folder or in a submodule, as the work tree has it; `None` of a
    /// commit, of a submodule that is not checked out, and of what lies outside.
    fn behind(&self, link: &str) -> Option<Content<'static>> {
        let folder = self.root.join(link).canonicalize().ok().filter(|_| !self.from_git)?;
        let root = self.root.canonicalize().ok()?;
        if !folder.starts_with(root) {
            return None;
        }
        let there = folder.is_dir().then(|| Content::of_folder(&folder))?;
        let holds_some = there.paths().next().is_some();
        holds_some.then_some(there)
    }

    /// A link to a folder, or a submodule, in which `glob` may match what stands under no other
    /// name.
    pub(in crate::pipeline) fn unlisted(&self, glob: &Glob) -> Option<String> {
        let mut links = self.links().iter().filter(|link| glob.may_match_in(link));
        links.find(|link| !self.is_listed(link, glob)).cloned()
    }

    /// Whether a path of the work tree is a link; a submodule is none.
    pub(in crate::pipeline) fn is_link(&self, path: &str) -> bool {
        !self.from_git
            && self.root.join(path).symlink_metadata().is_ok_and(|data| data.is_symlink())
    }

    /// Whether a link hides nothing from `glob`: it leads to a file, or to a folder of the work tree
    /// in which `glob` matches as well.
    fn is_listed(&self, link: &str, glob: &Glob) -> bool {
        if self.from_git {
            let tree = self.repository.zip(self.commit.as_ref()).map(|(of, at)| of.tree(at));
            return tree.and_then(Result::ok).is_some_and(|tree| tree.blob_at(link).is_some());
        }
        let Ok(target) = self.root.join(link).canonicalize() else { return true };
        let within = self.root.canonicalize().ok();
        let within = within.and_then(|root| target.strip_prefix(root).ok().map(Path::to_path_buf));
        let same = |folder: PathBuf| {
            let folder = folder.to_string_lossy();
            *folder != *link && glob.may_match_in(&folder) && self.folders.contains(&*folder)
        };
        !target.is_dir() || within.is_some_and(same)
    }

    /// Of a commit, what is no file: links and submodules.
    pub(super) fn no_files(&self) -> impl Iterator<Item = Unread> {
        let links = if self.from_git { self.links() } else { &[] };
        links.iter().map(|path| {
            let why = "links are not followed".to_owned();
            Unread { why, leads_to: None, within: Some(path.clone()), path: path.clone() }
        })
    }

    /// The paths that match, sorted.
    pub(in crate::pipeline) fn matching(&self, globs: &[Glob]) -> Vec<String> {
        let wanted = |path: &&str| globs.iter().any(|glob| glob.matches(path));
        self.content.paths().filter(wanted).map(str::to_owned).collect()
    }

    /// Every file, sorted.
    pub(in crate::pipeline) fn paths(&self) -> impl Iterator<Item = &str> {
        self.content.paths()
    }

    /// Every Markdown file that is the team's own, sorted.
    pub(in crate::pipeline) fn markdown(&self) -> Vec<String> {
        self.content.markdown().map(str::to_owned).collect()
    }

    /// Whether there is such a file, or a folder with files in it.
    pub(in crate::pipeline) fn holds(&self, path: &str) -> bool {
        let path = path.trim_start_matches("./").trim_end_matches('/');
        path.is_empty() || self.folders.contains(path) || self.content.holds(path)
    }

    /// The bytes of a file; `None` where there is none. A fault is a sentence.
    pub(in crate::pipeline) fn read(
        &self,
        path: &str,
        limit: u64,
    ) -> Option<Result<Vec<u8>, String>> {
        if let Some(text) = self.unsaved.get(path) {
            return Some(Ok(text.clone()));
        }
        match self.content.read(path, limit) {
            Ok(bytes) => Some(Ok(bytes)),
            Err(ReadError::Missing { .. }) => None,
            Err(fault) => Some(Err(fault.to_string())),
        }
    }

    /// Whether a file is there that holds no byte.
    pub(in crate::pipeline) fn is_empty(&self, path: &str) -> bool {
        // A look at the disk spares opening most.
        let holds_some = !self.from_git && files::size(&self.root, Path::new(path)) > 0;
        let is_empty = || self.read(path, 0)?.ok().map(|bytes| bytes.is_empty());
        !holds_some && is_empty().unwrap_or(false)
    }

    /// Whether the judged commit holds exactly this file.
    pub(super) fn is_tracked(&self, path: &str) -> bool {
        let (Some(repository), Some(commit)) = (self.repository, &self.commit) else {
            return false;
        };
        if self.from_git {
            return self.content.holds(path);
        }
        !self.modified.contains(path)
            && !self.untracked.contains(path)
            && repository.tree(commit).is_ok_and(|tree| tree.blob_at(path).is_some())
    }

    /// Folders that could not be looked into, as sentences.
    pub(in crate::pipeline) fn unread(&self) -> Vec<(String, String)> {
        let unread = self.content.unread().iter();
        unread.map(|of| (of.path.clone(), of.why.clone())).collect()
    }
}

/// New files but those of reports that trueup wrote: each folder with a page and a snapshot of ours.
fn without_reports(root: &Path, new: Vec<String>) -> BTreeSet<String> {
    let reports: Vec<String> = new
        .iter()
        .filter_map(|path| path.strip_suffix("/snapshot.json"))
        .filter(|folder| new.binary_search(&format!("{folder}/index.html")).is_ok())
        .filter(|folder| is_report_folder(&root.join(folder)))
        .map(|folder| format!("{folder}/"))
        .collect();
    let is_page = |path: &String| reports.iter().any(|report| path.starts_with(report));
    new.into_iter().filter(|path| !is_page(path)).collect()
}

/// `a/b/c.md` lies in `a` and in `a/b`.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn judged_commit(
    repository: Option<&Repository>,
    at: Option<&str>,
) -> Result<Option<Commit>, Error> {
    let (repository, rev) = match (repository, at) {
        (None, Some(_)) => {
            return Err(Error::usage("--at needs a git repository, and there is none here"));
        }
        (None, None) => return Ok(None),
        (Some(repository), None) => return Ok(repository.head()?),
        (Some(repository), Some(rev)) => (repository, rev),
    };
    repository.resolve(rev).map(Some).map_err(Error::of_revision)
}
