//! A name that items of several folders have, asked for by the `trueup.toml` of one of them: it means those
//! of that folder. Two projects made from one template would prove each other's boxes otherwise.

use crate::model::{Documents, Glob, Place};
use crate::policy::{Config, Required, Selector};
use crate::reconcile;

/// Narrows what names no checklist to the folder of the configuration at `place`, where items of the name
/// lie in it.
pub(super) fn narrow(selector: &mut Selector, place: &Place, documents: &Documents) {
    let Selector::Glob { item, checklist: None } = &*selector else { return };
    let Some(here) = folder(place) else { return };
    let of_folder = Selector::Glob { item: item.clone(), checklist: Some(here) };
    let means = |path: &str, item| reconcile::selects(&of_folder, path, item);
    if documents.items().any(|of| means(&of.checklist.path, of.item)) {
        *selector = of_folder;
    }
}

/// The same for what the gate requires, where the configuration names no checklists.
pub(in crate::pipeline) fn narrow_gate(config: &mut Config, documents: &Documents) {
    if config.checklists.is_some() {
        return;
    }
    for required in config.gate.iter_mut().flat_map(|gate| &mut gate.require) {
        let here = Required { within: folder(&required.place), ..required.clone() };
        if reconcile::gate_means_any(&here, documents) {
            *required = here;
        }
    }
}

/// Everything in the folder of the configuration at `place`; `None` for that of the repository's root.
fn folder(place: &Place) -> Option<Glob> {
    let (folder, _) = place.path.rsplit_once('/')?;
    Glob::below(folder).ok()
}
