//! Conditions over a world made by hand.

mod evaluating;
mod parsing;
mod world;
