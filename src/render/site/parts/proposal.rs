//! What would prove an item to which nothing is bound, as the catalog proposes it.

use serde::Serialize;

use crate::model::listed;
use crate::render::site::html::Html;
use crate::render::site::text::shortened;
use crate::snapshot::v1::Proposal;

/// A proposal, ready to draw. It proves nothing.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Proposed {
    why: String,
    condition: Option<String>,
    artifacts: Vec<String>,
    /// What is to be done, as a sentence.
    next_html: Html,
}

/// The most artifacts that are named.
const NAMED: usize = 4;

impl Proposed {
    /// Of `proposal`.
    pub(super) fn of(proposal: &Proposal) -> Proposed {
        let next = match (&proposal.condition, proposal.sign_off, proposal.lacks.as_slice()) {
            (Some(_), _, _) => "`trueup init` would write it into trueup.toml.".to_owned(),
            (None, true, _) => "No tool can prove it: a named person's sign-off does.".to_owned(),
            (None, false, []) => "Nothing that would prove it was found.".to_owned(),
            (None, false, lacks) => format!("It takes {}.", listed(lacks, NAMED)),
        };
        Proposed {
            why: shortened(&proposal.why, 300),
            condition: proposal.condition.clone(),
            artifacts: proposal.artifacts.iter().take(NAMED).cloned().collect(),
            next_html: Html::of_sentence(&next),
        }
    }
}
