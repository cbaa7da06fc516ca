//! Dated exceptions.

use crate::model::{Place, Timestamp};

use super::Selector;

/// A dated exception.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// Where it is written.
    pub place: Place,
    /// Which items.
    pub items: Selector,
    /// Only this requirement of them, by its name.
    pub requirement: Option<String>,
    /// Only these findings, by their rule or advisory; empty for the item as it is.
    pub findings: Vec<String>,
    /// Why.
    pub reason: String,
    /// Whose.
    pub by: String,
    /// The last second at which it holds.
    pub until: Timestamp,
    /// The date as written.
    pub until_written: String,
}
