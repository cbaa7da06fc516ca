//! Which items a requirement or a waiver means.

use crate::model::Glob;

/// Which items are meant.
#[derive(Debug, Clone)]
pub enum Selector {
    /// By a glob over ids and addresses, in checklists whose path matches.
    Glob {
        /// Over ids and addresses.
        item: Glob,
        /// Over checklists' paths; `None` for all.
        checklist: Option<Glob>,
    },
    /// The item that the comment stands beside: checklist path and item id.
    Beside {
        /// The checklist's path.
        checklist: String,
        /// The item's id.
        item: String,
    },
}
