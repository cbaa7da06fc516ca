//! Whose addresses the digests are by which two snapshots say who may sign off.

use std::collections::BTreeMap;

use crate::pipeline::inputs::configuration;
use crate::pipeline::inputs::project::Project;
use crate::policy::ShownPeople;
use crate::snapshot::Snapshot;
use crate::sources::digest::sha256;

use super::Judging;

impl Judging<'_> {
    /// The addresses that the configurations of now and of both sides name, by their digests; none where
    /// people are not to be named.
    pub(super) fn addresses(&self, sides: [&Snapshot; 2]) -> BTreeMap<String, String> {
        let mut known = BTreeMap::new();
        let commits = sides.iter().filter_map(|of| Some(of.commit.as_ref()?.id.as_str()));
        for at in [None].into_iter().chain(commits.map(Some)) {
            let project = Project::open(&self.of.dir, self.repository, at).ok();
            let read = project.and_then(|of| configuration::read(&of, &self.of.dir).ok());
            let Some((config, _)) = read else { continue };
            if config.shown_people != ShownPeople::Names {
                return BTreeMap::new();
            }
            let addresses = config.people.into_values().flatten();
            known.extend(addresses.map(|of| (digest(&of), of)));
        }
        let items = sides.iter().flat_map(|of| &of.checklists).flat_map(|of| &of.items);
        let sign_offs = items.flat_map(|of| of.asked()).filter_map(|of| of.sign_off.as_ref());
        known.extend(sign_offs.flat_map(|of| &of.by).map(|of| (digest(of), of.clone())));
        known
    }
}

fn digest(address: &str) -> String {
    sha256(address.to_lowercase().as_bytes()).to_string()
}
