//! What a format is given to read.

use serde::Deserialize;

use super::json::{self, Members};
use super::stream::{self, Between};
use super::xml::Xml;
use super::{Broken, Sniff, text};
use crate::facts::{Alerts, Components, Findings, Keep, Listing, Tests};
use crate::model::Reading;

/// Which lists a condition walks, so that readers keep them whole. The default is what a report
/// shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Detail {
    /// `tests.cases`.
    pub cases: Keep,
    /// `findings.list`.
    pub findings: Keep,
    /// `components.list`.
    pub components: Keep,
    /// `data`: the document itself.
    pub data: bool,
}

/// One decoded file.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The whole text; of a JSON document without the banner before it.
    pub text: &'a str,
    /// What the first look saw.
    pub sniff: &'a Sniff<'a>,
    /// Which lists to keep.
    pub detail: &'a Detail,
}

impl<'a> Input<'a> {
    /// The text as one JSON value.
    pub fn json<T: Deserialize<'a>>(&self) -> Result<T, Broken> {
        json::whole(self.text, |json| T::deserialize(json))
    }

    /// The text as one JSON map, member by member, so that long lists need not be held.
    pub(super) fn members<M: Members<'a>>(&self, members: &mut M) -> Result<(), Broken> {
        json::whole(self.text, |json| json::read_members(json, members))
    }

    /// The text as one JSON list, element by element; says whether it was one, and not `null`.
    pub fn elements<T: Deserialize<'a>>(&self, each: impl FnMut(T)) -> Result<bool, Broken> {
        json::whole(self.text, |json| json::read_elements(json, each))
    }

    /// The text as JSON values one after another, as in JSON Lines; what stands between them is
    /// skipped and told.
    pub fn documents<T: Deserialize<'a>>(
        &self,
        each: impl FnMut(T),
    ) -> Result<Between<'a>, Broken> {
        stream::documents(self.text, each)
    }

    /// The text as XML.
    pub(super) fn xml(&self) -> Xml<'a> {
        Xml::new(self.text)
    }

    /// The text line by line, numbered from 1, without line ends.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        text::lines(self.text)
    }

    /// Refuses a text of lines that ends in the middle of one.
    pub fn whole_lines(&self) -> Result<(), Broken> {
        if self.text.ends_with('\n') {
            return Ok(());
        }
        Err(Broken::new("The file ends in the middle of a line."))
    }

    /// No findings yet.
    pub fn findings(&self) -> Findings {
        let mut findings = Findings::default();
        findings.list = Listing::new(self.detail.findings);
        findings
    }

    /// No tests yet.
    pub fn tests(&self) -> Tests {
        Tests { cases: Listing::new(self.detail.cases), ..Tests::default() }
    }

    /// No components yet.
    pub fn components(&self) -> Components {
        Components { list: Listing::new(self.detail.components), ..Components::default() }
    }

    /// A reading that holds none of what `group` counts.
    pub(super) fn nothing(&self, format: &'static str, group: &str) -> Reading {
        let mut reading = Reading::of(format);
        match group {
            "tests" => reading.facts.tests = Some(self.tests()),
            "components" => reading.facts.components = Some(self.components()),
            "findings" => reading.facts.findings = Some(self.findings()),
            // Alertmanager alone lists no alert by `[]`.
            "alerts" => {
                let alerts = Alerts { lists_suppressed: true, ..Alerts::default() };
                reading.facts.alerts = Some(alerts);
            }
            _ => {}
        }
        reading
    }
}
