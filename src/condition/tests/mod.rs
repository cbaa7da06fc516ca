//! Conditions over a world made by hand.

mod absent;
mod book;
mod evaluating;
mod hollow;
mod names;
mod overlooking;
mod parsing;
mod partial;
mod properties;
mod reading;
mod trusting;
mod world;
