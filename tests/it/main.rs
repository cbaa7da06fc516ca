//! The integration tests: one program, because each file of `tests/` is linked anew.
//!
//! Whole-program tests build a [`support::Repo`], run the binary in it and compare what a person or
//! a program would see. The rest holds the house to its own rules: which module may know which,
//! and whether the book says what the code does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on ends there, and a skipped one says so"
)]

mod architecture;
mod archives;
mod artifacts;
mod book;
mod check;
mod collect;
mod collect_parts;
mod compare;
mod demo;
mod exchange;
mod fix;
mod formats;
mod harness;
mod history;
mod init;
mod init_above;
mod init_names;
mod init_packages;
mod init_told;
mod inspect;
mod joined;
mod judgement;
mod lsp;
mod outputs;
mod packages;
mod projects;
mod reader;
mod recipes;
mod refuting;
mod release_branches;
mod releases;
mod report;
mod repositories;
mod seed;
mod serve;
mod shell;
mod sign_offs;
mod signatures;
mod support;
mod transcripts;
mod traps;
mod truthfulness;
mod verify;
mod waivers;
