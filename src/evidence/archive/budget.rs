//! How much of an archive may still be inflated.

use std::io::Read;

use super::Fault;
use crate::model::{Limits, written_size};

/// Below this an archive may inflate to any multiple of its size.
const SMALL: u64 = 1 << 20;

/// What stands in a stream for each entry besides its content.
const HEADERS: u64 = 4 << 10;

/// The bounds of one archive and of those within it, as far as they are used up.
pub(super) struct Budget<'l> {
    limits: &'l Limits,
    entries: u64,
    total: u64,
}

/// One archive's own size, and what it inflated to so far.
pub(super) struct Measure {
    packed: u64,
    inflated: u64,
}

impl Measure {
    pub(super) fn of(bytes: &[u8]) -> Measure {
        Measure { packed: bytes.len() as u64, inflated: 0 }
    }
}

impl<'l> Budget<'l> {
    pub(super) fn new(limits: &'l Limits) -> Budget<'l> {
        Budget { limits, entries: 0, total: 0 }
    }

    /// Counts one more entry.
    pub(super) fn entry(&mut self) -> Result<(), Fault> {
        self.entries += 1;
        let most = self.limits.entries;
        if self.entries > most {
            return Err(Fault::limit(format!(
                "it holds more than {most} entries (`archive-entries`)"
            )));
        }
        Ok(())
    }

    /// Reads an entry (or, without a name, what stands behind the last) to its end. What is inflated is counted as it comes, whatever a header
    /// declares; the bytes are kept where they are wanted.
    pub(super) fn inflate(
        &mut self,
        entry: &mut dyn Read,
        name: &str,
        archive: &mut Measure,
        wanted: bool,
    ) -> Result<(u64, Vec<u8>), Fault> {
        let (mut size, mut kept) = (0, Vec::new());
        let mut chunk = vec![0; 64 << 10];
        loop {
            let read = match entry.read(&mut chunk) {
                Ok(0) => return Ok((size, kept)),
                Ok(read) => read,
                Err(fault) if fault.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(fault) => return Err(damaged(name, &fault)),
            };
            size += read as u64;
            self.total += read as u64;
            archive.inflated += read as u64;
            self.within(size, name, archive)?;
            if wanted {
                kept.extend_from_slice(chunk.get(..read).unwrap_or_default());
            }
        }
    }

    /// The most bytes of a stream, with the headers between the entries.
    pub(super) fn most(&self) -> u64 {
        self.limits.total.saturating_add(self.limits.entries.saturating_mul(HEADERS))
    }

    fn within(&self, size: u64, name: &str, archive: &Measure) -> Result<(), Fault> {
        let Limits { entry, total, ratio, .. } = *self.limits;
        if size > entry {
            let most = written_size(entry);
            return Err(Fault::limit(format!(
                "its entry {name} inflates to more than {most} (`archive-entry`)"
            )));
        }
        if self.total > total {
            let most = written_size(total);
            return Err(Fault::limit(format!("it inflates to more than {most} (`archive-total`)")));
        }
        if archive.inflated > SMALL && archive.inflated / ratio > archive.packed {
            return Err(Fault::limit(format!(
                "it inflates to more than {ratio} times its size (`archive-ratio`)"
            )));
        }
        Ok(())
    }
}

/// An entry whose bytes are not those that were packed.
fn damaged(name: &str, fault: &std::io::Error) -> Fault {
    if name.is_empty() {
        return Fault::broken(format!("it is damaged or cut off at its end ({fault})"));
    }
    Fault::broken(format!("its entry {name} is damaged or cut off ({fault})"))
}
