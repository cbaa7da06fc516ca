//! First step: which requirements are bound to which items, and which artifacts each one reads.

use std::collections::{BTreeMap, BTreeSet};

use crate::condition::{Condition, Reads};
use crate::model::{Documents, Glob, Item, PerItem};
use crate::policy::{Requirement, Selector};

use super::case::{RequirementIndex, numbered_requirements};

/// Whether `selector` means `item` of the checklist at `path`.
pub fn selects(selector: &Selector, path: &str, item: &Item) -> bool {
    match selector {
        Selector::Glob { item: glob, checklist } => {
            checklist.as_ref().is_none_or(|checklist| checklist.matches(path)) && names(glob, item)
        }
        Selector::Beside { checklist, item: id } => checklist == path && *id == item.id,
    }
}

/// Whether `glob` names the item by its id or its address: `security/*` every item of that section,
/// whatever slashes the team wrote into an id.
pub(super) fn names(glob: &Glob, item: &Item) -> bool {
    let in_its_section = || {
        let written = item.address() != item.id && item.id.contains('/');
        written && glob.matches(&format!("{}/{}", item.section_slug, item.id.replace('/', "-")))
    };
    glob.matches(&item.id) || glob.matches(item.address()) || in_its_section()
}

/// For each item the requirements bound to it, in their order.
pub(super) fn bound(
    documents: &Documents,
    requirements: &[Requirement],
) -> PerItem<Vec<RequirementIndex>> {
    let beside = beside(requirements);
    let is_glob = |of: &Requirement| matches!(of.items, Selector::Glob { .. });
    let globs: Vec<(RequirementIndex, &Requirement)> =
        numbered_requirements(requirements).filter(|(_, of)| is_glob(of)).collect();
    documents.per_item(|of| {
        let path = of.checklist.path.as_str();
        let meant = globs.iter().filter(|(_, asked)| selects(&asked.items, path, of.item));
        let mut bound: Vec<RequirementIndex> = meant.map(|(at, _)| *at).collect();
        bound.extend(beside.get(&(path, of.item.id.as_str())).into_iter().flatten());
        bound
    })
}

/// Requirements that stand beside an item, by checklist and id: looked up rather than tried.
fn beside(requirements: &[Requirement]) -> BTreeMap<(&str, &str), Vec<RequirementIndex>> {
    let mut by_item: BTreeMap<(&str, &str), Vec<RequirementIndex>> = BTreeMap::new();
    for (index, requirement) in numbered_requirements(requirements) {
        if let Selector::Beside { checklist, item } = &requirement.items {
            by_item.entry((checklist, item)).or_default().push(index);
        }
    }
    by_item
}

/// A file to be read, under the format that a requirement names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    /// The artifact's path.
    pub path: String,
    /// The format named for it.
    pub format: Option<String>,
}

/// What of a file's lists some condition asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Depth {
    /// Every test case.
    pub cases: bool,
    /// Every finding.
    pub findings: bool,
    /// Every component.
    pub components: bool,
    /// The document itself.
    pub data: bool,
    /// Whether a requirement names the file, rather than the default places.
    pub named: bool,
}

impl Depth {
    /// As deep as both.
    #[must_use]
    pub fn and(self, other: Depth) -> Depth {
        Depth {
            cases: self.cases || other.cases,
            findings: self.findings || other.findings,
            components: self.components || other.components,
            data: self.data || other.data,
            named: self.named || other.named,
        }
    }

    fn add(&mut self, reads: &Reads) {
        self.cases |= reads.cases;
        self.findings |= reads.findings;
        self.components |= reads.components;
        self.data |= reads.groups.contains("data")
            || reads.artifacts.iter().any(|(_, group)| group == "data");
    }
}

/// Every file to be read and how deeply, given the paths that exist. `default_paths` are those of
/// the default places, which are read even where no requirement asks for them.
pub fn requests(
    requirements: &[Requirement],
    paths: &BTreeSet<String>,
    default_paths: &BTreeSet<String>,
) -> BTreeMap<Request, Depth> {
    let mut requests: BTreeMap<Request, Depth> = BTreeMap::new();
    for requirement in requirements {
        for (path, format) in wanted_paths(requirement, paths, default_paths) {
            let request = Request { path, format };
            let depth = requests.entry(request).or_default();
            depth.named |= !requirement.artifacts.is_empty();
            for condition in conditions(requirement) {
                depth.add(condition.reads());
            }
        }
    }
    for path in default_paths {
        let read_already = requests.keys().any(|request| request.path == *path);
        if !read_already {
            requests.insert(Request { path: path.clone(), format: None }, Depth::default());
        }
    }
    requests
}

/// The paths that a requirement reads, each with the format named for it.
fn wanted_paths(
    requirement: &Requirement,
    paths: &BTreeSet<String>,
    default_paths: &BTreeSet<String>,
) -> Vec<(String, Option<String>)> {
    if requirement.artifacts.is_empty() {
        if !reads_artifacts(requirement) {
            return Vec::new();
        }
        return default_paths.iter().map(|path| (path.clone(), None)).collect();
    }
    let mut wanted = Vec::new();
    for selector in &requirement.artifacts {
        let matching = paths.iter().filter(|path| selector.glob.matches(path));
        wanted.extend(matching.map(|path| (path.clone(), selector.format.clone())));
    }
    wanted
}

/// Whether a requirement asks for facts of artifacts at all, rather than of the repository alone.
pub(super) fn reads_artifacts(requirement: &Requirement) -> bool {
    conditions(requirement).any(|condition| condition.reads().asks_an_artifact())
}

/// The condition of a requirement and those that vouch for its artifacts.
fn conditions(requirement: &Requirement) -> impl Iterator<Item = &Condition> {
    let vouching = requirement.artifacts.iter().filter_map(|wanted| wanted.vouched_by.as_ref());
    requirement.condition.iter().chain(vouching)
}
