//! trueup holds a team's Markdown checklists to their evidence.
//!
//! Data flows one way: Markdown, configuration, artifacts and git are read into the words of
//! [`model`] and [`facts`]; `reconcile` judges them; the result is a snapshot; renderers and diffs
//! see snapshots and nothing else.

#![cfg_attr(test, allow(clippy::too_many_lines, reason = "a test's table is as long as its cases"))]

pub mod catalog;
pub mod checklist;
pub mod cli;
pub mod condition;
pub mod config;
pub mod demo;
pub mod diff;
pub mod evidence;
pub mod facts;
pub mod history;
pub mod lsp;
pub mod model;
pub mod pipeline;
pub mod policy;
pub mod reconcile;
pub mod render;
pub mod seal;
pub mod serve;
pub mod snapshot;
pub mod sources;
