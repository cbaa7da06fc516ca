//! The snapshot: one document that every output is drawn from.

pub mod v1;

pub use v1::Snapshot;
