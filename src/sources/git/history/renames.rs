//! Under which name a file was known before a commit gave it another.
//!
//! As git does: a file that a commit adds and one that it removes are the same file under another
//! name where they hold the same bytes, or else where at least half of their lines are the same.
//! Unlike git, a line whose box was ticked counts as the same line: a team that renames its
//! checklist for a release ticks it in the same commit.

use std::collections::BTreeMap;

use git2::{Odb, Oid};

use crate::model::map::{HashMap, HashMapExt};
use crate::sources::git::commit::lossy;
use crate::sources::git::error::GitError;

use super::folders::{Folders, Kind, differing};

/// The share of lines in common from which two files are taken for one.
const ALIKE: f64 = 0.5;

/// How many removed files are listed, and how many of them are read.
const MOST_GONE: usize = 50_000;
const MOST_READ: usize = 256;

/// Larger files are followed only where their bytes stayed the same.
const LARGEST: usize = 1 << 20;

/// A file that a commit added, and the name and bytes that it had before.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Renamed {
    pub(super) path: usize,
    pub(super) from: String,
    pub(super) was: Oid,
}

/// A file that a commit added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Added<'a> {
    pub(super) path: usize,
    pub(super) name: &'a str,
    pub(super) blob: Oid,
}

struct Gone {
    path: String,
    blob: Oid,
}

/// The older names of files that differ between two root folders by being added.
pub(super) fn renamed(
    objects: &Odb<'_>,
    folders: &mut Folders<'_>,
    (old, new): (Oid, Oid),
    added: &[Added<'_>],
) -> Result<Vec<Renamed>, GitError> {
    let mut gone = gone(folders, old, new)?;
    let mut found = Vec::new();
    let mut changed = Vec::new();
    for file in added {
        let same = gone
            .iter()
            .enumerate()
            .filter(|(_, gone)| gone.blob == file.blob)
            .min_by_key(|(_, gone)| (file_name(&gone.path) != file_name(file.name), &gone.path))
            .map(|(at, _)| at);
        match same.map(|at| gone.remove(at)) {
            Some(Gone { path, blob }) => {
                found.push(Renamed { path: file.path, from: path, was: blob });
            }
            None => changed.push(*file),
        }
    }
    if !changed.is_empty() {
        found.extend(alike(objects, &gone, &changed));
    }
    Ok(found)
}

/// Every file of the old root folder that the new one does not hold, sorted by path.
fn gone(folders: &mut Folders<'_>, old: Oid, new: Oid) -> Result<Vec<Gone>, GitError> {
    let mut gone = Vec::new();
    let mut waiting = vec![(String::new(), Some(old), Some(new))];
    while let Some((prefix, old, new)) = waiting.pop() {
        let (old, new) = (folders.read(old)?, folders.read(new)?);
        differing(&old, &new, |old, new| {
            let Some(old) = old else { return };
            let path = || format!("{prefix}{}", lossy(old.name));
            match (old.kind, new.filter(|new| new.kind == old.kind)) {
                (Kind::Folder, new) => {
                    waiting.push((path() + "/", old.id(), new.and_then(|new| new.id())));
                }
                (Kind::File, None) => {
                    gone.extend(old.id().map(|blob| Gone { path: path(), blob }));
                }
                (Kind::File, Some(_)) | (Kind::Other, _) => {}
            }
        })?;
        if gone.len() > MOST_GONE {
            break;
        }
    }
    gone.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(gone)
}

/// Pairs each added file with the removed one that it is most alike, the best pairs first.
fn alike(objects: &Odb<'_>, gone: &[Gone], added: &[Added<'_>]) -> Vec<Renamed> {
    let mut candidates: Vec<&Gone> = gone
        .iter()
        .filter(|gone| added.iter().any(|file| extension(&gone.path) == extension(file.name)))
        .collect();
    candidates.sort_by_key(|gone| {
        !added.iter().any(|file| file_name(&gone.path) == file_name(file.name))
    });
    candidates.truncate(MOST_READ);
    let lines = |blob: Oid| Lines::of(objects, blob);
    let was: Vec<Option<Lines>> = candidates.iter().map(|gone| lines(gone.blob)).collect();
    let mut pairs = Vec::new();
    for (file, is) in added.iter().map(|file| lines(file.blob)).enumerate() {
        let Some(is) = is else { continue };
        for (gone, was) in was.iter().enumerate() {
            let share = was.as_ref().map_or(0.0, |was| was.shared(&is));
            if share >= ALIKE {
                pairs.push((share, file, gone));
            }
        }
    }
    let of = |(file, gone): (usize, usize)| {
        let (file, gone) = (added.get(file)?, candidates.get(gone)?);
        Some(Renamed { path: file.path, from: gone.path.clone(), was: gone.blob })
    };
    best(pairs).into_iter().filter_map(of).collect()
}

