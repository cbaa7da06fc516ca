//! The witness of a report that is judged again: it answers as was recorded.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use crate::evidence;
use crate::facts::{Value, without_one_tag};
use crate::model::{Glob, Timestamp};
use crate::pipeline::witness::file::{Recorded, RecordedDocument};
use crate::pipeline::witness::{recording, sections};
use crate::reconcile::{Hands, Shipped, Since, Witness};

use super::{Blobs, held};

/// Answers as they were recorded. A question that was not asked then is noted, and answered by what
/// proves nothing.
pub(super) struct Replaying<'r> {
    of: &'r Recorded,
    blobs: Blobs<'r>,
    pub(super) unasked: RefCell<BTreeSet<String>>,
    lacked: Cell<usize>,
}

impl<'r> Replaying<'r> {
    pub(super) fn new(of: &'r Recorded, blobs: Blobs<'r>) -> Replaying<'r> {
        Replaying { of, blobs, unasked: RefCell::default(), lacked: Cell::default() }
    }

    fn unasked<T>(&self, question: String, answer: T) -> T {
        self.unasked.borrow_mut().insert(question);
        answer
    }

    fn document(&self, path: &str) -> Option<Result<Vec<u8>, String>> {
        match self.of.documents.get(path) {
            None => self.unasked(format!("what {path} holds"), None),
            Some(RecordedDocument::Missing) => None,
            Some(RecordedDocument::Unread(why)) => Some(Err(why.clone())),
            Some(RecordedDocument::Read(input)) => {
                let held = held(input, self.blobs);
                self.lacked.set(self.lacked.get() + usize::from(held.is_err()));
                Some(held)
            }
        }
    }
}

impl Witness for Replaying<'_> {
    fn since_commit(&self, commit: &str) -> Since {
        let known = self.of.since_commit.get(commit).cloned();
        known.unwrap_or_else(|| {
            self.unasked(format!("what changed since {commit}"), Since::Truncated)
        })
    }

    fn since_tree(&self, tree: &str) -> Since {
        // Earlier versions did not ask.
        self.of.since_tree.get(tree).cloned().unwrap_or(Since::UnknownCommit)
    }

    fn since_brought(&self, commit: &str) -> Since {
        match self.of.since_brought.get(commit) {
            Some(known) => known.clone(),
            // Reports of earlier versions asked only for the difference.
            None => self.since_commit(commit),
        }
    }

    fn since_time(&self, time: Timestamp) -> Since {
        let known = self.of.since_time.get(&time.to_string()).cloned();
        known
            .unwrap_or_else(|| self.unasked(format!("what changed since {time}"), Since::Truncated))
    }

    fn files(&self, glob: &Glob) -> Vec<String> {
        let known = self.of.globs.get(glob.as_str()).cloned();
        known.unwrap_or_else(|| self.unasked(format!("which files match {glob}"), Vec::new()))
    }

    fn unlisted(&self, glob: &Glob) -> Option<String> {
        self.of.unlisted.get(glob.as_str()).cloned()
    }

    fn empty(&self, glob: &Glob, _: &[String]) -> Vec<String> {
        self.of.empty.get(glob.as_str()).cloned().unwrap_or_default()
    }

    fn text(&self, path: &str) -> Option<Result<String, String>> {
        sections::text(path, |path| self.document(path))
    }

    fn load(&self, path: &str) -> Option<Result<Value, String>> {
        Some(self.document(path)?.and_then(|bytes| evidence::parse_document(path, &bytes)))
    }

    fn hands(&self, commit: &str, paths: &[Glob]) -> Hands {
        let known = self.of.hands.get(&recording::whose(commit, paths)).cloned();
        known.unwrap_or_else(|| {
            self.unasked(format!("who made the change of {commit}"), Hands::Truncated)
        })
    }

    fn shipped(&self, commit: &str, about: &[Glob]) -> Shipped {
        let asked = self.of.shipped.get(&recording::whose(commit, about));
        // Earlier versions asked of no package, or not at all.
        let known = asked.or_else(|| self.of.shipped.get(commit));
        known.cloned().unwrap_or(Shipped::NotYet)
    }

    fn released_between(&self, time: Timestamp, commit: &str, about: &[Glob]) -> Shipped {
        let known = self.of.shipped.get(&recording::since(time, commit, about));
        known.cloned().unwrap_or(Shipped::NotYet)
    }

    fn lacked(&self) -> usize {
        self.lacked.get()
    }

    fn git(&self) -> Option<Value> {
        let text = serde_json::to_vec(self.of.git.as_ref()?).ok()?;
        evidence::parse_document("git.json", &text).ok().map(without_one_tag)
    }
}
