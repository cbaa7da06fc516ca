//! Archives as test data: honest ones, and every lie that a ZIP or tar file can tell.

use std::io::Write as _;

/// One entry of a ZIP file, with what its headers say of it.
#[derive(Clone)]
pub(crate) struct Zipped {
    name: Vec<u8>,
    content: Vec<u8>,
    /// What the header before the content says, where it differs from the directory.
    pub(crate) local_name: Option<Vec<u8>>,
    /// Bit 0: encrypted.
    pub(crate) flags: u16,
    /// 0 stored, 8 deflated.
    pub(crate) method: u16,
    /// The Unix mode.
    pub(crate) mode: u32,
    /// The inflated size that both headers declare.
    pub(crate) declared: Option<u32>,
    /// Where the directory says that it begins, by the index of another entry.
    pub(crate) shares: Option<usize>,
}

/// A plain file, deflated.
pub(crate) fn zipped(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Zipped {
    Zipped {
        name: name.as_ref().to_vec(),
        content: content.as_ref().to_vec(),
        local_name: None,
        flags: 0,
        method: 8,
        mode: 0o100_644,
        declared: None,
        shares: None,
    }
}

/// A ZIP file of these entries, as its headers tell them.
pub(crate) fn zip(entries: &[Zipped]) -> Vec<u8> {
    let (mut out, mut directory, mut starts) = (Vec::new(), Vec::new(), Vec::new());
    for entry in entries {
        let start = out.len() as u32;
        starts.push(start);
        let packed =
            if entry.method == 8 { deflated(&entry.content) } else { entry.content.clone() };
        let sizes = (packed.len() as u32, entry.declared.unwrap_or(entry.content.len() as u32));
        let head = header(entry, sizes);
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&head);
        let local = entry.local_name.as_ref().unwrap_or(&entry.name);
        out.extend_from_slice(&(local.len() as u16).to_le_bytes());
        out.extend_from_slice(&[0; 2]);
        out.extend_from_slice(local);
        out.extend_from_slice(&packed);
        directory.extend_from_slice(b"PK\x01\x02\x14\x03");
        directory.extend_from_slice(&head);
        directory.extend_from_slice(&(entry.name.len() as u16).to_le_bytes());
        directory.extend_from_slice(&[0; 8]);
        directory.extend_from_slice(&(entry.mode << 16).to_le_bytes());
        let start = entry.shares.map_or(start, |other| starts[other]);
        directory.extend_from_slice(&start.to_le_bytes());
        directory.extend_from_slice(&entry.name);
    }
    let at = out.len() as u32;
    let count = (entries.len() as u16).to_le_bytes();
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&[count, count].concat());
    out.extend_from_slice(&(directory.len() as u32).to_le_bytes());
    out.extend_from_slice(&at.to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    out
}

/// What both headers share: version, flags, method, time, check sum and sizes.
fn header(entry: &Zipped, (packed, size): (u32, u32)) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(&entry.content);
    let mut head = vec![20, 0];
    head.extend_from_slice(&entry.flags.to_le_bytes());
    head.extend_from_slice(&entry.method.to_le_bytes());
    head.extend_from_slice(&[0, 0, 0x21, 0x50]);
    head.extend_from_slice(&sum.sum().to_le_bytes());
    head.extend_from_slice(&packed.to_le_bytes());
    head.extend_from_slice(&size.to_le_bytes());
    head
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A gzip file.
pub(crate) fn gz(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A tar file of these entries: kind (`0` file, `2` link, `5` folder), name, content.
pub(crate) fn tar(entries: &[(u8, &str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (kind, name, content) in entries {
        let mut header = tar::Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_entry_type(tar::EntryType::new(*kind));
        header.set_cksum();
        out.extend_from_slice(header.as_bytes());
        out.extend_from_slice(content);
        out.resize(out.len().div_ceil(512) * 512, 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}
