//! What is asked of any text, wherever it stands: figures, status signs, slugs, what is quoted.

pub(super) mod affix;
pub(super) mod figures;
pub(super) mod foreign;
pub(super) mod glance;
pub(super) mod marks;
pub(super) mod prose;
pub(super) mod slug;

pub use figures::figures;
