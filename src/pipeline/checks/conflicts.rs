//! Requirements of one item that cannot both hold, wherever each of them is written.

use std::collections::BTreeSet;

use crate::model::Documents;
use crate::pipeline::Error;
use crate::policy::Requirement;
use crate::reconcile::selects;

/// Refuses two requirements that ask the same artifacts of one item for what cannot both be.
///
/// # Errors
/// Where there are two such; both are named.
pub(in crate::pipeline) fn none(
    requirements: &[Requirement],
    documents: &Documents,
) -> Result<(), Error> {
    let mut compatible: BTreeSet<(usize, usize)> = BTreeSet::new();
    for of in documents.items() {
        let bound: Vec<usize> = (0..requirements.len())
            .filter(|&at| selects(&requirements[at].items, &of.checklist.path, of.item))
            .collect();
        for (position, &later) in bound.iter().enumerate() {
            for &earlier in &bound[..position] {
                if compatible.contains(&(earlier, later)) {
                    continue;
                }
                let (one, other) = (&requirements[earlier], &requirements[later]);
                if let Some((ours, theirs)) = clash(one, other) {
                    return Err(Error::usage(format!(
                        "`{ours}` ({}) and `{theirs}` ({}) cannot both hold of {}",
                        one.place, other.place, of.item.id
                    ))
                    .hinted("Take one of the two requirements away."));
                }
                compatible.insert((earlier, later));
            }
        }
    }
    Ok(())
}

/// The pieces of two conditions over the same artifacts that exclude each other.
fn clash(one: &Requirement, other: &Requirement) -> Option<(String, String)> {
    let globs = |of: &Requirement| {
        let globs = of.artifacts.iter().map(|wanted| wanted.glob.as_str().to_owned());
        globs.collect::<Vec<_>>()
    };
    let (ours, theirs) = (one.condition.as_ref()?, other.condition.as_ref()?);
    (globs(one) == globs(other)).then(|| ours.excludes(theirs)).flatten()
}
