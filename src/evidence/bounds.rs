//! How much of a hostile file is read before reading stops.

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 512 << 20;

/// The deepest nesting of elements or values.
pub(super) const MAX_DEPTH: usize = 256;

/// The most elements or values of one document.
pub(super) const MAX_NODES: u64 = 50_000_000;

/// The most values of a generic document, which are all kept in memory.
pub(super) const MAX_KEPT: u64 = 2_000_000;

/// How far the first look into a file goes, in bytes.
pub(super) const LOOK: usize = 16 << 10;

/// The longest message of a failed test or title of a finding that is kept, in characters.
pub(super) const MAX_MESSAGE: usize = 1_500;

/// The most lines of such a message.
pub(super) const MAX_MESSAGE_LINES: usize = 12;

/// The most lines before a JSON document that are taken for a banner.
pub(super) const MAX_BANNER: usize = 40;
