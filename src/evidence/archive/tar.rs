//! tar, plain and gzipped: the door to the `tar` and `flate2` crates. (POSIX pax, GNU tar, RFC 1952.)

use std::cell::Cell;
use std::io::{Error, Read, Result as IoResult};

use ::tar::{Archive, EntryType};
use flate2::read::MultiGzDecoder;

use super::Fault;
use super::names::inside;
use super::walk::{Packed, Place, Walk};

/// A tar file is written in blocks of so many bytes.
const BLOCK: u64 = 512;

/// Walks a tar file.
pub(super) fn walk(bytes: &[u8], walk: &mut Walk<'_>, place: &mut Place<'_>) -> Result<(), Fault> {
    stream(bytes, walk, place)
}

/// Walks a gzipped tar file. The check sums at the ends of its members are read as well.
pub(super) fn walk_gz(
    bytes: &[u8],
    walk: &mut Walk<'_>,
    place: &mut Place<'_>,
) -> Result<(), Fault> {
    stream(MultiGzDecoder::new(bytes), walk, place)
}

fn stream(from: impl Read, walk: &mut Walk<'_>, place: &mut Place<'_>) -> Result<(), Fault> {
    let read = Cell::new(0);
    let mut counted = Counted { from, read: &read, most: walk.most() };
    let end = entries(&mut counted, walk, place)?;
    let mut zeros = Zeros { rest: &mut counted, only: true };
    walk.rest(&mut zeros, place)?;
    // Without the zeros it was cut off between two entries; with anything else behind them, it
    // holds what most programs do not see.
    let only_zeros = zeros.only;
    match () {
        () if read.get() < end.saturating_add(BLOCK) => {
            Err(Fault::broken("it is cut off: the block that ends it is missing"))
        }
        () if !only_zeros => Err(Fault::broken("something stands behind its end")),
        () => Ok(()),
    }
}

/// Every entry; returns where the last one ends.
fn entries(from: &mut dyn Read, walk: &mut Walk<'_>, place: &mut Place<'_>) -> Result<u64, Fault> {
    let mut archive = Archive::new(from);
    let mut end = 0;
    for entry in archive.entries().map_err(|fault| whole(&fault))? {
        let mut entry = entry.map_err(|fault| whole(&fault))?;
        let kind = entry.header().entry_type();
        let packed = match kind {
            EntryType::GNUSparse => entry.header().entry_size().map_err(|fault| whole(&fault))?,
            _ => entry.size(),
        };
        end = entry.raw_file_position().saturating_add(packed);
        if kind == EntryType::XGlobalHeader {
            continue;
        }
        let path = entry.path_bytes().into_owned();
        let Ok(raw) = String::from_utf8(path) else {
            return Err(Fault::broken("the name of an entry is not UTF-8"));
        };
        let name = inside(&raw)?;
        match kind {
            EntryType::Directory => {}
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {
                let size = entry.size();
                walk.entry(&name, Packed::File(&mut entry, Some(size)), place)?;
            }
            EntryType::Symlink | EntryType::Link => walk.entry(&name, Packed::Link, place)?,
            _ => walk.entry(&name, Packed::Closed("it is no regular file"), place)?,
        }
    }
    Ok(end)
}

fn whole(fault: &std::io::Error) -> Fault {
    Fault::broken(format!("it is no whole tar archive ({fault})"))
}

/// Counts what is read, names and other headers included, and stops where it is too much.
struct Counted<'c, R> {
    from: R,
    read: &'c Cell<u64>,
    most: u64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> IoResult<usize> {
        let read = self.from.read(into)?;
        self.read.set(self.read.get().saturating_add(read as u64));
        if self.read.get() > self.most {
            return Err(Error::other("its headers are beyond every bound"));
        }
        Ok(read)
    }
}

/// Looks whether all that is read is zero.
struct Zeros<'r> {
    rest: &'r mut dyn Read,
    only: bool,
}

impl Read for Zeros<'_> {
    fn read(&mut self, into: &mut [u8]) -> IoResult<usize> {
        let read = self.rest.read(into)?;
        self.only &= into.iter().take(read).all(|&byte| byte == 0);
        Ok(read)
    }
}
