//! The digest that auditors check with `sha256sum`.

use std::io::{self, Write};

use sha2::{Digest as _, Sha256};

use crate::model::Digest;

/// The SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// Hands on what is written, and knows its SHA-256 and its length in the end.
#[derive(Debug)]
pub struct Digesting<W> {
    to: W,
    digest: Sha256,
    bytes: u64,
}

impl<W: Write> Digesting<W> {
    /// Hands on to `to`.
    pub fn new(to: W) -> Digesting<W> {
        Digesting { to, digest: Sha256::new(), bytes: 0 }
    }

    /// The SHA-256 and the number of the bytes that were written.
    pub fn finish(self) -> (Digest, u64) {
        (Digest(self.digest.finalize().into()), self.bytes)
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_sha256sum() {
        assert_eq!(
            sha256(b"trueup\n").to_string(),
            "aff88d8805f89dc93233075b32b3bbf6c52d9d5d37f344896696c445813c1e63"
        );
        assert_eq!(
            sha256(b"").to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn what_is_written_in_pieces_has_the_digest_of_the_whole() {
        let mut to = Vec::new();
        let mut digesting = Digesting::new(&mut to);
        ["true", "", "up\n"].iter().for_each(|part| digesting.write_all(part.as_bytes()).unwrap());
        assert_eq!(digesting.finish(), (sha256(b"trueup\n"), 7));
        assert_eq!(to, b"trueup\n");
    }
}
