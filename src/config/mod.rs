//! `trueup.toml` and the comments beside items: as typed, then as meant.
