//! ZIP: the door to the `zip` crate. (APPNOTE.TXT of PKWARE.)

use std::io::Cursor;

use ::zip::result::ZipError;
use ::zip::{CompressionMethod, ZipArchive};

use super::Fault;
use super::names::inside;
use super::walk::{Packed, Place, Walk};

/// The methods that CI packs by.
const READ: [CompressionMethod; 2] = [CompressionMethod::Stored, CompressionMethod::Deflated];

/// Walks a ZIP file. The directory at its end is what counts; that every header before it says the
/// same, and that no two entries share a byte, is asked first.
pub(super) fn walk(bytes: &[u8], walk: &mut Walk<'_>, place: &mut Place<'_>) -> Result<(), Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| whole(&fault))?;
    if archive.offset() != 0 {
        return Err(Fault::broken("something stands before its first entry"));
    }
    if !ends_there(bytes, archive.comment().len()) {
        return Err(Fault::broken("something stands behind its end"));
    }
    archive.validate_header_consistency().map_err(|fault| whole(&fault))?;
    for index in 0..archive.len() {
        let (name, closed) = {
            let entry = archive.by_index_raw(index).map_err(|fault| whole(&fault))?;
            let raw = entry.name().map_err(|fault| whole(&fault))?;
            if entry.is_dir() {
                inside(&raw)?;
                continue;
            }
            let closed = match () {
                () if entry.encrypted() => Some(Packed::Closed("it is encrypted")),
                () if entry.is_symlink() => Some(Packed::Link),
                () if !READ.contains(&entry.compression()) => {
                    Some(Packed::Closed("it is packed by a method that is not read"))
                }
                () => None,
            };
            (inside(&raw)?, closed)
        };
        if let Some(closed) = closed {
            walk.entry(&name, closed, place)?;
            continue;
        }
        let mut entry = archive.by_index(index).map_err(|fault| whole(&fault))?;
        let size = entry.size();
        walk.entry(&name, Packed::File(&mut entry, Some(size)), place)?;
    }
    Ok(())
}

/// Whether the record that ends the directory, with its comment, ends the file too. (APPNOTE 4.3.16)
fn ends_there(bytes: &[u8], comment: usize) -> bool {
    const RECORD: usize = 22;
    let record = bytes.len().checked_sub(RECORD + comment).and_then(|at| bytes.get(at..));
    record.is_some_and(|record| record.starts_with(b"PK\x05\x06"))
}

fn whole(fault: &ZipError) -> Fault {
    Fault::broken(format!("it is no whole ZIP archive ({fault})"))
}
