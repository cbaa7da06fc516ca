//! Any bytes as an artifact; its corpus is in XML.

#![no_main]

#[path = "../evidence.rs"]
mod evidence;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| evidence::holds(bytes));
