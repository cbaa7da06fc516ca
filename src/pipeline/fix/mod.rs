//! Editing checklists by what was judged: the documents as they lie in the work tree, and what would
//! change in them.

pub(super) mod editable;
pub mod plan;

pub use editable::{Editable, editable};
