//! The door to git: commits, trees and what differs between them, read through libgit2 alone.
//!
//! No type of git2 leaves this folder, and nothing here writes to a repository but [`write`].

mod ancestry;
mod attribution;
mod authors;
mod changes;
mod commit;
mod error;
mod hands;
pub mod history;
mod lines;
mod packages;
mod reflog;
mod remotes;
mod repository;
mod revision;
mod shipped;
mod signature;
mod since;
mod tree;
mod unhashed;
mod walk;
mod worktree;
pub mod write;

pub use ancestry::Ancestry;
pub use changes::{Change, Since};
pub use commit::{Commit, CommitRef, Person};
pub use error::{GitError, GitErrorKind};
pub use hands::{Hand, Hands};
pub use lines::Place;
pub use repository::Repository;
pub use shipped::Release;
pub use tree::{BlobId, Tree};
pub use unhashed::Unhashed;
pub use worktree::WorktreeChanges;

#[cfg(test)]
pub(super) mod tests;
