//! The door to the files of the work tree and of artifact folders.

mod artifacts;
mod read;
mod repository;

pub use artifacts::{ArtifactFile, ArtifactFolder, artifacts};
pub use read::{ReadError, modified, read, read_path};
pub use repository::{is_markdown, is_vendored, markdown_files, repository_files};
