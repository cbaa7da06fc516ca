//! The history of some files: one walk over the commits, comparing the ids of their folders.
//!
//! From the newest commit to the oldest, each commit's folders are compared with those of its
//! parents, and only where an id differs and a followed file lies below. A followed file that a
//! commit adds is looked for among the files that the commit removes; its older name is followed
//! from there on. What comes out is oldest first, holds only the commits that matter, and names
//! blobs; nobody has read one yet but to tell a renamed file from a new one.

mod folders;
mod followed;
mod graph;
mod picks;
mod releases;
mod renames;
mod requests;
mod reverts;
mod trailers;
mod walk;
mod witness;

use std::sync::Arc;

use crate::model::{Authorship, Trailer};

pub use renames::renamed_uncommitted;

use super::tree::BlobId;

/// What a walk over the history looks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sought<'s> {
    /// The files to follow, relative to the repository, each through its renames.
    pub paths: &'s [String],
    /// The keys of the trailers to collect, in any case.
    pub trailers: &'s [&'s str],
    /// The ids of commits of which it is told what they held.
    pub marks: &'s [String],
}

/// What an earlier walk knows.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// The commit that it began at.
    pub head: &'k str,
    /// Every path that it followed, in its order.
    pub paths: &'k [Arc<str>],
    /// The tags of that time, each with its commit's id; sorted.
    pub tags: &'k [(String, String)],
    /// Those of now.
    pub tags_now: &'k [(String, String)],
    /// The keys of the trailers that it collected.
    pub trailers: &'k [&'k str],
}

/// The history of some files.
#[derive(Debug, Default)]
pub struct FileHistory {
    /// Every path that was followed: those asked for, in that order, then their older names.
    pub paths: Vec<Arc<str>>,
    /// The commits that changed a followed file, and the merges that joined such commits. Parents
    /// come before their children; otherwise the order is that of time.
    pub revisions: Vec<Revision>,
    /// The revision that the walk began at stands on; `None` where no followed file ever was.
    pub head: Option<usize>,
    /// Every trailer asked for, oldest first, and every line that would be one in another place.
    pub trailers: Vec<Spoken>,
    /// Each commit asked for that was met.
    pub marks: Vec<Mark>,
    /// A commit took back another, whose trailers are left out.
    pub taken_back: bool,
    /// The walk met the cut of a shallow clone: what is older is missing.
    pub truncated: bool,
}

/// A commit of which it is told what it held.
#[derive(Debug)]
pub struct Mark {
    /// Its id.
    pub commit: String,
    /// The revision that it stands on; `None` where no followed file was there.
    pub revision: Option<usize>,
    /// How many of the paths, the first, were followed in it and in all that it stands on. A name that
    /// a file had before is followed from the commit on that gave the newer one.
    pub paths: usize,
}

/// A trailer, and what the followed files were when it was written.
#[derive(Debug)]
pub struct Spoken {
    /// The trailer.
    pub trailer: Trailer,
    /// The revision that its commit stands on; `None` where no followed file was there.
    pub revision: Option<usize>,
    /// It stands in the message where git reads no trailer.
    pub unread: bool,
    /// The commit that takes its own back, where one does.
    pub taken_back: Option<String>,
}

/// A commit that matters to the followed files.
#[derive(Debug)]
pub struct Revision {
    /// The commit.
    pub by: Arc<Authorship>,
    /// For each parent of the commit the revision that it stands on; `None` where the followed
    /// files have no history before.
    pub parents: Vec<Option<usize>>,
    /// A shallow clone cut off the parents: what seems added here may be older.
    pub cut: bool,
    /// Its message says that it takes another commit back, or puts one in force again.
    pub reverts: bool,
    /// The followed files that differ from any of the parents, in the order of the paths.
    pub changes: Vec<FileChange>,
}

/// A followed file that a commit holds otherwise than one of its parents.
#[derive(Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Which of [`FileHistory::paths`].
    pub path: usize,
    /// What the commit holds; `None` where it has no such file.
    pub blob: Option<BlobId>,
    /// What each parent holds in its place, in the order of the parents.
    pub before: Vec<Option<Before>>,
}

/// What a parent holds in place of a file, under the same or another name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// Which of [`FileHistory::paths`].
    pub path: usize,
    /// Its bytes.
    pub blob: BlobId,
}
