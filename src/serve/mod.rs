//! A preview in the browser: pages held in memory, handed to this machine alone, that load anew
//! when others take their place.
//!
//! What the pages are and when they change is its caller's business. Nothing is read from disk on a
//! request, so no address leads anywhere but to a page.

mod address;
mod edition;
mod guard;
mod http;
mod live;

pub use edition::{Edition, Pages, Preview};
pub use http::{ServeError, Server};
