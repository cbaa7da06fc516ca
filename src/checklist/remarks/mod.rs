//! What stands beside a claim: the words by which it is told to leave the claim as it is, to take it back or to put
//! it off. A word that is not among them may say anything.

pub(super) mod denying;
mod figures;
pub(super) mod harmless;
pub(super) mod told;
