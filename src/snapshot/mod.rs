//! The snapshot: one document that every output is drawn from.

mod coherent;
mod release;
mod schema;
pub mod store;
mod summary;
pub mod v1;
mod witnessed;

pub use crate::facts::published;
pub use coherent::incoherence;
pub use release::release;
pub use schema::schema;
pub use summary::summary;
pub use v1::Snapshot;
pub use witnessed::ticked_alone;
