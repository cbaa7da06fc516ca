//! What a team asks of its items, excepts from that, and decides by: plain types. The configuration
//! and the comments beside items are read into them, and judging goes by them.

mod config;
mod gate;
mod requirement;
mod selector;
mod waiver;

pub use config::{Config, Defaults, Links, ShownPeople, Signers};
pub use gate::{Gate, Required};
pub use requirement::{MaxAge, Requirement, SignOff, Wanted};
pub use selector::Selector;
pub use waiver::Waiver;
