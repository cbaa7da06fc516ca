//! Starts trueup.

fn main() {}
