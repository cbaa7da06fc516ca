//! Folders of commits as git stores them, and what differs between two.

use std::cmp::Ordering;
use std::rc::Rc;

use git2::{Odb, OdbObject, Oid};

use crate::model::map::{HashMap, HashMapExt};
use crate::sources::git::error::{GitError, GitErrorKind};

/// How many folders are kept at hand. A commit's folders are those of its neighbours but for a few.
const KEPT: usize = 4_096;

const ID: usize = 20;

/// What an entry of a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A link or a submodule.
    Other,
}

/// An entry of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry<'f> {
    pub(super) kind: Kind,
    pub(super) name: &'f [u8],
    id: &'f [u8],
}

impl Entry<'_> {
    /// The id of what the entry holds; `None` for bytes that are no id.
    pub(super) fn id(&self) -> Option<Oid> {
        Oid::from_bytes(self.id).ok()
    }

    /// Git sorts folders as if their names ended in `/`.
    fn order(&self, other: &Entry<'_>) -> Ordering {
        let common = self.name.len().min(other.name.len());
        let end = |entry: &Entry<'_>| match entry.name.get(common) {
            Some(byte) => *byte,
            None if entry.kind == Kind::Folder => b'/',
            None => 0,
        };
        self.name[..common]
            .cmp(&other.name[..common])
            .then_with(|| end(self).cmp(&end(other)))
            .then_with(|| self.name.len().cmp(&other.name.len()))
    }
}

/// The folder's bytes, read once while they are in use.
pub(super) struct Folders<'o> {
    objects: &'o Odb<'o>,
    kept: HashMap<Oid, Folder<'o>>,
}

/// A folder's bytes; `None` for a folder that is not there.
pub(super) type Folder<'o> = Option<Rc<OdbObject<'o>>>;

impl<'o> Folders<'o> {
    pub(super) fn new(objects: &'o Odb<'o>) -> Folders<'o> {
        Folders { objects, kept: HashMap::new() }
    }

    /// Reads a folder.
    pub(super) fn read(&mut self, id: Option<Oid>) -> Result<Folder<'o>, GitError> {
        let Some(id) = id else { return Ok(None) };
        if let Some(known) = self.kept.get(&id) {
            return Ok(known.clone());
        }
        let read = self.objects.read(id);
        let folder = read.map_err(|fault| GitError::reading("a folder of the history", &fault))?;
        let folder = Some(Rc::new(folder));
        if self.kept.len() >= KEPT {
            self.kept.clear();
        }
        self.kept.insert(id, folder.clone());
        Ok(folder)
    }
}

/// Calls `each` with every entry that one of two folders holds otherwise than the other.
pub(super) fn differing<'f>(
    old: &'f Folder<'_>,
    new: &'f Folder<'_>,
    mut each: impl FnMut(Option<Entry<'f>>, Option<Entry<'f>>),
) -> Result<(), GitError> {
    let mut old = Entries { rest: bytes(old) };
    let mut new = Entries { rest: bytes(new) };
    let (mut left, mut right) = (old.next()?, new.next()?);
    loop {
        let order = match (&left, &right) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(left), Some(right)) => left.order(right),
        };
        if order == Ordering::Equal {
            if left != right {
                each(left, right);
            }
        } else if order == Ordering::Less {
            each(left, None);
        } else {
            each(None, right);
        }
        if order != Ordering::Greater {
            left = old.next()?;
        }
        if order != Ordering::Less {
            right = new.next()?;
        }
    }
}

fn bytes<'f>(folder: &'f Folder<'_>) -> &'f [u8] {
    folder.as_deref().map(OdbObject::data).unwrap_or_default()
}

/// The entries of a folder: `MODE NAME\0` and the 20 bytes of an id, one after the other.
struct Entries<'f> {
    rest: &'f [u8],
}

impl<'f> Entries<'f> {
    fn next(&mut self) -> Result<Option<Entry<'f>>, GitError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let entry = self.split();
        if entry.is_none() {
            return Err(GitError::new(
                GitErrorKind::Damaged,
                "a folder of the history is not as git writes one",
            )
            .with_hint("Run `git fsck`."));
        }
        Ok(entry)
    }

    fn split(&mut self) -> Option<Entry<'f>> {
        let end = self.rest.iter().position(|byte| *byte == 0)?;
        let (head, tail) = (self.rest.get(..end)?, self.rest.get(end + 1..)?);
        let space = head.iter().position(|byte| *byte == b' ')?;
        let (mode, name) = (head.get(..space)?, head.get(space + 1..)?);
        let kind = match mode {
            [b'1', b'0', b'0', ..] => Kind::File,
            b"40000" | b"040000" => Kind::Folder,
            _ => Kind::Other,
        };
        let id = tail.get(..ID)?;
        self.rest = tail.get(ID..)?;
        Some(Entry { kind, name, id })
    }
}
