//! `trueup.toml` and the comments beside items: as typed, then as meant.

mod meant;

pub use meant::{
    Config, Defaults, Gate, Links, MaxAge, Required, Requirement, Selector, SignOff, Waiver, Wanted,
};
