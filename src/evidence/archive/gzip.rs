//! One file compressed by itself. (RFC 1952: its check sum and its size stand at the end.)

use flate2::read::MultiGzDecoder;

use super::Fault;
use super::budget::{Budget, Measure};
use crate::model::Limits;

/// Whether bytes are those of a gzip file.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b")
}

/// What was compressed into `bytes`, of at most `most` bytes.
///
/// # Errors
/// Where any of it is cut off or damaged, or it inflates beyond a bound.
pub fn gunzip(bytes: &[u8], most: u64) -> Result<Vec<u8>, Fault> {
    let limits = Limits { entry: most, total: most, ..Limits::default() };
    let mut measure = Measure::of(bytes);
    let inflated =
        Budget::new(&limits).inflate(&mut MultiGzDecoder::new(bytes), "", &mut measure, true);
    inflated.map(|(_, inner)| inner)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn it_is_unpacked_whole_or_not_at_all() {
        let packed = gzip(b"<testsuite/>");
        assert_eq!(gunzip(&packed, 100).unwrap(), b"<testsuite/>");
        let two = [packed.clone(), gzip(b"<a/>")].concat();
        assert_eq!(gunzip(&two, 100).unwrap(), b"<testsuite/><a/>");
        for cut in 2..packed.len() {
            assert!(gunzip(&packed[..cut], 100).is_err(), "{cut}");
        }
        for at in 10..packed.len() {
            let mut flipped = packed.clone();
            flipped[at] ^= 1;
            assert!(gunzip(&flipped, 100).is_err(), "{at}");
        }
        assert!(gunzip(&[&*packed, b"more"].concat(), 100).is_err());
    }

    #[test]
    fn a_bomb_is_refused() {
        let packed = gzip(&vec![0; 64 << 20]);
        assert!(gunzip(&packed, 512 << 20).unwrap_err().why.contains("times its size"));
        assert!(gunzip(&gzip(&[7; 4_000]), 1_000).unwrap_err().limit);
    }
}
