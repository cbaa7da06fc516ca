//! What several formats share, and nothing else: each file is one such thing.

pub(super) mod github;
pub(super) mod npm;
pub(super) mod ran;
