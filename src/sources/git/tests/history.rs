//! Writes small histories: each step a commit on a day of January 2026.

use std::collections::BTreeMap;
use std::path::Path;

use git2::{Oid, RepositoryInitOptions, Signature, Time};

use super::day;
use crate::sources::git::{Commit, Repository};

/// Path → bytes and mode.
type Files = BTreeMap<Vec<u8>, (Vec<u8>, i32)>;

/// A repository whose commits are written straight to its objects. The work tree is laid out only
/// by [`History::check_out`].
pub(in crate::sources) struct History {
    pub(in crate::sources) dir: tempfile::TempDir,
    pub(in crate::sources) git: git2::Repository,
    /// What the next commit holds.
    files: Files,
    tip: Option<Oid>,
}

impl History {
    pub(in crate::sources) fn new() -> History {
        let dir = tempfile::tempdir().unwrap();
        let mut options = RepositoryInitOptions::new();
        options.initial_head("main").external_template(false);
        let git = git2::Repository::init_opts(dir.path(), &options).unwrap();
        git.config().unwrap().set_bool("core.autocrlf", false).unwrap();
        History { dir, git, files: BTreeMap::new(), tip: None }
    }

    pub(in crate::sources) fn file(mut self, path: &str, text: &str) -> History {
        self.files.insert(path.into(), (text.into(), 0o100_644));
        self
    }

    pub(in crate::sources) fn raw_file(mut self, path: &[u8], bytes: &[u8], mode: i32) -> History {
        self.files.insert(path.into(), (bytes.into(), mode));
        self
    }

    pub(in crate::sources) fn remove(mut self, path: &str) -> History {
        self.files.remove(path.as_bytes()).unwrap();
        self
    }

    pub(in crate::sources) fn commit(self, subject: &str, on: i64) -> History {
        let parents: Vec<Oid> = self.tip.into_iter().collect();
        self.commit_onto(subject.as_bytes(), on, &parents)
    }

    /// Commits the files as they stand, with another commit as second parent.
    pub(in crate::sources) fn merge(self, other: Oid, subject: &str, on: i64) -> History {
        let parents = [self.tip.unwrap(), other];
        self.commit_onto(subject.as_bytes(), on, &parents)
    }

    pub(in crate::sources) fn commit_onto(
        mut self,
        message: &[u8],
        on: i64,
        parents: &[Oid],
    ) -> History {
        let id = self.write_commit(message, on, parents);
        self.git.reference("refs/heads/main", id, true, "").unwrap();
        self.tip = Some(id);
        self
    }

    fn write_commit(&self, message: &[u8], on: i64, parents: &[Oid]) -> Oid {
        let tree = self.write_tree();
        let time = Time::new(day(on).epoch(), 60);
        let who = Signature::new("Ana", "ana@example.org", &time).unwrap();
        let parents: Vec<_> = parents.iter().map(|id| self.git.find_commit(*id).unwrap()).collect();
        let parents: Vec<_> = parents.iter().collect();
        let tree = self.git.find_tree(tree).unwrap();
        // libgit2 takes messages as text: other bytes are put into the finished object.
        let buffer = self.git.commit_create_buffer(&who, &who, "", &tree, &parents).unwrap();
        let mut object = buffer.to_vec();
        object.extend_from_slice(message);
        self.git.odb().unwrap().write(git2::ObjectType::Commit, &object).unwrap()
    }

    /// Goes back to `id`: the next commit stands on it and starts from its files.
    pub(in crate::sources) fn at(mut self, id: Oid) -> History {
        self.files.clear();
        let tree = self.git.find_commit(id).unwrap().tree().unwrap();
        tree.walk(git2::TreeWalkMode::PreOrder, |root, entry| {
            if let Ok(object) = entry.to_object(&self.git)
                && let Some(blob) = object.as_blob()
            {
                let path = format!("{root}{}", entry.name().unwrap());
                self.files
                    .insert(path.into_bytes(), (blob.content().to_vec(), entry.filemode_raw()));
            }
            git2::TreeWalkResult::Ok
        })
        .unwrap();
        drop(tree);
        self.tip = Some(id);
        self.git.reference("refs/heads/main", id, true, "").unwrap();
        self
    }

    pub(in crate::sources) fn tag(self, name: &str) -> History {
        let object = self.git.find_object(self.tip.unwrap(), None).unwrap();
        self.git.tag_lightweight(name, &object, false).unwrap();
        drop(object);
        self
    }

    pub(in crate::sources) fn tip(&self) -> Oid {
        self.tip.unwrap()
    }

    pub(in crate::sources) fn check_out(self) -> History {
        let mut force = git2::build::CheckoutBuilder::new();
        self.git.checkout_head(Some(force.force())).unwrap();
        self
    }

    pub(in crate::sources) fn open(&self) -> Repository {
        Repository::discover(self.dir.path()).unwrap().unwrap()
    }

    /// A shallow clone that holds the newest `depth` commits of the first-parent line.
    pub(in crate::sources) fn shallow(&self, depth: usize) -> History {
        let clone = History::new();
        let mut pack = self.git.packbuilder().unwrap();
        let mut kept = self.tip();
        for taken in 1..=depth {
            pack.insert_commit(kept).unwrap();
            if taken < depth {
                kept = self.git.find_commit(kept).unwrap().parent_id(0).unwrap();
            }
        }
        let mut bytes = git2::Buf::new();
        pack.write_buf(&mut bytes).unwrap();
        let objects = clone.git.odb().unwrap();
        let mut writer = objects.packwriter().unwrap();
        std::io::Write::write_all(&mut writer, &bytes).unwrap();
        writer.commit().unwrap();
        drop(writer);
        drop(objects);
        std::fs::write(clone.git.path().join("shallow"), format!("{kept}\n")).unwrap();
        let clone = History { tip: Some(self.tip()), ..clone };
        clone.git.reference("refs/heads/main", self.tip(), true, "").unwrap();
        clone
    }

    fn write_tree(&self) -> Oid {
        fn folder(git: &git2::Repository, files: &Files) -> Oid {
            let mut builder = git.treebuilder(None).unwrap();
            let mut below: BTreeMap<&[u8], Files> = BTreeMap::new();
            for (path, (bytes, mode)) in files {
                match path.iter().position(|byte| *byte == b'/') {
                    Some(slash) => {
                        let inner = below.entry(&path[..slash]).or_default();
                        inner.insert(path[slash + 1..].to_vec(), (bytes.clone(), *mode));
                    }
                    None if *mode == 0o160_000 => {
                        let id = Oid::from_str(std::str::from_utf8(bytes).unwrap()).unwrap();
                        builder.insert(path.clone(), id, *mode).unwrap();
                    }
                    None => {
                        builder.insert(path.clone(), git.blob(bytes).unwrap(), *mode).unwrap();
                    }
                }
            }
            for (name, files) in below {
                builder.insert(name, folder(git, &files), 0o040_000).unwrap();
            }
            builder.write().unwrap()
        }
        folder(&self.git, &self.files)
    }
}

/// The commit at HEAD, which is there.
pub(in crate::sources) fn head(repository: &Repository) -> Commit {
    repository.head().unwrap().unwrap()
}

/// Writes a file of the work tree.
pub(in crate::sources) fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}
