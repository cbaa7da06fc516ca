//! Any bytes as an archive of each kind.

#![no_main]

#[path = "../archive_body.rs"]
mod archive_body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| archive_body::holds(bytes));
