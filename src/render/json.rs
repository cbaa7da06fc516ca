//! The public contracts as they stand: `trueup schema` has their JSON Schemas.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::text::Paint;

/// How much is written at once, in bytes.
const PIECE: usize = 64 << 10;

/// Two blanks of indent, a line end.
pub(super) fn pretty<T: Serialize>(document: &T, _: Paint) -> String {
    // Every published type has text keys, and numbers that JSON has.
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}

/// The same, written a piece at a time: a large one is never whole in memory.
///
/// # Errors
/// Those of `to`.
pub fn write_json(to: impl Write, document: &impl Serialize) -> io::Result<()> {
    let mut to = BufWriter::with_capacity(PIECE, to);
    serde_json::to_writer_pretty(&mut to, document)?;
    to.write_all(b"\n")?;
    to.flush()
}
