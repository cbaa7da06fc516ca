//! The door to the files of the work tree and of artifact folders.

mod artifacts;
mod listing;
mod read;
mod repository;
mod touched;
mod under;
mod watched;

pub use artifacts::{ArtifactFile, ArtifactFolder, artifacts, reaches};
pub use listing::{Listing, Unread};
pub use read::{
    ReadError, Times, is_named, is_there, is_within, name_within, names, read, read_into,
    read_path, size, times,
};
pub use repository::{is_markdown, is_vendored, repository_files};
pub use touched::touched;
pub use under::{common_folder, everything, names_in, under};
pub use watched::watched;
