//! What every test of the whole program stands on: a repository made for it, a cleaned
//! environment, and texts without what differs from run to run.

mod corpus;
mod keys;
pub(crate) mod packed;
mod repo;
mod run;
mod sources;

pub(crate) use corpus::corpus;
pub(crate) use keys::Key;
pub(crate) use repo::{Repo, at};
pub(crate) use run::{Run, started, trueup_in};
pub(crate) use sources::{SourceFile, manifest_dir, read_sources};
