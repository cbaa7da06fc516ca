//! Reads artifacts: decodes, detects the format by content, and turns it into facts.
//!
//! One discipline for every format, in [`read`]: decode, sniff once, let each format say whether
//! the content is its own, read typed and to the end, count, compare with what the file declares.
//! A format is one file in `formats/` and one line in [`FORMATS`]; it never sees bytes, names or
//! the world.

pub mod archive;
mod blank;
mod bounds;
mod count;
mod decode;
mod document;
mod family;
mod format;
mod formats;
mod input;
mod json;
mod known;
mod mask;
mod read;
mod sniff;
mod stream;
mod text;
mod when;
mod xml;

pub use blank::{Blanks, Means};
pub use bounds::MAX_BYTES;
pub use document::parse_document;
pub use format::{About, Broken, Cut, Fit, Format, Tells};
pub use formats::FORMATS;
pub use input::{Detail, Input};
pub use known::{could_carry, format_ids};
pub use read::{by_id, read};
pub use sniff::{Head, Root, Shape, Sniff};

#[cfg(test)]
mod tests;
