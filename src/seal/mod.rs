//! Seals: what `trueup collect` writes beside artifacts in the job that made them; and the manifest of
//! a published report.
//!
//! A seal is an in-toto statement (Statement v1) whose subjects are the artifacts and whose
//! predicate says which run made them. Its predicate type is a name and no address: nothing is ever
//! fetched from it.

pub mod manifest;
mod read;
mod statement;

pub use read::{Sealing, Subject, read, sealed};
pub use statement::{
    Ci, Noted, PREDICATE, Predicate, STATEMENT, Shard, Statement, StatementSubject, Tool, WrittenOn,
};

/// How the file of a seal ends.
pub const SUFFIX: &str = ".seal.json";

/// Whether a file is a seal, by its name.
pub fn is_seal(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.len() > SUFFIX.len() && name.ends_with(SUFFIX))
}
