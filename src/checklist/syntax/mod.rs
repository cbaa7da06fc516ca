//! From the bytes of a file to an outline: text, Markdown events, boxes and comments, before anybody
//! says what they mean.

pub(super) mod boxes;
pub(super) mod decode;
pub(super) mod directives;
mod inline;
pub(super) mod legend;
pub(super) mod markers;
pub(super) mod mojibake;
pub(super) mod outline;
pub(super) mod walk;

pub use markers::Markers;
