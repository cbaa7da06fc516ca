//! One file a kind of page: its typed view, and drawing it by its template.

mod artifact;
mod checklist;
mod checklists;
mod evidence;
pub(super) mod exceptions;
mod fault;
mod integrity;
mod overview;
pub(super) mod print;
mod problems;
mod release_diff;
pub(super) mod releases;
pub(super) mod runbook;
mod search;

use super::world::World;
use super::{Pen, SiteError};

pub use fault::draw_fault;

/// A kind of page: draws every file of its kind.
pub(super) type Draw = fn(&World, &Pen) -> Result<(), SiteError>;

/// Every kind of page but the printed one, of which each tells the size: one line each.
pub(super) const PAGES: &[Draw] = &[
    overview::draw,
    checklists::draw,
    checklist::draw,
    evidence::draw,
    artifact::draw,
    runbook::draw,
    releases::draw,
    release_diff::draw,
    exceptions::draw,
    problems::draw,
    integrity::draw,
    search::draw,
];
