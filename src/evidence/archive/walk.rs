//! Walking an archive entry by entry, into the archives within it.

use std::collections::BTreeSet;

use super::budget::{Budget, Measure};
use super::{Fault, tar, zip};
use crate::model::{ArchiveKind, Limits, archive_kind, within_archive};

/// Archives may lie in an archive, and no deeper.
const DEEPEST: usize = 1;

/// Why an archive of a kind that is not read is not.
const NOT_OPENED: &str = "archives of this kind are not opened, only .zip, .tar, .tar.gz and .tgz";

/// What an archive holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// Its files by their full names (`a.zip!/b.xml`), in the archive's order.
    pub names: Vec<String>,
    /// What in it is not read.
    pub skipped: Vec<Skipped>,
}

/// An entry that is not read: a link, or something encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its full name.
    pub name: String,
    /// As it stands behind "cannot be read: ".
    pub why: String,
    /// The full name under which files may lie in it.
    pub within: Option<String>,
}

/// What a packed entry is.
pub(super) enum Packed<'e> {
    /// A file, and the size that its header declares.
    File(&'e mut dyn std::io::Read, Option<u64>),
    /// A link to a file or a folder.
    Link,
    /// A file that cannot be read, and why.
    Closed(&'static str),
}

/// Reads the archive in `bytes`, which is called `path`, to its end.
///
/// # Errors
/// Where any part of it is cut off or damaged, lies, leads out of it, or passes a bound.
pub fn contents(path: &str, bytes: &[u8], limits: &Limits) -> Result<Contents, Fault> {
    let mut nobody = |_: &str, _: Vec<u8>| {};
    let mut walk = Walk::new(limits, &|_| false, &mut nobody);
    walk.archive(path, bytes, 0)?;
    Ok(walk.contents)
}

/// Hands the bytes of every entry that is `wanted` to `visit`, by their full names.
///
/// # Errors
/// As [`contents`]; what was handed out before the fault was found does not count either.
pub fn each(
    path: &str,
    bytes: &[u8],
    limits: &Limits,
    wanted: &dyn Fn(&str) -> bool,
    visit: &mut dyn FnMut(&str, Vec<u8>),
) -> Result<(), Fault> {
    Walk::new(limits, wanted, visit).archive(path, bytes, 0)
}

/// A walk under way.
pub(super) struct Walk<'w> {
    budget: Budget<'w>,
    wanted: &'w dyn Fn(&str) -> bool,
    visit: &'w mut dyn FnMut(&str, Vec<u8>),
    contents: Contents,
    told: BTreeSet<String>,
}

impl<'w> Walk<'w> {
    fn new(
        limits: &'w Limits,
        wanted: &'w dyn Fn(&str) -> bool,
        visit: &'w mut dyn FnMut(&str, Vec<u8>),
    ) -> Walk<'w> {
        let budget = Budget::new(limits);
        Walk { budget, wanted, visit, contents: Contents::default(), told: BTreeSet::new() }
    }

    fn archive(&mut self, path: &str, bytes: &[u8], depth: usize) -> Result<(), Fault> {
        let mut place = Place { path, depth, measure: Measure::of(bytes) };
        match archive_kind(path) {
            Some(ArchiveKind::Zip) => zip::walk(bytes, self, &mut place),
            Some(ArchiveKind::Tar) => tar::walk(bytes, self, &mut place),
            Some(ArchiveKind::TarGz) => tar::walk_gz(bytes, self, &mut place),
            Some(ArchiveKind::Unread) => Err(Fault::broken(NOT_OPENED)),
            None => Err(Fault::broken("its name is not that of an archive")),
        }
    }

    /// One entry that is no folder.
    pub(super) fn entry(
        &mut self,
        inner: &str,
        packed: Packed<'_>,
        place: &mut Place<'_>,
    ) -> Result<(), Fault> {
        let name = format!("{}/{inner}", within_archive(place.path));
        self.budget.entry()?;
        if !self.told.insert(name.clone()) {
            return Err(Fault::broken(format!("two of its entries are called {inner}")));
        }
        let (content, declared) = match packed {
            Packed::File(content, declared) => (content, declared),
            Packed::Link => {
                let why = "links are not followed".to_owned();
                self.contents.skipped.push(Skipped { within: Some(name.clone()), name, why });
                return Ok(());
            }
            Packed::Closed(why) => {
                let within = archive_kind(inner).map(|_| within_archive(&name));
                self.contents.skipped.push(Skipped { name, why: why.to_owned(), within });
                return Ok(());
            }
        };
        let kind = archive_kind(inner);
        let nested = kind.is_some();
        let wanted = nested && place.depth < DEEPEST || !nested && (self.wanted)(&name);
        let (size, bytes) = self.budget.inflate(content, inner, &mut place.measure, wanted)?;
        if declared.is_some_and(|declared| declared != size) {
            return Err(Fault::broken(format!("its entry {inner} has another size than it says")));
        }
        match (nested, place.depth < DEEPEST) {
            _ if kind == Some(ArchiveKind::Unread) => {
                let within = Some(within_archive(&name));
                self.contents.skipped.push(Skipped { name, why: NOT_OPENED.to_owned(), within });
                Ok(())
            }
            (true, true) => self.nested(&name, inner, &bytes, place.depth + 1),
            (true, false) => {
                let why = "an archive within an archive within an archive is not opened".to_owned();
                let within = Some(within_archive(&name));
                self.contents.skipped.push(Skipped { name, why, within });
                Ok(())
            }
            (false, _) => {
                if wanted {
                    (self.visit)(&name, bytes);
                }
                self.contents.names.push(name);
                Ok(())
            }
        }
    }

    /// What stands behind the last entry, to the end.
    pub(super) fn rest(
        &mut self,
        rest: &mut dyn std::io::Read,
        place: &mut Place<'_>,
    ) -> Result<(), Fault> {
        self.budget.inflate(rest, "", &mut place.measure, false).map(|_| ())
    }

    /// The most that an archive can inflate to, with a header before each entry.
    pub(super) fn most(&self) -> u64 {
        self.budget.most()
    }

    fn nested(&mut self, name: &str, inner: &str, bytes: &[u8], depth: usize) -> Result<(), Fault> {
        self.archive(name, bytes, depth)
            .map_err(|fault| Fault { why: format!("of {inner} in it: {}", fault.why), ..fault })
    }
}

/// Where a walk is.
pub(super) struct Place<'p> {
    path: &'p str,
    depth: usize,
    measure: Measure,
}
