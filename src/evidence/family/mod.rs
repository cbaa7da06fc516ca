//! What several formats share, and nothing else: each file is one such thing.

pub(super) mod bill;
pub(super) mod cases;
pub(super) mod ci;
pub(super) mod covered;
pub(super) mod github;
pub(super) mod github_pages;
pub(super) mod gitlab;
pub(super) mod hcl;
pub(super) mod intoto;
pub(super) mod jest;
pub(super) mod linted;
pub(super) mod listed;
pub(super) mod load;
pub(super) mod mended;
pub(super) mod mocha;
pub(super) mod mutants;
pub(super) mod node;
pub(super) mod npm;
pub(super) mod own;
pub(super) mod php;
pub(super) mod qt;
pub(super) mod ran;
pub(super) mod rspec;
pub(super) mod sonar;
pub(super) mod spdx;
pub(super) mod version;
