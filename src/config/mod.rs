//! `trueup.toml` and the comments beside items: as typed, then read into the policy that they mean.

mod comments;
mod fault;
mod file;
mod gate;
mod quoted;
mod reader;
mod require;
mod schema;
mod settings;
mod sign_offs;
mod typed;
mod waiver;

#[cfg(test)]
mod tests;

pub use comments::of_item;
pub use fault::ConfigFault;
pub use file::read;
pub use schema::schema;
pub use sign_offs::sign_offs;
