//! What goes with a published report: the bytes that it was judged by, and what is signed over it.

pub(super) mod statements;
pub(super) mod vault;

pub use statements::statements;
pub use vault::{Put, Vaulting};
