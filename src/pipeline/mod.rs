//! From a folder to a snapshot, and from snapshots to what else is asked of them.
//!
//! A run, in the order of the data: `inputs` reads, `checks` tells what of it cannot hold, `judge`
//! binds and judges by what a `witness` answers, `assemble` makes the snapshot, and `report` keeps
//! the bytes that it stands on. Of snapshots, `compare` and `releases` look back, `fix` edits the
//! checklists, and `verify` judges a published report again. The files beside the folders are the
//! commands that judge nothing.

pub(crate) mod assemble;
mod cache;
mod checks;
mod collect;
mod compare;
mod error;
mod fix;
mod init;
mod inputs;
mod judge;
mod log;
mod offline;
mod releases;
mod report;
mod untouched;
mod verify;
mod watched;
mod witness;

pub use cache::cache;
pub use collect::{Collected, Collecting, ToldShard, collect};
pub use compare::{Comparing, PREVIOUS, compare};
pub use error::Error;
pub use fix::plan;
pub use fix::{Editable, editable};
pub use init::{Fate, Init, InitItem, init};
pub use judge::{Options, run, run_compared, run_editable, run_recorded};
pub use log::{Logging, log};
pub use releases::{Former, Releases, former, lost, record, strangeness};
pub use report::{Put, Vaulting, statements};
pub use untouched::{Untouched, as_it_lies};
pub use verify::{Verifying, verify};
pub use watched::{root, watched};
pub use witness::{Recorded, witness_schema};
