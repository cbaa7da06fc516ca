//! Finding and opening the repository, and what it says of itself.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use git2::{ErrorCode, Mailmap, Oid, RepositoryOpenFlags};

use crate::sources::digest::sha256;

use super::ancestry::Last;
use super::error::{GitError, GitErrorKind};

/// The paths that a commit or a pair of trees differ in.
pub(super) type Paths = Arc<BTreeSet<String>>;

/// A git repository with a work tree. One handle, not shared between threads; it remembers what
/// it worked out.
pub struct Repository {
    pub(super) git: git2::Repository,
    root: PathBuf,
    /// Commits whose parents were cut off by a shallow clone.
    pub(super) cut: BTreeSet<Oid>,
    /// What each commit touched against its parents.
    pub(super) touched: RefCell<BTreeMap<Oid, Paths>>,
    people: OnceCell<Option<Mailmap>>,
    /// What differs between two commits' trees.
    pub(super) between: RefCell<BTreeMap<(Oid, Oid), Paths>>,
    /// The commits that one stands on.
    pub(super) ancestry: RefCell<Last>,
}

impl Repository {
    /// Opens the repository that `dir` lies in; `None` where there is none.
    ///
    /// # Errors
    /// Where there is one that cannot be read: of another owner, bare, of an unknown format.
    pub fn discover(dir: &Path) -> Result<Option<Repository>, GitError> {
        let none: [&Path; 0] = [];
        let git = match git2::Repository::open_ext(dir, RepositoryOpenFlags::empty(), none) {
            Ok(git) => git,
            Err(fault) if fault.code() == ErrorCode::NotFound => return Ok(None),
            Err(fault) => return Err(GitError::opening(&fault)),
        };
        Repository::around(git).map(Some)
    }

    pub(super) fn around(git: git2::Repository) -> Result<Repository, GitError> {
        let Some(root) = git.workdir().map(Path::to_path_buf) else {
            return Err(GitError::new(
                GitErrorKind::Bare,
                "the git repository is bare: it has no files to look at",
            )
            .with_hint("Clone it, and run trueup in the clone."));
        };
        let cut = read_cut(&git);
        Ok(Repository {
            git,
            root,
            cut,
            touched: RefCell::default(),
            people: OnceCell::new(),
            between: RefCell::default(),
            ancestry: RefCell::default(),
        })
    }

    /// The folder that holds the work tree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folders that git keeps its own files in, and the one of its objects, which never change.
    pub fn folders(&self) -> (Vec<PathBuf>, PathBuf) {
        let (own, common) = (self.git.path(), self.git.commondir());
        let mut folders = vec![own.to_path_buf()];
        folders.extend((own != common).then(|| common.to_path_buf()));
        (folders, common.join("objects"))
    }

    /// Where `dir` lies in the work tree; empty for all of it.
    pub fn below(&self, dir: &Path) -> PathBuf {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        real(dir).strip_prefix(real(&self.root)).map_or_else(|_| PathBuf::new(), Path::to_path_buf)
    }

    /// The project's name: `owner/name` of the remote `origin`, else the folder's name.
    pub fn name(&self) -> String {
        let origin = self.git.find_remote("origin").ok();
        let url = origin.as_ref().and_then(|remote| remote.url().ok().map(str::to_owned));
        url.and_then(|url| name_of_remote(&url)).unwrap_or_else(|| {
            self.root
                .file_name()
                .map_or_else(|| "repository".to_owned(), |name| name.to_string_lossy().into_owned())
        })
    }

    /// What decides how people are called: another mailmap gives another text.
    pub fn mailmap(&self) -> String {
        sha256(&self.mailmap_text()).to_string()
    }

    /// Who is who, as HEAD's commit has it. A mailmap that is not committed, or that the machine's
    /// settings name, would let anyone sign in another's name.
    pub(super) fn people(&self) -> Option<&Mailmap> {
        let read = || Mailmap::from_buffer(&String::from_utf8_lossy(&self.mailmap_text())).ok();
        self.people.get_or_init(read).as_ref()
    }

    fn mailmap_text(&self) -> Vec<u8> {
        let tree = self.git.head().and_then(|head| head.peel_to_tree());
        let blob = tree.ok().and_then(|tree| {
            tree.get_name(".mailmap")?.to_object(&self.git).ok()?.into_blob().ok()
        });
        blob.map(|blob| blob.content().to_vec()).unwrap_or_default()
    }

    /// Whether the clone is shallow, so that older history is missing.
    pub fn is_shallow(&self) -> bool {
        !self.cut.is_empty()
    }

    /// Whether a remote is fetched without its tags, as `git clone --no-tags` sets it.
    pub fn fetches_no_tags(&self) -> bool {
        let Ok(config) = self.git.config() else { return false };
        let Ok(mut entries) = config.entries(Some(r"^remote\..*\.tagopt$")) else { return false };
        while let Some(Ok(entry)) = entries.next() {
            if entry.value().is_ok_and(|value| value == "--no-tags") {
                return true;
            }
        }
        false
    }
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repository").field("root", &self.root).finish_non_exhaustive()
    }
}

/// The commits named in the `shallow` file. It stands in the common folder, where libgit2 does not
/// look for it from a linked work tree.
fn read_cut(git: &git2::Repository) -> BTreeSet<Oid> {
    let text = std::fs::read_to_string(git.commondir().join("shallow")).unwrap_or_default();
    text.lines().filter_map(|line| Oid::from_str(line.trim()).ok()).collect()
}

/// `owner/name` out of a remote's address; a path on this machine gives its last part alone.
fn name_of_remote(url: &str) -> Option<String> {
    let url = url.trim().trim_end_matches('/');
    let (path, parts) = match url.split_once("://") {
        Some(("file", rest)) => (rest, 1),
        Some((_, rest)) => (rest.split_once('/')?.1, 2),
        None => match url.split_once(':') {
            // `git@host:owner/name`, but neither `/a:b` nor `C:\…`
            Some((host, rest)) if host.len() > 1 && !host.contains('/') => (rest, 2),
            _ => (url, 1),
        },
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_suffix(".git").unwrap_or(path);
    let mut kept: Vec<&str> =
        path.rsplit(['/', '\\']).filter(|part| !part.is_empty()).take(parts).collect();
    kept.reverse();
    (!kept.is_empty()).then(|| kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_names_the_project_without_host_or_credentials() {
        for (url, name) in [
            ("https://github.com/acme/shop.git", Some("acme/shop")),
            ("https://user:secret@git.example.org:8443/group/sub/shop.git/", Some("sub/shop")),
            ("git@github.com:acme/shop.git", Some("acme/shop")),
            ("ssh://git@host:22/acme/shop", Some("acme/shop")),
            ("host:shop.git", Some("shop")),
            ("file:///srv/git/shop.git", Some("shop")),
            ("/srv/git/shop.git", Some("shop")),
            ("../shop", Some("shop")),
            ("https://github.com", None),
            ("", None),
        ] {
            assert_eq!(name_of_remote(url).as_deref(), name, "{url}");
        }
    }
}
