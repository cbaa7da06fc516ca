//! What a ticked item says beside its claim that no requirement judges: `Tests pass (login broken)`.

use std::collections::BTreeSet;

use crate::checklist;
use crate::model::{Claim, Code, Document, Documents, Item, Place, Problem};
use crate::policy::Requirement;
use crate::reconcile::selects;

/// A note for each ticked item that is bound and says more than that it is done. What contradicts its box
/// has been told.
pub(in crate::pipeline) fn problems(
    documents: &Documents,
    requirements: &[Requirement],
) -> Vec<Problem> {
    documents.iter().flat_map(|document| of_document(document, requirements)).collect()
}

fn of_document<'d>(
    Document { checklist, .. }: &'d Document,
    requirements: &'d [Requirement],
) -> impl Iterator<Item = Problem> + 'd {
    let told = checklist.problems.iter().filter(|of| of.code == Code::TextContradictsBox);
    let told: BTreeSet<&str> = told.filter_map(|of| of.item.as_deref()).collect();
    let is_asked = move |item: &&Item| {
        item.claim == Claim::Done
            && !told.contains(item.id.as_str())
            && requirements.iter().any(|of| selects(&of.items, &checklist.path, item))
    };
    checklist.items.iter().filter(is_asked).filter_map(move |item| {
        let below = || checklist::reservation_below(&checklist.lines, item.line);
        let said = checklist::reservation(&item.text).or_else(below)?;
        let message = format!("Ticked, and it says \"{said}\" beside, which nothing judges.");
        let place = Place::line(&*checklist.path, item.line);
        let problem = Problem::new(Code::RemarkUnjudged, place, message);
        Some(problem.of_item(&item.id).hint("Say it in a requirement, or take it out of the text."))
    })
}
