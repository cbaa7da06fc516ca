//! Which package of a repository a checklist is of: the folder that holds what it speaks of.

use super::proposal::escaped;

/// Files that a package has in its own folder.
const MANIFESTS: [&str; 17] = [
    "package.json",
    "Cargo.toml",
    "pyproject.toml",
    "setup.py",
    "requirements.txt",
    "go.mod",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "composer.json",
    "Gemfile",
    "mix.exs",
    "pubspec.yaml",
    "Package.swift",
    "deno.json",
    "trueup.toml",
    "Chart.yaml",
];

/// Endings of such files whose name is the package's.
const PROJECTS: [&str; 4] = [".csproj", ".fsproj", ".vbproj", ".gemspec"];

/// Folders of which each folder is a package, whatever lies in it.
const OF_PACKAGES: [&str; 9] = [
    "packages",
    "apps",
    "services",
    "libs",
    "modules",
    "crates",
    "components",
    "plugins",
    "projects",
];

/// Folders that speak of the whole around them, though a site's manifest may lie there.
const OF_THE_WHOLE: [&str; 5] = ["docs", "doc", "documentation", ".github", ".gitlab"];

/// The folder of the package that the checklist at `path` is of, of a repository with `files`; `None`
/// where it is of the whole.
pub fn of_checklist(path: &str, files: &[&str]) -> Option<String> {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        folder = above;
        if is_package(folder, files) {
            return Some(folder.to_owned());
        }
    }
    None
}

fn is_package(folder: &str, files: &[&str]) -> bool {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    !OF_THE_WHOLE.contains(&name) && (is_among_packages(folder) || has_manifest(folder, files))
}

fn has_manifest(folder: &str, files: &[&str]) -> bool {
    let lead = format!("{folder}/");
    let own = files.iter().filter_map(|path| path.strip_prefix(lead.as_str()));
    own.filter(|name| !name.contains('/')).any(is_manifest)
}

/// The folders of packages that the path of a file tells of.
pub(super) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    let own = path.rsplit_once('/').filter(|(_, name)| is_manifest(name)).map(|(own, _)| own);
    let above = std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'));
    let among = above.map(|(folder, _)| folder).filter(|folder| is_among_packages(folder));
    let is_of_the_whole = |folder: &&str| {
        is_of_the_whole(folder.rsplit('/').next().unwrap_or(folder)) && !is_among_packages(folder)
    };
    own.into_iter().chain(among).filter(move |folder| !is_of_the_whole(folder))
}

/// Whether a folder of that name speaks of the whole around it.
pub(super) fn is_of_the_whole(name: &str) -> bool {
    OF_THE_WHOLE.contains(&name)
}

/// Whether it lies in a folder of packages.
pub(super) fn is_among_packages(folder: &str) -> bool {
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    OF_PACKAGES.contains(&above.rsplit('/').next().unwrap_or(above))
}

/// Whether a file of that name is one that a package has in its own folder.
pub(super) fn is_manifest(name: &str) -> bool {
    MANIFESTS.contains(&name) || PROJECTS.iter().any(|end| name.ends_with(end))
}

/// Whether the artifact at `path` is of the package in `folder`: it lies there, or in a folder of its name
/// that is of no other package (`artifacts/web/junit.xml`).
pub fn holds(folder: &str, path: &str, files: &[&str]) -> bool {
    let within = |of: &str| path.strip_prefix(of).is_some_and(|rest| rest.starts_with('/'));
    if within(folder) {
        return true;
    }
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let lead = path.rsplit_once('/').map_or("", |(lead, _)| lead);
    // What lies in a folder of something else is of a part of that.
    let mut above = lead.split('/').take_while(|part| *part != name);
    let is_gathered = lead.split('/').any(|part| part == name) && above.all(is_place);
    is_gathered && of_checklist(path, files).is_none() && is_the_only(folder, name, files)
}

/// Whether a folder is one that reports are put in, whatever they are of.
fn is_place(name: &str) -> bool {
    #[rustfmt::skip]
    const PLACES: [&str; 46] = [
        "actions", "artifact", "artifacts", "audit", "build", "ci", "coverage", "dist", "download", "downloads", "e2e",
        "evidence", "github", "gitlab", "html", "integration", "jest", "junit", "latest", "lint", "main", "master",
        "merged", "nightly", "out", "output", "pytest", "job", "pipeline", "release", "report", "reporting", "result", "run",
        "sast", "sbom", "scan", "security", "smoke", "surefire", "target", "test", "tmp", "unit", "workflow", "xml",
    ];
    name.to_lowercase().split(|c: char| !c.is_alphanumeric()).all(|word| {
        let counted = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let one = counted.strip_suffix('s').unwrap_or(counted);
        ["", "v"].contains(&counted) || [word, counted, one].iter().any(|of| PLACES.contains(of))
    })
}

/// Whether no other folder of that name is in the repository.
fn is_the_only(folder: &str, name: &str, files: &[&str]) -> bool {
    let inner = format!("/{name}/");
    let lead = format!("{name}/");
    let of_name = files.iter().filter(|path| path.starts_with(&lead) || path.contains(&inner));
    let own = format!("{folder}/");
    of_name.into_iter().all(|path| path.starts_with(&own))
}

/// A glob of files below `folder`.
pub(super) fn placed(folder: Option<&str>, glob: &str) -> String {
    folder.map_or_else(|| glob.to_owned(), |folder| format!("{}/{glob}", escaped(folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checklist_is_of_the_nearest_package() {
        let files = [
            "package.json",
            "docs/package.json",
            "docs/RELEASE.md",
            "packages/web/RELEASE.md",
            "packages/web/docs/GO.md",
            "packages/web/package.json",
            "backend/checks/GO.md",
            "backend/go.mod",
            "ops/GO.md",
            "src/Shop/Shop.csproj",
            "services/pay/GO.md",
        ];
        let of = |path: &str| of_checklist(path, &files);
        assert_eq!(of("RELEASE.md"), None);
        assert_eq!(of("docs/RELEASE.md"), None);
        assert_eq!(of("ops/GO.md"), None);
        assert_eq!(of("packages/web/RELEASE.md").as_deref(), Some("packages/web"));
        assert_eq!(of("packages/web/docs/GO.md").as_deref(), Some("packages/web"));
        assert_eq!(of("backend/checks/GO.md").as_deref(), Some("backend"));
        assert_eq!(of("src/Shop/GO.md").as_deref(), Some("src/Shop"));
        assert_eq!(of("services/pay/GO.md").as_deref(), Some("services/pay"));
    }

    #[test]
    fn a_report_is_of_the_package_that_it_lies_in_or_is_gathered_for() {
        let files = ["packages/web/package.json", "packages/api/package.json", "e2e/web/a.ts"];
        assert!(holds("packages/api", "packages/api/reports/junit.xml", &files));
        for gathered in
            ["artifacts/api", "ci-out/run-12/api", "build/test-results/api/unit", "e2e/api"]
        {
            assert!(holds("packages/api", &format!("{gathered}/junit.xml"), &files), "{gathered}");
        }
        assert!(!holds("packages/api", "reports/billing/api/junit.xml", &files));
        assert!(!holds("packages/api", "artifacts/web-api/junit.xml", &files));
        assert!(!holds("packages/api", "packages/web/api/junit.xml", &files));
        assert!(!holds("packages/web", "artifacts/web/junit.xml", &files), "e2e has one too");
        assert!(!holds("packages/api", "artifacts/junit.xml", &files));
    }
}
