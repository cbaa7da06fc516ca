//! `trueup.toml` and the comments beside items: as typed, then as meant.

mod comments;
mod fault;
mod file;
mod gate;
mod meant;
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
pub use meant::{
    Config, Defaults, Gate, Links, MaxAge, Required, Requirement, Selector, ShownPeople, SignOff,
    Signers, Waiver, Wanted,
};
pub use schema::schema;
pub use sign_offs::sign_offs;
