//! Reads a Markdown checklist: its items and what it says of each, by source offset.
//!
//! One walk over the Markdown events gives an outline; each of the other rooms reads one thing out of
//! it. Nothing here knows of evidence, git or the disk.

mod boxes;
mod claim;
mod contradictions;
mod criteria;
mod decode;
mod directives;
mod document;
mod edit;
mod fields;
mod figures;
mod glance;
mod identity;
mod inline;
mod item;
mod items;
mod links;
mod lint;
mod markers;
mod marks;
mod metadata;
mod mojibake;
mod obligations;
mod outline;
mod parts;
mod pieces;
mod progress;
mod prose;
mod read;
mod runbook;
mod sections;
mod slug;
mod tables;
mod template;
mod unfinished;
mod walk;
mod windows;

#[cfg(test)]
mod book;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod properties;

pub use document::document;
pub use edit::{EditError, add_ids, set_box, set_boxes};
pub use figures::figures;
pub use markers::Markers;
pub use pieces::Pieces;
pub use read::{Settings, holds_tasks, read};
pub use runbook::resolve;
