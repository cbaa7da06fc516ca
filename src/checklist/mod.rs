//! Reads a Markdown checklist: its items and what it says of each, by source offset.
//!
//! In the order of the data: `syntax` makes an outline of the bytes in one walk, `items` makes items
//! of the outline with what each says of itself, `document` reads what the whole says, and `checks`
//! tells what does not fit together. `text` is what all of them ask of a text. Nothing here knows of
//! evidence, git or the disk.

mod checks;
mod document;
mod edit;
mod items;
mod pieces;
mod read;
mod remarks;
mod syntax;
mod text;

#[cfg(test)]
mod tests;

pub use checks::reserved::{Above, reservation, reservation_below, reservation_written};
pub use document::{
    document, hides_exit_code, narrows, resolve, runner, runs_a_part, selects, shard, shard_said,
};
pub use edit::{EditError, add_ids, set_box, set_boxes};
pub use pieces::{Before, Ids, Keep, Piece, Pieces};
pub use read::{Settings, holds_tasks, may_hold_tasks, read, read_tasks};
pub use syntax::Markers;
pub use text::figures;
