//! The packages of a repository by their names, as headings say them.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::package;
use super::subjects::joined;
use super::surroundings::Around;
use crate::facts::Value;

/// The folders of packages by name, looked for when a heading first may name one.
#[derive(Default)]
pub(super) struct Parts(OnceCell<BTreeMap<String, BTreeSet<String>>>);

/// Manifests that name their package, each with where.
const NAMED: [(&str, &[&str]); 4] = [
    ("package.json", &["name"]),
    ("composer.json", &["name"]),
    ("Cargo.toml", &["package", "name"]),
    ("pyproject.toml", &["project", "name"]),
];

impl Parts {
    /// The folders of the packages of that name, in words.
    pub(super) fn of(&self, name: &str, around: &Around<'_>) -> Vec<String> {
        let known = self.0.get_or_init(|| all(around));
        known.get(name).into_iter().flatten().cloned().collect()
    }
}

fn all(around: &Around<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |name: &str, folder: &str| {
        known.entry(joined(name)).or_default().insert(folder.to_owned());
    };
    for path in &around.files {
        for folder in package::folders_of(path) {
            add(folder, folder);
            add(folder.rsplit('/').next().unwrap_or(folder), folder);
        }
        let Some((folder, file)) = path.rsplit_once('/') else { continue };
        let members = NAMED.iter().find(|(name, _)| *name == file).map(|(_, members)| members);
        let name = members.and_then(|members| name_in((around.load)(path)?, members));
        if let Some(name) = name {
            add(name.rsplit('/').next().unwrap_or(&name), folder);
            add(&name, folder);
        }
    }
    known
}

fn name_in(document: Value, members: &[&str]) -> Option<String> {
    let mut value = &document;
    for member in members {
        let Value::Map(map) = value else { return None };
        value = map.get(*member)?;
    }
    match value {
        Value::Text(name) => Some(name.to_string()),
        _ => None,
    }
}
