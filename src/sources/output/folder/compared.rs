//! A file that is written a piece at a time, and only from where it differs from the present one.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;

/// A file of the fresh folder. As long as the present file says the same, nothing is written.
pub(super) struct Compared {
    present: PathBuf,
    place: PathBuf,
    /// The present file behind what was said so far; `None` once they differ.
    same: Option<BufReader<File>>,
    /// How much of it is the same.
    agreed: u64,
    /// The file at `place`, once they differ.
    fresh: Option<File>,
    /// What is read to compare with.
    room: Vec<u8>,
}

impl Compared {
    /// The file at `place`, to be compared with the one at `present`.
    pub(super) fn begin(present: PathBuf, place: PathBuf) -> Compared {
        let is_file = present.symlink_metadata().is_ok_and(|data| data.is_file());
        let same = is_file.then(|| File::open(&present).ok()).flatten().map(BufReader::new);
        Compared { present, place, same, agreed: 0, fresh: None, room: Vec::new() }
    }

    /// Whether the present file is the same to its end, and none was written.
    pub(super) fn finish(mut self) -> io::Result<bool> {
        let ends = match &mut self.same {
            Some(present) => present.read(&mut [0])? == 0,
            None => false,
        };
        if !ends {
            self.fresh()?;
        }
        Ok(ends)
    }

    /// Whether the present file goes on with `bytes`.
    fn agrees(&mut self, bytes: &[u8]) -> bool {
        let Some(present) = &mut self.same else { return false };
        self.room.resize(bytes.len(), 0);
        let agrees = present.read_exact(&mut self.room).is_ok() && self.room == bytes;
        if agrees {
            self.agreed += bytes.len() as u64;
        } else {
            self.same = None;
        }
        agrees
    }

    /// The fresh file, with what the present one has the same.
    fn fresh(&mut self) -> io::Result<&mut File> {
        let fresh = match self.fresh.take() {
            Some(fresh) => fresh,
            None => {
                let mut fresh = File::create_new(&self.place)?;
                if self.agreed > 0 {
                    io::copy(&mut File::open(&self.present)?.take(self.agreed), &mut fresh)?;
                }
                fresh
            }
        };
        Ok(self.fresh.insert(fresh))
    }
}

impl Write for Compared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.agrees(bytes) {
            self.fresh()?.write_all(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_written_from_where_it_differs() {
        let dir = tempfile::tempdir().unwrap();
        let (present, place) = (dir.path().join("present"), dir.path().join("fresh"));
        for (was, pieces) in [
            (Some("one two"), ["one", " two"]),
            (Some("one two"), ["one", ""]),
            (Some("one two"), ["one", " to"]),
            (Some("one two"), ["one two", " three"]),
            (Some("one two"), ["two", " three"]),
            (Some(""), ["", ""]),
            (Some(""), ["", "a"]),
            (Some("a"), ["", ""]),
            (None, ["one", " two"]),
            (None, ["", ""]),
        ] {
            let _ = (fs::remove_file(&present), fs::remove_file(&place));
            was.iter().for_each(|was| fs::write(&present, was).unwrap());
            let mut file = Compared::begin(present.clone(), place.clone());
            pieces.iter().for_each(|piece| file.write_all(piece.as_bytes()).unwrap());
            let kept = file.finish().unwrap();
            assert_eq!(kept, was == Some(pieces.concat().as_str()), "{was:?} {pieces:?}");
            let written = fs::read_to_string(&place).ok();
            assert_eq!(written, (!kept).then(|| pieces.concat()), "{was:?} {pieces:?}");
        }
    }
}
