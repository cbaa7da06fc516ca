//! Dated exceptions.

use crate::facts::Finding;
use crate::model::{Glob, Place, Timestamp};

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
    /// Those findings in this package alone.
    pub package: Option<String>,
    /// Those findings in files of this glob alone.
    pub path: Option<Glob>,
    /// Why.
    pub reason: String,
    /// Whose.
    pub by: String,
    /// The last second at which it holds.
    pub until: Timestamp,
    /// The date as written.
    pub until_written: String,
}

impl Waiver {
    /// Whether it names this finding: by its rule or by one of the advisories that are one with it, and
    /// where it says so by its package and its file.
    pub fn names(&self, finding: &Finding) -> bool {
        finding.rule.iter().chain(&finding.others).any(|id| self.lets_pass(id, finding))
    }

    /// Whether it names that one of a finding's advisories. A finding passes where each of them does.
    pub fn lets_pass(&self, id: &str, finding: &Finding) -> bool {
        let is = |one: &Option<String>, other: &str| {
            one.as_deref().is_some_and(|one| one.eq_ignore_ascii_case(other))
        };
        self.findings.iter().any(|named| named.eq_ignore_ascii_case(id))
            && self.package.as_ref().is_none_or(|package| is(&finding.package, package))
            && self
                .path
                .as_ref()
                .is_none_or(|glob| finding.path.as_deref().is_some_and(|path| glob.covers(path)))
    }

    /// Where the findings are that it names, as sentences end; empty where it does not say.
    pub fn within(&self) -> String {
        let package = self.package.iter().map(|package| format!(" of {package}"));
        let path = self.path.iter().map(|glob| format!(" in {glob}"));
        package.chain(path).collect()
    }
}
