//! What pages are made of: a row, a mark, a picture, a figure, each as the same view wherever it is
//! shown.

pub(super) mod attestation;
pub(super) mod beside;
pub(super) mod boxes;
pub(super) mod claim;
pub(super) mod decision;
pub(super) mod details;
pub(super) mod digest;
pub(super) mod document;
pub(super) mod dumbbell;
pub(super) mod entries;
pub(super) mod expiry;
pub(super) mod headline;
pub(super) mod mark;
pub(super) mod parted;
pub(super) mod picture;
mod proposal;
pub(super) mod readings;
pub(super) mod section;
mod timeline;
pub(super) mod trend;
