//! A repository written in a few lines, the same to the last byte at every run.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;

use git2::{IndexAddOption, Oid, RepositoryInitOptions, Signature, Time};
use tempfile::TempDir;
use trueup::model::Timestamp;

use super::run::{Run, started, trueup_among, trueup_in};

/// A moment written `2026-01-05` or `2026-01-05T10:00:00Z`.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A git repository in a folder of its own, with a home of its own beside it.
///
/// ```ignore
/// let repo = Repo::new()
///     .file("docs/CHECKLIST.md", "# Go\n\n- [x] Tests pass\n")
///     .commit("docs: a checklist", at("2026-01-05"))
///     .tag("v1.0.0")
///     .file("reports/junit.xml", "…");
/// repo.trueup(["check"]).code(0);
/// ```
pub(crate) struct Repo {
    /// Holds `shop` (the repository) and `home`.
    base: TempDir,
    git: git2::Repository,
    author: (String, String),
}

impl Repo {
    /// An empty repository on the branch `main`, whose author is Ana.
    pub(crate) fn new() -> Repo {
        let base = tempfile::tempdir().unwrap();
        fs::create_dir(base.path().join("home")).unwrap();
        let mut options = RepositoryInitOptions::new();
        options.initial_head("main").external_template(false);
        let git = git2::Repository::init_opts(base.path().join("shop"), &options).unwrap();
        git.config().unwrap().set_bool("core.autocrlf", false).unwrap();
        Repo { base, git, author: ("Ana".into(), "ana@example.org".into()) }
    }

    /// The repository's folder.
    pub(crate) fn dir(&self) -> PathBuf {
        self.base.path().join("shop")
    }

    /// The folder around the repository: for what lies outside it.
    pub(crate) fn outside(&self) -> &Path {
        self.base.path()
    }

    /// Writes a file of the work tree.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Repo {
        let place = self.dir().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, content).unwrap();
        self
    }

    /// Sets when the file system says that a file was written.
    pub(crate) fn modified(self, path: &str, when: Timestamp) -> Repo {
        let time = std::time::UNIX_EPOCH
            + std::time::Duration::from_secs(u64::try_from(when.epoch()).unwrap());
        let file = fs::File::options().write(true).open(self.dir().join(path)).unwrap();
        file.set_modified(time).unwrap();
        self
    }

    /// Removes a file of the work tree.
    pub(crate) fn remove(self, path: &str) -> Repo {
        fs::remove_file(self.dir().join(path)).unwrap();
        self
    }

    /// Who writes the commits from here on.
    pub(crate) fn author(mut self, name: &str, email: &str) -> Repo {
        self.author = (name.into(), email.into());
        self
    }

    /// Who that is: name and address.
    pub(crate) fn author_now(&self) -> (String, String) {
        self.author.clone()
    }

    /// Commits the whole work tree.
    pub(crate) fn commit(self, message: &str, when: Timestamp) -> Repo {
        let parents: Vec<Oid> =
            self.git.head().ok().and_then(|head| head.target()).into_iter().collect();
        self.commit_onto(message, when, &parents)
    }

    /// Gives the last commit, which its author wrote at `written`, the time `when`, as a rebase does.
    pub(crate) fn rebased(self, written: Timestamp, when: Timestamp) -> Repo {
        {
            let commit = self.git.find_commit(self.tip("HEAD")).unwrap();
            let author = commit.author();
            let (name, email) = (author.name().unwrap(), author.email().unwrap());
            let wrote = Signature::new(name, email, &Time::new(written.epoch(), 0)).unwrap();
            let made =
                Signature::new("Ana", "ana@example.org", &Time::new(when.epoch(), 0)).unwrap();
            commit.amend(Some("HEAD"), Some(&wrote), Some(&made), None, None, None).unwrap();
        }
        self
    }

    /// Commits the whole work tree as the merge of `branch` into what is checked out.
    pub(crate) fn merge(self, branch: &str, message: &str, when: Timestamp) -> Repo {
        let parents = [self.tip("HEAD"), self.tip(branch)];
        self.commit_onto(message, when, &parents)
    }

    /// Commits the whole work tree onto parents of the test's choice, the first of them HEAD.
    pub(crate) fn commit_onto(self, message: &str, when: Timestamp, parents: &[Oid]) -> Repo {
        let mut index = self.git.index().unwrap();
        index.add_all(["*"], IndexAddOption::DEFAULT, None).unwrap();
        index.update_all(["*"], None).unwrap();
        index.write().unwrap();
        let (name, email) = &self.author;
        let who = Signature::new(name, email, &Time::new(when.epoch(), 0)).unwrap();
        {
            let tree = self.git.find_tree(index.write_tree().unwrap()).unwrap();
            let found = |id: &Oid| self.git.find_commit(*id).unwrap();
            let parents: Vec<git2::Commit<'_>> = parents.iter().map(found).collect();
            let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
            self.git.commit(Some("HEAD"), &who, &who, message, &tree, &parents).unwrap();
        }
        self
    }

    /// Starts a branch here and checks it out.
    pub(crate) fn branch(self, name: &str) -> Repo {
        let tip = self.git.find_commit(self.tip("HEAD")).unwrap();
        self.git.branch(name, &tip, false).unwrap();
        drop(tip);
        self.check_out(name)
    }

    /// Checks out a branch; what was not committed is lost.
    pub(crate) fn check_out(self, branch: &str) -> Repo {
        self.git.set_head(&format!("refs/heads/{branch}")).unwrap();
        let mut force = git2::build::CheckoutBuilder::new();
        self.git.checkout_head(Some(force.force())).unwrap();
        self
    }

    /// Puts a tag on the commit that is checked out.
    pub(crate) fn tag(self, name: &str) -> Repo {
        let object = self.git.find_object(self.tip("HEAD"), None).unwrap();
        self.git.tag_lightweight(name, &object, false).unwrap();
        drop(object);
        self
    }

    /// Lets `change` do what this builder has no word for.
    pub(crate) fn with(self, change: impl FnOnce(&git2::Repository)) -> Repo {
        change(&self.git);
        self
    }

    /// The full id of what `revision` names.
    pub(crate) fn id(&self, revision: &str) -> String {
        self.tip(revision).to_string()
    }

    fn tip(&self, revision: &str) -> Oid {
        self.git.revparse_single(revision).unwrap().peel_to_commit().unwrap().id()
    }

    /// Runs trueup in the repository.
    pub(crate) fn trueup<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Run {
        trueup_in(&self.dir(), &self.base.path().join("home"), args)
    }

    /// Starts trueup in the repository, to be talked with.
    pub(crate) fn started<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Child {
        started(&self.dir(), &self.base.path().join("home"), args)
    }

    /// Runs trueup in the repository with variables that a CI system would set.
    pub(crate) fn trueup_among<A: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = A>,
        variables: &[(&str, &str)],
    ) -> Run {
        trueup_among(&self.dir(), &self.base.path().join("home"), args, variables)
    }

    /// What a file of the repository holds.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.dir().join(path)).unwrap()
    }
}
