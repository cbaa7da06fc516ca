//! The texts of a list that a condition goes through: digests that were built, digests that were scanned.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::render::site::text::shortened;
use crate::render::site::world::World;
use crate::snapshot::v1::Item;

/// The most entries that are shown.
const SHOWN: usize = 3;

/// The paths of facts that an expression names: `provenance.list.all(b, b.digest in image.digests)`
/// names `provenance.list` and `image.digests`.
pub(in crate::render::site) fn paths<'e>(expression: &'e str, groups: &[&str]) -> Vec<&'e str> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '"' | '[' | ']' | '-');
    let mut seen = BTreeSet::new();
    let mut paths = Vec::new();
    let mut rest = expression;
    while let Some(start) = rest.find(is_name) {
        let from = &rest[start..];
        let length = from.find(|c| !is_name(c)).unwrap_or(from.len());
        let (path, after) = from.split_at(length);
        // What is called with brackets is the last name's method.
        let path = match path.rsplit_once('.') {
            Some((on, _)) if after.starts_with('(') => on,
            _ => path,
        };
        let group = path.split('.').next().unwrap_or_default();
        if groups.contains(&group) && seen.insert(path) {
            paths.push(path);
        }
        rest = after;
    }
    paths
}

/// The texts of the list at `path`, of the artifacts that `item` relies on: strings as they are, of what
/// was built its digest. `None` where it is no such list.
pub(in crate::render::site) fn texts(world: &World, item: &Item, path: &str) -> Option<String> {
    let (group, member) = path.split_once('.')?;
    let artifacts = item.evidence.iter().filter_map(|of| world.artifact(&of.artifact));
    let lists = artifacts.filter_map(|of| of.facts.get(group)?.get(member).cloned());
    let text = |entry: &Value| match entry {
        Value::String(text) => Some(shortened(text, 120)),
        other => other.get("digest").and_then(Value::as_str).map(|text| shortened(text, 120)),
    };
    let mut texts = Vec::new();
    for list in lists {
        for entry in list.as_array()? {
            texts.push(text(entry)?);
        }
    }
    let rest = texts.len().saturating_sub(SHOWN);
    texts.truncate(SHOWN);
    let said = texts.join(", ");
    match (said.is_empty(), rest) {
        (true, _) => None,
        (false, 0) => Some(said),
        (false, rest) => Some(format!("{said} and {rest} more")),
    }
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn an_expression_names_the_facts_it_goes_through() {
        let groups = ["provenance", "image", "tests"];
        for (expression, named) in [
            (
                "provenance.list.all(built, built.digest in image.digests)",
                vec!["provenance.list", "image.digests"],
            ),
            ("tests.failed + tests.errored", vec!["tests.failed", "tests.errored"]),
            ("size(image.digests)", vec!["image.digests"]),
            ("git.commit", vec![]),
        ] {
            assert_eq!(paths(expression, &groups), named, "{expression}");
        }
    }
}