/// Of pairs of a new file and a gone one with what they share, each file's best, the best pairs first.
fn best(mut pairs: Vec<(f64, usize, usize)>) -> BTreeMap<usize, usize> {
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut found: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, new, gone) in pairs {
        if !found.contains_key(&new) && !found.values().any(|taken| *taken == gone) {
            found.insert(new, gone);
        }
    }
    found
}

/// The older names of files that only the work tree has, of those that only the commit has; each file with
/// its bytes.
pub fn renamed_uncommitted(
    gone: &[(String, Vec<u8>)],
    new: &[(String, Vec<u8>)],
) -> BTreeMap<String, String> {
    let mut same = Vec::new();
    for (at, (name, bytes)) in new.iter().enumerate() {
        let equal = gone.iter().enumerate().filter(|(_, (_, before))| before == bytes);
        same.extend(equal.map(|(of, (was, _))| {
            let is_named_so = file_name(was) == file_name(name);
            (if is_named_so { 2.0 } else { 1.0 }, at, of)
        }));
    }
    let mut found = best(same);
    let is_left = |of: &usize| !found.values().any(|taken| taken == of);
    let left: Vec<usize> = (0..gone.len()).filter(is_left).take(MOST_READ).collect();
    let was: Vec<Lines> = left.iter().map(|of| Lines::in_bytes(&gone[*of].1)).collect();
    let mut pairs = Vec::new();
    for at in (0..new.len()).filter(|at| !found.contains_key(at) && !left.is_empty()) {
        let is = Lines::in_bytes(&new[at].1);
        let shares = left.iter().zip(&was).map(|(of, was)| (was.shared(&is), at, *of));
        pairs.extend(shares.filter(|(share, ..)| *share >= ALIKE));
    }
    found.extend(best(pairs));
    let names = found.into_iter();
    names.map(|(new_at, gone_at)| (new[new_at].0.clone(), gone[gone_at].0.clone())).collect()
}

/// How often each line stands in a file, and how many lines there are. Blank lines say nothing,
/// and what stands in a box does not matter.
struct Lines {
    counts: HashMap<Vec<u8>, u32>,
    total: u32,
}

impl Lines {
    fn of(objects: &Odb<'_>, blob: Oid) -> Option<Lines> {
        let object = objects.read(blob).ok().filter(|object| object.len() <= LARGEST)?;
        Some(Lines::in_bytes(object.data()))
    }

    fn in_bytes(bytes: &[u8]) -> Lines {
        let mut lines = Lines { counts: HashMap::new(), total: 0 };
        for line in bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
            if !line.is_empty() {
                *lines.counts.entry(unticked(line)).or_default() += 1;
                lines.total += 1;
            }
        }
        lines
    }

    /// The share of both files' lines that they have in common, 0 to 1.
    fn shared(&self, other: &Lines) -> f64 {
        let common: u32 = self
            .counts
            .iter()
            .map(|(line, count)| other.counts.get(line).map_or(0, |other| *count.min(other)))
            .sum();
        let total = self.total + other.total;
        if total == 0 { 0.0 } else { 2.0 * f64::from(common) / f64::from(total) }
    }
}

/// The line with an empty box in place of its first.
fn unticked(line: &[u8]) -> Vec<u8> {
    let mut line = line.to_vec();
    if let Some(at) = line.windows(3).position(|three| matches!(three, b"[x]" | b"[X]")) {
        line[at + 1] = b' ';
    }
    line
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn extension(path: &str) -> Option<String> {
    file_name(path).rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}
