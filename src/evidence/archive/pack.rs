//! Packing files into one archive, the same bytes for the same files.

use std::io::{Cursor, Write as _};

use ::tar::{Builder, Header};
use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, ZipWriter};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::model::ArchiveKind;

/// An archive of `files`, each a name and its bytes, in their order and without a time.
///
/// # Errors
/// A sentence, where a name or a size is beyond what the kind can hold.
pub fn pack(kind: ArchiveKind, files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, String> {
    match kind {
        ArchiveKind::Zip => zip(files).map_err(|fault| fault.to_string()),
        ArchiveKind::Tar => tar(Vec::new(), files).map_err(|fault| fault.to_string()),
        ArchiveKind::TarGz => {
            let encoder = GzEncoder::new(Vec::new(), Compression::default());
            tar(encoder, files).and_then(GzEncoder::finish).map_err(|fault| fault.to_string())
        }
        ArchiveKind::Unread => Err("archives of this kind are not written".to_owned()),
    }
}

fn zip(files: &[(String, Vec<u8>)]) -> ::zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

fn tar<W: std::io::Write>(into: W, files: &[(String, Vec<u8>)]) -> std::io::Result<W> {
    let mut builder = Builder::new(into);
    for (name, bytes) in files {
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, bytes.as_slice())?;
    }
    builder.into_inner()
}

#[cfg(test)]
mod tests {
    use super::super::each;
    use super::*;
    use crate::model::Limits;

    #[test]
    fn what_is_packed_is_read_again_and_twice_the_same() {
        let long = format!("{}/b.xml", "x".repeat(150));
        let files = [("a.xml".to_owned(), b"<a/>".to_vec()), (long, Vec::new())];
        for (kind, path) in [
            (ArchiveKind::Zip, "o.zip"),
            (ArchiveKind::Tar, "o.tar"),
            (ArchiveKind::TarGz, "o.tar.gz"),
        ] {
            let packed = pack(kind, &files).unwrap();
            assert_eq!(packed, pack(kind, &files).unwrap());
            let mut read = Vec::new();
            let visit = &mut |name: &str, bytes: Vec<u8>| {
                let name = name.strip_prefix(&format!("{path}!/")).unwrap().to_owned();
                read.push((name, bytes));
            };
            each(path, &packed, &Limits::default(), &|_| true, visit).unwrap();
            assert_eq!(read, files);
        }
    }
}
