//! What is asked for where the cursor stands.

/// What could be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Part of a condition.
    Condition,
    /// An id or an address of an item.
    Item,
    /// The id that the item of this line has.
    OwnId,
    /// The path of an artifact.
    Artifact,
    /// The path of a checklist.
    Checklist,
    /// A format's id.
    Format,
    /// A status.
    Status,
    /// A status or a problem's code.
    FailOn,
    /// An age.
    Age,
    /// A waiver in a comment.
    Waiver,
    /// The key of a comment.
    CommentKey,
    /// A key of the table with this name; empty for the file's own.
    Key(String),
    /// A table's name.
    Table,
}

/// What is wanted, and where what is already written of it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) wanted: Wanted,
    pub(super) written: usize,
}
