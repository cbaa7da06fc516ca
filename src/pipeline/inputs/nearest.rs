//! A name that items of several folders have, asked for by the `trueup.toml` of one of them: it means those
//! of that folder. Two projects made from one template would prove each other's boxes otherwise.

use crate::model::{Documents, Glob, Place};
use crate::policy::Selector;
use crate::reconcile;

/// Narrows what names no checklist to the folder of the configuration at `place`, where items of the name
/// lie in it.
pub(super) fn narrow(selector: &mut Selector, place: &Place, documents: &Documents) {
    let Some((folder, _)) = place.path.rsplit_once('/') else { return };
    let Selector::Glob { item, checklist: None } = &*selector else { return };
    let Ok(here) = Glob::below(folder) else { return };
    let of_folder = Selector::Glob { item: item.clone(), checklist: Some(here) };
    let means = |path: &str, item| reconcile::selects(&of_folder, path, item);
    if documents.items().any(|of| means(&of.checklist.path, of.item)) {
        *selector = of_folder;
    }
}
