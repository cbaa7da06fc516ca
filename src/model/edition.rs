//! What a document is for: the release, stage or customer that it, its name or its folders name.

use super::context::title_name;

/// What metadata of a document says what it is for.
const KEYS: [&str; 19] = [
    "build",
    "cluster",
    "customer",
    "cycle",
    "environment",
    "iteration",
    "milestone",
    "quarter",
    "region",
    "release",
    "release cycle",
    "release version",
    "sprint",
    "tag",
    "target environment",
    "target release",
    "target version",
    "tenant",
    "version",
];

/// What a document says it is for: the release, sprint, environment or customer that it names, and what
/// its path is named by: numbers (`releases/1.4.0.md`, `sprint-4/GO.md`) and stages (`envs/staging/GO.md`).
/// A checklist that is used again says another.
pub fn edition(path: &str, metadata: &[(String, String)]) -> String {
    let named = metadata.iter().filter_map(|(key, value)| {
        let key = key.trim().to_lowercase();
        match key.as_str() {
            "title" => Some(title_name(value)),
            key if KEYS.contains(&key) => Some(value.trim().to_lowercase()),
            _ => None,
        }
    });
    let names: Vec<String> = std::iter::once(path_name(path)).chain(named).collect();
    names.join("\n").trim().to_owned()
}

/// What the folders and the file of `path` are named by. Elsewhere, in folders that name nothing, it is
/// the same.
fn path_name(path: &str) -> String {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let parts = folders.split('/').chain([stem]);
    let names: Vec<String> = parts.map(title_name).filter(|name| !name.is_empty()).collect();
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_named_by_its_versions_and_stages_and_by_nothing_else() {
        for (one, other) in [
            ("releases/1.0/GO.md", "releases/1.1/GO.md"),
            ("releases/1/GO.md", "releases/2/GO.md"),
            ("releases/v1.0.md", "releases/v1.1.md"),
            ("releases/2026-10/GO.md", "releases/2026-11/GO.md"),
            ("docs/sprint-4/GO.md", "docs/sprint-5/GO.md"),
            ("envs/staging/GO.md", "envs/production/GO.md"),
            ("docs/go-staging.md", "docs/go-prod.md"),
            ("GO.md", "releases/1.0/GO.md"),
        ] {
            assert_ne!(edition(one, &[]), edition(other, &[]), "{one} → {other}");
        }
        for (one, other) in [
            ("GO.md", "docs/RELEASE.md"),
            ("releases/1.0/GO.md", "archive/1.0/RELEASE.md"),
            ("releases/1.0.md", "releases/1.0/GO.md"),
            ("envs/prod/GO.md", "environments/Production/GO.md"),
        ] {
            assert_eq!(edition(one, &[]), edition(other, &[]), "{one} → {other}");
        }
    }
}
