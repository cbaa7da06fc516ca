//! A witness that writes down what it is asked and answers.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::facts::Value;
use crate::model::{Glob, Timestamp};
use crate::pipeline::inputs::project::{LARGEST_TEXT, Project};
use crate::pipeline::report::vault::Vaulting;
use crate::reconcile::{Hands, Shipped, Since, Witness};
use crate::seal::manifest::Input;
use crate::sources::digest::sha256;

use super::answers::ProjectWitness;
use super::file::RecordedDocument;
use super::sections;

/// The witness of a project, with the answers given so far.
pub(in crate::pipeline) struct Recording<'p> {
    project: &'p Project<'p>,
    of: ProjectWitness<'p>,
    vaulting: Vaulting<'p>,
    answers: RefCell<Answers>,
}

/// What was asked, and answered.
#[derive(Clone, Default)]
pub(in crate::pipeline) struct Answers {
    pub(super) documents: BTreeMap<String, RecordedDocument>,
    pub(super) globs: BTreeMap<String, Vec<String>>,
    pub(super) unlisted: BTreeMap<String, String>,
    pub(super) empty: BTreeMap<String, Vec<String>>,
    pub(super) since_commit: BTreeMap<String, Since>,
    pub(super) since_tree: BTreeMap<String, Since>,
    pub(super) since_brought: BTreeMap<String, Since>,
    pub(super) since_time: BTreeMap<String, Since>,
    pub(super) hands: BTreeMap<String, Hands>,
    pub(super) shipped: BTreeMap<String, Shipped>,
    /// What git says of the judged commit, whether or not that was asked.
    pub(super) git: Option<Value>,
}

/// What was asked of whose hands a change is, as one word.
pub(in crate::pipeline) fn whose(commit: &str, paths: &[Glob]) -> String {
    let paths: Vec<&str> = paths.iter().map(Glob::as_str).collect();
    format!("{commit} {}", paths.join(" "))
}

/// What is asked of the releases between a moment and a commit.
pub(in crate::pipeline) fn since(time: Timestamp, commit: &str, about: &[Glob]) -> String {
    whose(&format!("{commit} since {time}"), about)
}

impl<'p> Recording<'p> {
    /// Of a project's witness; what it reads goes to the vault.
    pub(in crate::pipeline) fn new(
        of: ProjectWitness<'p>,
        project: &'p Project<'p>,
        vaulting: Vaulting<'p>,
    ) -> Recording<'p> {
        Recording { project, of, vaulting, answers: RefCell::default() }
    }

    /// Everything that it was asked, and answered.
    pub(in crate::pipeline) fn answers(self) -> Answers {
        Answers { git: self.of.git(), ..self.answers.into_inner() }
    }

    /// Notes that a file of the repository was read.
    fn note(&self, path: &str) {
        if self.answers.borrow().documents.contains_key(path) {
            return;
        }
        let document = match self.project.read(path, LARGEST_TEXT) {
            None => RecordedDocument::Missing,
            Some(Err(why)) => RecordedDocument::Unread(why),
            Some(Ok(bytes)) => {
                RecordedDocument::Read(input("document", path, &bytes, self.vaulting))
            }
        };
        self.answers.borrow_mut().documents.insert(path.to_owned(), document);
    }
}

/// An input that is no artifact, kept where there is no reason against it.
pub(in crate::pipeline) fn input(
    role: &str,
    path: &str,
    bytes: &[u8],
    vaulting: Vaulting<'_>,
) -> Input {
    let digest = sha256(bytes);
    Input {
        role: role.to_owned(),
        path: path.to_owned(),
        withheld: vaulting.document(path, &digest, bytes),
        sha256: digest.to_string(),
        bytes: bytes.len() as u64,
    }
}

impl Witness for Recording<'_> {
    fn since_commit(&self, commit: &str) -> Since {
        let since = self.of.since_commit(commit);
        self.answers.borrow_mut().since_commit.insert(commit.to_owned(), since.clone());
        since
    }

    fn since_tree(&self, tree: &str) -> Since {
        if let Some(known) = self.answers.borrow().since_tree.get(tree) {
            return known.clone();
        }
        let since = self.of.since_tree(tree);
        self.answers.borrow_mut().since_tree.insert(tree.to_owned(), since.clone());
        since
    }

    fn since_brought(&self, commit: &str) -> Since {
        if let Some(known) = self.answers.borrow().since_brought.get(commit) {
            return known.clone();
        }
        let since = self.of.since_brought(commit);
        self.answers.borrow_mut().since_brought.insert(commit.to_owned(), since.clone());
        since
    }

    fn since_time(&self, time: Timestamp) -> Since {
        let since = self.of.since_time(time);
        self.answers.borrow_mut().since_time.insert(time.to_string(), since.clone());
        since
    }

    fn files(&self, glob: &Glob) -> Vec<String> {
        let files = self.of.files(glob);
        self.answers.borrow_mut().globs.insert(glob.as_str().to_owned(), files.clone());
        files
    }

    fn unlisted(&self, glob: &Glob) -> Option<String> {
        let unlisted = self.of.unlisted(glob)?;
        self.answers.borrow_mut().unlisted.insert(glob.as_str().to_owned(), unlisted.clone());
        Some(unlisted)
    }

    fn empty(&self, glob: &Glob, files: &[String]) -> Vec<String> {
        let empty = self.of.empty(glob, files);
        if !empty.is_empty() {
            self.answers.borrow_mut().empty.insert(glob.as_str().to_owned(), empty.clone());
        }
        empty
    }

    fn text(&self, path: &str) -> Option<Result<String, String>> {
        self.note(sections::parted(path).map_or(path, |(page, _)| page));
        self.of.text(path)
    }

    fn load(&self, path: &str) -> Option<Result<Value, String>> {
        self.note(path);
        self.of.load(path)
    }

    fn hands(&self, commit: &str, paths: &[Glob]) -> Hands {
        let asked = whose(commit, paths);
        if let Some(known) = self.answers.borrow().hands.get(&asked) {
            return known.clone();
        }
        let hands = self.of.hands(commit, paths);
        self.answers.borrow_mut().hands.insert(asked, hands.clone());
        hands
    }

    fn shipped(&self, commit: &str, about: &[Glob]) -> Shipped {
        let asked = whose(commit, about);
        if let Some(known) = self.answers.borrow().shipped.get(&asked) {
            return known.clone();
        }
        let shipped = self.of.shipped(commit, about);
        self.answers.borrow_mut().shipped.insert(asked, shipped.clone());
        shipped
    }

    fn released_between(&self, time: Timestamp, commit: &str, about: &[Glob]) -> Shipped {
        let asked = since(time, commit, about);
        if let Some(known) = self.answers.borrow().shipped.get(&asked) {
            return known.clone();
        }
        let released = self.of.released_between(time, commit, about);
        self.answers.borrow_mut().shipped.insert(asked, released.clone());
        released
    }

    fn git(&self) -> Option<Value> {
        self.of.git()
    }
}
