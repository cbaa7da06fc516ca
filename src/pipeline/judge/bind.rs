//! Second step: what is asked of which items.

use crate::model::Documents;
use crate::pipeline::Error;
use crate::pipeline::checks::{conflicts, links};
use crate::pipeline::inputs::checklists;
use crate::policy::{Config, Requirement, Selector, Waiver};
use crate::reconcile;

use super::gather::Gathered;
use super::leniency::Leniency;

/// The requirements and waivers of the configuration, and those beside items.
pub(in crate::pipeline) struct Bound {
    pub(in crate::pipeline) requirements: Vec<Requirement>,
    pub(in crate::pipeline) waivers: Vec<Waiver>,
}

impl Bound {
    /// As they are written.
    ///
    /// # Errors
    /// Where what stands beside an item cannot be understood.
    pub(in crate::pipeline) fn written(
        config: &Config,
        documents: &Documents,
        leniency: &mut Leniency,
    ) -> Result<Bound, Error> {
        let written = checklists::requirements(config, documents);
        let (mut requirements, waivers) = leniency.accept(written)?;
        requirements.extend(links::requirements(config, documents));
        Ok(Bound { requirements, waivers })
    }
}

/// Everything that is asked, of items that there are.
///
/// # Errors
/// Where something of it cannot be understood, means no item, or cannot hold beside another.
pub(super) fn bind(gathered: &Gathered, leniency: &mut Leniency) -> Result<Bound, Error> {
    let Gathered { config, documents, .. } = gathered;
    let bound = Bound::written(config, documents, leniency)?;
    leniency.accept(every_glob_matches(config, &bound.requirements, documents))?;
    leniency.accept(conflicts::none(&bound.requirements, documents))?;
    Ok(bound)
}

/// A requirement or gate that means no item would be silent: it is an error instead.
fn every_glob_matches(
    config: &Config,
    requirements: &[Requirement],
    documents: &Documents,
) -> Result<(), Error> {
    let lonely = |requirement: &&Requirement| {
        !documents
            .items()
            .any(|of| reconcile::selects(&requirement.items, &of.checklist.path, of.item))
    };
    let of_requirement = requirements.iter().find(lonely).map(|requirement| {
        let glob = match &requirement.items {
            Selector::Glob { item, .. } => item.as_str().to_owned(),
            Selector::Beside { item, .. } => item.clone(),
        };
        (&requirement.place, glob, "requirement")
    });
    let of_gate = config.gate.as_ref().and_then(|gate| {
        let required = reconcile::unmatched_gate(gate, documents).into_iter().next()?;
        Some((&required.place, reconcile::said_of_gate(required), "gate"))
    });
    let Some((place, glob, what)) = of_requirement.or(of_gate) else { return Ok(()) };
    let error = Error::usage_at(place, format!("the {what}'s `{glob}` matches no item"));
    Err(match reconcile::nearest(&glob, documents) {
        Some(nearest) => error.hinted(format!("Nearest: {nearest}.")),
        None => error.hinted("`trueup inspect FILE` lists a checklist's items with their ids."),
    })
}
