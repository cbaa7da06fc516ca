//! The plain data that a history is kept as: every text, commit and wording once, and named by its
//! number everywhere else.

use serde::{Deserialize, Serialize};

use crate::model::{BornTicked, Change, Claim, Signature};
use crate::sources::git::BlobId;

/// The number of a value in its table.
pub(super) type Number = usize;

/// What a file holds.
#[derive(Serialize, Deserialize)]
pub(super) enum File<'b> {
    #[serde(borrow)]
    Whole(Box<Whole<'b>>),
    Added(Box<Added<'b>>),
}

/// A history.
#[derive(Serialize, Deserialize)]
pub(super) struct Whole<'b> {
    /// What it was read by; with any other it says nothing.
    pub(super) key: &'b str,
    pub(super) head: &'b str,
    #[serde(borrow)]
    pub(super) tags: Vec<(&'b str, &'b str)>,
    pub(super) asked: Vec<&'b str>,
    pub(super) paths: Vec<&'b str>,
    pub(super) truncated: bool,
    pub(super) unread: Vec<&'b str>,
    pub(super) former: Vec<(&'b str, Vec<&'b str>)>,
    pub(super) items: usize,
    pub(super) registers: Vec<usize>,
    /// What many values share, or few have.
    pub(super) texts: Vec<&'b str>,
    pub(super) commits: Vec<Commit<'b>>,
    pub(super) wordings: Vec<Wording<'b>>,
    /// Commits.
    pub(super) revisions: Vec<Number>,
    pub(super) records: Vec<Record>,
    pub(super) states: Vec<Option<State>>,
    pub(super) said: Vec<Said>,
    pub(super) lost: Vec<Lost<'b>>,
    pub(super) held: Vec<Held<'b>>,
}

/// What came to a history that is kept in another file, or took the place of what is there. Numbers
/// go on where the tables of that file end.
#[derive(Serialize, Deserialize)]
pub(super) struct Added<'b> {
    /// The commit that the other file is of, and the digest of what it holds.
    pub(super) base: (&'b str, [u8; 32]),
    pub(super) head: &'b str,
    #[serde(borrow)]
    pub(super) tags: Vec<(&'b str, &'b str)>,
    pub(super) truncated: bool,
    pub(super) unread: Vec<&'b str>,
    pub(super) items: usize,
    /// What all commits of the base shipped with that had not shipped yet.
    pub(super) released: Option<Number>,
    pub(super) texts: Vec<&'b str>,
    pub(super) commits: Vec<Commit<'b>>,
    pub(super) wordings: Vec<Wording<'b>>,
    pub(super) revisions: Vec<Number>,
    pub(super) records: Vec<Record>,
    /// Of those paths alone that hold something else.
    pub(super) states: Vec<(usize, Option<State>)>,
    pub(super) said: Vec<Said>,
    pub(super) lost: Vec<Lost<'b>>,
    pub(super) held: Vec<Held<'b>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Commit<'b> {
    pub(super) id: &'b str,
    /// Seconds since 1970, as in git.
    pub(super) time: i64,
    pub(super) authored: Option<i64>,
    pub(super) author: Number,
    pub(super) email: Number,
    #[serde(borrow)]
    pub(super) picked_from: Vec<&'b str>,
    pub(super) merges_request: bool,
    pub(super) subject: &'b str,
    pub(super) signature: Signature,
    pub(super) release: Option<Number>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Wording<'b> {
    pub(super) text: &'b str,
    pub(super) meaning: &'b str,
    pub(super) section: Number,
    pub(super) title: Number,
    pub(super) above: Number,
    #[serde(borrow)]
    pub(super) rest: Option<Box<Rest<'b>>>,
}

/// What few wordings have: there are thousands of these at a time.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct Rest<'b> {
    pub(super) explicit: Option<&'b str>,
    pub(super) label: Option<&'b str>,
    pub(super) details: &'b str,
    #[serde(borrow)]
    pub(super) thresholds: Vec<&'b str>,
}

/// Revision, change, wording, claim, how it was written ticked.
#[derive(Serialize, Deserialize)]
pub(super) struct Record(
    pub(super) usize,
    pub(super) Option<Change>,
    pub(super) Number,
    pub(super) Claim,
    pub(super) Option<BornTicked>,
);

#[derive(Serialize, Deserialize)]
pub(super) struct State {
    pub(super) blob: Option<BlobId>,
    /// Wording, claim, parent.
    pub(super) items: Vec<(Number, Claim, Option<usize>)>,
    pub(super) cuts: Vec<Cut>,
    pub(super) trails: Vec<Way>,
    /// The records of all trails, then of all that is gone: there are thousands of short ones.
    pub(super) records: Vec<usize>,
    pub(super) gone: Vec<Gone>,
    pub(super) renamed: bool,
}

/// A piece: its length, whether it is closed, its headings, how many items it has.
#[derive(Serialize, Deserialize)]
pub(super) struct Cut(
    pub(super) usize,
    pub(super) bool,
    pub(super) Vec<(u8, Number)>,
    pub(super) usize,
);

/// The item's number, how many records it has, whether it is older than the clone.
#[derive(Serialize, Deserialize)]
pub(super) struct Way(pub(super) usize, pub(super) usize, pub(super) bool);

#[derive(Serialize, Deserialize)]
pub(super) struct Gone {
    pub(super) written: Number,
    pub(super) below: Option<Number>,
    pub(super) trail: Way,
    pub(super) last: Option<(BlobId, usize)>,
}

/// What was said of one item.
#[derive(Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) item: usize,
    pub(super) sign_offs: Vec<Word>,
    pub(super) taken_back: Vec<Word>,
    pub(super) evidence_for: Vec<Word>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Word {
    pub(super) by: Number,
    pub(super) written: Number,
    pub(super) text: Number,
    pub(super) meaning: Number,
    pub(super) thresholds: Vec<Number>,
    pub(super) context: Option<Number>,
    pub(super) approved: Option<[Number; 5]>,
    pub(super) taken_back_in: Option<Number>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Lost<'b> {
    pub(super) key: &'b str,
    pub(super) value: &'b str,
    pub(super) by: Number,
    pub(super) in_several: bool,
    /// The numbers of items.
    pub(super) unread_of: Vec<usize>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Held<'b> {
    pub(super) path: usize,
    #[serde(borrow)]
    pub(super) entry: Entry<'b>,
    pub(super) by: Option<Number>,
    /// The number of an item, and what is said of it.
    pub(super) words: Vec<(usize, Word)>,
    pub(super) in_several: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Entry<'b> {
    pub(super) item: &'b str,
    pub(super) by: &'b str,
    /// Seconds and nanoseconds: an entry is the same one by its very moment.
    pub(super) at: (i64, u32),
    pub(super) zoned: bool,
    pub(super) dated: &'b str,
    pub(super) note: Option<&'b str>,
    pub(super) line: usize,
}
