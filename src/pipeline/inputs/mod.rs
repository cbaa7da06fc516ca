//! What a run is judged by, as read: the project's state, its configuration, its checklists and
//! artifacts, and what people and git say of the items.

mod apart;
pub(super) mod artifacts;
pub(super) mod checklists;
pub(super) mod configuration;
mod copied;
pub(super) mod editions;
mod elsewhere;
pub(super) mod former_folder;
pub(super) mod histories;
pub(super) mod nearest;
pub(super) mod project;
mod renamed;
pub(super) mod sign_off_files;
pub(super) mod signatures;
